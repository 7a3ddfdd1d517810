import { QueryCommand, type QueryCommandInput, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from './client.store.ts';

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
