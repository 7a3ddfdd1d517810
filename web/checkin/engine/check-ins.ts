import type { KnownCheckIn } from '../../../shared/checkin/roster/roster.schema.ts';
import { type CountsBy, dayAt, marksByDay, passageOf } from '../../../shared/checkin/scan/passage.ts';
import type { ScanMark } from '../../../shared/checkin/scan/scan.ts';
import type { Db, WaitingScan } from './database.ts';

/** So few in one transaction that a scan, which needs the same store, waits for none of them long. */
const AT_ONCE = 250;

/**
 * Adds the scans of other devices to those that are known. Nothing is ever taken out, so that it does not matter what comes first, or
 * twice, or is cut off in the middle (CI3).
 *
 * @param count hears what changed the moment it is kept, before anyone can count anew what was kept
 */
export async function mergeCheckIns(
  db: Db,
  told: readonly KnownCheckIn[],
  count: (changes: readonly Change[]) => void,
): Promise<void> {
  const each = once(told);
  for (let at = 0; at < each.length; at += AT_ONCE) count(await mergeSome(db, each.slice(at, at + AT_ONCE)));
}

/** A ticket may be told of several times at once: two that are kept side by side would each not know of the other. */
function once(told: readonly KnownCheckIn[]): KnownCheckIn[] {
  const all = new Map<string, KnownCheckIn>();
  for (const checkIn of told) {
    const name = `${checkIn.list} ${checkIn.ticket}`;
    all.set(name, { ...checkIn, marks: unionOf(all.get(name)?.marks ?? [], checkIn.marks) });
  }
  return [...all.values()];
}

async function mergeSome(db: Db, told: readonly KnownCheckIn[]): Promise<Change[]> {
  const tx = db.transaction('checkIns', 'readwrite');
  const merging = told.map(async ({ list, ticket, marks }) => {
    const before = (await tx.store.get([list, ticket]))?.marks ?? [];
    const after = unionOf(before, marks);
    if (after !== before) await tx.store.put({ list, ticket, marks: after });
    return { list, before, after };
  });
  const [changes] = await Promise.all([Promise.all(merging), tx.done]);
  return changes.filter(({ before, after }) => before !== after);
}

/**
 * All scans of both, each once. Where both know one, the second is believed: what the server says of a time is what all devices go by.
 *
 * @returns the first itself where the second says nothing new
 */
export function unionOf(known: readonly ScanMark[], told: readonly ScanMark[]): readonly ScanMark[] {
  const all = new Map(known.map((mark) => [mark.scanId, mark]));
  const news = told.filter((mark) => !isSame(all.get(mark.scanId), mark));
  if (news.length === 0) return known;
  for (const mark of news) all.set(mark.scanId, mark);
  return [...all.values()];
}

/** What of a scan decides. */
export function markOf({ scan, device }: WaitingScan): ScanMark {
  const { scanId, kind, undoes, correctedAt } = scan;
  return { scanId, device, kind, correctedAt, ...(undoes !== undefined && { undoes }) };
}

const isSame = (a: ScanMark | undefined, b: ScanMark): boolean =>
  a?.correctedAt === b.correctedAt && a.kind === b.kind && a.device === b.device && a.undoes === b.undoes;

/** People who came to a list, and who are inside now, by all scans that this phone knows. */
export interface ListTally {
  readonly came: number;
  readonly inside: number;
}

/** What became of how a ticket stands on a list. */
export interface Change {
  readonly list: string;
  readonly before: readonly ScanMark[];
  readonly after: readonly ScanMark[];
}

/** The same on each of the days that a list counts apart: what is known of one night says nothing of the next morning. */
export type DayTallies = ReadonlyMap<number, ListTally>;

export function listTally(checkIns: readonly Pick<KnownCheckIn, 'marks'>[], by: CountsBy): DayTallies {
  const tallies = new Map<number, ListTally>();
  for (const { marks } of checkIns) count(tallies, marks, by, 1);
  return tallies;
}

export function changedTally(before: DayTallies, change: Change, by: CountsBy): DayTallies {
  const tallies = new Map(before);
  count(tallies, change.before, by, -1);
  count(tallies, change.after, by, 1);
  return tallies;
}

/** @param at by the server's clock, epoch milliseconds */
export const tallyAt = (tallies: DayTallies, by: CountsBy, at: number): ListTally =>
  tallies.get(dayAt(by, at)) ?? NOBODY;

const NOBODY: ListTally = { came: 0, inside: 0 };

function count(tallies: Map<number, ListTally>, all: readonly ScanMark[], by: CountsBy, sign: 1 | -1): void {
  for (const [day, marks] of marksByDay(all, by)) {
    const { came, inside } = tallies.get(day) ?? NOBODY;
    const { checkIn, isInside } = passageOf(marks, by.passing);
    tallies.set(day, { came: came + sign * Number(checkIn !== undefined), inside: inside + sign * Number(isInside) });
  }
}
