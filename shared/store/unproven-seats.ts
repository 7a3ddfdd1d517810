import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Quota } from '../domain/event.ts';
import { type UnprovenSeat, unprovenLists } from '../domain/unproven-seat.ts';
import type { DocumentClient } from './client.ts';
import { unprovenSeatKey } from './keys.ts';
import { fromUnprovenItem } from './unproven-seat-item.ts';

interface Listed {
  readonly id: string;
  readonly quotas: readonly Pick<Quota<unknown>, 'id' | 'shards'>[];
}

/**
 * The unproven seats of an event: a list of each quota, and nobody who is proven is read.
 *
 * @param before only those which were registered earlier
 */
export async function readUnprovenSeats(
  client: DocumentClient,
  table: string,
  event: Listed,
  before?: Date,
): Promise<readonly UnprovenSeat[]> {
  const lists = unprovenLists(event.quotas).map(async (list) => {
    const { pk } = unprovenSeatKey(event.id, list, { submittedAt: '', reference: '' });
    const query = {
      TableName: table,
      KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
      ExpressionAttributeValues: { ':pk': pk, ...(before && { ':before': before.toISOString() }) },
      ConsistentRead: true,
    };
    const seats: UnprovenSeat[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, query)) seats.push(...Items.map(fromUnprovenItem));
    return seats;
  });
  return (await Promise.all(lists)).flat();
}
