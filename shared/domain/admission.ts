import {
  type Counter,
  type Counters,
  counterName,
  countersOf,
  hasFreeSeat,
  hasSeatKept,
  idOf,
  type Pool,
  type PoolId,
  poolName,
} from './quota.ts';
import type { Seat } from './registration.ts';

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
    // Where nobody waits any more, seats may still be kept for those who did: until they are opened, they are kept for this one.
    const isAnyones = !someoneWaits(seen) && pickShard(seen, chance, hasFreeSeat) !== undefined;
    if (seat === undefined && isAnyones) return undefined;
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
