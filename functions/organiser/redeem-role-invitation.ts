import { ProblemError } from '../../shared/kernel/errors.ts';
import { json } from '../../shared/kernel/http/reply.ts';
import { audited } from '../../shared/organising/audited.ts';
import type { Permitted } from '../../shared/organising/permitted.ts';
import { invitationId } from '../../shared/store/role-invitation-item.ts';
import type { Deps } from './deps.ts';
import { tellOfGrant } from './to-team.ts';
import { todayAt } from './today-at.ts';

/** Whoever holds the token and is signed in takes the roles on, whatever their provider knows of them. */
export const redeemRoleInvitation =
  (deps: Deps): Permitted<'redeemRoleInvitation'> =>
  async ({ params: { eventId }, body: { invitation }, language }, caller) => {
    const found = await deps.events.readEvent(eventId, language);
    if (found === undefined) throw new ProblemError('role-invitation-not-valid');
    const { event } = found;
    const named = { eventId, invitationId: invitationId(invitation), memberId: caller.id, today: todayAt(deps, event) };
    const member = await deps.invitations.redeem(named, (after, offered, team) => [
      audited(deps, event, caller, 'take-on-roles', offered.id, { grants: offered.grants, label: offered.label }),
      ...tellOfGrant(deps, event, after, offered, team),
    ]);
    if (member === 'later') throw new ProblemError('role-opens-later');
    if (member === 'no') throw new ProblemError('role-invitation-not-valid');
    return json(200, { eventId, grants: member.grants });
  };
