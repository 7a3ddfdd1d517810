import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { enrolmentKey } from '../check-in-keys.ts';
import { type StoredEnrolment, storedEnrolment } from './check-in-device.schema.ts';

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
    v: 1,
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
