import type { EventDefinition } from '../../event/event.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { BusyError, ProblemError } from '../../kernel/errors.ts';
import { json, type Reply } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { System } from '../../kernel/system.store.ts';
import { localDate } from '../../kernel/text/zoned-time.ts';
import { audited } from '../audit/audited.case.ts';
import {
  acceptableFrom,
  endOf,
  factorResetOpen,
  mayProposeReset,
  mayTakeResetBack,
  resetOutcome,
} from '../second-factor/factor-reset.ts';
import { holdsAny, shownGrants } from './organiser-role.ts';
import type { Caller, Permitted } from './permitted.case.ts';
import { checkMember, deleteRoles, type Member, putMember } from './role.store.ts';
import {
  acceptable,
  isLastingOwner,
  lastingOwner,
  needsLeft,
  needsOf,
  opensAt,
  removalOf,
  removalOpen,
  wayOf,
} from './role-rule.ts';
import type { ROLE_ROUTES } from './roles.routes.ts';
import { byInstant } from './ticks.ts';
import { definitionOf } from './within-reach.case.ts';

type ListRolesDeps = Needs<'accounts' | 'auditTable' | 'events' | 'invitations' | 'issuer' | 'roles' | 'system'>;

/**
 * Everyone who runs an event, the invitations that are still open, and who waits for whom. A member who is no organiser sees what takes a
 * second person, and nothing else of the team.
 */
export const listRoles =
  (deps: ListRolesDeps): Permitted<typeof ROLE_ROUTES.listRoles> =>
  async ({ params: { eventId }, language }, caller) =>
    rolesReply(deps, await definitionOf(deps, eventId, language), caller);

export async function rolesReply(deps: ListRolesDeps, event: EventDefinition<string>, caller: Caller): Promise<Reply> {
  const [members, invitations] = await Promise.all([deps.roles.list(event.id), deps.invitations.list(event.id)]);
  const now = deps.system.now();
  const team = { members, today: todayAt(deps, event) };
  const you = members.find(({ id }) => id === caller.id);
  const seesAll = holdsAny(caller.grants, ['manage-team']);
  const isShown = ({ grants }: Pick<Caller, 'grants'>) => seesAll || needsOf(grants).length > 0;
  const nameOf = (wanted: string | undefined) => members.find(({ id }) => id === wanted)?.label;
  return json(200, {
    members: members.filter(isShown).map((member) => {
      const removal = removalOpen(team, member, now);
      const outcome = you && removalOf(team, member, you, now);
      return {
        id: member.id,
        grants: shownGrants(member.grants),
        ...(member.ended && { ended: shownGrants(member.ended) }),
        label: member.label,
        invitedBy: member.invitedBy,
        createdAt: member.createdAt,
        revision: member.revision,
        mayChange: seesAll && member.id !== caller.id,
        isYou: member.id === caller.id,
        ...(removal && { removal: { by: nameOf(removal.by), at: removal.at, mayAccept: outcome === 'done' } }),
        mayRemove: outcome === 'done' || (outcome === 'proposed' && removal === undefined),
        ...factorResetView(team, member, you, now),
        mayResetFactor:
          deps.accounts !== undefined &&
          you !== undefined &&
          mayProposeReset(team, member, you) &&
          factorResetOpen(team, member, now) === undefined,
      };
    }),
    invitations: invitations
      .filter((invitation) => invitation.expiresAt * 1000 > now.getTime() && isShown(invitation))
      .map((invitation) => {
        const { id, grants, label, invitedBy, email, reason, createdAt, expiresAt } = invitation;
        const left = needsLeft(invitation);
        return {
          id,
          grants: shownGrants(grants),
          label,
          invitedBy,
          createdAt,
          expiresAt: instant(expiresAt),
          ...(needsOf(grants).length > 0 && {
            proposal: {
              by: nameOf(invitedBy),
              email,
              reason,
              needs: left,
              ...(left.includes('children') && { way: wayOf(team) }),
              mayAccept: you !== undefined && acceptable(team, invitation, you).length > 0,
              opensAt: opensAt(invitation)?.toISOString(),
            },
          }),
        };
      }),
    way: wayOf(team),
    ...(deps.accounts === undefined && { directory: new URL(deps.issuer).host }),
  });
}

/** How a member's second factor stands: what is proposed of it, or who reset it last. */
function factorResetView(
  team: { readonly members: readonly Member[]; readonly today: string },
  member: Member,
  you: Member | undefined,
  now: Date,
) {
  const nameOf = (wanted: string) => team.members.find(({ id }) => id === wanted)?.label;
  const open = factorResetOpen(team, member, now);
  const done = member.factorReset?.done;
  if (open !== undefined) {
    const opens = acceptableFrom(member, open);
    return {
      factorReset: {
        by: nameOf(open.by),
        at: open.at,
        reason: open.reason,
        until: endOf(open).toISOString(),
        ...(now < opens && { opensAt: opens.toISOString() }),
        mayAccept: you !== undefined && resetOutcome(team, member, you, now) === 'done',
        mayTakeBack: you !== undefined && mayTakeResetBack(team, member, you, now),
      },
    };
  }
  if (done === undefined) return {};
  const by = [member.factorReset?.by, done.by].flatMap((id) => (id === undefined ? [] : (nameOf(id) ?? [])));
  return { factorResetDone: { by, at: done.at } };
}

