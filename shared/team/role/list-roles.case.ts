import type { EventDefinition } from '../../event/event.ts';
import { json, type Reply } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import {
  acceptableFrom,
  endOf,
  factorResetOpen,
  mayProposeReset,
  mayTakeResetBack,
  resetOutcome,
} from '../second-factor/factor-reset.ts';
import { holdsAny } from './organiser-role.ts';
import type { Caller, Permitted } from './permitted.case.ts';
import type { Member } from './role-item.store.ts';
import { acceptable, needsLeft, needsOf, opensAt, removalOf, removalOpen, wayOf } from './role-rule.ts';
import { todayAt } from './today-at.case.ts';
import { eventOf } from './within-reach.case.ts';

type Deps = Needs<
  'accounts' | 'auditTable' | 'events' | 'invitations' | 'issuer' | 'registrations' | 'roles' | 'system' | 'write'
>;

/**
 * Everyone who runs an event, the invitations that are still open, and who waits for whom. Whoever is no organiser sees what
 * takes a second person, and nothing else of the team.
 */
export const listRoles =
  (deps: Deps): Permitted<'listRoles'> =>
  async ({ params: { eventId }, language }, caller) =>
    rolesReply(deps, await eventOf(deps, eventId, language), caller);

export async function rolesReply(deps: Deps, event: EventDefinition<string>, caller: Caller): Promise<Reply> {
  const [members, invitations] = await Promise.all([deps.roles.list(event.id), deps.invitations.list(event.id)]);
  const now = deps.system.now();
  const team = { members, today: todayAt(deps, event) };
  const you = members.find(({ id }) => id === caller.id);
  const seesAll = holdsAny(caller.grants, ['organiser']);
  const isShown = ({ grants }: Pick<Caller, 'grants'>) => seesAll || needsOf(grants).length > 0;
  const nameOf = (wanted: string | undefined) => members.find(({ id }) => id === wanted)?.label;
  return json(200, {
    members: members.filter(isShown).map((member) => {
      const removal = removalOpen(team, member, now);
      const outcome = you && removalOf(team, member, you, now);
      return {
        id: member.id,
        grants: member.grants,
        label: member.label,
        invitedBy: member.invitedBy,
        createdAt: member.createdAt,
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
          grants,
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
