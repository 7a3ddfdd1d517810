import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from './client.store.ts';
import { TABLES } from './tables.ts';

const INDEX = 'changes';
const { partitionKey, sortKey } = TABLES.registry.indexes[INDEX];

/** A registration that the index names, and when it changed: ISO 8601. */
export interface ChangedKey {
  readonly reference: string;
  readonly changedAt: string;
}

/**
 * What a partition of the index `changes` names, in order of time. It lags, and only says where to look.
 *
 * @param after what changed at this instant or before is left out; ISO 8601
 */
export async function changedKeys(
  client: DocumentClient,
  table: string,
  shard: string,
  after = '',
): Promise<readonly ChangedKey[]> {
  const query = {
    TableName: table,
    IndexName: INDEX,
    KeyConditionExpression: `#shard = :shard${after === '' ? '' : ' AND #at > :after'}`,
    ExpressionAttributeNames: { '#shard': partitionKey, ...(after !== '' && { '#at': sortKey }) },
    ExpressionAttributeValues: { ':shard': shard, ...(after !== '' && { ':after': after }) },
  };
  const found: ChangedKey[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) {
    found.push(...Items.map((item) => ({ reference: String(item['sk']), changedAt: String(item[sortKey]) })));
  }
  return found;
}
