import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { System } from '../system.ts';
import { batchGet } from './batch-get.ts';
import type { DocumentClient } from './client.ts';
import type { ItemKey } from './keys.ts';
import { TABLES } from './tables.ts';

const INDEX = 'changes';
const { partitionKey, sortKey } = TABLES.registry.indexes[INDEX];
/** Items of one `BatchGetItem`. */
const AT_ONCE = 100;

/** A registration that the index names, and when it changed: ISO 8601. */
export interface ChangedKey extends ItemKey {
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
    found.push(
      ...Items.map((item) => ({ pk: String(item['pk']), sk: String(item['sk']), changedAt: String(item[sortKey]) })),
    );
  }
  return found;
}

/** The items of many keys as they are now, strongly consistent; what is not there any more is left out. */
export async function itemsAt(
  client: DocumentClient,
  table: string,
  keys: readonly ItemKey[],
  system: Pick<System, 'backOff'>,
): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const some = keys.slice(from, from + AT_ONCE);
    const find = await batchGet(client, table, some, system, true);
    for (const key of some) {
      const item = find(key);
      if (item !== undefined) items.push(item);
    }
  }
  return items;
}
