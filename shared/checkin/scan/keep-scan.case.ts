import { isDeepStrictEqual } from 'node:util';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { type Patient, type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import { BusyError } from '../../kernel/errors.ts';
import type { Given, Needs } from '../../kernel/parts.store.ts';
import { onlineLane } from '../attendance/arrivals.ts';
import { addToCount, NOBODY } from '../attendance/attendance.store.ts';
import {
  areMinutesOver,
  type MinutesKept,
  noonsIn,
  scanWithoutMinutes,
  withoutMinutes,
} from '../attendance/minutes.ts';
import { type CheckInCountId, checkInKey, scanKey } from '../check-in-keys.ts';
import { clampedTime } from '../clock.ts';
import type { Holder } from '../holder.ts';
import { type DoubtedScans, noteDoubts } from '../review/decision.store.ts';
import type { Doubt } from '../review/decision.ts';
import type { ListTerms } from '../roster/roster.schema.ts';
import { type CheckIn, fromCheckInItem, fromScanItem, putCheckIn, putScan } from './check-in.store.ts';
import { passageOf, validMarks } from './passage.ts';
import { ONLINE, type ScanMark } from './scan.ts';
import type { Scan } from './scans.schema.ts';
import { takeScan } from './take-scan.ts';
import { verdictOf } from './verdict.ts';

/** What it takes to bring in what a phone scanned. */
export type ScanDeps = Needs<'auditTable' | 'client' | 'people' | 'peopleMemory' | 'registry' | 'system'>;

export type KeepDeps = Given<'registry', keyof Patient>;

/** What a scan is looked at with. */
export interface ScanSituation {
  readonly eventId: string;
  readonly door: ListTerms;
  /** Whose ticket it is; absent where no registration has it. */
  readonly holder?: (Holder & { readonly reference: string }) | undefined;
  /** What is to be looked at besides. */
  readonly doubt?: Doubt | undefined;
  /** When the device began: no scan of it is older. Epoch milliseconds. */
  readonly enrolledAt: number;
  /** When all of it is forgotten: epoch seconds. */
  readonly expiresAt: number;
  /** What comes later is kept by the day alone. */
  readonly minutes: MinutesKept;
}

/** `mark`: what of the scan counts from now on, with the time that was taken for true. */
export type KeptScan =
  | {
      readonly result: 'kept';
      readonly mark: ScanMark;
      readonly earlier?: ScanMark | undefined;
      readonly doubt?: Doubt | undefined;
    }
  | { readonly result: 'known'; readonly mark: ScanMark }
  | { readonly result: 'refused'; readonly why: 'other-contents' | 'too-many' };

/** How often a scan is tried anew because another of the same ticket came first. */
const MOST_RACES = 8;
/** Scans of one device are brought in at once in as many lanes; those of one ticket are in the same. */
export const LANES = 8;

/** What is read of a scan before it is kept. */
export const keysOfScan = ({ scanId, ticket }: Scan, { eventId, door }: ScanSituation) => ({
  fact: scanKey(eventId, scanId),
  stand: checkInKey(eventId, ticket, door.id),
});

/** What keeping a scan comes to, by what was read: nothing is left to be done, or these items are to be written together. */
export type Planned =
  | { readonly kind: 'done'; readonly kept: KeptScan }
  | {
      readonly kind: 'write';
      readonly kept: KeptScan;
      readonly items: readonly TransactItem[];
      /** What it changes of a count, which other scans may change too. */
      readonly counted?: { readonly id: CheckInCountId; readonly came: number; readonly inside: number } | undefined;
    };

/**
 * Keeps one scan, with one read and one transaction: the scan itself, how its ticket stands then, what that changes of
 * the counts, and what a person has to look at. To send it twice adds nothing (CI3), and in whatever order scans come, the
 * same comes out (CI4).
 *
 * @throws BusyError when rivals did not let go: it is to be sent again
 */
export async function keepScan(deps: KeepDeps, scan: Scan, occasion: ScanSituation): Promise<KeptScan> {
  const { client, registry, system } = deps;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    const find = await batchGet(client, registry, Object.values(keysOfScan(scan, occasion)), system, true);
    const planned = planScan(deps, find, scan, occasion);
    if (planned.kind === 'done') return planned.kept;
    const { items, counted, kept } = planned;
    const count = counted && addToCount(registry, occasion.eventId, counted.id, counted, occasion.expiresAt);
    const refusals = await transact(client, [...items, ...(count === undefined ? [] : [count])], system);
    if (refusals.length === 0) return kept;
    await system.backOff(race);
  }
  throw new BusyError();
}

