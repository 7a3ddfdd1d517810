import * as z from 'zod';
import { once } from '../kernel/once.ts';
import type { Output } from '../kernel/stored.schema.ts';

/** Names a pool. */
export const poolId = once(() =>
  z.object({
    quota: z.string(),
    /** Of a quota per organisation or country: which one. */
    group: z.string().optional(),
  }),
);
export interface PoolId extends Output<typeof poolId> {}

/** A seat in a quota: held in one shard of its counter, or waited for. */
export const seat = once(() =>
  z.object({
    ...poolId().shape,
    /** 0 where it is waited for: who waits stands in front of every shard. */
    shard: z.int(),
    state: z.enum(['taken', 'waiting']),
  }),
);
export interface Seat extends Output<typeof seat> {}
