import * as z from 'zod';
import { once } from '../kernel/once.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';

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

/** A seat in quotas that is held by a registration which is not proven, and which may give way to an attendee who is. */
export const storedUnprovenSeat = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  reference: field(z.string(), 'place', 'event'),
  /** When it was registered, ISO 8601: the order of the list. */
  submittedAt: field(z.string(), 'place', 'event'),
  /** Of its address, in lower case. */
  domain: field(z.string(), 'place', 'event'),
  /** In which it takes a seat. */
  pools: field(z.array(poolId()), 'place', 'event'),
  /** When SES said that the first mail reached the address, ISO 8601. */
  deliveredAt: field(z.string().optional(), 'place', 'event'),
  /** When it was asked a second time, ISO 8601. */
  askedAt: field(z.string().optional(), 'place', 'event'),
}));
export interface UnprovenSeat extends Omit<Output<typeof storedUnprovenSeat>, 'v'> {}
