import type { EventDefinition } from '../event/event.ts';
import { nameInBrowser } from '../feedback/answer/kept-name.ts';
import { lastMoment } from '../feedback/form/form.ts';
import { feedbackToken } from '../feedback/token/feedback-link.store.ts';
import type { Secrets } from '../kernel/keys/secrets.store.ts';
import type { Registration } from './registration.schema.ts';

/** What the pages of a registration leave in a browser (`KeptByBrowser`); nothing where the event asks nothing. */
export async function keptByBrowser(registration: Registration, event: EventDefinition<string>, secrets: Secrets) {
  if (event.feedback === undefined) return undefined;
  return {
    token: await feedbackToken(registration, secrets),
    name: nameInBrowser(registration),
    until: lastMoment(event, event.feedback),
  };
}
