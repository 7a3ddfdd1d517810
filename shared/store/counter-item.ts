import * as z from 'zod';
import type { Counter } from '../domain/quota.ts';
import { once } from '../once.ts';
import type { UsesOf } from './uses-of.ts';

/** The last three stand on counters that share a pool. */
export const storedCounter = once(() =>
  z.object({
    capacity: z.int(),
    taken: z.int(),
    waiting: z.int(),
    open: z.int().optional(),
    kept: z.int().optional(),
    openings: z.int().optional(),
  }),
);

export const COUNTER_USES = {
  capacity: ['impersonal', 'published'],
  taken: ['impersonal', 'published'],
  waiting: ['impersonal', 'published'],
  open: ['impersonal', 'published'],
  kept: ['impersonal', 'published'],
  openings: ['impersonal', 'published'],
} as const satisfies UsesOf<typeof storedCounter>;

export function fromCounterItem(item: Record<string, unknown>): Counter {
  const { open, kept = 0, openings = 0, ...counter } = storedCounter().parse(item);
  return { ...counter, ...(open !== undefined && { split: { open, kept, openings } }) };
}
