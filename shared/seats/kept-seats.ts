import { type Counter, counterName, distribute, type Split } from './quota.ts';
import type { Seat } from './seat.schema.ts';

/** A counter that shares its pool with others. */
export type SplitCounter = Counter & { readonly split: Split };

export const isSplit = (counter: Counter): counter is SplitCounter => counter.split !== undefined;

/**
 * Evens out kept seats: while one counter has more seats taken than it has, none is given at another. The capacities of
 * all add up to the same.
 */
export function levelKept(counters: readonly SplitCounter[]): readonly SplitCounter[] {
  let lacking = counters.reduce((sum, { split }) => sum + Math.max(0, -split.kept), 0);
  let spare = counters.reduce((sum, { split }) => sum + Math.max(0, split.kept), 0);
  const moved = Math.min(lacking, spare);
  [lacking, spare] = [moved, moved];
  return counters.map((counter) => {
    const { kept } = counter.split;
    const by = kept > 0 ? -Math.min(kept, spare) : Math.min(-kept, lacking);
    if (kept > 0) spare += by;
    else lacking -= by;
    return { ...counter, capacity: counter.capacity + by, split: { ...counter.split, kept: kept + by } };
  });
}

/** Opens to newcomers what is kept, where nobody waits, and divides all that is open evenly. */
export function openKept(counters: readonly SplitCounter[]): readonly SplitCounter[] {
  if (counters.some(({ waiting }) => waiting > 0)) return counters;
  const toOpen = counters.reduce((sum, { split }) => sum + split.open + Math.max(0, split.kept), 0);
  const shares = distribute(
    toOpen,
    counters.map(() => 0),
  );
  return counters.map((counter, index) => {
    const kept = Math.min(0, counter.split.kept);
    const open = shares[index] ?? 0;
    return { ...counter, capacity: counter.taken + open + kept, split: { ...counter.split, open, kept } };
  });
}

export const hasKept = (counters: readonly SplitCounter[]): boolean => counters.some(({ split }) => split.kept > 0);

/** Whether there are more counters than had seats to open, as after a quota has grown: theirs are waited for at few. */
export const hasToDivide = (counters: readonly SplitCounter[]): boolean =>
  counters.some(({ split }) => split.open >= counters.length) &&
  counters.some(({ capacity, waiting }) => capacity === 0 && waiting === 0);

/** What the first counter lacks, because a capacity was lowered, is taken from where seats are free. */
export interface Debt {
  /** Seats, positive. */
  readonly owed: number;
  /** What each counter pays, as far as it goes: kept seats first. */
  readonly payments: readonly Payment[];
}

export interface Payment {
  readonly shard: number;
  readonly from: 'kept' | 'open';
  readonly seats: number;
}

/** How what the first counter lacks is paid: what is kept first, then what is open, from all alike. */
export function debtOf(counters: readonly SplitCounter[]): Debt {
  const owed = Math.max(0, -(counters[0]?.split.kept ?? 0));
  const kept = payments(counters, 'kept', owed);
  const open = payments(counters, 'open', owed - kept.reduce((sum, { seats }) => sum + seats, 0));
  return { owed, payments: [...kept, ...open] };
}

function payments(counters: readonly SplitCounter[], from: Payment['from'], owed: number): readonly Payment[] {
  const spare = counters.map(({ split }) => Math.max(0, split[from]));
  const all = spare.reduce((sum, seats) => sum + seats, 0);
  let left = Math.min(owed, all);
  let before = all;
  return spare.flatMap((seats, shard) => {
    // What is left of the debt in proportion to what is left to pay it with: rounded up, it ends with the last.
    const paid = before === 0 ? 0 : Math.min(seats, Math.ceil((left * seats) / before));
    before -= seats;
    left -= paid;
    return paid === 0 ? [] : [{ shard, from, seats: paid }];
  });
}

/** How many hold a seat that is counted by one counter, and how many wait there. */
export type SeatCount = Pick<Counter, 'taken' | 'waiting'>;

/** What counters are to say, by `counterName`. @param seats of all registrations, and those that bulk changes keep aside */
export function countSeats(seats: Iterable<Seat>): ReadonlyMap<string, SeatCount> {
  const counted = new Map<string, SeatCount>();
  for (const seat of seats) {
    const { taken, waiting } = counted.get(counterName(seat)) ?? { taken: 0, waiting: 0 };
    counted.set(
      counterName(seat),
      seat.state === 'taken' ? { taken: taken + 1, waiting } : { taken, waiting: waiting + 1 },
    );
  }
  return counted;
}

/**
 * Counters of one pool as they are to be, in the order of their shards: they say what is held, and the pool has as many seats as before.
 * What is taken beyond what a counter has is open nowhere: the first counter owes what kept seats do not pay, as after a capacity was lowered.
 */
export function corrected(counters: readonly Counter[], held: readonly SeatCount[]): readonly Counter[] {
  const heldAt = (shard: number): SeatCount => held[shard] ?? { taken: 0, waiting: 0 };
  const isRight = ({ taken, waiting }: Counter, shard: number) =>
    taken === heldAt(shard).taken && waiting === heldAt(shard).waiting;
  if (counters.every(isRight)) return counters;
  const counted = counters.map((counter, shard) => recounted(counter, heldAt(shard)));
  if (!counted.every(isSplit)) return counted;
  const level = levelKept(counted);
  const owed = level.map(({ split }, shard) => (shard === 0 ? 0 : Math.max(0, -split.kept)));
  const debt = owed.reduce((sum, seats) => sum + seats, 0);
  return level.map((counter, shard) => withKept(counter, shard === 0 ? -debt : (owed[shard] ?? 0)));
}

function recounted(counter: Counter, { taken, waiting }: SeatCount): Counter {
  if (!isSplit(counter)) return { ...counter, taken, waiting };
  const { open, kept } = counter.split;
  const more = taken - counter.taken;
  const fromOpen = Math.min(open, Math.max(0, more));
  // What is free again is kept, as whatever is given back.
  return {
    ...counter,
    taken,
    waiting,
    split: { ...counter.split, open: open - fromOpen, kept: kept - more + fromOpen },
  };
}

const withKept = (counter: SplitCounter, more: number): SplitCounter => ({
  ...counter,
  capacity: counter.capacity + more,
  split: { ...counter.split, kept: counter.split.kept + more },
});
