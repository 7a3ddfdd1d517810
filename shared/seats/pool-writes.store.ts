import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import { counterKey, type StoredCounter } from './counter.store.ts';
import type { Payment } from './kept-seats.ts';
import { distribute, idOf, type Pool } from './quota.ts';
import type { PoolId } from './seat.schema.ts';

/** The definition that says how many seats a pool has. */
export interface PoolRules {
  /** Of the event. */
  readonly id: string;
  readonly version: number;
}

/** The counters of a pool in their order; nothing for one that is not there. */
export type Found = readonly (StoredCounter | undefined)[];

const ITEM_VERSION = 1;
const NOT_THERE = 'attribute_not_exists(pk)';
const IS_WHOLE = 'attribute_not_exists(#open)';
const NO_NEWER = '(attribute_not_exists(version) OR version < :version)';
const AS_READ = 'seats = :seatsRead AND openings = :openings AND counters = :countersRead';
/** What is called by a word that DynamoDB keeps for itself. */
const NAMES = { '#capacity': 'capacity', '#open': 'open' };

/**
 * What makes a pool's counters as the definition says; nothing where they are. The sum of their capacities is what the first
 * says in `seats`, before and after, whoever takes seats meanwhile.
 *
 *   none there ── makes them all, their seats open
 *   one alone, several wanted ── divides what is free; where people wait all of it is kept at the first, for them
 *   more wanted ── new ones begin with none taken, and keep what was added; nothing is open there before all say so
 *   more seats, or fewer ── are kept at the first, or lacking there
 */
export function settlingWrites(TableName: string, rules: PoolRules, pool: Pool, found: Found): readonly TransactItem[] {
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
export function paymentWrites(
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
