import { ProblemError } from '../../shared/errors.ts';
import { json } from '../../shared/http/reply.ts';
import { audited } from '../../shared/organising/audited.ts';
import type { Permitted } from '../../shared/organising/permitted.ts';
import { invitationId } from '../../shared/store/role-invitation-item.ts';
import type { Deps } from './deps.ts';

/** Whoever holds the token and is signed in takes the roles on, whatever their provider knows of them. */
export const redeemRoleInvitation =
  (deps: Deps): Permitted<'redeemRoleInvitation'> =>
  async ({ params: { eventId }, body: { invitation }, language }, caller) => {
    const found = await deps.events.readEvent(eventId, language);
    const offered = invitationId(invitation);
    const member =
      found &&
      (await deps.invitations.redeem(eventId, offered, caller.id, [
        audited(deps, found.event, caller, 'take-on-roles', offered),
      ]));
    if (member === undefined) throw new ProblemError('role-invitation-not-valid');
    return json(200, { eventId, grants: member.grants });
  };
