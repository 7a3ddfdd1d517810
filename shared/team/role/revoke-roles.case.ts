import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { BusyError, ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../audit/audited.case.ts';
import { rolesReply } from './list-roles.case.ts';
import type { Permitted } from './permitted.case.ts';
import { checkMember, deleteRoles, putMember } from './role.store.ts';
import type { Member } from './role-item.store.ts';
import { removalOf, removalOpen } from './role-rule.ts';
import { todayAt } from './today-at.case.ts';
import { eventOf } from './within-reach.case.ts';

type Deps = Needs<
  | 'accounts'
  | 'auditTable'
  | 'events'
  | 'invitations'
  | 'issuer'
  | 'registry'
  | 'registrations'
  | 'roles'
  | 'system'
  | 'write'
  | 'writeIfUnchanged'
>;

/** Each lost race means that the team changed meanwhile. */
const MOST_ATTEMPTS = 5;

/**
 * Never one's own: a slip must not leave an event without anyone to mend it. Those of safeguarding wait for a second person
 * who is vetted, who calls this too. Revoking twice is a success twice.
 */
export const revokeRoles =
  (deps: Deps): Permitted<'revokeRoles'> =>
  async ({ params: { eventId, memberId }, language }, caller) => {
    if (memberId === caller.id) throw new ProblemError('own-role');
    const event = await eventOf(deps, eventId, language);
    const table = deps.registry;
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const members = await deps.roles.list(eventId);
      const [target, by] = [memberId, caller.id].map((wanted) => members.find(({ id }) => id === wanted));
      if (target === undefined) return rolesReply(deps, event, caller);
      const [now, team] = [deps.system.now(), { members, today: todayAt(deps, event) }];
      const outcome = by === undefined ? 'refused' : removalOf(team, target, by, now);
      if (by === undefined || outcome === 'refused') throw new ProblemError('not-permitted');
      const open = removalOpen(team, target, now);
      if (outcome === 'proposed' && open !== undefined) return rolesReply(deps, event, caller);
      const stillThere = [by, members.find(({ id }) => id === open?.by && id !== by.id)].flatMap((each) => each ?? []);
      const said = { grants: target.grants, label: target.label };
      const writes =
        outcome === 'done'
          ? [deleteRoles(table, eventId, target), audited(deps, event, caller, 'revoke-roles', memberId, said)]
          : [
              putMember(table, eventId, target, withRemoval(target, by, now)),
              audited(deps, event, caller, 'propose-removal', memberId, said),
            ];
      const checks = stillThere.map((each): TransactItem => checkMember(table, eventId, each));
      if (await deps.writeIfUnchanged([...writes, ...checks])) return rolesReply(deps, event, caller);
    }
    throw new BusyError();
  };

const withRemoval = (target: Member, by: Member, now: Date): Member => ({
  ...target,
  removal: { by: by.id, at: now.toISOString() },
  revision: target.revision + 1,
});

export const withdrawRoleInvitation =
  (deps: Deps): Permitted<'withdrawRoleInvitation'> =>
  async ({ params: { eventId, invitationId }, language }, caller) => {
    const event = await eventOf(deps, eventId, language);
    const noted = audited(deps, event, caller, 'withdraw-member', invitationId);
    await deps.invitations.withdraw(eventId, invitationId, [noted]);
    return rolesReply(deps, event, caller);
  };
