import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { retentionEnd } from '../../event/event-times.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { queryPartition } from '../../kernel/dynamo/queries.store.ts';
import {
  type Patient,
  type TransactItem,
  transact,
  untilWritten,
  updateIf,
  writeAll,
} from '../../kernel/dynamo/transact.store.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { areMinutesOver, type MinutesKept, minutesKept, noonsIn, scanWithoutMinutes } from '../attendance/minutes.ts';
import type { HandOver, HeldPart, HeldStatus, Pressed, StoredHandOver } from '../check-in-items.schema.ts';
import { checkInFeedPartition, deviceKey, handOverKey, heldScanKey, scanKey } from '../check-in-keys.ts';
import { fromCheckInFeedItem } from '../roster/check-in-feed.store.ts';
import { type Bringing, bringIn } from '../scan/bring-in.case.ts';
import { fromScanItem } from '../scan/check-in.store.ts';
import { isSameScan, type ScanDeps } from '../scan/keep-scan.case.ts';
import { type ScanAnswer, type SentScan, sentScan } from '../scan/scans.schema.ts';
import { scanOf } from '../walk-in/walk-in.ts';
import {
  changeHeldScan,
  fromHandOverItem,
  fromHeldScanItem,
  type HeldScan,
  partTallies,
  putHandOver,
  putHeldScan,
} from './held-scans.store.ts';
import { isBelieved, MOST_HELD, partAt } from './held-scans.ts';

export type HoldDeps = Given<'registry', keyof Patient>;

/** Which hand-over, when all of it is forgotten, epoch seconds, and until when its minutes are kept. */
export interface HandOverId extends Pick<HandOver, 'eventId' | 'id'> {
  readonly expiresAt: number;
  readonly minutes: MinutesKept;
}

/** Actions of one transaction. */
const TOGETHER = 100;

export async function readHandOver(
  { client, registry }: Pick<HoldDeps, 'client' | 'registry'>,
  { eventId, id }: Pick<HandOver, 'eventId' | 'id'>,
): Promise<StoredHandOver | undefined> {
  const input = { TableName: registry, Key: handOverKey(eventId, id), ConsistentRead: true };
  const { Item } = await client.send(new GetCommand(input));
  return Item && fromHandOverItem(Item);
}

/** In the order in which they came. */
export async function storedHandOvers(
  { client, registry }: Pick<HoldDeps, 'client' | 'registry'>,
  eventId: string,
): Promise<readonly StoredHandOver[]> {
  const items = await queryPartition(client, registry, handOverKey(eventId, '').pk);
  return items.map(fromHandOverItem).sort((a, b) => (a.at < b.at ? -1 : 1));
}

export const heldScans = async (
  { client, registry }: Pick<HoldDeps, 'client' | 'registry'>,
  { eventId, id }: Pick<HandOver, 'eventId' | 'id'>,
): Promise<readonly HeldScan[]> =>
  (await queryPartition(client, registry, heldScanKey(eventId, id, '').pk)).map(fromHeldScanItem);

/** A scan that is to be held, and with which others it is shown. */
export interface ToHold {
  readonly told: SentScan;
  readonly part: HeldPart;
}

/**
 * Holds scans for a person: they count nowhere. One that counts already is known, and one that is held already stays as it is.
 *
 * @returns for each what its device is answered
 */
