import type { Tick } from '../../kernel/route.ts';
import { isSameMailbox } from '../../kernel/text/email-address.ts';
import { doesNotFit, type FieldIssue, unfit } from '../../kernel/text/field-problem.ts';
import type { Acceptance, Need, RoleGrant, RoleInvitation, Said, Way } from './organiser-role.schema.ts';
import { hasEnded, holdsAny, isDeputy, isOfSecretariat, isVetted, mergeGrants } from './organiser-role.ts';

/*
 * Who may give which role. Every way to one passes here: an organiser's invitation, its acceptance, its redemption, the
 * command line, and taking roles back.
 */

/** A member of an event's team. */
export interface RoleHolder {
  readonly id: string;
  readonly grants: readonly RoleGrant[];
  /** What they held, past its end, and nobody took back. */
  readonly ended?: readonly RoleGrant[] | undefined;
  readonly email?: string | undefined;
  /** A proposal to take their roles back, until a second person says so too. */
  readonly removal?: Said | undefined;
}

/** An event's team at one moment. */
export interface Team {
  readonly members: readonly RoleHolder[];
  /** At the event: `2027-03-01`. */
  readonly today: string;
}

/** What the second persons of a grant have to answer for; nothing for a grant that takes one person. */
export const needsOf = (grants: readonly RoleGrant[]): readonly Need[] => [
  ...(grants.some(({ role, vettedUntil }) => role === 'safeguarding' || vettedUntil !== undefined)
    ? (['children'] as const)
    : []),
  ...(grants.some(({ role }) => role === 'care') ? (['care'] as const) : []),
];

const FOCAL_POINTS = ['safeguarding'] as const;
const ORGANISERS: readonly Tick[] = ['manage-team'];
const WHO_ARRANGES: readonly Tick[] = ['care', 'manage-team'];

/** Milliseconds for which everyone who was told can still say no, before two organisers' word opens anything. */
export const OBJECTION = 60 * 60 * 1000;
/** Milliseconds after which nobody waits any more for a second person to take roles back. */
const REMOVAL_LASTS = 7 * 24 * 60 * 60 * 1000;

export function wayOf({ members, today }: Team): Way {
  const focalPoints = members.filter(({ grants }) => holdsAny(grants, FOCAL_POINTS));
  if (focalPoints.some(({ grants }) => isVetted(grants, FOCAL_POINTS, today))) return 'vetted';
  return focalPoints.length === 0 ? 'first' : 'lapsed';
}

type Proposal = Pick<RoleInvitation, 'grants' | 'prolongs' | 'invitedBy' | 'email' | 'reason' | 'accepted'>;

/** What of a proposal nobody has accepted yet. */
export const needsLeft = ({ grants, accepted }: Pick<Proposal, 'grants' | 'accepted'>): readonly Need[] =>
  needsOf(grants).filter((need) => accepted?.[need] === undefined);

/** What of a proposal a member is the second person for: never their own, nor one that is for themselves. */
export function acceptable(team: Team, proposal: Proposal, holder: RoleHolder): readonly Need[] {
  const { invitedBy, email } = proposal;
  if (!isOrganiser(team, invitedBy) || holder.id === invitedBy) return [];
  if (isSameMailbox(email, holder.email) || isOfInviter(team, proposal, holder)) return [];
  if (isOfInviter(team, proposal, { email })) return [];
  return needsLeft(proposal).filter((need) => isSecond(team, proposal, need, holder));
}

/** A proposal once a member stands for what of it they can; nothing where that is nothing. */
export function withAcceptance(
  team: Team,
  invitation: RoleInvitation,
  holder: RoleHolder,
  now: Date,
): RoleInvitation | undefined {
  const needs = acceptable(team, invitation, holder);
  if (needs.length === 0) return undefined;
  const word = { by: holder.id, at: now.toISOString() };
  const given = needs.map((need) => [need, need === 'children' ? { ...word, way: wayOf(team) } : word]);
  return {
    ...invitation,
    accepted: { ...invitation.accepted, ...Object.fromEntries(given) },
    revision: (invitation.revision ?? 0) + 1,
  };
}

/** Whether it is the inviter, under a second account of the same mailbox. */
const isOfInviter = (
  { members }: Team,
  { invitedBy }: Pick<Proposal, 'invitedBy'>,
  { email }: Pick<RoleHolder, 'email'>,
): boolean => members.some((each) => each.id === invitedBy && isSameMailbox(each.email, email));

