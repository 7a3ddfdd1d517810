import * as z from 'zod';
import type { EventDefinition } from '../event/event.ts';
import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import { type ItemKey, NOT_THERE } from '../kernel/dynamo/keys.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import { asTold, type Counter, type CounterId, type Counters, counterName, countersOf, type Pool } from './quota.ts';
import { type CounterChange, splitChange } from './seat-changes.ts';

/** One shard of a pool's counter, alone in its partition: no two share a throughput limit. */
export const counterKey = (eventId: string, id: CounterId): ItemKey => ({
  pk: `QUOTA#${eventId}#${counterName(id)}`,
  sk: 'QUOTA',
});

/** From `open` on they stand on counters that share a pool; `seats` on the first of them. */
export const storedCounter = stored(() => ({
  capacity: field(z.int(), 'impersonal', 'published'),
  taken: field(z.int(), 'impersonal', 'published'),
  waiting: field(z.int(), 'impersonal', 'published'),
  open: field(z.int().optional(), 'impersonal', 'published'),
  kept: field(z.int().optional(), 'impersonal', 'published'),
  openings: field(z.int().optional(), 'impersonal', 'published'),
  counters: field(z.int().optional(), 'impersonal', 'published'),
  /** Seats of all counters of the pool. */
  seats: field(z.int().optional(), 'impersonal', 'published'),
  /** That of the definition by which the capacity was last changed: an older one changes it no more. */
  version: field(z.int().optional(), 'impersonal', 'published'),
}));

export type StoredCounter = z.output<ReturnType<typeof storedCounter>>;

export function fromCounterItem(item: Record<string, unknown>): Counter {
  const { capacity, taken, waiting, open, kept = 0, openings = 0, counters = 1 } = storedCounter().parse(item);
  return { capacity, taken, waiting, ...(open !== undefined && { split: { open, kept, openings, counters } }) };
}

/** Reads how full quotas are. */
interface CounterStore {
  /**
   * The counters of each quota of an event that has no limit per organisation or country, by quota id.
   *
   * @param isConsistent for what was changed a moment ago: costs twice as much
   */
  readonly read: (
    event: Pick<EventDefinition<string>, 'id' | 'quotas'>,
    isConsistent?: boolean,
  ) => Promise<ReadonlyMap<string, readonly Counter[]>>;
  /** All counters of some pools as they are, by `counterName`: nothing is made or settled, and of a group without one nothing is known. */
  readonly readPools: (event: Pick<EventDefinition<string>, 'id'>, pools: readonly Pool[]) => Promise<Counters>;
}

export const counterStore = ({ client, registry, system }: Given<'registry', 'backOff'>): CounterStore => ({
  async read({ id, quotas }, isConsistent) {
    const counted = quotas
      .filter(({ per }) => per === undefined)
      .map(({ id: quota, shards }) => ({
        quota,
        keys: countersOf({ quota, shards }).map((counter) => counterKey(id, counter)),
      }));
    const keys = counted.flatMap((each) => each.keys);
    const item = await batchGet(client, registry, keys, system, isConsistent);
    const read = (key: ItemKey): Counter[] => {
      const found = item(key);
      return found ? [fromCounterItem(found)] : [];
    };
    return new Map(counted.map((each) => [each.quota, each.keys.flatMap(read)]));
  },

  async readPools({ id }, pools) {
    const read = async (some: readonly Pool[]): Promise<Counters> => {
      const names = some.flatMap((pool) => countersOf(pool).map((counter) => ({ pool, counter })));
      const keys = names.map(({ counter }) => counterKey(id, counter));
      const item = await batchGet(client, registry, keys, system, true);
      return new Map(
        names.flatMap(({ pool, counter }) => {
          const found = item(counterKey(id, counter));
          return found ? [[counterName(counter), asTold(pool, fromCounterItem(found))] as const] : [];
        }),
      );
    };
    const found = await read(pools);
    // A later definition may have more counters than the one at hand.
    const grown = pools.flatMap((pool) => {
      const seen = countersOf(pool).map((each) => found.get(counterName(each))?.split?.counters ?? 1);
      const shards = Math.max(...seen);
      return shards > pool.shards ? [{ ...pool, shards }] : [];
    });
    return grown.length === 0 ? found : new Map([...found, ...(await read(grown))]);
  },
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly counters: CounterStore;
  }
}

