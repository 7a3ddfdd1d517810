import * as z from 'zod';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import type { SendPace } from './send-pace.ts';

/** A pace as it is stored; every change raises the revision. */
export interface StoredPace {
  /** Nothing where it cannot be read: no mail is held up by that. */
  readonly pace: SendPace | undefined;
  readonly revision: number;
}

export const storedSendPace = once(() =>
  z.object({
    v: z.literal(1),
    perSecond: z.number(),
    daily: z.number().optional(),
    sent: z.number(),
    nextAt: z.number(),
    readAt: z.number(),
    revision: z.int(),
  }),
);

export const SEND_PACE_USES = {
  v: ['impersonal', 'event'],
  perSecond: ['impersonal', 'event'],
  daily: ['impersonal', 'event'],
  sent: ['impersonal', 'event'],
  nextAt: ['impersonal', 'event'],
  readAt: ['impersonal', 'event'],
  revision: ['impersonal', 'event'],
} as const satisfies UsesOf<typeof storedSendPace>;

/** In the `Outbox` table, one for the whole system: an account's rate is shared by all events. */
export const SEND_PACE_KEY = { id: 'PACE' } as const;

export const toSendPaceItem = (pace: SendPace, revision: number) => ({ ...SEND_PACE_KEY, v: 1, ...pace, revision });

export function fromSendPaceItem(item: Record<string, unknown>): StoredPace {
  const { data } = storedSendPace().safeParse(item);
  if (data === undefined) return { pace: undefined, revision: Number(item['revision']) };
  const { v: _, revision, daily, ...pace } = data;
  return { pace: { ...pace, daily }, revision };
}
