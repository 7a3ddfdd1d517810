import type { Registration } from '../../shared/registration/registration.schema.ts';
import { fromCounterItem } from '../../shared/seats/counter.store.ts';
import { poolName } from '../../shared/seats/quota.ts';
import type { Seat } from '../../shared/seats/seat.schema.ts';
import type { Written } from './database.ts';
import type { Item } from './expressions.ts';

/** What all counters of a pool come to. */
interface Sum {
  capacity: number;
  taken: number;
  waiting: number;
  /** What a newcomer may take at once. */
  open: number;
}

export interface Books {
  /** To be called with each write, at the instant at which it is done. */
  readonly note: (writes: readonly Written[]) => void;
  /** How many had a seat that there was not. */
  oversold: number;
  /** How many who came newly had a seat in a pool for which another waited. */
  overtaken: number;
  /** How many were told that all is full while a seat in that pool was open. */
  wronglyFull: number;
  readonly sums: ReadonlyMap<string, Readonly<Sum>>;
}

type StoredRegistration = Pick<Registration, 'status'> & { readonly seats: readonly Seat[] };

/**
 * Counts along with all that is written, instant by instant, what must never be: no reading of the result could show that an attendee
 * was told "full" while a seat was open a moment long.
 *
 * @param seatsOf how many seats a pool has by the definition
 */
export function keepBooks(seatsOf: (pool: string) => number): Books {
  const sums = new Map<string, Sum>();
  const books = { note, oversold: 0, overtaken: 0, wronglyFull: 0, sums };
  return books;

  function note(writes: readonly Written[]): void {
    const waitedBefore = new Map([...sums].map(([pool, { waiting }]) => [pool, waiting]));
    for (const { key, before, after } of writes) {
      const pool = poolIn(key);
      if (pool === undefined) continue;
      const sum = sums.get(pool) ?? { capacity: 0, taken: 0, waiting: 0, open: 0 };
      sums.set(pool, sum);
      add(sum, before, -1);
      add(sum, after, 1);
      if (sum.taken > seatsOf(pool)) books.oversold += 1;
    }
    for (const { key, before, after } of writes) {
      if (!String(key['pk']).startsWith('REGISTRATION#') || before !== undefined || after === undefined) continue;
      const { status, seats } = after as unknown as StoredRegistration;
      const pools = seats.map(poolName);
      if (status === 'confirmed' && pools.some((pool) => (waitedBefore.get(pool) ?? 0) > 0)) books.overtaken += 1;
      if (status === 'waitlisted' && pools.some((pool) => (sums.get(pool)?.open ?? 0) > 0)) books.wronglyFull += 1;
    }
  }
}

function add(sum: Sum, item: Item | undefined, by: 1 | -1): void {
  if (item === undefined) return;
  const { capacity, taken, waiting, split } = fromCounterItem(item);
  const open = split ? split.open : waiting === 0 ? Math.max(0, capacity - taken) : 0;
  sum.capacity += by * capacity;
  sum.taken += by * taken;
  sum.waiting += by * waiting;
  sum.open += by * open;
}

/** `QUOTA#event#quota#group#shard` */
function poolIn({ pk }: Item): string | undefined {
  const [kind, , quota, group, shard] = String(pk).split('#');
  return kind === 'QUOTA' && shard !== undefined ? `${quota}#${group}` : undefined;
}
