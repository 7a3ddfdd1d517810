import * as z from 'zod';
import { field, type Output, stored } from '../kernel/stored.schema.ts';

/** Someone's place in the waiting list. */
export const storedWaitlistEntry = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  reference: field(z.string(), 'place', 'event'),
  /** ISO 8601. */
  waitingSince: field(z.string(), 'place', 'event'),
  /** The pools in which there was no seat for them. */
  waitsFor: field(z.array(z.object({ quota: z.string(), group: z.string().optional() })), 'place', 'event'),
  /** Keeps the place, and is passed over until it is proven. */
  unproven: field(z.literal(true).optional(), 'place', 'event'),
  /** Lost a seat that was not proven in time: stands in front of everyone who did not. */
  lostSeat: field(z.literal(true).optional(), 'place', 'event'),
  /** When an unproven one was asked because a seat was free, ISO 8601. */
  askedAt: field(z.string().optional(), 'place', 'event'),
}));
export interface WaitlistEntry extends Omit<Output<typeof storedWaitlistEntry>, 'v'> {}

export const toWaitlistAttributes = (entry: WaitlistEntry) => ({ v: 1, ...entry });

export function fromWaitlistItem(item: Record<string, unknown>): WaitlistEntry {
  const { v: _, ...entry } = storedWaitlistEntry().parse(item);
  return entry;
}
