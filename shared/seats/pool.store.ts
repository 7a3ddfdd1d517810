import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import { NOT_THERE } from '../kernel/dynamo/keys.ts';
import { type Patient, type TransactItem, transact } from '../kernel/dynamo/transact.store.ts';
import { BusyError } from '../kernel/errors.ts';
import type { Given } from '../kernel/parts.store.ts';
import { counterKey, fromCounterItem, type StoredCounter, storedCounter } from './counter.store.ts';
import { debtOf, hasKept, isSplit, levelKept, openKept, type Payment, type SplitCounter } from './kept-seats.ts';
import {
  asTold,
  type Counter,
  type CounterId,
  type Counters,
  counterName,
  countersOf,
  distribute,
  idOf,
  type Pool,
} from './quota.ts';
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
   * were read. An attendee about to join has to look again.
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

/** Each lost race means that another instance did the same, or opened seats. */
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
          if (counter !== undefined)
            counters.set(counterName({ ...idOf(pool), shard }), asTold(pool, fromCounterItem(counter)));
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
   * Opens what is kept in a group for which nobody waits. No list says which groups there are, so a decision that finds no open seat in one
   * does so.
   */
  async function openGroup(eventId: string, pool: Pool, found: Found): Promise<boolean> {
    const counters = countersIn(found).filter(isSplit);
    const isFull = counters.every(({ split }) => split.open === 0) && hasKept(counters);
    if (!isFull || counters.some(({ waiting }) => waiting > 0)) return false;
    try {
      return await rewrite(eventId, pool, counters, openKept(levelKept(counters)));
    } catch (error) {
      // An attendee who needs a seat waits for it, and is promoted.
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

const countersIn = (found: Found): readonly Counter[] =>
  found.flatMap((counter) => (counter === undefined ? [] : [fromCounterItem(counter)]));

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly pools: PoolStore;
  }
}

/** The definition that says how many seats a pool has. */
interface PoolRules {
  /** Of the event. */
  readonly id: string;
  readonly version: number;
}

/** The counters of a pool in their order; nothing for one that is not there. */
type Found = readonly (StoredCounter | undefined)[];

const ITEM_VERSION = 1;
const IS_WHOLE = 'attribute_not_exists(#open)';
const NO_NEWER = '(attribute_not_exists(version) OR version < :version)';
const AS_READ = 'seats = :seatsRead AND openings = :openings AND counters = :countersRead';

/**
 * What makes a pool's counters as the definition says; nothing where they are. The sum of their capacities is what the first
 * says in `seats`, before and after, no matter who takes seats meanwhile.
 *
 *   none there ── makes them all, their seats open
 *   one alone, several wanted ── divides what is free; where people wait all of it is kept at the first, for them
 *   more wanted ── new ones begin with none taken, and keep what was added; nothing is open there before all say so
 *   more seats, or fewer ── are kept at the first, or lacking there
 */
