import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import { type Patient, transact } from '../kernel/dynamo/transact.store.ts';
import { BusyError } from '../kernel/errors.ts';
import type { Given } from '../kernel/parts.store.ts';
import { counterKey, fromCounterItem, type StoredCounter, storedCounter } from './counter.store.ts';
import { debtOf, hasKept, isSplit, levelKept, openKept, type SplitCounter } from './kept-seats.ts';
import { type Found, type PoolRules, paymentWrites, settlingWrites } from './pool-writes.store.ts';
import { type Counter, type CounterId, type Counters, counterName, countersOf, idOf, type Pool } from './quota.ts';
import type { PoolId } from './seat.schema.ts';

/** Reads pools whole, and has their counters be as the definition says. */
export interface PoolStore {
  /**
   * All counters of some pools, by `counterName`, those that are to be there having been made first: one `BatchGetItem` for
   * each 100.
   *
   * @throws BusyError when rivals do not let go
   */
  readonly read: (rules: PoolRules, pools: readonly Pool[]) => Promise<Counters>;
  /**
   * Rewrites all counters of a split pool, if nobody joined or left the waiting list and no seat was given back since they
   * were read. Whoever is about to join has to look again.
   *
   * @returns whether it was done
   * @throws BusyError when rivals do not let go
   */
  readonly rewrite: (
    eventId: string,
    pool: PoolId,
    before: readonly SplitCounter[],
    after: readonly SplitCounter[],
  ) => Promise<boolean>;
}

/** Each lost race means that someone else did the same, or opened seats. */
const MOST_RACES = 12;
/** How often a debt is looked at anew, because newcomers took what was to pay it. */
const MOST_PAYMENTS = 5;

const UNCHANGED = 'waiting = :waiting AND kept = :keptRead';
/** No more were made since. */
const ARE_ALL = 'counters = :counters';
const CAN_GIVE = '#open >= :given';
const NAMES = { '#capacity': 'capacity', '#open': 'open' };

export function poolStore({ client, registry: table, system }: Given<'registry', keyof Patient>): PoolStore {
  return {
    async read(rules, pools) {
      const ids = pools.flatMap((pool) => [...countersOf(pool)]);
      const stored = await readStored(rules.id, ids);
      const counters = new Map<string, ReturnType<typeof fromCounterItem>>();
      for (const pool of pools) {
        let found: Found = countersOf(pool).map((id) => stored.get(counterName(id)));
        for (let race = 1; ; race += 1) {
          found = await withOthers(rules, pool, found);
          const writes = settlingWrites(table, rules, pool, found);
          if (writes.length === 0) break;
          if (race > MOST_RACES) throw new BusyError();
          if ((await transact(client, writes, system)).length > 0) await system.backOff(race);
          found = await readPool(rules.id, pool);
        }
        if ((found[0]?.kept ?? 0) < 0) found = await payDebt(rules.id, pool, found);
        if (pool.group !== undefined && (await openGroup(rules.id, pool, found))) {
          found = await readPool(rules.id, { ...pool, shards: found.length });
        }
        for (const [shard, counter] of found.entries()) {
          if (counter !== undefined) counters.set(counterName({ ...idOf(pool), shard }), toldCounter(pool, counter));
        }
      }
      return counters;
    },

    rewrite,
  };

  async function rewrite(...[eventId, pool, before, after]: Parameters<PoolStore['rewrite']>): Promise<boolean> {
    const writes = before.flatMap((from, shard) => {
      const to = after[shard];
      return to === undefined ? [] : [rewritten(eventId, { ...idOf(pool), shard }, before.length, from, to)];
    });
    return (await transact(client, writes, system)).length === 0;
  }

  function rewritten(eventId: string, id: CounterId, counters: number, from: SplitCounter, to: SplitCounter) {
    const given = from.split.open - to.split.open;
    const conditions = [UNCHANGED, ...(id.shard === 0 ? [ARE_ALL] : []), ...(given > 0 ? [CAN_GIVE] : [])];
    return {
      Update: {
        TableName: table,
        Key: counterKey(eventId, id),
        UpdateExpression: 'SET kept = :kept, counters = :counters ADD #capacity :capacity, #open :open, openings :one',
        ConditionExpression: conditions.join(' AND '),
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: {
          ':kept': to.split.kept,
          ':counters': counters,
          ':capacity': to.capacity - from.capacity,
          ':open': -given,
          ':one': 1,
          ':waiting': from.waiting,
          ':keptRead': from.split.kept,
          ...(given > 0 && { ':given': given }),
        },
      },
    };
  }

  /**
   * Opens what is kept in a group for which nobody waits. No list says which groups there are, so whoever finds no open seat in one
   * does so.
   */
  async function openGroup(eventId: string, pool: Pool, found: Found): Promise<boolean> {
    const counters = countersIn(found).filter(isSplit);
    const isFull = counters.every(({ split }) => split.open === 0) && hasKept(counters);
    if (!isFull || counters.some(({ waiting }) => waiting > 0)) return false;
    try {
      return await rewrite(eventId, pool, counters, openKept(levelKept(counters)));
    } catch (error) {
      // Whoever needs a seat waits for it, and is promoted.
      if (error instanceof BusyError) return false;
      throw error;
    }
  }

  async function readStored(eventId: string, ids: readonly CounterId[]): Promise<ReadonlyMap<string, StoredCounter>> {
    const found = new Map<string, StoredCounter>();
    const keys = ids.map((id) => counterKey(eventId, id));
    const item = await batchGet(client, table, keys, system, true);
    for (const id of ids) {
      const counter = item(counterKey(eventId, id));
      if (counter !== undefined) found.set(counterName(id), storedCounter().parse(counter));
    }
    return found;
  }

  async function readPool(eventId: string, pool: Pool): Promise<Found> {
    const ids = countersOf(pool);
    const stored = await readStored(eventId, ids);
    return ids.map((id) => stored.get(counterName(id)));
  }

  /** A later definition may have more counters than the one at hand. */
  async function withOthers(rules: PoolRules, pool: Pool, found: Found): Promise<Found> {
    const shards = Math.max(found.length, ...found.map((counter) => counter?.counters ?? 1));
    return shards > found.length ? readPool(rules.id, { ...pool, shards }) : found;
  }

  /**
   * Pays what the first counter lacks with seats that are free elsewhere, one counter at a time: each step holds two items, and no
   * step leaves the sum of all capacities another. What nobody can pay is taken already, and is paid as seats are given back.
   */
  async function payDebt(eventId: string, pool: Pool, before: Found): Promise<Found> {
    let found = before;
    for (let round = 1; round <= MOST_PAYMENTS; round += 1) {
      const { owed, payments } = debtOf(countersIn(found).filter(isSplit));
      if (owed === 0 || payments.length === 0) break;
      for (const payment of payments) await transact(client, paymentWrites(table, eventId, pool, payment), system);
      found = await readPool(eventId, { ...pool, shards: found.length });
    }
    return found;
  }
}

/** One alone, of a group, is told each time how many seats there are. */
function toldCounter({ group, capacity }: Pool, stored: StoredCounter): Counter {
  const counter = fromCounterItem(stored);
  return group !== undefined && counter.split === undefined ? { ...counter, capacity } : counter;
}

const countersIn = (found: Found): readonly Counter[] =>
  found.flatMap((counter) => (counter === undefined ? [] : [fromCounterItem(counter)]));

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly pools: PoolStore;
  }
}
