import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { unconfirmedKey } from '../../kernel/dynamo/keys.ts';
import type { UnconfirmedForm } from './unconfirmed.ts';
import { fromUnconfirmedItem } from './unconfirmed-item.store.ts';

/** A form as it is now; it may be past its time. */
export type UnconfirmedReader = (eventId: string, id: string) => Promise<UnconfirmedForm | undefined>;

export const unconfirmedReader =
  (client: DocumentClient, table: string): UnconfirmedReader =>
  async (eventId, id) => {
    const Key = unconfirmedKey(eventId, id);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && fromUnconfirmedItem(Item);
  };
