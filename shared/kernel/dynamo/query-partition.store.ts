import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from './client.store.ts';

/** Every item of one partition of `Registry`, strongly consistent, in the order of their sort keys. */
export async function queryPartition(
  client: DocumentClient,
  table: string,
  pk: string,
): Promise<readonly Record<string, unknown>[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    },
  );
  const items = [];
  for await (const { Items = [] } of pages) items.push(...Items);
  return items;
}
