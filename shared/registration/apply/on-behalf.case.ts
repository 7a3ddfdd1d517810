import type { EventDefinition } from '../../event/event.ts';
import { isEventOver } from '../../event/event-times.ts';
import { withoutNeeds } from '../../event/questions.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { HttpRequest } from '../../kernel/http/request.case.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import type { Counters } from '../../seats/quota.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { limitedBy, reaches } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { definitionOf } from '../../team/role/within-reach.case.ts';
import { firstStatus } from '../decide/approval.ts';
import { hashAddress, hashRequest } from '../hashes.store.ts';
import { organiserView } from '../list/registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import type { Application, Registration } from '../registration.schema.ts';
import { newRegistration } from '../registration-state.store.ts';
import { requireNotCalledOff } from './require-open.ts';
import { checkSubmission } from './submission.ts';

type Routes = typeof ORGANISER_REGISTRATION_ROUTES;
type Deps = Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'secrets' | 'system' | 'write'>;

/** Each lost race means that a counter changed under us, or that a reference was taken. */
const MOST_DECISIONS = 12;

/**
 * Registers an adult who telephoned, as anyone is registered: with a seat, waiting, or for a decision. Before registration opens, and once
 * it has closed, too: whom an organiser lets in, they let in; not once the event is over or does not take place.
 *
 * What was not asked stays open, for their own page. What they agreed to is noted with who heard it: what nobody has to agree to is theirs
 * alone to give, on their page. The member who heard them vouches for them.
 *
 * @throws InvalidInputError also for someone under 18, for an address that is registered, and of a member who has others to look after
 */
export const registerOnBehalf =
  (deps: Deps): Permitted<Routes['registerOnBehalf']> =>
  async ({ params: { eventId }, body, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    requireNotCalledOff(event);
    if (isEventOver(event, deps.system.now())) throw new ProblemError('registration-closed', { eventId });
    const application = checkSpoken(event, body, language);
    if (!reaches(caller.grants, caller.ticks, application)) {
      throw new InvalidInputError(limitedBy(caller).map((path) => ({ path, code: 'beyond-reach' })));
    }
    const addressHash = await hashAddress(deps.secrets, eventId, application.email);
    const request = await hashRequest(deps.secrets, eventId, `on-behalf|${JSON.stringify(body)}`);
    let counters: Counters = new Map();
    for (let decision = 1; decision <= MOST_DECISIONS; decision += 1) {
      const { behind, ...standing } = firstStatus(event, application, counters, deps.system.chance());
      const made = newRegistration(deps.system, event, application, { ...standing, proven: 'vouched' });
      const registration: Registration = { ...made, onBehalf: heard(caller, application, made.submittedAt) };
      const refused = await deps.changes.change({
        event,
        before: undefined,
        after: registration,
        by: caller,
        behind,
        lock: { put: { reference: registration.reference, request }, addressHash },
        messages: [newMessage(deps.system, standing.status, registration)],
        also: [audited(deps, event, caller, 'register-on-behalf', registration)],
      });
      if (refused === 'done') return json(201, organiserView(event, registration, language, caller));
      if (refused.lock) {
        const isRepeat = refused.lock.request === request;
        const present = isRepeat ? await deps.registrations.read(eventId, refused.lock.reference) : undefined;
        // They may be others' to look after by now.
        if (present === undefined || !reaches(caller.grants, caller.ticks, present))
          throw new InvalidInputError([{ path: 'email', code: 'already-registered' }]);
        return json(201, organiserView(event, present, language, caller));
      }
      counters = new Map([...counters, ...refused.counters]);
    }
    throw new BusyError();
  };

const heard = ({ id: by, label }: Caller, { consents }: Application, at: string): Registration['onBehalf'] => ({
  by,
  ...(label !== undefined && { label }),
  at,
  consents,
});

/** As in the form, but that any question may be left open, that nothing is asked of needs, and that what is voluntary is not agreed to. */
export function checkSpoken(
  event: EventDefinition<string>,
  sent: HttpRequest<Routes['registerOnBehalf']>['body'],
  language: string,
): Application {
  if (sent.ageBand === 'minor') throw new InvalidInputError([{ path: 'ageBand', code: 'minor-by-phone' }]);
  const spoken = event.languages.includes(language) ? language : (event.languages[0] ?? language);
  const asked = {
    ...withoutNeeds(event),
    consents: event.consents.filter(({ required }) => required),
  };
  const open = { ...asked, questions: asked.questions.map((question) => ({ ...question, required: false })) };
  const checked = checkSubmission(open, { ...sent, language: sent.language ?? spoken });
  if ('issues' in checked) throw new InvalidInputError(checked.issues);
  return checked.application;
}
