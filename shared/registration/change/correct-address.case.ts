import { InvalidInputError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { addressIdentity, parseEmailAddress } from '../../kernel/text/email-address.ts';
import { changed, newMessage, newTicketId } from '../../mail/outbox/new-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../../team/role/within-reach.case.ts';
import { hashAddress, hashHolder, hashRequest } from '../hashes.store.ts';
import { viewOf } from '../list/registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import { provenAnew } from '../proven.ts';
import type { Registration } from '../registration.schema.ts';
import { changeRegistration } from './change-registration.case.ts';
import { requireSubstitutable } from './substitution.ts';

type Deps = Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'secrets' | 'system' | 'write'>;

/**
 * Puts the right address in place of one that was mistyped, and sends their mail again. Someone else may have had what
 * went to the wrong one: ticket and link are replaced. That they could not be reached is forgotten.
 */
export const correctAddress =
  (deps: Deps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.correctAddress> =>
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
    const also = [audited(deps, event, caller, 'correct-address', reference)];
    const ticketId = newTicketId(deps.system);
    const after = await changeRegistration(deps, event, registration, ({ before, lock: holder }) => {
      requireReach(caller, before);
      if (addressIdentity(before.email) === addressIdentity(email)) return undefined;
      const told = requireSubstitutable(before, revision);
      if (holder) throw new InvalidInputError([{ path: 'email', code: 'already-registered' }]);
      const next = provenAnew(
        changed(reachedAt(before, email), { ticketId, mail: undefined }, deps.system.now()),
        'vouched',
      );
      return { after: next, lock, messages: [newMessage(deps.system, told, next)], also };
    });
    return json(200, viewOf(event, after));
  };

/** Whoever has an address of their own is not reached through a coordinator any more. */
function reachedAt({ delegation, ...before }: Registration, email: string): Registration {
  const own = delegation && { delegation: { id: delegation.id, member: delegation.member } };
  return { ...before, email, ...own, linkVersion: before.linkVersion + 1 };
}
