import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from './client.ts';
import { TABLES } from './tables.ts';

const INDEX = 'due';
const { partitionKey, sortKey } = TABLES.outbox.indexes[INDEX];

/**
 * Ids of items of `Outbox` whose wait is over, longest first. From an index, which lags: the item itself says whether it is
 * so.
 *
 * @param due what the items have in the index's partition key
 */
export async function dueIds(
  client: DocumentClient,
  table: string,
  due: string,
  now: Date,
  most: number,
): Promise<readonly string[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: INDEX,
      KeyConditionExpression: '#due = :due AND #notBefore <= :now',
      ExpressionAttributeNames: { '#due': partitionKey, '#notBefore': sortKey },
      ExpressionAttributeValues: { ':due': due, ':now': now.toISOString() },
      Limit: most,
    }),
  );
  return Items.map(({ id }) => String(id));
}
