import { isSameMailbox } from '../../kernel/text/email-address.ts';
import type { RoleGrant, VettingProposal } from './organiser-role.schema.ts';
import { holdsAny, isVetted } from './organiser-role.ts';

/*
 * Until when a chaperone, or the holder of a device, was vetted takes two people: one proposes it, and a second one of
 * safeguarding, who is vetted until the event's end, accepts it. Roles have their own rule: `role-rule.ts`.
 */

interface Holder {
  readonly id: string;
  readonly grants: readonly RoleGrant[];
  readonly email?: string | undefined;
}

/** An event's team, at one moment. */
interface Scene {
  readonly members: readonly Holder[];
  /** Of the event: `2027-11-03`. */
  readonly lastDay: string;
  readonly now: Date;
}

const FOCAL_POINTS = ['safeguarding'] as const;
/** Milliseconds after which nobody waits any more for a second person. */
export const VETTING_PROPOSAL_LASTS = 7 * 24 * 60 * 60 * 1000;

/** Whether a member takes a vetting away at once, and is the second person for one that is proposed. */
export const mayVouch = ({ grants }: Pick<Holder, 'grants'>, lastDay: string): boolean =>
  isVetted(grants, FOCAL_POINTS, lastDay);

/** An organiser need not be vetted: an event with one who is can work. */
export const mayPropose = (holder: Pick<Holder, 'grants'>, lastDay: string): boolean =>
  holdsAny(holder.grants, ['vet']) || mayVouch(holder, lastDay);

/** What was proposed by a member who still may, and is not over. */
export function openVetting<P extends VettingProposal>(
  proposal: P | undefined,
  { members, lastDay, now }: Scene,
): P | undefined {
  if (proposal === undefined || Date.parse(proposal.at) + VETTING_PROPOSAL_LASTS <= now.getTime()) return undefined;
  const proposer = members.find(({ id }) => id === proposal.by);
  return proposer && mayPropose(proposer, lastDay) ? proposal : undefined;
}

/**
 * Whether a member is the second person: neither who proposed it, under whatever account their address is known of, nor
 * whom it is for.
 *
 * @param subject the address of whom it is for, where it is known
 */
export function mayAcceptVetting(
  proposal: VettingProposal | undefined,
  scene: Scene,
  holder: Holder,
  subject?: string,
): boolean {
  const open = openVetting(proposal, scene);
  if (open === undefined || open.by === holder.id || !mayVouch(holder, scene.lastDay)) return false;
  const proposer = scene.members.find(({ id }) => id === open.by);
  return !isSameMailbox(holder.email, proposer?.email) && !isSameMailbox(holder.email, subject);
}

interface Vetted {
  readonly vettedUntil?: string | undefined;
  readonly proposal?: VettingProposal | undefined;
  /** The address of whom it is for. */
  readonly email: string;
}

/**
 * What becomes of it when a member says until when an adult was vetted: less than before holds at once, more is proposed,
 * and holds when a second person says the same.
 *
 * @param wanted absent: not any more
 */
export function vettingOutcome(
  { vettedUntil = '', proposal, email }: Vetted,
  wanted: string | undefined,
  holder: Holder,
  scene: Scene,
): 'unchanged' | 'withdrawn' | 'ended' | 'proposed' | 'accepted' | 'not-vetted' | 'not-second-person' {
  const vouches = mayVouch(holder, scene.lastDay);
  const open = openVetting(proposal, scene);
  const until = wanted ?? '';
  if (until === vettedUntil) {
    if (proposal === undefined) return 'unchanged';
    return vouches || proposal.by === holder.id ? 'withdrawn' : 'not-vetted';
  }
  if (until < vettedUntil) return vouches ? 'ended' : 'not-vetted';
  if (open?.vettedUntil === until) {
    if (open.by === holder.id) return 'unchanged';
    return mayAcceptVetting(open, scene, holder, email) ? 'accepted' : 'not-second-person';
  }
  return mayPropose(holder, scene.lastDay) ? 'proposed' : 'not-vetted';
}
