import * as z from 'zod';
import { field, type Output, stored } from '../kernel/stored.schema.ts';

/** What holds an address: which registration it belongs to, and what was last asked for it. */
export const storedLock = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  reference: field(z.string(), 'one-registration', 'event'),
  /** HMAC of the last request's idempotency key or body: its repetition writes and mails nothing. */
  request: field(z.string(), 'one-registration', 'event'),
  /** When "you are already registered" was last mailed, ISO 8601. */
  noticeAt: field(z.string().optional(), 'one-registration', 'event'),
  /** When the link was last mailed on request, ISO 8601. */
  linkAt: field(z.string().optional(), 'one-registration', 'event'),
}));
export interface AddressLock extends Omit<Output<typeof storedLock>, 'v'> {}

export const toLockAttributes = (lock: AddressLock) => ({ v: 1, ...lock });

export function fromLockItem(item: Record<string, unknown>): AddressLock {
  const { v: _, ...lock } = storedLock().parse(item);
  return lock;
}
