import * as z from 'zod';
import { field, stored } from '../../kernel/stored.schema.ts';
import type { SendPace } from './send-pace.ts';

/** A pace as it is stored; every change raises the revision. */
export interface StoredPace {
  /** Nothing where it cannot be read: no mail is held up by that. */
  readonly pace: SendPace | undefined;
  readonly revision: number;
}

export const storedSendPace = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'event'),
  perSecond: field(z.number(), 'impersonal', 'event'),
  daily: field(z.number().optional(), 'impersonal', 'event'),
  sent: field(z.number(), 'impersonal', 'event'),
  nextAt: field(z.number(), 'impersonal', 'event'),
  readAt: field(z.number(), 'impersonal', 'event'),
  revision: field(z.int(), 'impersonal', 'event'),
}));

/** In the `Outbox` table, one for the whole system: an account's rate is shared by all events. */
export const SEND_PACE_KEY = { id: 'PACE' } as const;

export const toSendPaceItem = (pace: SendPace, revision: number) => ({ ...SEND_PACE_KEY, v: 1, ...pace, revision });

export function fromSendPaceItem(item: Record<string, unknown>): StoredPace {
  const { data } = storedSendPace().safeParse(item);
  if (data === undefined) return { pace: undefined, revision: Number(item['revision']) };
  const { v: _, revision, daily, ...pace } = data;
  return { pace: { ...pace, daily }, revision };
}
