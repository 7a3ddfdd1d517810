import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { FATE_ATTRIBUTES, TABLES } from '../../kernel/dynamo/tables.ts';
import type { Database } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from './message.schema.ts';
import { fromOutboxItem } from './outbox-items.store.ts';

const INDEX = 'about';
const { partitionKey } = TABLES.outbox.indexes[INDEX];

/** As many as are read, the newest: caps let no more through in days. */
const MOST = 50;

const WITHOUT_ADDRESS = {
  ProjectionExpression: FATE_ATTRIBUTES.map((name) => `#${name}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(FATE_ATTRIBUTES.map((name) => [`#${name}`, name])),
};

/** Messages about a registration or a delegation, by its reference. */
export type MessagesAbout = (eventId: string, reference: string) => Promise<readonly OutboxMessage[]>;

/**
 * Finds them by an index, which lags: what it does not name yet is not shown yet. What it names is read as it was a moment ago; it
 * may be about another event, by chance, or be forgotten.
 */
export function messagesAbout({ client, outbox: table }: Database<'outbox'>): MessagesAbout {
  const read = async (id: string): Promise<OutboxMessage | undefined> => {
    const { Item } = await client.send(
      // Nothing is decided on it, and the index that named it lags as well.
      new GetCommand({ TableName: table, Key: { id }, ConsistentRead: false, ...WITHOUT_ADDRESS }),
    );
    return Item && fromOutboxItem(Item);
  };
  return async (eventId, reference) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: INDEX,
        KeyConditionExpression: '#about = :reference',
        ExpressionAttributeNames: { '#about': partitionKey },
        ExpressionAttributeValues: { ':reference': reference },
        ScanIndexForward: false,
        Limit: MOST,
      }),
    );
    const messages = await Promise.all(Items.map(({ id }) => read(String(id))));
    return messages.filter((message) => message !== undefined).filter((message) => message.eventId === eventId);
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly messagesAbout: MessagesAbout;
  }
}
