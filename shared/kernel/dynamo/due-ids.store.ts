import { crc32 } from 'node:zlib';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from './client.store.ts';
import { queryInOrder } from './queries.store.ts';
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

/**
 * Whether no queue has anything due by then, where the index is so small that one look shows all of it: what is asked each minute, of an index
 * that is empty for months. Where it is larger, nobody knows.
 */
export async function isNothingDue(client: DocumentClient, TableName: string, until: Date): Promise<boolean> {
  const look = new ScanCommand({ TableName, IndexName: INDEX, Limit: PAGE });
  const { Items = [], LastEvaluatedKey } = await client.send(look);
  return LastEvaluatedKey === undefined && Items.every((item) => String(item[sortKey]) > until.toISOString());
}

/** What waits in the index `due`: mail that cannot wait long, mail that can, and jobs. Sweeps look for each alone. */
export type DueQueue = 'mail' | 'mail-later' | 'job';

/** Partitions of a queue. One takes 1,000 write units a second, and each mail takes two there: as it is claimed and as it is settled. */
const PARTITIONS = 8;

/** Where the index finds an item of `Outbox`. */
export const duePartition = (queue: DueQueue, id: string): string => partition(queue, crc32(id) % PARTITIONS);

/** Where it finds all of a queue. */
export const duePartitions = (queue: DueQueue): readonly string[] =>
  Array.from({ length: PARTITIONS }, (_, number) => partition(queue, number));

const partition = (queue: DueQueue, number: number): string => `${queue}#${number}`;