/** @param find what was read, by `keysOfScan` */
export function planScan(
  deps: Pick<KeepDeps, 'registry' | 'system'>,
  find: Awaited<ReturnType<typeof batchGet>>,
  scan: Scan,
  occasion: ScanSituation,
): Planned {
  const keys = keysOfScan(scan, occasion);
  const fact = find(keys.fact);
  const item = find(keys.stand);
  if (fact !== undefined) {
    const { receivedAt, ...known } = fromScanItem(fact);
    const isSame = isSameScan(known, scan, occasion.minutes);
    const stands = () => inDays(deps, occasion, item === undefined ? [] : fromCheckInItem(item).marks);
    return {
      kind: 'done',
      kept: isSame
        ? { result: 'known', mark: knownMark(stands(), scan) ?? markOf(scan, occasion, receivedAt) }
        : { result: 'refused', why: 'other-contents' },
    };
  }
  const before = item === undefined ? newCheckIn(scan, occasion) : named(fromCheckInItem(item), occasion);
  return added(deps, before, scan, occasion);
}

const knownMark = (marks: readonly ScanMark[], { scanId }: Scan): ScanMark | undefined =>
  marks.find((each) => each.scanId === scanId);

/**
 * Whether it is the scan that is known, also where one of them has lost its minutes, or what was said of a person who is erased, and the device
 * that made it still has them; also where two members noted the same.
 */
export function isSameScan(known: Scan, scan: Scan, { timeZone }: Pick<MinutesKept, 'timeZone'>): boolean {
  const areSaid = known.reason !== undefined && scan.reason !== undefined;
  const [before, told] = [known, scan].map(({ by: _, reason, ...each }) => (areSaid ? { ...each, reason } : each));
  if (before === undefined || told === undefined) return false;
  if (isDeepStrictEqual(before, told)) return true;
  const noonOf = noonsIn(timeZone);
  const [knownDay, day] = [before, told].map((each) => scanWithoutMinutes(each, noonOf));
  return isDeepStrictEqual(before, day) || isDeepStrictEqual(knownDay, told);
}

/** Scans of one ticket as they are kept by now: with their minutes, or by the day. */
export const inDays = (
  { system }: Pick<KeepDeps, 'system'>,
  { minutes }: Pick<ScanSituation, 'minutes'>,
  marks: readonly ScanMark[],
): readonly ScanMark[] =>
  areMinutesOver(minutes, system.now().getTime()) ? withoutMinutes(marks, noonsIn(minutes.timeZone)) : marks;

/** Whether a scan with this id was kept, whatever it says. */
export async function isKept({ client, registry }: KeepDeps, eventId: string, scanId: string): Promise<boolean> {
  const input = { TableName: registry, Key: scanKey(eventId, scanId), ConsistentRead: true };
  return (await client.send(new GetCommand(input))).Item !== undefined;
}

/** The time that a device tells is believed as far as it can be true. */
function markOf(
  { scanId, device, kind, undoes, correctedAt }: Scan,
  { enrolledAt }: Pick<ScanSituation, 'enrolledAt'>,
  receivedAt: number,
): ScanMark {
  const at = clampedTime(correctedAt, enrolledAt, receivedAt);
  return { scanId, device, kind, correctedAt: at, ...(undoes !== undefined && { undoes }) };
}

const newCheckIn = ({ ticket }: Scan, { eventId, door, holder }: ScanSituation): CheckIn => ({
  ...{ eventId, ticket, list: door.id, marks: [], doubts: {}, revision: 0 },
  reference: holder?.reference,
  category: holder?.category ?? NOBODY,
  mode: holder?.mode ?? NOBODY,
});

/**
 * Whose ticket it is may become known after its first scan: what was attended is to follow them to another ticket all the same. Where
 * nobody is counted under what was known before, they are counted under what is known now.
 */
function named(known: CheckIn, { door, holder }: ScanSituation): CheckIn {
  if (known.reference !== undefined || holder === undefined) return known;
  const { reference, category, mode } = holder;
  const { checkIn, isInside } = passageOf(known.marks, door.passing, door.dayStarts);
  const isCounted = checkIn !== undefined || isInside;
  return { ...known, reference, ...(!isCounted && { category, mode }) };
}

