import {
  type Counter,
  counterNames,
  hasFreeSeat,
  hasSeatKept,
  idOf,
  type KnownCounters,
  type Pool,
  poolName,
} from './quota.ts';
import type { PoolId, Seat } from './seat.schema.ts';

/** What is decided about seats: one in every pool, or waiting in each one that is full. */
export interface Admission {
  readonly status: 'confirmed' | 'waitlisted';
  readonly seats: readonly Seat[];
  readonly behind: readonly Behind[];
}

export interface Promotion extends Admission {
  /** Names of pools in which an attendee takes a seat that is kept for those who wait there, and who came later. */
  readonly ahead: readonly string[];
}

/** How an attendee newly waits in a pool, where that is not just because its only counter is full. */
export interface Behind {
  /** Its name. */
  readonly pool: string;
  /** Although a seat is free there: for those who came before. */
  readonly passesSeat: boolean;
  /** The openings of a split pool, as they were read. */
  readonly openings?: number | undefined;
}

/**
 * One decision over all pools. An attendee who waits for one holds no seat in another and does not stand in the way of
 * those who need only that other.
 *
 * @param held what the registration holds or waits for already: it is kept wherever it is still needed
 * @param counters an unknown one is taken to have a seat: the write's condition corrects a wrong guess
 * @param chance from 0 to 1 (exclusive), to spread seats over the counters of a pool
 * @param own the same for the counter that is tried first, in every pool: two who share one share them all, and meet once
 */
export function admit(
  pools: readonly Pool[],
  held: readonly Seat[],
  counters: KnownCounters,
  chance: number,
  own = chance,
): Admission {
  return decide(pools, counters, { chance, own }, (pool) => seatIn(pool, held));
}

/** Pools of which one counter alone is known, and has no open seat: whether there is one at the others has to be read. */
export const poolsToRead = (pools: readonly Pool[], counters: KnownCounters): readonly Pool[] =>
  pools.filter((pool) => {
    const seen = look(pool, counters);
    const known = seen.filter((counter) => counter !== undefined);
    return known.length > 0 && known.length < seen.length && !known.some(hasFreeSeat);
  });

/** Numbers from 0 to 1 (exclusive) that stand for a counter of each pool. */
interface Choice {
  readonly chance: number;
  /** The one that is tried first. */
  readonly own: number;
}

/**
 * The same for an attendee who has waited longest of all who may have a seat now: what is free is theirs, no matter who waits behind them;
 * also in a pool that had seats when they came, and in front of which others, who came later, wait by now.
 */
export function promote(
  pools: readonly Pool[],
  held: readonly Seat[],
  counters: KnownCounters,
  chance: number,
): Promotion {
  const ahead: string[] = [];
  const choice = { chance, own: chance };
  const admission = decide(pools, counters, choice, (pool) => {
    const seat = seatIn(pool, held);
    if (seat?.state === 'taken') return seat;
    const seen = look(pool, counters);
    // Where nobody waits any more, seats may still be kept for those who did: until they are opened, they are kept for this one.
    const isAnyones = !someoneWaits(seen) && pickShard(seen, choice, hasFreeSeat) !== undefined;
    if (seat === undefined && isAnyones) return undefined;
    const shard = pickShard(seen, choice, hasSeatKept);
    if (shard === undefined) return seat;
    if (seat === undefined) ahead.push(poolName(pool));
    return { ...idOf(pool), shard, state: 'taken' };
  });
  return { ...admission, ahead };
}

const someoneWaits = (seen: Look): boolean => seen.some((counter) => counter !== undefined && counter.waiting > 0);

const seatIn = (pool: PoolId, held: readonly Seat[]): Seat | undefined =>
  held.find((seat) => poolName(seat) === poolName(pool));

function decide(
  pools: readonly Pool[],
  counters: KnownCounters,
  choice: Choice,
  already: (pool: Pool) => Seat | undefined,
): Admission {
  const behind: Behind[] = [];
  const seats = pools.map((pool): Seat => {
    const seat = already(pool);
    if (seat !== undefined) return seat;
    const seen = look(pool, counters);
    const shard = someoneWaits(seen) ? undefined : pickShard(seen, choice, hasFreeSeat);
    if (shard !== undefined) return { ...idOf(pool), shard, state: 'taken' };
    const joined = behindIn(pool, seen);
    if (joined.passesSeat || joined.openings !== undefined) behind.push(joined);
    // By chance, not at one's own: that may be the last that had a seat, where all have gone.
    return { ...idOf(pool), shard: Math.floor(choice.chance * pool.shards), state: 'waiting' };
  });
  if (seats.every(({ state }) => state === 'taken')) return { status: 'confirmed', seats, behind: [] };
  return { status: 'waitlisted', seats: seats.filter(({ state }) => state === 'waiting'), behind };
}

