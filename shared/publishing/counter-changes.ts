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
const SET_CAPACITY =
  'SET v = :v, #capacity = :capacity, taken = if_not_exists(taken, :none), waiting = if_not_exists(waiting, :none)';
/** One counter may be given any capacity; several share theirs by what is taken, which must not change meanwhile. */
const TAKEN_AS_READ = 'attribute_not_exists(pk) OR taken = :taken';

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
      UpdateExpression: SET_CAPACITY,
      ...(shards > 1 && { ConditionExpression: TAKEN_AS_READ }),
      ExpressionAttributeNames: { '#capacity': 'capacity' },
      ExpressionAttributeValues: {
        ':v': ITEM_VERSION,
        ':capacity': shares[index],
        ':none': 0,
        ...(shards > 1 && { ':taken': taken[index] }),
      },
    },
  }));
  const total = taken.reduce((sum, seats) => sum + seats, 0);
  return { writes, overfull: total > capacity ? [{ quota: id, capacity, taken: total }] : [] };
}
