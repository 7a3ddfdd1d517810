import { ProblemError } from '../../shared/errors.ts';
import type { Permitted } from '../../shared/organising/permitted.ts';
import type { Deps } from './deps.ts';
import { rolesReply } from './list-roles.ts';

/** Never one's own: a slip must not leave an event without anyone to mend it. */
export const revokeRoles =
  (deps: Deps): Permitted<'revokeRoles'> =>
  async ({ params: { eventId, memberId } }, caller) => {
    if (memberId === caller.id) throw new ProblemError('own-role');
    await deps.roles.revoke(eventId, memberId);
    return rolesReply(deps, eventId, caller);
  };

export const withdrawRoleInvitation =
  (deps: Deps): Permitted<'withdrawRoleInvitation'> =>
  async ({ params: { eventId, invitationId } }, caller) => {
    await deps.invitations.withdraw(eventId, invitationId);
    return rolesReply(deps, eventId, caller);
  };
