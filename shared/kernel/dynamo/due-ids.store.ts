import type { DocumentClient } from './client.store.ts';
import { type DueQueue, duePartitions } from './due-partition.store.ts';
import { queryInOrder } from './query-in-order.store.ts';
import { TABLES } from './tables.ts';

const INDEX = 'due';
const { partitionKey, sortKey } = TABLES.outbox.indexes[INDEX];

/** What of a queue's partitions is wanted: all whose wait is over by then. */
export const dueQueries = (TableName: string, queue: DueQueue, until: string) =>
  duePartitions(queue).map((partition) => ({
    TableName,
    IndexName: INDEX,
    KeyConditionExpression: '#due = :due AND #notBefore <= :until',
    ExpressionAttributeNames: { '#due': partitionKey, '#notBefore': sortKey },
    ExpressionAttributeValues: { ':due': partition, ':until': until },
  }));

/** Ids of a partition that are read at a time: some 3 KB, so that asking for them costs as much as asking for none. */
const PAGE = 30;

/**
 * Ids of items of `Outbox` whose wait is over, longest first, over all partitions of the queue. From an index, which lags: the item itself
 * says whether it is so.
 */
export async function dueIds(
  client: DocumentClient,
  table: string,
  queue: DueQueue,
  now: Date,
  most: number,
): Promise<readonly string[]> {
  const queries = dueQueries(table, queue, now.toISOString()).map((query) => ({ ...query, Limit: PAGE }));
  const ids: string[] = [];
  for await (const items of queryInOrder(client, queries, sortKey)) {
    ids.push(...items.map(({ id }) => String(id)));
    if (ids.length >= most) break;
  }
  return ids.slice(0, most);
}
