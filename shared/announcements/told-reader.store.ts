import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { toldKey } from '../kernel/dynamo/keys.ts';
import type { Database } from '../kernel/parts.store.ts';
import { fromToldItem } from './told.store.ts';
import type { Told } from './told.ts';

export type ToldReader = (eventId: string) => Promise<Told | undefined>;

/** What people were told of an event, as it stands now; nothing before anything changed since its first publication. */
export const toldReader =
  ({ client, registry: table }: Database<'registry'>): ToldReader =>
  async (eventId) => {
    const command = new GetCommand({ TableName: table, Key: toldKey(eventId), ConsistentRead: true });
    const { Item } = await client.send(command);
    return Item && fromToldItem(Item);
  };

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly readTold: ToldReader;
  }
}