function added(
  { registry, system }: Pick<KeepDeps, 'registry' | 'system'>,
  stood: CheckIn,
  scan: Scan,
  occasion: ScanSituation,
): Planned {
  const { eventId, door, holder, expiresAt, minutes } = occasion;
  const { scanId, device } = scan;
  const receivedAt = system.now().getTime();
  const seen = markOf(scan, occasion, receivedAt);
  const all = inDays({ system }, occasion, [...stood.marks, seen]);
  const mark = all.at(-1) ?? seen;
  const before = { ...stood, marks: all.slice(0, -1) };
  const taken = takeScan(before.marks, mark, door.passing, door.dayStarts);
  if (taken.kind === 'too-many' || taken.kind === 'other-contents') {
    return { kind: 'done', kept: { result: 'refused', why: taken.kind } };
  }
  // The scan itself is not there yet, and is written together with its mark.
  if (taken.kind === 'known') throw new Error('a check-in knows a scan that nobody kept');
  // A door opens at a minute: it is asked with the time that was told.
  const doubt = doubtOf(door, holder, before, scan, seen) ?? (door.handout === undefined ? occasion.doubt : undefined);
  const after: CheckIn = {
    ...before,
    marks: taken.marks,
    doubts: doubt === undefined ? before.doubts : { ...before.doubts, [scanId]: doubt },
  };
  const { came, inside, earlier } = taken;
  const lane = device === ONLINE ? onlineLane(mark.correctedAt, laneOf(scan.ticket), LANES) : laneOf(scan.ticket);
  const id = { list: door.id, device, lane, category: after.category, mode: after.mode };
  const toSee = toSeeOf(after, door);
  const noonOf = areMinutesOver(minutes, receivedAt) ? noonsIn(minutes.timeZone) : undefined;
  const fact = noonOf ? scanWithoutMinutes(scan, noonOf) : scan;
  const at = noonOf?.(receivedAt) ?? receivedAt;
  const changes = !isDeepStrictEqual(toSee, toSeeOf(before, door));
  return {
    kind: 'write',
    kept: { result: 'kept', mark, earlier, doubt },
    items: [
      putScan(registry, eventId, fact, at, expiresAt),
      putCheckIn(registry, after, at, expiresAt),
      ...(changes ? [noteDoubts(registry, after, toSee, expiresAt)] : []),
    ],
    ...((came !== 0 || inside !== 0) && { counted: { id, came, inside } }),
  };
}

const toSeeOf = ({ marks, doubts }: CheckIn, { passing, dayStarts, handout }: ListTerms): DoubtedScans => ({
  conflicts: handout === undefined ? passageOf(marks, passing, dayStarts).conflicts.map(({ scan }) => scan) : [],
  doubts: validMarks(marks).filter(({ scanId }) => scanId in doubts),
});

/** What we would have said at that door, where it is not that they may pass; an earlier scan of theirs is a conflict, and no doubt. */
function doubtOf(
  door: ListTerms,
  holder: Holder | undefined,
  { marks }: CheckIn,
  { companion }: Scan,
  mark: ScanMark,
): Doubt | undefined {
  const { kind, correctedAt } = mark;
  // What is given twice is told beside who has it, and lets nobody in.
  if (door.handout !== undefined) return undefined;
  if (kind === 'out' && holder?.isMinor && (companion === undefined || isGoneElsewhere(marks, mark)))
    return 'left-unasked';
  if (kind !== 'in') return undefined;
  if (holder === undefined) return 'unknown-ticket';
  const passage = passageOf(marks, door.passing, door.dayStarts);
  const verdict = verdictOf(door, holder, passage, { direction: 'in', at: correctedAt, inside: 0, wardsInside: 0 });
  if (verdict.kind === 'refuse') return verdict.why;
  return verdict.kind === 'hold' ? 'hold' : undefined;
}

/**
 * Whether another device noted the same, and nobody is known by now to have seen them come in between: two may have handed over one child
 * (CS24).
 */
function isGoneElsewhere(marks: readonly ScanMark[], mark: ScanMark): boolean {
  const inOrder = validMarks([...marks, mark]).filter(({ device }) => device !== ONLINE);
  const at = inOrder.indexOf(mark);
  const isElsewhere = (other: ScanMark | undefined) => other?.kind === 'out' && other.device !== mark.device;
  return at >= 0 && (isElsewhere(inOrder[at - 1]) || isElsewhere(inOrder[at + 1]));
}

/** @param ticket a hash: as good as chance */
export const laneOf = (ticket: string): number => ticket.charCodeAt(0) % LANES;