function isSecond(team: Team, { grants, reason }: Proposal, need: Need, holder: RoleHolder): boolean {
  if (need === 'care') return holdsAny(holder.grants, WHO_ARRANGES);
  const way = wayOf(team);
  if (way === 'vetted') return isVetted(holder.grants, FOCAL_POINTS, team.today);
  return holdsAny(holder.grants, ORGANISERS) && isForSafeguarding(grants) && (way === 'first' || reason !== undefined);
}

/** Two organisers restore the role that vouches for others, and hand out nothing beside it. */
const isForSafeguarding = (grants: readonly RoleGrant[]): boolean =>
  grants.every(({ role }) => role === 'safeguarding');

/** What keeps a proposal from ever being accepted as things stand. */
export function proposalProblems(team: Team, proposal: Proposal): readonly FieldIssue[] {
  const { grants, email, reason } = proposal;
  const way = needsOf(grants).includes('children') ? wayOf(team) : 'vetted';
  return [
    ...(email === undefined ? [{ path: 'email', code: 'required' } as const] : []),
    ...(isOfInviter(team, proposal, { email }) ? [doesNotFit('email', unfit('role-for-oneself'))] : []),
    ...(way === 'lapsed' && reason === undefined ? [{ path: 'reason', code: 'required' } as const] : []),
    ...(way !== 'vetted' && !isForSafeguarding(grants) ? [doesNotFit('grants', unfit('role-nobody-vetted'))] : []),
  ];
}

/** When a proposal that two organisers agreed on takes effect. */
export const opensAt = ({ accepted }: Pick<Proposal, 'accepted'>): Date | undefined =>
  accepted?.children === undefined || accepted.children.way === 'vetted'
    ? undefined
    : new Date(Date.parse(accepted.children.at) + OBJECTION);

/** `own`: an owner would give to themselves what they only give to others. */
export type RedeemRefusal = 'no' | 'later' | 'own';

/**
 * Why a person may not take on what an invitation offers, as things stand at this moment: that its inviter, or a second
 * person, no longer is what made them one undoes it.
 */
export function refusalOf(team: Team, invitation: Proposal, memberId: string, now: Date): RedeemRefusal | undefined {
  const { invitedBy, accepted } = invitation;
  const needs = needsOf(invitation.grants);
  const member = team.members.find(({ id }) => id === memberId);
  const held = member?.grants ?? [];
  const taken = takenOf(invitation, evenEnded(member));
  if (taken.every((grant) => hasEnded(grant, now)) || isWithin([...held, ...taken])) return 'no';
  if (invitedBy === undefined) return mayOperatorGive(team, invitation) ? undefined : 'no';
  if (!isOrganiser(team, invitedBy)) return 'no';
  if (needs.length === 0) return memberId === invitedBy && givesMore(held, taken) ? 'own' : undefined;
  if (memberId === invitedBy) return 'no';
  if (!needs.every((need) => isGoodStill(team, invitation, need, memberId))) return 'no';
  const opens = opensAt({ accepted });
  return opens !== undefined && now < opens ? 'later' : undefined;
}

/** Whether one holds more with what is given; an owner may offer themselves what they hold, so that an address of theirs is known. */
const givesMore = (held: readonly RoleGrant[], given: readonly RoleGrant[]): boolean =>
  JSON.stringify(mergeGrants(held, given)) !== JSON.stringify(mergeGrants([], held));

/** What a member holds, and what has ended by itself: of that the end can still be put off. */
export const evenEnded = (member: Pick<RoleHolder, 'grants' | 'ended'> | undefined): readonly RoleGrant[] => [
  ...(member?.grants ?? []),
  ...(member?.ended ?? []),
];

/**
 * What an invitation gives to a member by what they hold today: of a grant that it prolongs nothing but until when they were vetted and, of
 * what two people give, when it ends. Of one that was taken back, or made less, since it was proposed nothing comes back.
 *
 * @param held also what has ended by itself
 */
export const takenOf = (
  { grants, prolongs = [] }: Pick<Proposal, 'grants' | 'prolongs'>,
  held: readonly RoleGrant[],
): readonly RoleGrant[] =>
  grants.flatMap((grant) => {
    if (!prolongs.includes(grant.role)) return [grant];
    return prolonged(grant, held)?.after ?? [];
  });

/** What a member holds who takes an invitation on. @param held also what has ended by itself */
export const grantsWith = (invitation: Pick<Proposal, 'grants' | 'prolongs'>, held: readonly RoleGrant[]) => {
  const { grants, prolongs = [] } = invitation;
  const replaced = grants.map((grant) => (prolongs.includes(grant.role) ? prolonged(grant, held)?.today : undefined));
  return mergeGrants(
    held.filter((each) => !replaced.includes(each)),
    takenOf(invitation, held),
  );
};

