import type { Passing } from '../check-in-items.schema.ts';
import { passageOf } from './passage.ts';
import type { ScanMark } from './scan.ts';
import type { SentScan } from './scans.schema.ts';

/**
 * Nobody passes one door so often, not even staff who carry chairs for two days: what comes then is refused, and stays on the device
 * that made it. 36 fit into 2 KB, which is what a scan costs to write besides itself; all of them, into 22.
 */
export const MOST_MARKS = 400;

/** What one more scan makes of a ticket on a list. */
type Taken =
  /** It was here before, the same: nothing changes. */
  | { readonly kind: 'known' }
  /** Another scan has its id. */
  | { readonly kind: 'other-contents' }
  | { readonly kind: 'too-many' }
  | {
      readonly kind: 'taken';
      /** All that are known now. */
      readonly marks: readonly ScanMark[];
      /** What it adds to the number of people who came, and who are inside: -1, 0 or 1. */
      readonly came: number;
      readonly inside: number;
      /** Whether the scan itself is in conflict with an earlier one. */
      readonly earlier?: ScanMark | undefined;
    };

/**
 * Adds a scan to those of the same ticket on the same list. Counts that are changed by what this says are exact, whatever
 * the order of arrival: each is the difference of what two sets come to.
 */
export function takeScan(
  before: readonly ScanMark[],
  scan: ScanMark,
  passing: Passing,
  dayStarts?: readonly number[],
): Taken {
  const known = before.find(({ scanId }) => scanId === scan.scanId);
  if (known !== undefined) return { kind: isSame(known, scan) ? 'known' : 'other-contents' };
  if (before.length >= MOST_MARKS) return { kind: 'too-many' };
  const marks = [...before, scan];
  const was = passageOf(before, passing, dayStarts);
  const is = passageOf(marks, passing, dayStarts);
  return {
    kind: 'taken',
    marks,
    came: Number(is.checkIn !== undefined) - Number(was.checkIn !== undefined),
    inside: Number(is.isInside) - Number(was.isInside),
    earlier: is.conflicts.find((conflict) => conflict.scan.scanId === scan.scanId)?.earlier,
  };
}

const isSame = (a: ScanMark, b: ScanMark): boolean =>
  a.device === b.device && a.kind === b.kind && a.undoes === b.undoes && a.correctedAt === b.correctedAt;

/**
 * Scans in the fewest rounds in which no ticket and no id comes twice: a transaction writes an item once, and what was scanned of one
 * ticket is kept one after another.
 */
export function roundsOf<Each extends { readonly told: Pick<SentScan, 'ticket' | 'scanId'> }>(
  all: readonly Each[],
): readonly (readonly Each[])[] {
  const rounds: Each[][] = [];
  const next = new Map<string, number>();
  for (const each of all) {
    const names = [`ticket ${each.told.ticket}`, `id ${each.told.scanId}`];
    const round = Math.max(...names.map((name) => next.get(name) ?? 0));
    for (const name of names) next.set(name, round + 1);
    const scans = rounds[round] ?? [];
    scans.push(each);
    rounds[round] = scans;
  }
  return rounds;
}