function settlingWrites(TableName: string, rules: PoolRules, pool: Pool, found: Found): readonly TransactItem[] {
  const { id: eventId, version } = rules;
  const { capacity, group, shards } = pool;
  const [first] = found;
  const isOlder = (first?.version ?? 0) < version;
  const absent = found.flatMap((counter, shard) => (counter === undefined ? [shard] : []));
  const key = (shard: number) => counterKey(eventId, { ...idOf(pool), shard });
  const change = (UpdateExpression: string, ConditionExpression: string, values: Record<string, number>) => ({
    Update: {
      TableName,
      Key: key(0),
      UpdateExpression,
      ConditionExpression,
      ExpressionAttributeNames: namesIn(UpdateExpression + ConditionExpression),
      ExpressionAttributeValues: values,
    },
  });
  const make = (shard: number, { open, kept }: { open: number; kept: number }, openings = 0) => ({
    Put: {
      TableName,
      Item: {
        ...key(shard),
        ...EMPTY,
        capacity: open + kept,
        open,
        kept,
        openings,
        counters: shards,
        ...(shard === 0 && { seats: capacity, version }),
      },
      ConditionExpression: NOT_THERE,
    },
  });
  const others = found.slice(1).reduce((sum, counter) => sum + (counter?.capacity ?? 0), 0);

  if (shards === 1 && (first === undefined || first.open === undefined)) {
    // The counter of a group begins with its first seat, and is told each time how many there are.
    if (group !== undefined) return [];
    if (first === undefined) {
      const Item = { ...key(0), ...EMPTY, capacity, version };
      return [{ Put: { TableName, Item, ConditionExpression: NOT_THERE } }];
    }
    if (first.capacity === capacity || !isOlder) return [];
    return [
      change('SET #capacity = :capacity, version = :version', `${IS_WHOLE} AND ${NO_NEWER}`, {
        ':capacity': capacity,
        ':version': version,
      }),
    ];
  }
  if (first === undefined) {
    const shares = distribute(
      Math.max(0, capacity - others),
      absent.map(() => 0),
    );
    return absent.map((shard, index) => make(shard, { open: shares[index] ?? 0, kept: 0 }));
  }
  if (first.open === undefined) {
    const free = capacity - others - first.taken;
    const isAnyones = first.waiting === 0 && free > 0;
    const shares = distribute(isAnyones ? free : 0, [0, ...absent.map(() => 0)]).slice(1);
    const own = capacity - others - shares.reduce((sum, share) => sum + share, 0);
    const values = { ':own': own, ':none': 0, ':counters': shards, ':seats': capacity, ':version': version };
    const begin = `SET #capacity = :own, openings = :none, counters = :counters, seats = :seats, version = :version`;
    return [
      isAnyones
        ? change(
            `${begin}, #open = :own - taken, kept = :none`,
            `${IS_WHOLE} AND ${NO_NEWER} AND waiting = :none AND taken <= :own`,
            values,
          )
        : change(`${begin}, #open = :none, kept = :own - taken`, `${IS_WHOLE} AND ${NO_NEWER}`, values),
      ...absent.map((shard, index) => make(shard, { open: shares[index] ?? 0, kept: 0 })),
    ];
  }
  const { seats = capacity, openings = 0, counters = 1 } = first;
  const added = isOlder ? capacity - seats : 0;
  const hasGrown = shards > counters;
  if (added === 0 && !hasGrown && absent.length === 0) return [];
  const shares = distribute(
    Math.max(0, added),
    absent.map(() => 0),
  );
  const here = added - shares.reduce((sum, share) => sum + share, 0);
  return [
    change('SET seats = :seats, version = :version, counters = :counters ADD #capacity :here, kept :here', AS_READ, {
      ':seats': seats + added,
      ':version': Math.max(version, first.version ?? 0),
      ':counters': Math.max(shards, counters),
      ':here': here,
      ':seatsRead': seats,
      ':openings': openings,
      ':countersRead': counters,
    }),
    ...absent.map((shard, index) => make(shard, { open: 0, kept: shares[index] ?? 0 }, openings)),
  ];
}

const EMPTY = { v: ITEM_VERSION, taken: 0, waiting: 0 };

/** DynamoDB refuses a name that no expression uses. */
const namesIn = (expressions: string): Record<string, string> =>
  Object.fromEntries(Object.entries(NAMES).filter(([name]) => expressions.includes(name)));

/** Pays a part of what the first counter lacks: what one gives the other gets, and never more than it lacks. */
function paymentWrites(
  TableName: string,
  eventId: string,
  pool: PoolId,
  { shard, from, seats }: Payment,
): readonly TransactItem[] {
  const update = (
    of: number,
    UpdateExpression: string,
    ConditionExpression: string,
    names: Record<string, string>,
  ) => ({
    Update: {
      TableName,
      Key: counterKey(eventId, { ...idOf(pool), shard: of }),
      UpdateExpression,
      ConditionExpression,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':seats': seats, ':minus': -seats },
    },
  });
  const isOwn = shard === 0;
  if (isOwn) {
    return [update(0, 'ADD #open :minus, kept :seats', '#open >= :seats AND kept <= :minus', { '#open': 'open' })];
  }
  const names = { '#capacity': 'capacity', '#from': from };
  return [
    update(shard, 'ADD #capacity :minus, #from :minus', '#from >= :seats', names),
    update(0, 'ADD #capacity :seats, kept :seats', 'kept <= :minus', { '#capacity': 'capacity' }),
  ];
}
