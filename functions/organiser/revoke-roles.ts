import { ProblemError } from '../../shared/errors.ts';
import { audited } from '../../shared/organising/audited.ts';
import type { Permitted } from '../../shared/organising/permitted.ts';
import { deleteRoles } from '../../shared/store/role-store.ts';
import type { Deps } from './deps.ts';
import { rolesReply } from './list-roles.ts';
import { eventOf } from './registrations/within-reach.ts';

/** Never one's own: a slip must not leave an event without anyone to mend it. */
export const revokeRoles =
  (deps: Deps): Permitted<'revokeRoles'> =>
  async ({ params: { eventId, memberId }, language }, caller) => {
    if (memberId === caller.id) throw new ProblemError('own-role');
    const event = await eventOf(deps, eventId, language);
    const noted = audited(deps, event, caller, 'revoke-roles', memberId);
    await deps.write([deleteRoles(deps.publishing.registry, eventId, memberId), noted]);
    return rolesReply(deps, eventId, caller);
  };

export const withdrawRoleInvitation =
  (deps: Deps): Permitted<'withdrawRoleInvitation'> =>
  async ({ params: { eventId, invitationId }, language }, caller) => {
    const event = await eventOf(deps, eventId, language);
    const noted = audited(deps, event, caller, 'withdraw-member', invitationId);
    await deps.invitations.withdraw(eventId, invitationId, [noted]);
    return rolesReply(deps, eventId, caller);
  };
