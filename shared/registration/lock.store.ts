import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { lockKey } from '../kernel/dynamo/keys.ts';
import { type TransactItem, transact } from '../kernel/dynamo/transact.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import type { OutboxMessage } from '../mail/outbox/message.ts';
import { type AddressLock, fromLockItem } from './lock-item.store.ts';
import { rewriteLock } from './lock-writes.store.ts';
import { putMessage } from './writes.store.ts';

export interface LockStore {
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

export const lockStore = ({ client, registry, outbox, system }: Given<'registry' | 'outbox'>): LockStore => ({
  async read(eventId, addressHash) {
    const Key = lockKey(eventId, addressHash);
    const { Item } = await client.send(new GetCommand({ TableName: registry, Key, ConsistentRead: true }));
    return Item && fromLockItem(Item);
  },

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