/** @param seconds epoch */
export const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Tells the console what to show, and a person without a role that they have none. */
export const getMyRoles: Permitted<typeof ROLE_ROUTES.getMyRoles> = async ({ params: { eventId } }, { grants }) =>
  json(200, { eventId, grants: shownGrants(grants) });

/**
 * The events of the caller's roles, by what is kept of each person: their own are read strongly consistently, so that a role that was taken
 * back is gone; what the events are called may be a moment old. Others cost nothing but their line in the list of all.
 */
export const listOwnEvents =
  (deps: Needs<'eventEntries' | 'roles' | 'system'>): Permitted<typeof ROLE_ROUTES.listOwnEvents> =>
  async ({ language }, { id: memberId }) => {
    const [own, entries] = await Promise.all([deps.roles.eventsOf(memberId), deps.eventEntries()]);
    const today = deps.system.now().toISOString().slice(0, 'YYYY-MM-DD'.length);
    const events = own.flatMap(({ eventId, sets, ends = {} }) => {
      const entry = entries.find(({ id }) => id === eventId);
      if (entry === undefined) return [];
      const { id, titles = [], firstDay, lastDay, status, rehearsal } = entry;
      const named = titles.find((each) => each.language === language) ?? titles[0];
      const last = sets.every((set) => ends[set] !== undefined) ? sets.flatMap((set) => ends[set] ?? []) : [];
      const endsAt = last.sort(byInstant).at(-1);
      return [{ id, title: named?.title ?? id, firstDay, lastDay, status, rehearsal, sets, ...(endsAt && { endsAt }) }];
    });
    const isToCome = ({ lastDay = today }: Dated): boolean => lastDay >= today;
    const inOrder = [...events].sort(byFirstDay);
    return json(200, { events: [...inOrder.filter(isToCome), ...inOrder.filter((each) => !isToCome(each)).reverse()] });
  };

interface Dated {
  readonly id: string;
  readonly firstDay?: string | undefined;
  readonly lastDay?: string | undefined;
}

/** ISO dates sort as text. */
function byFirstDay(a: Dated, b: Dated): number {
  const [first, second] = [a, b].map(({ firstDay = '', id }) => `${firstDay} ${id}`);
  return (first ?? '') < (second ?? '') ? -1 : 1;
}

type RevokeRolesDeps = Needs<
  'accounts' | 'auditTable' | 'events' | 'invitations' | 'issuer' | 'registry' | 'roles' | 'system' | 'writeIfUnchanged'
>;

/** Each lost race means that the team changed meanwhile. */
const MOST_ATTEMPTS = 5;

/**
 * Never one's own: a slip must not leave an event without anyone to mend it. Roles of safeguarding wait for a second person who is vetted
 * and calls this too. Revoking twice is a success twice.
 */
export const revokeRoles =
  (deps: RevokeRolesDeps): Permitted<typeof ROLE_ROUTES.revokeRoles> =>
  async ({ params: { eventId, memberId }, language }, caller) => {
    if (memberId === caller.id) throw new ProblemError('own-role');
    const event = await definitionOf(deps, eventId, language);
    const table = deps.registry;
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const members = await deps.roles.list(eventId);
      const [target, by] = [memberId, caller.id].map((wanted) => members.find(({ id }) => id === wanted));
      if (target === undefined) return rolesReply(deps, event, caller);
      const [now, team] = [deps.system.now(), { members, today: todayAt(deps, event) }];
      const outcome = by === undefined ? 'refused' : removalOf(team, target, by, now);
      if (by === undefined || outcome === 'refused') throw new ProblemError('not-permitted');
      const keeper = isLastingOwner(target.grants) ? lastingOwner(members, memberId) : by;
      // One whose own grant ends one day does not take the last one back that stays.
      if (keeper === undefined) throw new ProblemError('not-permitted');
      const open = removalOpen(team, target, now);
      if (outcome === 'proposed' && open !== undefined) return rolesReply(deps, event, caller);
      const proposer = members.find(({ id }) => id === open?.by);
      const stillThere = [...new Set([by, keeper, proposer])].flatMap((each) => each ?? []);
      const said = { grants: target.grants, label: target.label };
      const writes =
        outcome === 'done'
          ? [...deleteRoles(table, eventId, target), audited(deps, event, caller, 'revoke-roles', memberId, said)]
          : [
              ...putMember(table, eventId, target, withRemoval(target, by, now)),
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
  (deps: RevokeRolesDeps): Permitted<typeof ROLE_ROUTES.withdrawRoleInvitation> =>
  async ({ params: { eventId, invitationId }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const noted = audited(deps, event, caller, 'withdraw-member', invitationId);
    await deps.invitations.withdraw(eventId, invitationId, [noted]);
    return rolesReply(deps, event, caller);
  };

/** The day that it is at an event. */
export const todayAt = (
  { system }: { readonly system: Pick<System, 'now'> },
  { timeZone }: Pick<EventDefinition<unknown>, 'timeZone'>,
): string => localDate(system.now(), timeZone);