export async function holdScans(
  deps: HoldDeps,
  { eventId, id: handOver, expiresAt, minutes }: HandOverId,
  device: string,
  all: readonly ToHold[],
): Promise<readonly ScanAnswer[]> {
  const { client, registry, system } = deps;
  const keysOf = ({ told: { scanId } }: ToHold) => ({
    fact: scanKey(eventId, scanId),
    held: heldScanKey(eventId, handOver, scanId),
  });
  const [find, before] = await Promise.all([
    batchGet(client, registry, uniqueKeys(all.flatMap((each) => Object.values(keysOf(each)))), system, true),
    heldScans(deps, { eventId, id: handOver }),
  ]);
  const room = Math.max(0, MOST_HELD - before.length);
  const fresh = new Map<string, ToHold>();
  const answers = all.map((each): ScanAnswer => {
    const { fact, held } = keysOf(each);
    const { scanId } = each.told;
    const known = find(fact);
    if (known !== undefined) {
      const { receivedAt: _, ...kept } = fromScanItem(known);
      const isSame = isSameScan(kept, scanOf(each.told, device), minutes);
      return isSame ? { result: 'known' } : { result: 'refused', why: 'other-contents' };
    }
    if (find(held) !== undefined || fresh.has(scanId)) return { result: 'known' };
    if (fresh.size >= room) return { result: 'refused', why: 'too-many' };
    fresh.set(scanId, each);
    return { result: 'kept', doubt: 'after-shut-out' };
  });
  const noonOf = areMinutesOver(minutes, system.now().getTime()) ? noonsIn(minutes.timeZone) : undefined;
  const puts = [...fresh.values()].map(({ told, part }) => {
    const held = noonOf ? scanWithoutMinutes(told, noonOf) : told;
    return putHeldScan(registry, { eventId, handOver, part }, held, expiresAt);
  });
  await writeMany(deps, puts);
  return answers;
}

/** Notes how scans that were held stand now. */
export const changeHeldScans = (
  deps: HoldDeps,
  { eventId, id: handOver }: HandOverId,
  changes: readonly { readonly scanId: string; readonly status: HeldStatus }[],
): Promise<void> =>
  writeMany(
    deps,
    changes.map(({ scanId, status }) => changeHeldScan(deps.registry, { eventId, handOver }, scanId, status)),
  );

/**
 * Says how a hand-over stands by all that is held of it, so that whatever was interrupted is right again with the next change.
 *
 * @param made of one that nobody noted yet
 * @param change what is different besides
 * @param also what is written with it: an audit entry
 * @throws BusyError when rivals did not let go
 */
export async function noteHandOver(
  deps: HoldDeps,
  where: HandOverId,
  made: () => Omit<HandOver, 'parts'>,
  change: {
    readonly isWhole?: true | undefined;
    readonly pressed?: { readonly part: HeldPart; readonly what: Pressed } | undefined;
    /** Parts to which scans came since anybody pressed. */
    readonly isNew?: readonly HeldPart[] | undefined;
  } = {},
  also: (before: StoredHandOver | undefined) => readonly TransactItem[] = () => [],
): Promise<StoredHandOver> {
  const { client, registry, system } = deps;
  return untilWritten(system, async () => {
    // In this order: whatever is held before the item was read is counted, or a rival counts it after us.
    const read = await readHandOver(deps, where);
    const held = await heldScans(deps, where);
    const before = read ?? { ...made(), parts: {}, revision: 0 };
    const pressed = {
      before: before.parts.before?.pressed,
      after: before.parts.after?.pressed,
      ...Object.fromEntries((change.isNew ?? []).map((part) => [part, undefined])),
      ...(change.pressed && { [change.pressed.part]: change.pressed.what }),
    };
    const isWhole = before.isWhole || change.isWhole === true;
    const after = { ...before, isWhole, parts: partTallies(held, withoutNone(pressed)) };
    const items = [putHandOver(registry, after, where.expiresAt), ...also(read)];
    const refusals = await transact(client, items, system);
    return refusals.length === 0 ? { ...after, revision: before.revision + 1 } : undefined;
  });
}

const withoutNone = (pressed: Readonly<Partial<Record<HeldPart, Pressed | undefined>>>) =>
  Object.fromEntries(Object.entries(pressed).filter(([, what]) => what !== undefined)) as Partial<
    Record<HeldPart, Pressed>
  >;

async function writeMany({ client, system }: HoldDeps, items: readonly TransactItem[]): Promise<void> {
  for (let first = 0; first < items.length; first += TOGETHER) {
    await writeAll(client, items.slice(first, first + TOGETHER), system);
  }
}

