import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { OutboxMessage } from './message.ts';
import { fromOutboxItem } from './outbox-item.store.ts';

export type MessageReader = (id: string) => Promise<OutboxMessage | undefined>;

/** Reads a message of `Outbox` as it is now. */
export const messageReader =
  (client: DocumentClient, table: string): MessageReader =>
  async (id) => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: { id }, ConsistentRead: true }));
    return Item && fromOutboxItem(Item);
  };
