import type { Handout } from '../check-in-items.schema.ts';
import type { Hold, Holder } from '../holder.ts';
import type { ListTerms } from '../roster/roster.schema.ts';
import { validMarks } from '../scan/passage.ts';
import type { ScanMark } from '../scan/scan.ts';
import { type Refusal, whyRefused } from '../scan/verdict.ts';

/** What a phone has to know of something that is handed out: a list like that of a door, where `in` is given and `out` is brought back. */
export const handoutTerms = ({ id, name, categories, often, isLent }: Handout): HandoutDoor => ({
  ...{ id, name, place: { kind: 'event' }, categories, modes: ['in-person'], isClosed: false },
  ...{ opensAt: 0, closesAt: Number.MAX_SAFE_INTEGER, handout: { often, isLent } },
  passing: isLent ? 'in-and-out' : often === 'once' ? 'once' : 'again',
});

export type HandoutRules = NonNullable<ListTerms['handout']>;
export type HandoutDoor = ListTerms & { readonly handout: HandoutRules };

/** How it stands with one ticket. */
export interface HandedOut {
  /** Each time that it was given, in order of time. */
  readonly gives: readonly ScanMark[];
  /** The scan by which they have it still, of what was given and not brought back. */
  readonly out: ScanMark | undefined;
}

/**
 * What a set of scans comes to: it depends on nothing but the set, neither on the order in which they arrived nor on how often (CI4). Two phones
 * that gave at once without a network gave twice, and one return brings both back.
 *
 * @param marks all of one ticket for one thing
 */
export function handedOut(marks: readonly ScanMark[]): HandedOut {
  const inOrder = validMarks(marks);
  let out: ScanMark | undefined;
  for (const scan of inOrder) out = scan.kind === 'out' ? undefined : (out ?? scan);
  return { gives: inOrder.filter(({ kind }) => kind === 'in'), out };
}

/**
 * Which of the times that it was given no phone would have given it that knew of all others: it was given before as often as it is, or they had
 * it still. Two phones did not know of each other, or staff gave it anyway; a person finds out which.
 *
 * @param marks all of one ticket for one thing
 */
export function givenBeyond(
  { often, isLent }: HandoutRules,
  marks: readonly ScanMark[],
  dayOf: HandoutOccasion['dayOf'],
): readonly ScanMark[] {
  const beyond: ScanMark[] = [];
  const days = new Set<string>();
  let isOut = false;
  for (const scan of validMarks(marks)) {
    const isGiven = scan.kind === 'in';
    // A day for each, all days as one, or none that is asked for.
    const day = often === 'any' ? undefined : often === 'once' ? '' : dayOf(scan.correctedAt);
    if (isGiven && ((isLent && isOut) || (day !== undefined && days.has(day)))) beyond.push(scan);
    if (isGiven && day !== undefined) days.add(day);
    isOut = isGiven;
  }
  return beyond;
}

export type HandoutVerdict =
  /** To be given, or brought back, and noted. */
  | { readonly kind: 'give' }
  | { readonly kind: 'take-back' }
  /** Given before, as often as it is: nothing to be noted. `isOut`: it is lent, and not back yet. */
  | { readonly kind: 'given'; readonly earlier: ScanMark; readonly isOut: boolean }
  /** They have nothing to bring back. */
  | { readonly kind: 'not-out' }
  | { readonly kind: 'hold'; readonly why: Hold }
  | { readonly kind: 'refuse'; readonly why: Refusal };

/** What a person at a desk comes to, and in which direction and when. */
interface HandoutOccasion {
  readonly direction: 'in' | 'out';
  /** By the server's clock, as well as the device can tell, epoch milliseconds. */
  readonly at: number;
  /** The local date of an instant, where the event is. */
  readonly dayOf: (at: number) => string;
}

/** Whether a person gets something, by all scans of their ticket for it that are known here. What they have, everyone may bring back. */
export function handoutVerdict(
  door: HandoutDoor,
  holder: Holder,
  stands: HandedOut,
  { direction, at, dayOf }: HandoutOccasion,
): HandoutVerdict {
  if (direction === 'out') return { kind: stands.out === undefined ? 'not-out' : 'take-back' };
  const why = whyRefused(door, holder, at);
  if (why !== undefined) return { kind: 'refuse', why };
  if (holder.hold !== undefined) return { kind: 'hold', why: holder.hold };
  return givenBefore(door, stands, { at, dayOf }) ?? { kind: 'give' };
}

/** That it was given before as often as it is, whoever has the ticket; nothing where it was not. */
export function givenBefore(
  { handout: { often, isLent } }: HandoutDoor,
  { gives, out }: HandedOut,
  { at, dayOf }: Pick<HandoutOccasion, 'at' | 'dayOf'>,
): Extract<HandoutVerdict, { kind: 'given' }> | undefined {
  if (isLent && out !== undefined) return { kind: 'given', earlier: out, isOut: true };
  const before = gives.findLast(
    (give) => often === 'once' || (often === 'daily' && dayOf(give.correctedAt) === dayOf(at)),
  );
  return before && { kind: 'given', earlier: before, isOut: false };
}

/** How it stands with many: times and people that it was given, how many have it still, and how many were given it too often. */
export function handoutTally(all: readonly (HandedOut & { readonly beyond: readonly ScanMark[] })[]) {
  const sums = { given: 0, people: 0, out: 0, beyond: 0 };
  for (const { gives, out, beyond } of all) {
    sums.given += gives.length;
    sums.people += Number(gives.length > 0);
    sums.out += Number(out !== undefined);
    sums.beyond += Number(beyond.length > 0);
  }
  return sums;
}
