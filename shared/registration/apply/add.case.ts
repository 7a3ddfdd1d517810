import type { EventDefinition } from '../../event/event.ts';
import { BusyError, InvalidInputError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { HttpRequest } from '../../kernel/http/request.case.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { definitionOf } from '../../team/role/within-reach.case.ts';
import { hashAddress, hashRequest } from '../hashes.store.ts';
import { organiserView } from '../list/registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import type { Application } from '../registration.schema.ts';
import { newRegistration } from '../registration-state.store.ts';
import { checkSubmission } from './submission.ts';

type Deps = Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'secrets' | 'system' | 'write'>;

/** Each lost race means that a reference, drawn from 43 bits, was taken. */
const MOST_DRAWS = 3;

/** Confirms a person with a task at once: they take no seat, so there is nothing to wait for. */
export const addRegistration =
  (deps: Deps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.addRegistration> =>
  async ({ params: { eventId }, body, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const application = checkAddition(event, body, language);
    const addressHash = await hashAddress(deps.secrets, eventId, application.email);
    const request = await hashRequest(deps.secrets, eventId, `add|${JSON.stringify(body)}`);
    for (let draw = 1; draw <= MOST_DRAWS; draw += 1) {
      const vouched = { approved: true, proven: 'vouched' } as const;
      const beginning = { status: 'confirmed', seats: [], role: body.role, ...vouched } as const;
      const added = newRegistration(deps.system, event, application, beginning);
      const refused = await deps.changes.change({
        event,
        before: undefined,
        after: added,
        by: caller,
        lock: { put: { reference: added.reference, request }, addressHash },
        messages: [newMessage(deps.system, 'confirmed', added)],
        also: [audited(deps, event, caller, 'add', added)],
      });
      if (refused === 'done') return json(201, organiserView(event, added, language, caller));
      const isRepeat = refused.lock?.request === request;
      const present = isRepeat && refused.lock && (await deps.registrations.read(eventId, refused.lock.reference));
      if (present) return json(201, organiserView(event, present, language, caller));
      if (refused.lock) throw new InvalidInputError([{ path: 'email', code: 'already-registered' }]);
    }
    throw new BusyError();
  };

/** As in the form, without its questions and consents, which are for the person themselves. */
function checkAddition(
  event: EventDefinition<string>,
  { role: _, ...sent }: HttpRequest<typeof ORGANISER_REGISTRATION_ROUTES.addRegistration>['body'],
  language: string,
): Application {
  const days = event.days.map(({ id }) => id);
  const spoken = event.languages.includes(language) ? language : (event.languages[0] ?? language);
  const asked = { ...event, questions: [], consents: [] };
  const checked = checkSubmission(asked, { ageBand: 'adult', days, ...sent, language: sent.language ?? spoken });
  if ('issues' in checked) throw new InvalidInputError(checked.issues);
  return checked.application;
}
