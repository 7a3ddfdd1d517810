import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { enrolmentKey } from '../check-in-keys.ts';
import { deviceTerms } from './check-in-device.schema.ts';
import type { Enrolment } from './device.ts';

const ITEM_VERSION = 1;

export const storedEnrolment = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'day'),
  ...deviceTerms('day'),
  codeHash: field(z.string(), 'team', 'day'),
  /** Epoch milliseconds. */
  goodUntil: field(z.int(), 'team', 'day'),
  /** Epoch seconds, when the event's retention ends. */
  keepUntil: field(z.int(), 'team', 'day'),
  /** How many phones may take it. */
  phones: field(z.int().default(1), 'team', 'day'),
  /** Hashes of the secrets of the phones that took it, in order; the one alone, of offers to one phone that are older than the list. */
  takenBy: field(z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]), 'team', 'day'),
}));

export interface StoredEnrolment extends Enrolment {
  /** Until when the device is kept: epoch seconds. */
  readonly keepUntil: number;
  readonly takenBy: readonly string[];
}

/** @throws ZodError when the table holds something else */
export function fromEnrolmentItem(item: Record<string, unknown>): StoredEnrolment {
  const { v: _, goodUntil: expiresAt, ...enrolment } = storedEnrolment().parse(item);
  return { ...enrolment, expiresAt };
}

/** Seconds for which it is told of a code that it was taken, or came too late. */
const REMEMBERED = 60 * 60;

export function putEnrolment(
  table: string,
  { expiresAt, ...enrolment }: Omit<StoredEnrolment, 'takenBy'>,
): TransactItem {
  const forgetAt = Math.ceil(expiresAt / 1000) + REMEMBERED;
  const Item = {
    ...enrolmentKey(enrolment.codeHash),
    v: ITEM_VERSION,
    ...enrolment,
    takenBy: [],
    goodUntil: expiresAt,
    expiresAt: forgetAt,
  };
  return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/**
 * Takes it for one phone more, whatever others try.
 *
 * @param taken by how many it was taken before: it is taken by no more than it was read to be
 */
export const takeEnrolment = (
  table: string,
  codeHash: string,
  { takenBy, taken, now }: { readonly takenBy: string; readonly taken: number; readonly now: number },
): TransactItem => ({
  Update: {
    TableName: table,
    Key: enrolmentKey(codeHash),
    UpdateExpression: 'SET takenBy = list_append(if_not_exists(takenBy, :none), :by)',
    ConditionExpression: `${taken === 0 ? '(attribute_not_exists(takenBy) OR size(takenBy) = :taken)' : 'size(takenBy) = :taken'} AND goodUntil > :now`,
    ExpressionAttributeValues: { ':by': [takenBy], ':none': [], ':taken': taken, ':now': now },
  },
});
