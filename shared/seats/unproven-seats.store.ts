import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Quota } from '../event/event.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import type { ItemKey } from '../kernel/dynamo/keys.ts';
import { fromUnprovenItem, unprovenSeatKey } from './unproven-seat.store.ts';
import { allUnprovenLists, type UnprovenList, type UnprovenSeat, unprovenLists } from './unproven-seat.ts';

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
  const lists = unprovenLists(event.quotas).map((list) => readList(client, table, event.id, list, before));
  return (await Promise.all(lists)).flat().map(({ seat }) => seat);
}

/** A seat, and where its item is. */
export interface ListedSeat {
  readonly seat: UnprovenSeat;
  readonly key: ItemKey;
}

/** The unproven seats in the lists of one quota, also of one that the event does not have any more. */
export async function readUnprovenSeatsOf(
  client: DocumentClient,
  table: string,
  eventId: string,
  quota: string,
): Promise<readonly ListedSeat[]> {
  const lists = allUnprovenLists(quota).map((list) => readList(client, table, eventId, list));
  return (await Promise.all(lists)).flat();
}

async function readList(
  client: DocumentClient,
  table: string,
  eventId: string,
  list: UnprovenList,
  before?: Date,
): Promise<readonly ListedSeat[]> {
  const { pk } = unprovenSeatKey(eventId, list, { submittedAt: '', reference: '' });
  const query = {
    TableName: table,
    KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
    ExpressionAttributeValues: { ':pk': pk, ...(before && { ':before': before.toISOString() }) },
    ConsistentRead: true,
  };
  const seats: ListedSeat[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) {
    seats.push(...Items.map((item) => ({ seat: fromUnprovenItem(item), key: { pk, sk: String(item['sk']) } })));
  }
  return seats;
}
