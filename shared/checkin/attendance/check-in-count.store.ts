import * as z from 'zod';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { type CheckInCountId, checkInCountKey } from '../check-in-keys.ts';

/** As which group and mode a ticket of nobody is counted. */
export const NOBODY = 'unknown';

/** What one device counted; sums over all of a list are exact. */
export const storedCheckInCount = stored(() => ({
  category: field(z.string(), 'impersonal', 'event'),
  mode: field(z.string(), 'impersonal', 'event'),
  /** People who came. It may be below zero where another device counted them first. */
  came: field(z.int(), 'impersonal', 'event'),
  inside: field(z.int(), 'impersonal', 'event'),
}));

/** @throws ZodError when the table holds something else */
export const fromCheckInCountItem = (item: Record<string, unknown>): z.output<ReturnType<typeof storedCheckInCount>> =>
  storedCheckInCount().parse(item);

/** @param expiresAt epoch seconds */
export const addToCount = (
  table: string,
  eventId: string,
  id: CheckInCountId,
  change: { readonly came: number; readonly inside: number },
  expiresAt: number,
): TransactItem => ({
  Update: {
    TableName: table,
    Key: checkInCountKey(eventId, id),
    UpdateExpression: 'SET category = :category, #mode = :mode, expiresAt = :end ADD came :came, inside :inside',
    ExpressionAttributeNames: { '#mode': 'mode' },
    ExpressionAttributeValues: {
      ':category': id.category,
      ':mode': id.mode,
      ':end': expiresAt,
      ':came': change.came,
      ':inside': change.inside,
    },
  },
});
