import * as z from 'zod';
import { field, stored } from '../kernel/stored.schema.ts';
import type { PoolId } from './seat.schema.ts';

/** Someone's place in the waiting list. */
export interface WaitlistEntry {
  readonly reference: string;
  /** ISO 8601. */
  readonly waitingSince: string;
  /** The pools in which there was no seat for them. */
  readonly waitsFor: readonly PoolId[];
  /** Keeps the place, and is passed over until it is proven. */
  readonly unproven?: true | undefined;
  /** Lost a seat that was not proven in time: stands in front of everyone who did not. */
  readonly lostSeat?: true | undefined;
  /** When an unproven one was asked because a seat was free, ISO 8601. */
  readonly askedAt?: string | undefined;
}

export const storedWaitlistEntry = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  reference: field(z.string(), 'place', 'event'),
  waitingSince: field(z.string(), 'place', 'event'),
  waitsFor: field(z.array(z.object({ quota: z.string(), group: z.string().optional() })), 'place', 'event'),
  unproven: field(z.literal(true).optional(), 'place', 'event'),
  lostSeat: field(z.literal(true).optional(), 'place', 'event'),
  askedAt: field(z.string().optional(), 'place', 'event'),
}));

export const toWaitlistAttributes = (entry: WaitlistEntry) => ({ v: 1, ...entry });

export function fromWaitlistItem(item: Record<string, unknown>): WaitlistEntry {
  const { v: _, ...entry } = storedWaitlistEntry().parse(item);
  return entry;
}
