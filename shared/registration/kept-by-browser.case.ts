import { lastMoment } from '../domain/feedback/form.ts';
import { nameInBrowser } from '../domain/feedback/kept-name.ts';
import type { EventDefinition } from '../event/event.ts';
import type { Secrets } from '../kernel/keys/secrets.store.ts';
import { feedbackToken } from '../keys/feedback-link.ts';
import type { Registration } from './registration.ts';

/** What the pages of a registration leave in a browser (`KeptByBrowser`); nothing where the event asks nothing. */
export async function keptByBrowser(registration: Registration, event: EventDefinition<string>, secrets: Secrets) {
  if (event.feedback === undefined) return undefined;
  return {
    token: await feedbackToken(registration, secrets),
    name: nameInBrowser(registration),
    until: lastMoment(event, event.feedback),
  };
}
