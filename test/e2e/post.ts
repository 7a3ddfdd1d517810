import { expect } from 'vitest';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { formFields, submission } from '../support/forum.ts';
import type { Site } from './site.ts';
import { registrationsOf } from './tables.ts';

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

/** Registers a person who gets a ticket at once. */
export async function comes(site: Pick<Site, 'event' | 'system'>, email: string, sent: Record<string, unknown>) {
  expect((await postJson(site, { email, ...sent })).status).toBe(202);
  const found = (await registrationsOf(site.system, email)).find((item) => item['ticketId'] !== undefined);
  return { reference: String(found?.['reference']), ticket: ticketHashOf({ ticketId: String(found?.['ticketId']) }) };
}
