import type { Quota } from '../domain/event.ts';
import { type Counter, type CounterId, countersOf, distribute } from '../domain/quota.ts';
import { batchGet } from '../store/batch-get.ts';
import type { DocumentClient } from '../store/client.ts';
import { fromCounterItem } from '../store/counter-item.ts';
import { counterKey } from '../store/keys.ts';
import type { TransactItem } from '../store/transact.ts';
import type { System } from '../system.ts';

import type { PublishingDeps } from './deps.ts';

const ITEM_VERSION = 1;
/** Leaves the seats of a counter that is there already. */
const SET_COUNTER =
  'SET v = :v, #capacity = :capacity, taken = if_not_exists(taken, :none), waiting = if_not_exists(waiting, :none)';
/** One counter alone has no need to say what is open and what is kept. */
const SET_CAPACITY = `${SET_COUNTER} REMOVE #open, kept, openings`;
/** The same for one of several: what they have in common is shared out by what was read, which must not change meanwhile. */
const SET_SHARE = `${SET_COUNTER}, #open = :open, kept = :kept, openings = if_not_exists(openings, :none)`;
const NOT_THERE = 'attribute_not_exists(pk)';
const NOT_SHARED = 'taken = :taken AND attribute_not_exists(#open)';
const SEATS_AS_READ = 'taken = :taken AND #open = :openBefore AND kept = :keptBefore';

/** A quota with more seats taken than there are. */
export interface Overfull {
  readonly quota: string;
  readonly capacity: number;
  readonly taken: number;
}

interface CounterChanges {
  readonly writes: readonly TransactItem[];
  readonly overfull: readonly Overfull[];
}

/**
 * What publishing does to the counters of an event: nothing for a quota that stays as it was, since people register
 * meanwhile. Counters per organisation or country begin with their first seat.
 *
 * @throws Error for a quota in use whose seats would be split over another number of counters
 */
export async function counterChanges(
  eventId: string,
  quotas: readonly Quota<string>[],
  before: readonly Quota<string>[],
  { documents, registry, system }: PublishingDeps,
): Promise<CounterChanges> {
  const changes = await Promise.all(
    quotas.filter(isCounted).map(async (quota) => {
      const old = before.filter(isCounted).find(({ id }) => id === quota.id);
      if (old?.capacity === quota.capacity && old.shards === quota.shards) return NONE;
      const shards = Math.max(quota.shards, old?.shards ?? 0);
      const ids = countersOf({ quota: quota.id, shards });
      const found = await readCounters(eventId, ids, documents, registry, system);
      if (old && old.shards !== quota.shards) refuseInUse(quota.id, found);
      return changesOf(eventId, quota, ids.slice(0, quota.shards), found, registry);
    }),
  );
  return {
    writes: changes.flatMap(({ writes }) => writes),
    overfull: changes.flatMap(({ overfull }) => overfull),
  };
}

const NONE: CounterChanges = { writes: [], overfull: [] };
const isCounted = ({ per }: Quota<string>): boolean => per === undefined;

async function readCounters(
  eventId: string,
  ids: readonly CounterId[],
  documents: DocumentClient,
  tableName: string,
  system: Pick<System, 'backOff'>,
): Promise<readonly (Counter | undefined)[]> {
  const keys = ids.map((id) => counterKey(eventId, id));
  const item = await batchGet(documents, tableName, keys, system, true);
  return keys.map((key) => item(key)).map((found) => found && fromCounterItem(found));
}

function refuseInUse(quota: string, counters: readonly (Counter | undefined)[]): void {
  if (counters.some((counter) => counter && counter.taken + counter.waiting > 0)) {
    throw new Error(`quota "${quota}" is in use: its seats cannot be split over another number of shards`);
  }
}

function changesOf(
  eventId: string,
  { id, capacity, shards }: Quota<string>,
  ids: readonly CounterId[],
  found: readonly (Counter | undefined)[],
  TableName: string,
): CounterChanges {
  const taken = ids.map((_, index) => found[index]?.taken ?? 0);
  const shares = distribute(capacity, taken);
  const writes = ids.map((counter, index) => ({
    Update: {
      TableName,
      Key: counterKey(eventId, counter),
      ...(shards > 1 ? setShare(shares[index] ?? 0, found[index]) : setCapacity(capacity)),
    },
  }));
  const total = taken.reduce((sum, seats) => sum + seats, 0);
  return { writes, overfull: total > capacity ? [{ quota: id, capacity, taken: total }] : [] };
}

const setCapacity = (capacity: number) => ({
  UpdateExpression: SET_CAPACITY,
  ExpressionAttributeNames: { '#capacity': 'capacity', '#open': 'open' },
  ExpressionAttributeValues: { ':v': ITEM_VERSION, ':capacity': capacity, ':none': 0 },
});

/** More seats than there were are for whoever waits first: housekeeping opens what nobody waits for. */
function setShare(share: number, before: Counter | undefined) {
  const { open, kept } = shareOut(share, before);
  return {
    UpdateExpression: SET_SHARE,
    ConditionExpression: before === undefined ? NOT_THERE : before.split === undefined ? NOT_SHARED : SEATS_AS_READ,
    ExpressionAttributeNames: { '#capacity': 'capacity', '#open': 'open' },
    ExpressionAttributeValues: {
      ':v': ITEM_VERSION,
      ':capacity': share,
      ':none': 0,
      ':open': open,
      ':kept': kept,
      ...(before && { ':taken': before.taken }),
      ...(before?.split && { ':openBefore': before.split.open, ':keptBefore': before.split.kept }),
    },
  };
}

function shareOut(share: number, before: Counter | undefined): { readonly open: number; readonly kept: number } {
  if (before === undefined) return { open: share, kept: 0 };
  const free = share - before.taken;
  const open = Math.max(0, Math.min(before.split?.open ?? free, free));
  return { open, kept: free - open };
}
