import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../audit/audited.case.ts';
import type { Permitted } from '../role/permitted.case.ts';
import { tellOfGrant } from '../role/to-team.case.ts';
import { todayAt } from '../role/today-at.case.ts';
import { invitationId } from './role-invitation-item.store.ts';

type Deps = Needs<'auditTable' | 'events' | 'invitations' | 'outboxTable' | 'system'>;

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
