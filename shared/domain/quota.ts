import { holds } from './condition.ts';
import type { EventDefinition, Quota } from './event.ts';
import type { Application, Seat } from './registration.ts';

/** One counter of a pool. Where it is the only one, a newcomer takes a seat while `taken < capacity` and nobody waits. */
export interface Counter {
  readonly capacity: number;
  readonly taken: number;
  /** How many wait for the pool who are counted here. */
  readonly waiting: number;
  /** Of a pool that is split over several counters. */
  readonly split?: Split | undefined;
}

/**
 * The seats of one of several counters: `capacity = taken + open + kept`. A newcomer, who looks at one counter only, takes
 * open seats only. What is given back is kept, until housekeeping has found that nobody waits and opens it: so nobody who
 * waits is passed by someone at another counter, and joining the waiting list changes one counter, not all.
 */
export interface Split {
  readonly open: number;
  /** For whoever waits. Below zero while more seats are taken than there are. */
  readonly kept: number;
  /**
   * How often kept seats were looked after, the same on every counter of the pool: whoever joins the waiting list says
   * what they have read, so that no seat was opened, unseen by them, at another counter.
   */
  readonly openings: number;
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

/** Whether a newcomer may have a seat, by one counter. */
export const hasFreeSeat = ({ taken, capacity, waiting, split }: Counter): boolean =>
  split === undefined ? taken < capacity && waiting === 0 : split.open > 0;

/** Whether someone who waits may have a seat, by one counter. */
export const hasSeatKept = ({ taken, capacity, split }: Counter): boolean =>
  split === undefined ? taken < capacity : split.kept > 0;

/** Whether a seat in a quota can be had at once, by all its counters. */
export const hasRoom = (counters: readonly Counter[]): boolean => counters.some(hasFreeSeat);

/** Counters by `counterName`, as far as they are known. */
export type Counters = ReadonlyMap<string, Counter>;

/** What is decided about seats: one in every pool, or waiting in each one that is full. */
export interface Admission {
  readonly status: 'confirmed' | 'waitlisted';
  readonly seats: readonly Seat[];
  readonly behind: readonly Behind[];
}

export interface Promotion extends Admission {
  /** Names of pools in which someone takes a seat that is kept for those who wait there, and who came later. */
  readonly ahead: readonly string[];
}

/** How someone newly waits in a pool, where that is not just because its only counter is full. */
export interface Behind {
  /** Its name. */
  readonly pool: string;
  /** Although a seat is free there: for those who came before. */
  readonly passesSeat: boolean;
  /** Of a pool that is split: as they were read. */
  readonly openings?: number | undefined;
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
 * The same for someone who has waited longest of all who may have a seat now: what is free is theirs, whoever waits behind
 * them; also in a pool that had seats when they came, and in front of which others, who came later, wait by now.
 */
export function promote(pools: readonly Pool[], held: readonly Seat[], counters: Counters, chance: number): Promotion {
  const ahead: string[] = [];
  const admission = decide(pools, counters, chance, (pool) => {
    const seat = seatIn(pool, held);
    if (seat?.state === 'taken') return seat;
    const seen = look(pool, counters);
    if (seat === undefined && !someoneWaits(seen)) return undefined;
    const shard = pickShard(seen, chance, hasSeatKept);
    if (shard === undefined) return seat;
    if (seat === undefined) ahead.push(poolName(pool));
    return { ...idOf(pool), shard, state: 'taken' };
  });
  return { ...admission, ahead };
}

const someoneWaits = (seen: readonly Look[]): boolean =>
  seen.some(({ counter }) => counter !== undefined && counter.waiting > 0);

const seatIn = (pool: PoolId, held: readonly Seat[]): Seat | undefined =>
  held.find((seat) => poolName(seat) === poolName(pool));

function decide(
  pools: readonly Pool[],
  counters: Counters,
  chance: number,
  already: (pool: Pool) => Seat | undefined,
): Admission {
  const behind: Behind[] = [];
  const seats = pools.map((pool): Seat => {
    const seat = already(pool);
    if (seat !== undefined) return seat;
    const seen = look(pool, counters);
    const shard = someoneWaits(seen) ? undefined : pickShard(seen, chance, hasFreeSeat);
    if (shard !== undefined) return { ...idOf(pool), shard, state: 'taken' };
    const joined = behindIn(pool, seen);
    if (joined.passesSeat || joined.openings !== undefined) behind.push(joined);
    return { ...idOf(pool), shard: Math.floor(chance * pool.shards), state: 'waiting' };
  });
  if (seats.every(({ state }) => state === 'taken')) return { status: 'confirmed', seats, behind: [] };
  return { status: 'waitlisted', seats: seats.filter(({ state }) => state === 'waiting'), behind };
}

/** A counter of a pool, as far as what is known of it is still worth anything. */
interface Look {
  readonly shard: number;
  readonly counter: Counter | undefined;
}

/** What was read of one counter is out of date once seats were opened since, as another one of the pool says. */
function look(pool: Pool, counters: Counters): readonly Look[] {
  const all = countersOf(pool).map((id) => ({ shard: id.shard, counter: counters.get(counterName(id)) }));
  const latest = Math.max(...all.map(({ counter }) => counter?.split?.openings ?? 0));
  return all.map(({ shard, counter }) => ({
    shard,
    counter: (counter?.split?.openings ?? latest) < latest ? undefined : counter,
  }));
}

/** A seat may be kept at a counter that is not known: it is looked for rather once too often. */
function behindIn(pool: Pool, seen: readonly Look[]): Behind {
  const known = seen.flatMap(({ counter }) => counter ?? []);
  const openings = known.find(({ split }) => split !== undefined)?.split?.openings;
  const passesSeat = known.length < seen.length || known.some(hasSeatKept);
  return { pool: poolName(pool), passesSeat, ...(openings !== undefined && { openings }) };
}

/** One that is known to have a seat, before one that may have; nothing where none has. */
function pickShard(seen: readonly Look[], chance: number, hasSeat: (counter: Counter) => boolean): number | undefined {
  const free = seen.filter(({ counter }) => counter !== undefined && hasSeat(counter));
  const candidates = free.length > 0 ? free : seen.filter(({ counter }) => counter === undefined);
  return candidates[Math.floor(chance * candidates.length)]?.shard;
}
