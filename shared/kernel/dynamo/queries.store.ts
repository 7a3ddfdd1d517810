import {
  GetCommand,
  paginateQuery,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from './client.store.ts';
import { TABLES } from './tables.ts';

/** One item: strongly consistent, unless a moment's delay does no harm to what it is read for, which costs half. */
export const readItem = async (
  client: DocumentClient,
  TableName: string,
  Key: object,
  { consistent = true } = {},
): Promise<Record<string, unknown> | undefined> =>
  (await client.send(new GetCommand({ TableName, Key: { ...Key }, ConsistentRead: consistent }))).Item;

/**
 * Every item of one partition of `Registry`, in the order of their sort keys: strongly consistent, unless a moment's delay does no harm
 * to what it is read for, which costs half.
 *
 * @param from the first sort key that is wanted
 */
export async function queryPartition(
  client: DocumentClient,
  table: string,
  pk: string,
  { consistent = true, from }: { readonly consistent?: boolean; readonly from?: string } = {},
): Promise<readonly Record<string, unknown>[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: from === undefined ? 'pk = :pk' : 'pk = :pk AND sk >= :from',
      ExpressionAttributeValues: { ':pk': pk, ':from': from },
      ConsistentRead: consistent,
    },
  );
  const items = [];
  for await (const { Items = [] } of pages) items.push(...Items);
  return items;
}

type Item = Readonly<Record<string, unknown>>;

interface Partition {
  readonly query: QueryCommandInput;
  /** Read and not yet handed over, in order. */
  readonly items: readonly Item[];
  /** Where it goes on; nothing where it ends. */
  readonly next: QueryCommandOutput['LastEvaluatedKey'];
}

/**
 * What several partitions hold, in the order of one sort key over all of them, some of it at a time. All partitions are asked at once, and
 * then those anew of which everything was handed over: nothing is read twice.
 *
 * @param queries one for each partition; `Limit` is how much of it is read at a time
 * @param sortKey an attribute that is a string in each item, by which each query is ordered
 */
export async function* queryInOrder(
  client: DocumentClient,
  queries: readonly QueryCommandInput[],
  sortKey: string,
): AsyncGenerator<readonly Item[]> {
  const placeOf = (item: Item): string => String(item[sortKey]);
  const read = async (query: QueryCommandInput, from?: Partition['next']): Promise<Partition> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({ ...query, ...(from && { ExclusiveStartKey: from }) }),
    );
    return { query, items: Items, next: LastEvaluatedKey };
  };
  let partitions = await Promise.all(queries.map((query) => read(query)));
  for (;;) {
    // Before the last that is known of a partition that goes on, nothing can come any more.
    const ends = partitions.flatMap(({ items, next }) => (next ? [items.map(placeOf).at(-1) ?? ''] : []));
    const end = ends.sort()[0];
    const isBefore = (item: Item): boolean => end === undefined || placeOf(item) <= end;
    const found = partitions.flatMap(({ items }) => items.filter(isBefore));
    if (found.length > 0) yield found.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    if (end === undefined) return;
    const left = partitions.map((each) => ({ ...each, items: each.items.filter((item) => !isBefore(item)) }));
    partitions = await Promise.all(
      left.map((each) => (each.items.length === 0 && each.next ? read(each.query, each.next) : each)),
    );
  }
}

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