/** The counters of a pool, in order, as far as what is known of each is still worth anything. */
type Look = readonly (Counter | undefined)[];

/**
 * What was read of one counter is out of date once seats were opened since, as another one of the pool says. There may be more of them than
 * the definition that was read said. Each registration looks several times at up to 64 of each quota, so nothing is copied where nothing is
 * out of date.
 */
function look(pool: Pool, counters: KnownCounters): Look {
  const stated = lookAt(pool, counters);
  let shards = pool.shards;
  for (const counter of stated) shards = Math.max(shards, counter?.split?.counters ?? 1);
  const all = shards > pool.shards ? lookAt({ ...pool, shards }, counters) : stated;
  let latest = 0;
  for (const counter of all) latest = Math.max(latest, counter?.split?.openings ?? 0);
  const isOutdated = (counter: Counter | undefined): boolean => (counter?.split?.openings ?? latest) < latest;
  return all.some(isOutdated) ? all.map((counter) => (isOutdated(counter) ? undefined : counter)) : all;
}

const lookAt = (pool: Pool, counters: KnownCounters): Look => counterNames(pool).map((name) => counters.get(name));

/**
 * A seat may be kept at a counter that is not known: it is looked for rather once too often. In a split group it is looked for always,
 * since no list says which groups there are: nobody else would look for what was given back in it meanwhile.
 */
function behindIn(pool: Pool, seen: Look): Behind {
  const known = seen.filter((counter) => counter !== undefined);
  const openings = known.find(({ split }) => split !== undefined)?.split?.openings;
  const isSplitGroup = pool.group !== undefined && openings !== undefined;
  const passesSeat = isSplitGroup || known.length < seen.length || known.some(hasSeatKept);
  return { pool: poolName(pool), passesSeat, ...(openings !== undefined && { openings }) };
}

const ownShard = ({ length }: Look, { own }: Choice): number => Math.floor(own * length);

/**
 * One's own counter, where it has a seat; else another that is known to have one, before one that may; nothing where none has. The more
 * seats are left at one the sooner it is chosen, so that all come to their last at about the same time: the few with seats left
 * would be taken by everyone, one after another.
 */
function pickShard(seen: Look, choice: Choice, hasSeat: (counter: Counter) => boolean): number | undefined {
  const free = shardsWhere(seen, (counter) => counter !== undefined && hasSeat(counter));
  const candidates = free.length > 0 ? free : shardsWhere(seen, (counter) => counter === undefined);
  const own = ownShard(seen, choice);
  if (candidates.includes(own)) return own;
  const weightOf = (shard: number): number => seatsLeft(seen[shard]);
  let left = choice.chance * candidates.reduce((sum, shard) => sum + weightOf(shard), 0);
  const picked = candidates.find((shard) => {
    left -= weightOf(shard);
    return left < 0;
  });
  return picked ?? candidates[0];
}

function shardsWhere(seen: Look, is: (counter: Counter | undefined) => boolean): readonly number[] {
  const shards: number[] = [];
  for (let shard = 0; shard < seen.length; shard += 1) if (is(seen[shard])) shards.push(shard);
  return shards;
}

const seatsLeft = (counter: Counter | undefined): number =>
  Math.max(1, (counter?.capacity ?? 0) - (counter?.taken ?? 0));

/** The counter at which an instance goes on whose own has no open seat in one of these pools: one that has, in all of them. */
export function nextOwn(pools: readonly Pool[], counters: KnownCounters, choice: Choice): number {
  let { own } = choice;
  for (const pool of pools) {
    const seen = look(pool, counters);
    const shard = pickShard(seen, choice, hasFreeSeat);
    if (shard !== undefined && shard !== ownShard(seen, choice))
      own = (shard + ((own * seen.length) % 1)) / seen.length;
  }
  return own;
}
