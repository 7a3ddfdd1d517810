import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from './message.ts';
import { fromOutboxItem } from './outbox-item.store.ts';

export type MessageReader = (id: string) => Promise<OutboxMessage | undefined>;

/** Reads a message of `Outbox` as it is now. */
export const messageReader =
  ({ client, outbox: table }: Database<'outbox'>): MessageReader =>
  async (id) => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: { id }, ConsistentRead: true }));
    return Item && fromOutboxItem(Item);
  };

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly readMessage: MessageReader;
  }
}
