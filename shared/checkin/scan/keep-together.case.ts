import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import { BusyError } from '../../kernel/errors.ts';
import { logger } from '../../kernel/log.store.ts';
import { addToCount } from '../attendance/attendance.store.ts';
import { checkInCountKey } from '../check-in-keys.ts';
import {
  type KeepDeps,
  type KeptScan,
  keepScan,
  keysOfScan,
  LANES,
  laneOf,
  type Planned,
  planScan,
  type ScanSituation,
} from './keep-scan.case.ts';
import type { Scan } from './scans.schema.ts';

/** Actions of one transaction: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const MOST_ITEMS = 100;

/** A scan that is to be kept, with what it is looked at with. */
export interface ToKeep {
  readonly scan: Scan;
  readonly occasion: ScanSituation;
}

/** Absent of one that is to be sent again. */
export type KeptOf = (each: ToKeep) => KeptScan | undefined;

interface ToWrite {
  readonly each: ToKeep;
  readonly planned: Extract<Planned, { kind: 'write' }>;
}

/**
 * Keeps scans as `keepScan` does, with few calls for all of them: one read for fifty, and a transaction for some thirty. A scan of
 * which something changed since it was read is taken out of its transaction, and one whose transaction fails is kept alone, so that
 * none holds up another (CI6). Those of one lane are written one after another, for they change the same counts.
 *
 * @param all of different tickets, with different ids
 * @param mayBegin whether there is time for another transaction
 */
export async function keepTogether(deps: KeepDeps, all: readonly ToKeep[], mayBegin: () => boolean): Promise<KeptOf> {
  const { client, registry, system } = deps;
  const kept = new Map<ToKeep, KeptScan>();
  const keys = all.flatMap(({ scan, occasion }) => Object.values(keysOfScan(scan, occasion)));
  const find = await batchGet(client, registry, keys, system, true);
  const lanes = Array.from({ length: LANES }, (): ToWrite[] => []);
  for (const each of all) {
    const planned = tryToPlan(deps, find, each);
    if (planned?.kind === 'done') kept.set(each, planned.kept);
    else if (planned !== undefined) lanes[laneOf(each.scan.ticket)]?.push({ each, planned });
  }
  const note = (each: ToKeep, what: KeptScan): void => void kept.set(each, what);
  const write = async (lane: readonly ToWrite[]): Promise<void> => {
    for (const some of transactionsOf(lane)) await writeSome(deps, some, mayBegin, note);
  };
  await Promise.all(lanes.map(write));
  return (each) => kept.get(each);
}

/** @returns nothing of one beside which the table holds what cannot be: it harms none of the others */
function tryToPlan(
  deps: KeepDeps,
  find: Parameters<typeof planScan>[1],
  { scan, occasion }: ToKeep,
): Planned | undefined {
  try {
    return planScan(deps, find, scan, occasion);
  } catch (error) {
    logger.error('scan not kept', { error, device: scan.device });
    return undefined;
  }
}

async function writeSome(
  deps: KeepDeps,
  some: readonly ToWrite[],
  mayBegin: () => boolean,
  note: (each: ToKeep, kept: KeptScan) => void,
): Promise<void> {
  let alone: readonly ToKeep[] = [];
  for (let left = some; left.length > 0 && mayBegin(); ) {
    const refused = await attempt(deps, left);
    if (refused === 'later') return;
    // What it was refused for may be one scan's alone: those beside it are written without it.
    const isRefused = ({ each }: ToWrite): boolean => refused === 'failed' || refused.has(each);
    alone = [...alone, ...left.filter(isRefused).map(({ each }) => each)];
    const others = left.filter((one) => !isRefused(one));
    const isWritten = others.length === left.length;
    if (isWritten) for (const { each, planned } of others) note(each, planned.kept);
    left = isWritten ? [] : others;
  }
  for (const each of alone) {
    if (!mayBegin()) return;
    try {
      note(each, await keepScan(deps, each.scan, each.occasion));
    } catch (error) {
      // Nothing of it is lost: the phone has it, and sends it again.
      logger.error('scan not kept', { error, device: each.scan.device });
    }
  }
}

/** @returns which were refused: none where all of them were written; `failed`: nobody knows why; `later`: the table is busy */
async function attempt(
  { client, registry, system }: KeepDeps,
  some: readonly ToWrite[],
): Promise<ReadonlySet<ToKeep> | 'failed' | 'later'> {
  const owned = some.flatMap(({ each, planned }) => planned.items.map((item) => ({ item, each })));
  const counts = countsOf(some).map((count) => addToCount(registry, count.eventId, count.id, count, count.expiresAt));
  const items: readonly TransactItem[] = [...owned.map(({ item }) => item), ...counts];
  try {
    const refusals = await transact(client, items, system);
    return new Set(refusals.flatMap(({ position }) => owned[position]?.each ?? []));
  } catch (error) {
    logger.error('scans not kept together', { error, scans: some.length });
    return error instanceof BusyError ? 'later' : 'failed';
  }
}

/** What some scans change of counts, each count once. */
function countsOf(some: readonly ToWrite[]) {
  const counts = new Map<
    string,
    Pick<ScanSituation, 'eventId' | 'expiresAt'> & NonNullable<ToWrite['planned']['counted']>
  >();
  for (const { planned, each } of some) {
    const { counted } = planned;
    if (counted === undefined) continue;
    const { eventId, expiresAt } = each.occasion;
    const { pk, sk } = checkInCountKey(eventId, counted.id);
    const before = counts.get(`${pk} ${sk}`) ?? { came: 0, inside: 0 };
    const sum = { came: before.came + counted.came, inside: before.inside + counted.inside };
    counts.set(`${pk} ${sk}`, { eventId, expiresAt, id: counted.id, ...sum });
  }
  return [...counts.values()];
}

/** As many in each as a transaction takes, if every one of them were counted alone. */
function transactionsOf(lane: readonly ToWrite[]): readonly (readonly ToWrite[])[] {
  const all: ToWrite[][] = [];
  let items = MOST_ITEMS;
  for (const each of lane) {
    const own = each.planned.items.length + (each.planned.counted === undefined ? 0 : 1);
    if (items + own > MOST_ITEMS) {
      all.push([]);
      items = 0;
    }
    all.at(-1)?.push(each);
    items += own;
  }
  return all;
}
