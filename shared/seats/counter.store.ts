import * as z from 'zod';
import type { UsesOf } from '../kernel/dynamo/uses-of.ts';
import { once } from '../kernel/once.ts';
import type { Counter } from './quota.ts';

/** From `open` on they stand on counters that share a pool; `seats` on the first of them. */
export const storedCounter = once(() =>
  z.object({
    capacity: z.int(),
    taken: z.int(),
    waiting: z.int(),
    open: z.int().optional(),
    kept: z.int().optional(),
    openings: z.int().optional(),
    counters: z.int().optional(),
    /** Seats of all counters of the pool. */
    seats: z.int().optional(),
    /** Of the definition by which the capacity was last changed: an older one changes it no more. */
    version: z.int().optional(),
  }),
);

export type StoredCounter = z.output<ReturnType<typeof storedCounter>>;

export const COUNTER_USES = {
  capacity: ['impersonal', 'published'],
  taken: ['impersonal', 'published'],
  waiting: ['impersonal', 'published'],
  open: ['impersonal', 'published'],
  kept: ['impersonal', 'published'],
  openings: ['impersonal', 'published'],
  counters: ['impersonal', 'published'],
  seats: ['impersonal', 'published'],
  version: ['impersonal', 'published'],
} as const satisfies UsesOf<typeof storedCounter>;

export function fromCounterItem(item: Record<string, unknown>): Counter {
  const { capacity, taken, waiting, open, kept = 0, openings = 0, counters = 1 } = storedCounter().parse(item);
  return { capacity, taken, waiting, ...(open !== undefined && { split: { open, kept, openings, counters } }) };
}
