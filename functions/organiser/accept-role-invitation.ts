import type { RoleInvitation } from '../../shared/domain/role-invitation.ts';
import { needsLeft, opensAt } from '../../shared/domain/role-rule.ts';
import type { TransactItem } from '../../shared/kernel/dynamo/transact.store.ts';
import { ProblemError } from '../../shared/kernel/errors.ts';
import { newMessage } from '../../shared/mail/outbox/new-items.store.ts';
import { audited } from '../../shared/organising/audited.ts';
import type { Permitted } from '../../shared/organising/permitted.ts';
import { putMessage } from '../../shared/registering/writes.ts';
import type { Deps } from './deps.ts';
import { rolesReply } from './list-roles.ts';
import { eventOf } from './registrations/within-reach.ts';
import { tellOfOpening } from './to-team.ts';
import { todayAt } from './today-at.ts';

/**
 * A second person stands for what somebody else proposed. Once nobody is missing, its link is mailed to whom it is for, and
 * shown to nobody else.
 */
export const acceptRoleInvitation =
  (deps: Deps): Permitted<'acceptRoleInvitation'> =>
  async ({ params: { eventId, invitationId }, language }, caller) => {
    const event = await eventOf(deps, eventId, language);
    const named = { eventId, invitationId, memberId: caller.id, today: todayAt(deps, event) };
    const isAccepted = await deps.invitations.accept(named, (after, team) => [
      ...(needsLeft(after).length === 0 ? invitationMail(deps, after) : []),
      ...tellOfOpening(deps, event, after, team),
      audited(deps, event, caller, 'accept-member', after.id, { grants: after.grants, label: after.label }),
    ]);
    if (!isAccepted) throw new ProblemError('not-second-person');
    return rolesReply(deps, event, caller);
  };

/** It leaves when what it offers can be taken on. */
function invitationMail(deps: Deps, invitation: RoleInvitation): readonly TransactItem[] {
  const { eventId, number, email, language = 'en', expiresAt } = invitation;
  if (number === undefined || email === undefined) return [];
  const about = { eventId, reference: number, email, language };
  return [putMessage(deps.outbox, newMessage(deps.system, 'role-invitation', about, opensAt(invitation)), expiresAt)];
}
