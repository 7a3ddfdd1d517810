import { holds } from './condition.ts';
import type { EventDefinition, Quota } from './event.ts';
import type { Application, Seat } from './registration.ts';

/** One shard of a pool: never `taken > capacity`; a newcomer passes nobody who waits. */
export interface Counter {
  readonly capacity: number;
  readonly taken: number;
  /** How many wait for the pool, the same on each of its shards. */
  readonly waiting: number;
}

/** Seats that are as good as one another: those of a quota, or of a quota for one organisation or country. */
export interface Pool {
  readonly quota: string;
  readonly group?: string | undefined;
  /** Seats in all. */
  readonly capacity: number;
  /** The counters that they are split over. */
  readonly shards: number;
}

/** Names a pool. */
export type PoolId = Pick<Pool, 'quota' | 'group'>;

/** Names one counter of an event. */
export interface CounterId extends PoolId {
  readonly shard: number;
}

/** What of an application decides which pools it needs a seat in. */
export type Needs = Pick<Application, 'category' | 'mode' | 'country' | 'organisation' | 'sessions' | 'answers'>;

/** The pools that an application needs a seat in: in each one that matches. */
export function poolsFor(event: Pick<EventDefinition<string>, 'quotas'>, application: Needs): readonly Pool[] {
  return event.quotas.filter((quota) => holds(quota.when, application)).map((quota) => poolOf(quota, application));
}

function poolOf({ id, per, capacity, shards }: Quota<string>, { country, organisation }: Needs): Pool {
  const group = per === 'country' ? country : per === 'organisation' ? organisationGroup(organisation) : undefined;
  return { quota: id, ...(group !== undefined && { group }), capacity, shards };
}

/** Part of a key, which DynamoDB limits to 2 KB. */
const LONGEST_GROUP = 100;

/** One organisation however it was typed: in capitals, with other spaces, with or without full stops and commas. */
export function organisationGroup(name: string): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s\p{P}]+/u);
  return [...words.filter((word) => word !== '').join(' ')].slice(0, LONGEST_GROUP).join('');
}

export const poolName = ({ quota, group = '' }: PoolId): string => `${quota}#${group}`;
export const counterName = (id: CounterId): string => `${poolName(id)}#${id.shard}`;

export const countersOf = ({ shards, ...pool }: PoolId & { readonly shards: number }): readonly CounterId[] =>
  Array.from({ length: shards }, (_, shard) => ({ ...idOf(pool), shard }));

const idOf = ({ quota, group }: PoolId): PoolId => ({ quota, ...(group !== undefined && { group }) });

/**
 * Splits a capacity over counters of which some seats are taken, so that no more are taken in all: what is taken comes
 * first, what is free is spread evenly.
 *
 * @param taken one number for each counter
 * @returns the capacity of each; they add up to the capacity
 */
export function distribute(capacity: number, taken: readonly number[]): readonly number[] {
  let left = capacity;
  const covered = taken.map((seats) => {
    const here = Math.min(seats, left);
    left -= here;
    return here;
  });
  const each = Math.floor(left / taken.length);
  return covered.map((seats, index) => seats + each + (index < left % taken.length ? 1 : 0));
}

export const hasFreeSeat = ({ taken, capacity, waiting }: Counter): boolean => taken < capacity && waiting === 0;

/** Whether a seat in a quota can be had at once, by all its counters. */
export const hasRoom = (counters: readonly Counter[]): boolean => counters.some(hasFreeSeat);

/** Counters by `counterName`, as far as they are known. */
export type Counters = ReadonlyMap<string, Counter>;

/** What is decided about seats: one in every pool, or waiting in each one that is full. */
export interface Admission {
  readonly status: 'confirmed' | 'waitlisted';
  readonly seats: readonly Seat[];
  /** Names of the pools in which someone newly waits although a seat is free there: for those who came before. */
  readonly behind: readonly string[];
}

/**
 * One decision over all pools. Someone who waits for one holds no seat in another and does not stand in the way of
 * those who need only that other.
 *
 * @param held what the registration holds or waits for already: it is kept wherever it is still needed
 * @param counters an unknown one is taken to have a seat: the write's condition corrects a wrong guess
 * @param chance from 0 to 1 (exclusive), to spread seats over shards
 */
export function admit(pools: readonly Pool[], held: readonly Seat[], counters: Counters, chance: number): Admission {
  return decide(pools, counters, chance, (pool) => seatIn(pool, held));
}

/**
 * The same for someone who has waited longest: what they wait for is theirs if it is free, whoever waits behind them.
 * In a pool that they did not wait for so far they are a newcomer.
 */
export function promote(pools: readonly Pool[], held: readonly Seat[], counters: Counters, chance: number): Admission {
  return decide(pools, counters, chance, (pool) => {
    const seat = seatIn(pool, held);
    if (seat?.state !== 'waiting') return seat;
    const shard = pickShard(pool, counters, chance, (counter) => counter.taken < counter.capacity);
    return shard === undefined ? seat : { ...idOf(pool), shard, state: 'taken' };
  });
}

const seatIn = (pool: PoolId, held: readonly Seat[]): Seat | undefined =>
  held.find((seat) => poolName(seat) === poolName(pool));

function decide(
  pools: readonly Pool[],
  counters: Counters,
  chance: number,
  already: (pool: Pool) => Seat | undefined,
): Admission {
  const behind: string[] = [];
  const seats = pools.map((pool): Seat => {
    const seat = already(pool);
    if (seat !== undefined) return seat;
    const known = countersOf(pool).flatMap((id) => counters.get(counterName(id)) ?? []);
    const shard = pickShard(pool, counters, chance, hasFreeSeat);
    if (shard !== undefined && known.every(({ waiting }) => waiting === 0)) {
      return { ...idOf(pool), shard, state: 'taken' };
    }
    const isFull = known.length === pool.shards && known.every(({ taken, capacity }) => taken >= capacity);
    if (!isFull) behind.push(poolName(pool));
    return { ...idOf(pool), shard: 0, state: 'waiting' };
  });
  if (seats.every(({ state }) => state === 'taken')) return { status: 'confirmed', seats, behind: [] };
  return { status: 'waitlisted', seats: seats.filter(({ state }) => state === 'waiting'), behind };
}

/** One that is known to have a seat, before one that may have; nothing where none has. */
function pickShard(
  pool: Pool,
  counters: Counters,
  chance: number,
  hasSeat: (counter: Counter) => boolean,
): number | undefined {
  const all = countersOf(pool).map((id) => ({ shard: id.shard, counter: counters.get(counterName(id)) }));
  const free = all.filter(({ counter }) => counter !== undefined && hasSeat(counter));
  const candidates = free.length > 0 ? free : all.filter(({ counter }) => counter === undefined);
  return candidates[Math.floor(chance * candidates.length)]?.shard;
}
