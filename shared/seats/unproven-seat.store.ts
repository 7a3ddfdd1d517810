import { isDeepStrictEqual } from 'node:util';
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Quota } from '../event/event.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import type { ItemKey } from '../kernel/dynamo/keys.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { storedUnprovenSeat, type UnprovenSeat } from './seat.schema.ts';
import { allUnprovenLists, type UnprovenList, unprovenListOf, unprovenLists, unprovenSeatOf } from './unproven-seat.ts';

/** The unproven seats of a quota, in the order in which they were registered. */
const unprovenSeatKey = (
  eventId: string,
  { quota, part }: UnprovenList,
  { submittedAt, reference }: { readonly submittedAt: string; readonly reference: string },
): ItemKey => ({ pk: `UNPROVEN#${eventId}#${quota}#${part}`, sk: `${submittedAt}#${reference}` });

/**
 * The item of a registration whose seat nobody has proven.
 *
 * @param expiresAt epoch seconds
 */
export function unprovenItemOf(registration: Registration, expiresAt: number) {
  const seat = unprovenSeatOf(registration);
  const list = unprovenListOf(registration);
  if (seat === undefined || list === undefined) return undefined;
  return { ...unprovenSeatKey(registration.eventId, list, seat), v: 1, ...seat, expiresAt };
}

export function fromUnprovenItem(item: Record<string, unknown>): UnprovenSeat {
  const { v: _, ...seat } = storedUnprovenSeat().parse(item);
  return seat;
}

const IS_FIRST_DELIVERY = 'attribute_exists(pk) AND attribute_not_exists(deliveredAt)';
const IS_NOT_ASKED = 'attribute_exists(pk) AND attribute_not_exists(askedAt)';

type Update = Required<Pick<TransactItem, 'Update'>>['Update'];

/** Notes when the first mail reached the address of an unproven seat: refused where one did before, or it is proven. */
export function noteDelivery(table: string, registration: Registration, at: string): Update | undefined {
  const list = unprovenListOf(registration);
  if (list === undefined || unprovenSeatOf(registration) === undefined) return undefined;
  return {
    TableName: table,
    Key: unprovenSeatKey(registration.eventId, list, registration),
    UpdateExpression: 'SET deliveredAt = :at',
    ConditionExpression: IS_FIRST_DELIVERY,
    ExpressionAttributeValues: { ':at': at },
  };
}

/** Notes that it was asked a second time: refused where it was, or is proven. */
export function noteAsked(table: string, registration: Registration, at: string): TransactItem | undefined {
  const delivery = noteDelivery(table, registration, at);
  return (
    delivery && { Update: { ...delivery, UpdateExpression: 'SET askedAt = :at', ConditionExpression: IS_NOT_ASKED } }
  );
}

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
    // What was registered days ago is there, and whoever asks it looks anew as they write: at half the cost.
    ConsistentRead: before === undefined,
  };
  const seats: ListedSeat[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) {
    seats.push(...Items.map((item) => ({ seat: fromUnprovenItem(item), key: { pk, sk: String(item['sk']) } })));
  }
  return seats;
}

/**
 * Keeps the list of seats that nobody has proven: one item a registration, which goes with the seat or once it is proven, and stays
 * as it is while the registration keeps its seats.
 */
export function unprovenWrites(
  table: string,
  before: Registration | undefined,
  after: Registration,
  expiresAt: number,
): TransactItem[] {
  const [old, next] = [before && unprovenItemOf(before, expiresAt), unprovenItemOf(after, expiresAt)];
  const isSame = isDeepStrictEqual(old, next);
  const hasMoved = old !== undefined && old.pk !== next?.pk;
  return [
    ...(hasMoved ? [{ Delete: { TableName: table, Key: { pk: old.pk, sk: old.sk } } }] : []),
    ...(next && !isSame ? [{ Put: { TableName: table, Item: next } }] : []),
  ];
}