/** What a grant that is held becomes by one that prolongs it; nothing where none is held, or it is as long already. */
function prolonged(grant: RoleGrant, held: readonly RoleGrant[]) {
  const same = held.filter((each) => isSameSet(each, grant) && each.deputy === grant.deputy).sort(byEnd);
  const today = same.find(({ endsAt }) => endsAt === grant.endsAt) ?? same.at(-1);
  if (today === undefined) return undefined;
  const { endsAt, ...rest } = today;
  const { vettedUntil = '' } = grant;
  const isVettedLonger = vettedUntil > (today.vettedUntil ?? '');
  const endsLater = isPutOff(today, grant);
  if (!isVettedLonger && !endsLater) return undefined;
  const end = endsLater ? grant.endsAt : endsAt;
  const after = { ...rest, ...(isVettedLonger && { vettedUntil }), ...(end !== undefined && { endsAt: end }) };
  return { today, after };
}

/** Whether a grant of two people would end later than one that is held: an owner alone puts off no such end. */
const isPutOff = (held: RoleGrant, grant: RoleGrant): boolean =>
  needsOf([{ role: grant.role }]).length > 0 && byEnd(held, grant) < 0;

/** Whether both are of one set; a choice of ticks is one by its ticks. */
const isSameSet = (a: RoleGrant, b: RoleGrant): boolean =>
  a.role === b.role && [...(a.ticks ?? [])].sort().join() === [...(b.ticks ?? [])].sort().join();

/** A deputy who is of the secretariat too: nobody would read what is said about organisers, and by one organiser's word. */
const isWithin = (grants: readonly RoleGrant[]): boolean => isDeputy(grants) && isOfSecretariat(grants);

function isGoodStill(team: Team, invitation: Proposal, need: Need, memberId: string): boolean {
  const acceptance: Acceptance | undefined = invitation.accepted?.[need];
  const holder = team.members.find(({ id }) => id === acceptance?.by);
  if (acceptance === undefined || holder === undefined) return false;
  if (holder.id === memberId || holder.id === invitation.invitedBy || isOfInviter(team, invitation, holder))
    return false;
  return isSecond(team, invitation, need, holder) && (need === 'care' || acceptance.way === wayOf(team));
}

/**
 * Whether an operator who may write the table offers roles by the command line: an organiser always; what takes two only while the
 * event has no two who could do it; two accounts of one mailbox are no two.
 */
export function mayOperatorGive(team: Team, { grants, reason }: Pick<Proposal, 'grants' | 'reason'>): boolean {
  const hasTwo = (ticks: readonly Tick[]): boolean => {
    const [first, ...others] = team.members.filter((each) => holdsAny(each.grants, ticks));
    return others.some(({ email }) => !isSameMailbox(email, first?.email));
  };
  const way = wayOf(team);
  return needsOf(grants).every((need) =>
    need === 'care'
      ? !hasTwo(WHO_ARRANGES)
      : way !== 'vetted' &&
        !hasTwo(ORGANISERS) &&
        isForSafeguarding(grants) &&
        (way === 'first' || reason !== undefined),
  );
}

/**
 * What becomes of it when another member takes a member's roles back: those of safeguarding, a deputy's too, go when a second
 * person who is vetted says so, and wait until then.
 */
export function removalOf(team: Team, target: RoleHolder, by: RoleHolder, now: Date): 'done' | 'proposed' | 'refused' {
  const isVettedToday = isVetted(by.grants, FOCAL_POINTS, team.today);
  if (target.id === by.id) return 'refused';
  if (!target.grants.some(({ role }) => role === 'safeguarding')) {
    return isOrganiser(team, by.id) ? 'done' : 'refused';
  }
  if (!isVettedToday && !isOrganiser(team, by.id)) return 'refused';
  const proposed = removalOpen(team, target, now);
  const proposer = team.members.find(({ id }) => id === proposed?.by);
  const isSecondPerson = proposer !== undefined && proposer.id !== by.id && !isSameMailbox(proposer.email, by.email);
  return isVettedToday && isSecondPerson ? 'done' : 'proposed';
}

/** What was proposed of a member by another who still may, and is not over. */
export function removalOpen(team: Team, { id, removal }: RoleHolder, now: Date): Said | undefined {
  if (removal === undefined || removal.by === id || Date.parse(removal.at) + REMOVAL_LASTS <= now.getTime()) return;
  const proposer = team.members.find((each) => each.id === removal.by);
  if (proposer === undefined) return undefined;
  const isVettedToday = isVetted(proposer.grants, FOCAL_POINTS, team.today);
  return isVettedToday || isOrganiser(team, proposer.id) ? removal : undefined;
}

