import * as z from 'zod';
import type { UsesOf } from '../kernel/dynamo/uses-of.ts';
import { once } from '../kernel/once.ts';

/** What holds an address: which registration it belongs to, and what was last asked for it. */
export interface AddressLock {
  readonly reference: string;
  /** HMAC of the last request's idempotency key or body: its repetition writes and mails nothing. */
  readonly request: string;
  /** When "you are already registered" was last mailed, ISO 8601. */
  readonly noticeAt?: string | undefined;
  /** When the link was last mailed on request, ISO 8601. */
  readonly linkAt?: string | undefined;
}

export const storedLock = once(() =>
  z.object({
    v: z.literal(1),
    reference: z.string(),
    request: z.string(),
    noticeAt: z.string().optional(),
    linkAt: z.string().optional(),
  }),
);

export const LOCK_USES = {
  v: ['records', 'event'],
  reference: ['one-registration', 'event'],
  request: ['one-registration', 'event'],
  noticeAt: ['one-registration', 'event'],
  linkAt: ['one-registration', 'event'],
} as const satisfies UsesOf<typeof storedLock>;

export const toLockAttributes = (lock: AddressLock) => ({ v: 1, ...lock });

export function fromLockItem(item: Record<string, unknown>): AddressLock {
  const { v: _, ...lock } = storedLock().parse(item);
  return lock;
}
