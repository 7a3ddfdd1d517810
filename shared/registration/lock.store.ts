import * as z from 'zod';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { lockKey, NOT_THERE } from '../kernel/dynamo/keys.ts';
import { readItem } from '../kernel/dynamo/queries.store.ts';
import { type TransactItem, transact } from '../kernel/dynamo/transact.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { putMessage } from '../mail/outbox/outbox-items.store.ts';
import type { Registration } from './registration.schema.ts';

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

/** Milliseconds between two mails that say "you are already registered": a form is no way to fill an inbox. */
const NOTICE_INTERVAL = 60 * 60 * 1000;

export const isNoticeDue = ({ noticeAt }: Pick<AddressLock, 'noticeAt'>, now: Date): boolean =>
  noticeAt === undefined || now.getTime() - Date.parse(noticeAt) >= NOTICE_INTERVAL;

interface LockStore {
  /** What holds an address, if anything does. */
  readonly read: (eventId: string, addressHash: string) => Promise<AddressLock | undefined>;
  /**
   * Writes a message and notes it on the lock: both, or neither when the lock is not as it was read.
   *
   * @returns whether it was written
   */
  readonly note: (what: {
    readonly message: OutboxMessage;
    readonly addressHash: string;
    readonly before: AddressLock;
    readonly after: AddressLock;
    /** Epoch seconds. */
    readonly expiresAt: number;
    /** What is written along with it. */
    readonly also?: readonly TransactItem[];
  }) => Promise<boolean>;
}

/** What holds an address, if anything does, strongly consistent. */
export async function readLock(
  client: DocumentClient,
  table: string,
  eventId: string,
  addressHash: string,
): Promise<AddressLock | undefined> {
  const item = await readItem(client, table, lockKey(eventId, addressHash));
  return item && fromLockItem(item);
}

export const lockStore = ({ client, registry, outbox, system }: Given<'registry' | 'outbox'>): LockStore => ({
  read: (eventId, addressHash) => readLock(client, registry, eventId, addressHash),

  async note({ message, addressHash, before, after, expiresAt, also = [] }) {
    const rewritten = rewriteLock(registry, message.eventId, addressHash, before, after);
    const items = [rewritten, putMessage(outbox, message, expiresAt), ...also];
    return (await transact(client, items, system)).length === 0;
  },
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly locks: LockStore;
  }
}

const LOCK_UNCHANGED = '#reference = :reference AND #request = :before';
const LOCK_IS_OURS = 'attribute_not_exists(pk) OR #reference = :reference';

/** @param mayBeOurs whether it may be there for the same registration: what ended a moment ago still holds its address */
export const putLock = (
  table: string,
  eventId: string,
  addressHash: string,
  lock: AddressLock,
  expiresAt: number,
  mayBeOurs = false,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...lockKey(eventId, addressHash), ...toLockAttributes(lock), expiresAt },
    ...(mayBeOurs
      ? {
          ConditionExpression: LOCK_IS_OURS,
          ExpressionAttributeNames: { '#reference': 'reference' },
          ExpressionAttributeValues: { ':reference': lock.reference },
        }
      : { ConditionExpression: NOT_THERE }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

export const rewriteLock = (
  table: string,
  eventId: string,
  addressHash: string,
  before: AddressLock,
  after: AddressLock,
): TransactItem => ({
  Update: {
    TableName: table,
    Key: lockKey(eventId, addressHash),
    UpdateExpression: ['SET #request = :after', ...mailedAt(after).map(([name]) => `${name} = :${name}`)].join(', '),
    ConditionExpression: LOCK_UNCHANGED,
    ExpressionAttributeNames: { '#reference': 'reference', '#request': 'request' },
    ExpressionAttributeValues: {
      ':reference': before.reference,
      ':before': before.request,
      ':after': after.request,
      ...Object.fromEntries(mailedAt(after).map(([name, at]) => [`:${name}`, at])),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

const mailedAt = ({ noticeAt, linkAt }: AddressLock) => Object.entries({ noticeAt, linkAt }).filter(([, at]) => at);

export const releaseLock = (
  table: string,
  { eventId, reference }: Pick<Registration, 'eventId' | 'reference'>,
  addressHash: string,
): TransactItem => ({
  Delete: {
    TableName: table,
    Key: lockKey(eventId, addressHash),
    ConditionExpression: LOCK_IS_OURS,
    ExpressionAttributeNames: { '#reference': 'reference' },
    ExpressionAttributeValues: { ':reference': reference },
  },
});