/** What becomes of a member's roles when they are changed: what holds at once, and what a second person is to accept first. */
interface RolesChange {
  readonly atOnce: readonly RoleGrant[];
  readonly proposed: readonly RoleGrant[];
  /** Sets of `proposed` that are held already. */
  readonly prolongs: readonly RoleGrant['role'][];
}

/**
 * An owner without an end who stays one while a member is changed or leaves: an event whose owners all have an end would be left without one.
 *
 * @returns nothing where there is none, which a change may not come to
 */
export const lastingOwner = <Holder extends RoleHolder>(members: readonly Holder[], but: string): Holder | undefined =>
  members.find(({ id, grants }) => id !== but && isLastingOwner(grants));

export const isLastingOwner = (grants: readonly RoleGrant[]): boolean =>
  holdsAny(
    grants.filter(({ endsAt }) => endsAt === undefined),
    ORGANISERS,
  );

/**
 * What two people give is proposed, as in an invitation, and what they gave stays until they take it back: of what is there already nothing
 * is given twice.
 */
export function changeOf(held: readonly RoleGrant[], wanted: readonly RoleGrant[]): RolesChange | FieldIssue {
  if (isWithin(wanted)) return doesNotFit('grants', unfit('role-deputy-alone'));
  if (!keepsSafeguarding(held, wanted)) return doesNotFit('grants', unfit('role-takes-two'));
  const split = wanted.map(({ vettedUntil, ...grant }): readonly [RoleGrant[], RoleGrant[]] => {
    const before = held
      .filter((each) => isSameSet(each, grant))
      .sort(byEnd)
      .at(-1);
    const isLonger = before !== undefined && byEnd(before, grant) < 0;
    // What takes two people is prolonged by two, and is as long as it was until then.
    if (needsOf([grant]).length > 0 && before !== undefined && isLonger)
      return [[before], [{ ...grant, ...(vettedUntil !== undefined && { vettedUntil }) }]];
    const isHeld = needsOf([grant]).length === 0 || before !== undefined;
    const until = (before?.vettedUntil ?? '') < (vettedUntil ?? '') ? before?.vettedUntil : vettedUntil;
    const whole = { ...grant, ...(vettedUntil !== undefined && { vettedUntil }) };
    const asBefore = { ...grant, ...(until !== undefined && { vettedUntil: until }) };
    return [isHeld ? [asBefore] : [], isHeld && until === vettedUntil ? [] : [whole]];
  });
  const [atOnce, proposed] = [split.flatMap(([now]) => now), split.flatMap(([, later]) => later)];
  const isHeld = (grant: RoleGrant): boolean =>
    atOnce.some((each) => each.role === grant.role && (each.endsAt === grant.endsAt || isPutOff(each, grant)));
  return { atOnce, proposed, prolongs: [...new Set(proposed.filter(isHeld).map(({ role }) => role))] };
}

/** For what a second person is asked where a grant is added to what a member holds, or put in place of it. */
export function needsLeftOf(held: readonly RoleGrant[], grant: RoleGrant): readonly Need[] {
  const change = changeOf(held, mergeGrants(held, [grant]));
  return 'code' in change ? needsOf([grant]) : needsOf(change.proposed);
}

/** By when they end, what has no end last. */
function byEnd(a: Pick<RoleGrant, 'endsAt'>, b: Pick<RoleGrant, 'endsAt'>): number {
  const [first, second] = [a, b].map(({ endsAt }) => (endsAt === undefined ? Number.MAX_VALUE : Date.parse(endsAt)));
  return (first ?? 0) - (second ?? 0);
}

/** Whether nothing of it becomes less. */
function keepsSafeguarding(held: readonly RoleGrant[], wanted: readonly RoleGrant[]): boolean {
  return held
    .filter(({ role }) => role === 'safeguarding')
    .every(({ deputy, endsAt, vettedUntil = '' }) =>
      wanted.some((each) => {
        const isSame = each.role === 'safeguarding' && each.deputy === deputy;
        return isSame && (each.vettedUntil ?? '') >= vettedUntil && byEnd(each, { endsAt }) >= 0;
      }),
    );
}

/** Who is told of a grant: everyone in a role that is not limited to their own country or organisation. */
export const isTold = (holder: RoleHolder, grants: readonly RoleGrant[]): boolean =>
  grants.some(
    ({ role, vettedUntil }) =>
      (role !== 'focal-point' && holder.grants.some((held) => held.role === role)) ||
      (vettedUntil !== undefined && holder.grants.some((held) => held.role === 'safeguarding')),
  );

const isOrganiser = ({ members }: Team, memberId: string | undefined): boolean =>
  members.some(({ id, grants }) => id === memberId && holdsAny(grants, ORGANISERS));
