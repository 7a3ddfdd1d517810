import { formFields, submission } from '../support/forum.ts';
import type { Site } from './site.ts';

/** Sends the HTML form without a browser. */
export const postForm = ({ form }: Pick<Site, 'form'>, changes: Record<string, unknown> = {}): Promise<Response> =>
  fetch(form, { method: 'POST', body: new URLSearchParams(formFields(changes)), redirect: 'manual' });

/** Registers through the JSON API. */
export const postJson = ({ event }: Pick<Site, 'event'>, changes: Record<string, unknown> = {}): Promise<Response> =>
  fetch(`${event.replace('/e/', '/api/events/')}/registrations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(submission(changes)),
  });
