import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { putMessage } from '../../registration/writes.store.ts';
import { audited } from '../audit/audited.case.ts';
import { rolesReply } from '../role/list-roles.case.ts';
import type { Permitted } from '../role/permitted.case.ts';
import { needsLeft, opensAt } from '../role/role-rule.ts';
import { tellOfOpening } from '../role/to-team.case.ts';
import { todayAt } from '../role/today-at.case.ts';
import { eventOf } from '../role/within-reach.case.ts';
import type { RoleInvitation } from './role-invitation.ts';

type Deps = Needs<
  | 'accounts'
  | 'auditTable'
  | 'events'
  | 'invitations'
  | 'issuer'
  | 'outboxTable'
  | 'registrations'
  | 'roles'
  | 'system'
  | 'write'
>;

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
  return [
    putMessage(deps.outboxTable, newMessage(deps.system, 'role-invitation', about, opensAt(invitation)), expiresAt),
  ];
}
