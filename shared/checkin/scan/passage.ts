import type { Passing } from '../check-in-items.schema.ts';
import { byRank, ONLINE, type ScanMark, takesBack } from './scan.ts';

/** How one ticket stands on one list, from all scans of it that are known. */
export interface CheckInEffect {
  /** The check-in that counts: the first of them all. Absent where nobody came in with this ticket. */
  readonly checkIn?: ScanMark | undefined;
  /** The last that came in or left at the door. */
  readonly last?: ScanMark | undefined;
  readonly isInside: boolean;
  /**
   * Scans that say that an attendee came in who was in already, each with the scan that says so: a mistake, or
   * two people with one ticket. A person decides; they are never dropped.
   */
  readonly conflicts: readonly Conflict[];
}

/** Which of the days that a list counts apart an instant is of: 0 is before them, and always where it counts once in all. */
export const dayAt = ({ dayStarts = [] }: CountsBy, at: number): number =>
  dayStarts.filter((start) => start <= at).length;

/** How a list counts: `dayStarts`, epoch milliseconds, where people come anew on each day. */
export interface CountsBy {
  readonly passing: Passing;
  readonly dayStarts?: readonly number[] | undefined;
}

/** Scans of each day that a list counts apart, without those that were taken back, in order. */
export function marksByDay(marks: readonly ScanMark[], by: CountsBy): ReadonlyMap<number, readonly ScanMark[]> {
  const days = new Map<number, ScanMark[]>();
  for (const mark of validMarks(marks)) {
    const day = dayAt(by, mark.correctedAt);
    days.set(day, [...(days.get(day) ?? []), mark]);
  }
  return days;
}

export interface Conflict {
  readonly scan: ScanMark;
  readonly earlier: ScanMark;
}

/**
 * What a set of scans comes to. It depends on nothing but the set: neither on the order in which they arrived, nor on
 * how often (CI4). Who joins online came, and is in no room: to come to the door besides is nobody's mistake.
 *
 * Where a list counts each day, a night ends who is inside.
 *
 * @param marks all of one ticket on one list
 */
export function passageOf(
  marks: readonly ScanMark[],
  passing: Passing,
  dayStarts?: readonly number[] | undefined,
): CheckInEffect {
  const inOrder = validMarks(marks);
  const atDoor = inOrder.filter(({ device }) => device !== ONLINE);
  const conflicts: Conflict[] = [];
  let inside: ScanMark | undefined;
  const by = { passing, dayStarts };
  for (const scan of atDoor) {
    if (inside && dayStarts && dayAt(by, inside.correctedAt) !== dayAt(by, scan.correctedAt)) inside = undefined;
    if (scan.kind === 'out') inside = passing === 'once' ? inside : undefined;
    else if (inside === undefined || passing === 'again') inside = scan;
    else conflicts.push({ scan, earlier: inside });
  }
  return {
    checkIn: inOrder.find(({ kind }) => kind === 'in'),
    last: atDoor.at(-1),
    isInside: inside !== undefined,
    conflicts,
  };
}

/** That a ticket's holder came in on a list. */
export interface Stay {
  /** The check-in that counts. */
  readonly first: ScanMark;
  /** The last scan at the door, where that says that they left. */
  readonly left: ScanMark | undefined;
}

/** How one came and left; nothing of one whom a door let in and took back. @param marks all of one person on one list */
export function stayOf(marks: readonly ScanMark[], passing: Passing): Stay | undefined {
  const [only] = marks;
  // Most are scanned once on a list: of twenty thousand this is asked at each look.
  if (only !== undefined && marks.length === 1)
    return only.kind === 'in' ? { first: only, left: undefined } : undefined;
  const { checkIn: first, last } = passageOf(marks, passing);
  return first && { first, left: last?.kind === 'out' ? last : undefined };
}

/** Scans that nobody took back, each once, in order. */
export function validMarks(marks: readonly ScanMark[]): ScanMark[] {
  if (marks.length < 2) return marks.filter(({ kind }) => kind !== 'undo');
  const known = [...new Map(marks.map((mark) => [mark.scanId, mark])).values()];
  return known.filter((mark) => mark.kind !== 'undo' && !known.some((undo) => takesBack(undo, mark))).sort(byRank);
}
