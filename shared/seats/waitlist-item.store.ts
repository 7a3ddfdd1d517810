import * as z from 'zod';
import type { UsesOf } from '../kernel/dynamo/uses-of.ts';
import { once } from '../kernel/once.ts';
import type { PoolId } from './quota.ts';

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

export const storedWaitlistEntry = once(() =>
  z.object({
    v: z.literal(1),
    reference: z.string(),
    waitingSince: z.string(),
    waitsFor: z.array(z.object({ quota: z.string(), group: z.string().optional() })),
    unproven: z.literal(true).optional(),
    lostSeat: z.literal(true).optional(),
    askedAt: z.string().optional(),
  }),
);

export const WAITLIST_USES = {
  v: ['records', 'event'],
  reference: ['place', 'event'],
  waitingSince: ['place', 'event'],
  waitsFor: ['place', 'event'],
  unproven: ['place', 'event'],
  lostSeat: ['place', 'event'],
  askedAt: ['place', 'event'],
} as const satisfies UsesOf<typeof storedWaitlistEntry>;

export const toWaitlistAttributes = (entry: WaitlistEntry) => ({ v: 1, ...entry });

export function fromWaitlistItem(item: Record<string, unknown>): WaitlistEntry {
  const { v: _, ...entry } = storedWaitlistEntry().parse(item);
  return entry;
}
