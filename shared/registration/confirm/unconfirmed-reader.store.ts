import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { unconfirmedKey } from '../../kernel/dynamo/keys.ts';
import type { Database } from '../../kernel/parts.store.ts';
import { fromUnconfirmedItem, type UnconfirmedForm } from './unconfirmed-item.schema.ts';

/** A form as it is now; it may be past its time. */
export type UnconfirmedReader = (eventId: string, id: string) => Promise<UnconfirmedForm | undefined>;

export const unconfirmedReader =
  ({ client, registry: table }: Database<'registry'>): UnconfirmedReader =>
  async (eventId, id) => {
    const Key = unconfirmedKey(eventId, id);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && fromUnconfirmedItem(Item);
  };

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly readUnconfirmed: UnconfirmedReader;
  }
}
