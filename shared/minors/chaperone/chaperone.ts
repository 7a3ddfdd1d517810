import type { EventDefinition, MinorRules } from '../../event/event.ts';
import { lastDay } from '../../event/event-times.ts';
import type { ChaperoneTie, Registration } from '../../registration/registration.schema.ts';

type Attending = Pick<Registration, 'status' | 'mode' | 'ageBand'>;

/** Whether a minor comes in person, or may yet. */
export const needsChaperone = ({ status, mode, ageBand }: Attending): boolean =>
  ageBand === 'minor' && mode === 'in-person' && ['pending-approval', 'waitlisted', 'confirmed'].includes(status);

/** Whether an attendee may be asked at all: a confirmed adult who is there. */
export const mayChaperone = ({ status, mode, ageBand }: Attending): boolean =>
  ageBand === undefined && status === 'confirmed' && mode === 'in-person';

export const minorsOf = ({ chaperoning }: Pick<Registration, 'chaperoning'>): readonly string[] =>
  Object.keys(chaperoning?.minors ?? {});

/** People under 18 who come in person, and adults who are ready to look after them. */
export interface Headcount {
  readonly minors: number;
  readonly chaperones: number;
}

/** How many adults there have to be: one for each so many minors and one more, and never fewer than the event says. */
export const chaperonesNeeded = (
  minors: number,
  { chaperoneRatio, leastChaperones }: Pick<MinorRules<unknown>, 'chaperoneRatio' | 'leastChaperones'>,
): number => (minors === 0 ? 0 : Math.max(leastChaperones, Math.ceil(minors / chaperoneRatio) + 1));

type Ruled = Pick<EventDefinition<unknown>, 'days' | 'minors'>;

/** Whether an adult is ready: confirmed, in the room, accepted, and vetted until the event's end. */
export const isReady = (adult: Attending & Pick<Registration, 'chaperoning'>, event: Pick<Ruled, 'days'>): boolean =>
  mayChaperone(adult) && adult.chaperoning?.acceptedAt !== undefined && isVetted(adult.chaperoning, event);

/** Counts over all registrations of an event. */
export const headcount = (
  all: readonly (Attending & Pick<Registration, 'chaperoning'>)[],
  event: Pick<Ruled, 'days'>,
): Headcount => ({
  minors: all.filter((each) => needsChaperone(each) && each.status === 'confirmed').length,
  chaperones: all.filter((each) => isReady(each, event)).length,
});

/**
 * Whether a minor may go in, as far as chaperones are concerned (CS12). A tie ends in the same transaction as what it
 * rests on, so that it says by itself whether it holds.
 */
export function chaperoneStatus(
  minor: Attending & Pick<Registration, 'minor' | 'days'>,
  event: Ruled,
  { minors, chaperones }: Headcount,
): 'ok' | 'hold-safeguarding' {
  if (minor.ageBand !== 'minor' || minor.mode !== 'in-person') return 'ok';
  const isEnough = event.minors !== undefined && chaperones >= chaperonesNeeded(minors, event.minors);
  return isEnough && tieStep(minor.days, minor.minor?.chaperone, event) === 'safe' ? 'ok' : 'hold-safeguarding';
}

/** What an adult's registration says, as it stands on those of the minors whom they look after. */
export type ChaperoneState = Omit<ChaperoneTie, 'reference'>;

export const chaperoneStateOf = ({
  chaperoning,
  days,
}: Pick<Registration, 'chaperoning' | 'days'>): ChaperoneState => ({
  acceptedAt: chaperoning?.acceptedAt,
  vettedUntil: chaperoning?.vettedUntil,
  days,
});

const isVetted = ({ vettedUntil = '' }: Pick<ChaperoneState, 'vettedUntil'>, event: Pick<Ruled, 'days'>): boolean =>
  vettedUntil >= lastDay(event);

/**
 * How far it has come: nobody is named, the adult is away on a day on which the minor comes, has not said yes, was not
 * vetted until the event's end, or all holds.
 */
export function tieStep(
  days: readonly string[],
  chaperone: ChaperoneState | undefined,
  event: Pick<Ruled, 'days'>,
): 'nobody' | 'away' | 'asked' | 'not-vetted' | 'safe' {
  if (chaperone === undefined) return 'nobody';
  if (!days.every((day) => chaperone.days.includes(day))) return 'away';
  if (chaperone.acceptedAt === undefined) return 'asked';
  return isVetted(chaperone, event) ? 'safe' : 'not-vetted';
}

type Tied = Pick<Registration, 'status' | 'mode' | 'ageBand' | 'ticketId' | 'fullName' | 'minor' | 'chaperoning'>;

/**
 * A registration after a change, without the ties that the change ends: of a minor who does not come any more, of an
 * adult who does not, and of one in whose place another person comes, with another ticket. Nor with the vetting of another
 * name: two people vouched for the one that they read.
 *
 * @param isSamePerson though with another ticket
 */
export function withoutEndedTies<R extends Tied>(before: Tied | undefined, after: R, isSamePerson = false): R {
  const isSomeoneElse = !isSamePerson && before !== undefined && before.ticketId !== after.ticketId;
  const endsAdult = after.chaperoning !== undefined && (isSomeoneElse || !mayChaperone(after));
  const endsMinor = after.minor?.chaperone !== undefined && !needsChaperone(after);
  const endsVetting = !endsAdult && before !== undefined && losesVetting(before, after);
  if (!endsAdult && !endsMinor && !endsVetting) return after;
  return {
    ...after,
    ...(endsAdult && { chaperoning: undefined }),
    ...(endsVetting && { chaperoning: withoutVetting(after.chaperoning) }),
    ...(endsMinor && { minor: { ...after.minor, chaperone: undefined } }),
  };
}

/** Whether an adult was vetted, or is proposed to be, under another name than they have now. */
export const losesVetting = (
  { fullName, chaperoning }: Pick<Tied, 'fullName' | 'chaperoning'>,
  after: Pick<Tied, 'fullName'>,
): boolean =>
  fullName !== after.fullName && (chaperoning?.vettedUntil !== undefined || chaperoning?.proposal !== undefined);

const withoutVetting = (chaperoning: Registration['chaperoning']): Registration['chaperoning'] =>
  chaperoning && { ...chaperoning, vettedUntil: undefined, vouchedBy: undefined, proposal: undefined };

/** The other ends of ties that a change ended. */
export function endedTies(
  before: Tied | undefined,
  after: Tied,
): { readonly minors: string[]; readonly adult?: string } {
  const left = minorsOf(after);
  const adult = before?.minor?.chaperone?.reference;
  return {
    minors: before === undefined ? [] : minorsOf(before).filter((reference) => !left.includes(reference)),
    ...(adult !== undefined && after.minor?.chaperone?.reference !== adult && { adult }),
  };
}
