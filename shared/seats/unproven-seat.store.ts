import * as z from 'zod';
import type { ItemKey } from '../kernel/dynamo/keys.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { type UnprovenList, type UnprovenSeat, unprovenListOf, unprovenSeatOf } from './unproven-seat.ts';

/** The unproven seats of a quota, in the order in which they were registered. */
export const unprovenSeatKey = (
  eventId: string,
  { quota, part }: UnprovenList,
  { submittedAt, reference }: { readonly submittedAt: string; readonly reference: string },
): ItemKey => ({ pk: `UNPROVEN#${eventId}#${quota}#${part}`, sk: `${submittedAt}#${reference}` });

export const storedUnprovenSeat = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  reference: field(z.string(), 'place', 'event'),
  submittedAt: field(z.string(), 'place', 'event'),
  domain: field(z.string(), 'place', 'event'),
  pools: field(z.array(z.object({ quota: z.string(), group: z.string().optional() })), 'place', 'event'),
  deliveredAt: field(z.string().optional(), 'place', 'event'),
  askedAt: field(z.string().optional(), 'place', 'event'),
}));

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
