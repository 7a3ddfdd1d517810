import { deleteCareNeeds } from '../../care/care.store.ts';
import { isLive } from '../../event/attendee.ts';
import { isEventOver } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { addressIdentity, parseEmailAddress } from '../../kernel/text/email-address.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../../team/role/within-reach.case.ts';
import { hashAddress, hashHolder, hashRequest } from '../hashes.store.ts';
import { organiserView } from '../list/registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import { bears, checkNames, checkPerson, renamed } from '../names.ts';
import { provenAnew } from '../proven.ts';
import type { Registration } from '../registration.schema.ts';
import { changed, newTicketId } from '../registration-state.store.ts';
import { toFormerAddress } from './address-change.store.ts';
import { changeRegistration } from './change-registration.case.ts';
import { inPlaceOf, isInPlace, requireSubstitutable } from './substitution.ts';

/**
 * Puts the right names in place of those that were mistyped: also once the event is over, when their holder cannot any more. They are the
 * same person: approval, seat, ticket and link stay. Another name makes another code of the certificate.
 *
 * Nothing is mailed. The mail that tells holders of a change says that it was made on their page; here, the attendee asked for it and is
 * answered, and nothing stops working that they have.
 */
export const correctName =
  (
    deps: Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'system' | 'write'>,
  ): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.correctName> =>
  async (request, caller) => {
    const { revision, ...sent } = request.body;
    const checked = checkNames(sent);
    if ('issues' in checked) throw new InvalidInputError(checked.issues);
    const { names } = checked;
    const { registration, event } = await ownRegistration(deps, request, caller);
    const also = [audited(deps, event, caller, 'correct-name', registration)];
    const after = await changeRegistration(deps, event, registration, caller, ({ before }) => {
      requireReach(caller, before);
      if (!isLive(before)) throw new ProblemError('not-amendable');
      if (bears(before, names)) return undefined;
      if (before.revision !== revision) throw new ProblemError('changed-meanwhile', { status: before.status });
      const now = deps.system.now();
      return { after: changed(before, renamed(before, names, now), now), messages: [], also };
    });
    return json(200, organiserView(event, after, request.language, caller));
  };

/**
 * Puts the right address in place of one that was mistyped, and sends their mail again. Another person may have had what went to the wrong
 * one: ticket and link are replaced. The mark that they could not be reached is forgotten.
 */
export const correctAddress =
  (
    deps: Needs<
      'auditTable' | 'changes' | 'events' | 'readAddressChange' | 'registrations' | 'secrets' | 'system' | 'write'
    >,
  ): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.correctAddress> =>
  async (request, caller) => {
    const { email: typed, revision } = request.body;
    const checked = parseEmailAddress(typed);
    if ('issue' in checked) throw new InvalidInputError([{ path: 'email', ...checked.issue }]);
    const email = checked.value;
    const { registration, event } = await ownRegistration(deps, request, caller);
    const { eventId, reference } = registration;
    const lock = {
      put: { reference, request: await hashRequest(deps.secrets, eventId, `address|${email}`) },
      addressHash: await hashAddress(deps.secrets, eventId, email),
      insteadOf: await hashHolder(deps.secrets, registration),
    };
    const also = [audited(deps, event, caller, 'correct-address', registration)];
    const ticketId = newTicketId(deps.system);
    const after = await changeRegistration(deps, event, registration, caller, async ({ before, lock: holder }) => {
      requireReach(caller, before);
      if (addressIdentity(before.email) === addressIdentity(email)) return undefined;
      const told = requireSubstitutable(before, revision);
      if (holder) throw new InvalidInputError([{ path: 'email', code: 'already-registered' }]);
      const next = provenAnew(
        changed(reachedAt(before, email), { ticketId, mail: undefined }, deps.system.now()),
        'vouched',
      );
      const messages = [
        newMessage(deps.system, told, next),
        ...(await toFormerAddress(deps, 'address-changed', before)),
      ];
      return { after: next, lock, messages, also };
    });
    return json(200, organiserView(event, after, request.language, caller));
  };

/** An attendee with an address of their own is not reached through a coordinator any more. */
function reachedAt({ delegation, ...before }: Registration, email: string): Registration {
  const own = delegation && { delegation: { id: delegation.id, member: delegation.member } };
  return { ...before, email, ...own, linkVersion: before.linkVersion + 1 };
}

/**
 * Lets another person come in an attendee's place. Seats, group, country and organisation stay; the ticket and the link are
 * replaced, and nothing that the former person said of themselves is handed on.
 */
export const substituteRegistration =
  (
    deps: Needs<
      | 'auditTable'
      | 'careTable'
      | 'changes'
      | 'events'
      | 'readAddressChange'
      | 'registrations'
      | 'secrets'
      | 'system'
      | 'write'
    >,
  ): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.substituteRegistration> =>
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
    const also = [audited(deps, event, caller, 'substitute', registration), forget];
    const ticketId = newTicketId(deps.system);
    const after = await changeRegistration(deps, event, registration, caller, async ({ before, lock: holder }) => {
      requireReach(caller, before);
      if (isInPlace(before, person)) return undefined;
      const told = requireSubstitutable(before, revision, isEventOver(event, deps.system.now()));
      if (holder) throw new InvalidInputError([{ path: 'email', code: 'already-registered' }]);
      const next = provenAnew(changed(inPlaceOf(before, person), { ticketId }, deps.system.now()), 'vouched');
      const messages = [
        // An attendee with an address of their own is not left with a ticket that stopped working.
        ...(isMoved && !before.delegation?.throughCoordinator ? [newMessage(deps.system, 'substituted', before)] : []),
        newMessage(deps.system, told, next),
        ...(await toFormerAddress(deps, 'address-changed', before)),
      ];
      return { after: next, ...(isMoved && { lock }), messages, also };
    });
    return json(200, organiserView(event, after, request.language, caller));
  };
