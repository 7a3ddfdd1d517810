import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { toldKey } from '../kernel/dynamo/keys.ts';
import { fromToldItem } from './told.store.ts';
import type { Told } from './told.ts';

export type ToldReader = (eventId: string) => Promise<Told | undefined>;

/** What people were told of an event, as it stands now; nothing before anything changed since its first publication. */
export const toldReader =
  (client: DocumentClient, table: string): ToldReader =>
  async (eventId) => {
    const command = new GetCommand({ TableName: table, Key: toldKey(eventId), ConsistentRead: true });
    const { Item } = await client.send(command);
    return Item && fromToldItem(Item);
  };