const uniqueKeys = <Key extends { readonly pk: string; readonly sk: string }>(keys: readonly Key[]): readonly Key[] => [
  ...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values(),
];

/**
 * What a phone sends that was shut out: what it scanned before counts as ever (CI15), and the rest is held for a person. So is a walk-in
 * it enters, whenever: a registration has a ticket, and nobody makes one with a phone that an organiser took back.
 */
export async function bringInShutOut(
  deps: ScanDeps,
  bringing: Bringing,
  scans: readonly unknown[],
): Promise<readonly ScanAnswer[]> {
  const { device } = bringing;
  const newest = await newestBrought(deps, bringing);
  const isForPerson = ({ walkIn, correctedAt }: SentScan): boolean =>
    walkIn !== undefined || !isBelieved(device, newest, correctedAt);
  const held = new Map<number, SentScan>();
  for (const [place, scan] of scans.entries()) {
    const told = sentScan.safeParse(scan).data;
    if (told !== undefined && device.lists.includes(told.list) && isForPerson(told)) held.set(place, told);
  }
  const others = [...scans.keys()].filter((place) => !held.has(place));
  const [ofHeld, ofOthers] = await Promise.all([
    holdAll(deps, bringing, [...held.values()]),
    others.length === 0
      ? []
      : bringIn(
          deps,
          bringing,
          others.map((place) => scans[place]),
        ),
  ]);
  const answers = new Map<number | undefined, ScanAnswer>();
  for (const [index, place] of [...held.keys()].entries()) answers.set(place, ofHeld[index] ?? { result: 'later' });
  for (const [index, place] of others.entries()) answers.set(place, ofOthers[index] ?? { result: 'later' });
  return [...scans.keys()].map((place) => answers.get(place) ?? { result: 'later' });
}

async function holdAll(
  deps: ScanDeps,
  { device, event }: Bringing,
  held: readonly SentScan[],
): Promise<readonly ScanAnswer[]> {
  if (held.length === 0) return [];
  const { eventId, id } = device;
  const where = { eventId, id, expiresAt: retentionEnd(event), minutes: minutesKept(event) };
  const made = () => ({ eventId, id, device: id, at: deps.system.now().toISOString(), isWhole: true });
  try {
    const all = held.map((told) => ({ told, part: partAt(device, told.correctedAt) }));
    const answers = await holdScans(deps, where, id, all);
    const isNew = [...new Set(all.flatMap(({ part }, place) => (answers[place]?.result === 'kept' ? [part] : [])))];
    // Also where nothing is new: the request that held them may have ended before it said so.
    await noteHandOver(deps, where, made, { isNew });
    return answers;
  } catch (error) {
    logger.error('scans not held', { error, device: id });
    return held.map(() => ({ result: 'later' }));
  }
}

/**
 * The newest scan that a phone had brought in when it was shut out, epoch milliseconds, as long as minutes are kept: what it told the others
 * says so. All of that is read once and noted with the phone, for a thief may send as often as they like.
 */
async function newestBrought({ client, registry, system }: ScanDeps, { device, event }: Bringing): Promise<number> {
  // What it brought in says no more than a day by then: all is for a person.
  if (areMinutesOver(minutesKept(event), system.now().getTime())) return Number.POSITIVE_INFINITY;
  if (device.newestBrought !== undefined) return device.newestBrought;
  const items = await queryPartition(client, registry, checkInFeedPartition(event.id));
  const until = new Date(device.revokedAt ?? 0).toISOString();
  const newest = items
    .filter(({ sk }) => String(sk) < until && String(sk).split('#')[1] === device.id)
    .flatMap(fromCheckInFeedItem)
    .reduce((latest, { mark }) => Math.max(latest, mark.correctedAt), 0);
  await updateIf(client, {
    TableName: registry,
    Key: deviceKey(event.id, device.id),
    UpdateExpression: 'SET newestBrought = :newest',
    ConditionExpression: 'attribute_exists(revokedAt) AND attribute_not_exists(newestBrought)',
    ExpressionAttributeValues: { ':newest': newest },
  });
  return newest;
}
