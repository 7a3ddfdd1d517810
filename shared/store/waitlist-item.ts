import * as z from 'zod';
import type { PoolId } from '../domain/quota.ts';
import { once } from '../once.ts';

/** Someone's place in the waiting list. */
export interface WaitlistEntry {
  readonly reference: string;
  /** ISO 8601. */
  readonly waitingSince: string;
  /** The pools in which there was no seat for them. */
  readonly waitsFor: readonly PoolId[];
}

const stored = once(() =>
  z.object({
    v: z.literal(1),
    reference: z.string(),
    waitingSince: z.string(),
    waitsFor: z.array(z.object({ quota: z.string(), group: z.string().optional() })),
  }),
);

export const toWaitlistAttributes = (entry: WaitlistEntry) => ({ v: 1, ...entry });

export function fromWaitlistItem(item: Record<string, unknown>): WaitlistEntry {
  const { v: _, ...entry } = stored().parse(item);
  return entry;
}
