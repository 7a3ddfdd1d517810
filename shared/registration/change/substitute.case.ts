import { deleteCareNeeds } from '../../care/care.store.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changed, newMessage, newTicketId } from '../../mail/outbox/new-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../../team/role/within-reach.case.ts';
import { hashHolder, hashRequest } from '../hashes.store.ts';
import { viewOf } from '../list/registration-view.ts';
import { checkPerson } from '../person.ts';
import { provenAnew } from '../proven.ts';
import { changeRegistration } from './change-registration.case.ts';
import { inPlaceOf, isInPlace, requireSubstitutable } from './substitution.ts';

type Deps = Needs<'auditTable' | 'careTable' | 'changes' | 'events' | 'registrations' | 'secrets' | 'system' | 'write'>;

/**
 * Lets someone else come in a person's place. Seats, group, country and organisation stay; the ticket and the link are
 * replaced, and nothing that the former person said of themselves is handed on.
 */
export const substituteRegistration =
  (deps: Deps): Permitted<'substituteRegistration'> =>
  async (request, caller) => {
    const { revision, ...sent } = request.body;
    const { registration, event } = await ownRegistration(deps, request, caller);
    const { eventId, reference } = registration;
    const checked = checkPerson(event, { ...sent, language: sent.language ?? registration.language });
    if ('issues' in checked) throw new InvalidInputError(checked.issues);
    const { person } = checked;
    const lock = {
      put: { reference, request: await hashRequest(deps.secrets, eventId, `substitute|${JSON.stringify(sent)}`) },
      addressHash: await hashHolder(deps.secrets, inPlaceOf(registration, person)),
      insteadOf: await hashHolder(deps.secrets, registration),
    };
    const isMoved = lock.addressHash !== lock.insteadOf;
    const forget = deleteCareNeeds(deps.careTable, registration);
    const also = [audited(deps, event, caller, 'substitute', reference), forget];
    const ticketId = newTicketId(deps.system);
    const after = await changeRegistration(deps, event, registration, ({ before, lock: holder }) => {
      requireReach(caller, before);
      if (isInPlace(before, person)) return undefined;
      const told = requireSubstitutable(before, revision);
      if (holder) throw new InvalidInputError([{ path: 'email', code: 'already-registered' }]);
      const next = provenAnew(changed(inPlaceOf(before, person), { ticketId }, deps.system.now()), 'vouched');
      const messages = [
        // Whoever has an address of their own is not left with a ticket that stopped working.
        ...(isMoved && !before.delegation?.throughCoordinator ? [newMessage(deps.system, 'substituted', before)] : []),
        newMessage(deps.system, told, next),
      ];
      return { after: next, ...(isMoved && { lock }), messages, also };
    });
    return json(200, viewOf(event, after));
  };