const SEAT_IS_FREE = 'taken < #capacity';
const IS_FULL = 'taken >= #capacity';
const NOBODY_WAITS = 'waiting = :none';
const SOMEONE_WAITS = 'waiting > :none';
const SOMEONE_HAS_A_SEAT = 'taken > :none';
/** One of several counters, or the only one: nothing is written to one that has become the other since it was read. */
const IS_SPLIT = 'attribute_exists(#open)';
const IS_WHOLE = 'attribute_not_exists(#open)';
/** On a counter that shares a pool. */
const IS_OPEN = '#open > :none';
const IS_KEPT = 'kept > :none';
const OPENINGS_AS_READ = 'openings = :openings';

/**
 * Takes or gives back seats and places in the waiting list, one counter at a time. The counter of a group begins with
 * the first seat that is taken in it; the definition says each time how many there are.
 */
export function changeCounter(table: string, eventId: string, change: CounterChange): TransactItem {
  return {
    Update: {
      TableName: table,
      Key: counterKey(eventId, change),
      ...(change.isSplit ? changeSplit(change) : changeWhole(change)),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function changeSplit(change: CounterChange) {
  const { taken, waiting, behind } = change;
  const { open, kept } = splitChange(change);
  const conditions = [
    IS_SPLIT,
    ...(open < 0 ? [IS_OPEN] : []),
    ...(kept < 0 ? [IS_KEPT] : []),
    ...(taken < 0 ? [SOMEONE_HAS_A_SEAT] : []),
    ...(waiting > 0 ? [OPENINGS_AS_READ] : []),
    ...(waiting < 0 ? [SOMEONE_WAITS] : []),
  ];
  const condition = conditions.join(' AND ');
  return {
    UpdateExpression: 'ADD taken :taken, waiting :waiting, #open :open, kept :kept',
    ConditionExpression: condition,
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: {
      ':taken': taken,
      ':waiting': waiting,
      ':open': open,
      ':kept': kept,
      ...(condition.includes(':none') && { ':none': 0 }),
      ...(waiting > 0 && { ':openings': behind?.openings ?? 0 }),
    },
  };
}

function changeWhole(change: CounterChange) {
  const { taken, waiting, groupCapacity } = change;
  const isGroup = groupCapacity !== undefined;
  const condition = conditionOn(change);
  const usesCapacity = condition.includes('#capacity') || isGroup;
  return {
    UpdateExpression: `${isGroup ? 'SET #capacity = :capacity ' : ''}ADD taken :taken, waiting :waiting`,
    ConditionExpression: isGroup ? condition.replaceAll('#capacity', ':capacity') : condition,
    ExpressionAttributeNames: { '#open': 'open', ...(usesCapacity && { '#capacity': 'capacity' }) },
    ExpressionAttributeValues: {
      ':taken': taken,
      ':waiting': waiting,
      // DynamoDB refuses a value that no expression uses.
      ...(condition.includes(':none') && { ':none': 0 }),
      ...(isGroup && { ':capacity': groupCapacity }),
    },
  };
}

function conditionOn({ taken, waiting, promoted, behind, groupCapacity }: CounterChange): string {
  const isAhead = promoted && waiting === 0;
  const conditions = [
    IS_WHOLE,
    ...(taken > 0 ? [SEAT_IS_FREE] : []),
    ...(taken > 0 && !isAhead ? [waiting < 0 ? SOMEONE_WAITS : NOBODY_WAITS] : []),
    ...(taken < 0 ? [SOMEONE_HAS_A_SEAT] : []),
    ...(waiting > 0 ? [behind?.passesSeat ? SOMEONE_WAITS : IS_FULL] : []),
    ...(taken <= 0 && waiting < 0 ? [SOMEONE_WAITS] : []),
  ];
  const all = conditions.join(' AND ');
  const isNewcomer = taken > 0 && waiting === 0;
  return isNewcomer && groupCapacity !== undefined ? `${NOT_THERE} OR (${all})` : all;
}
