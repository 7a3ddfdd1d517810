import * as z from 'zod';
import { EVENT_STATUSES } from '../event/event-status.ts';
import { knownProgramme } from '../event/known-programme.schema.ts';
import { toldKey } from '../kernel/dynamo/keys.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import type { Told } from './told.ts';

export const storedTold = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'event'),
  revision: field(z.int(), 'impersonal', 'event'),
  standings: field(
    z.array(
      z.object({
        status: z.enum(EVENT_STATUSES),
        dates: z.array(z.string()),
        announcement: z.string().optional(),
        since: z.string(),
      }),
    ),
    'impersonal',
    'event',
  ),
  programme: field(knownProgramme(), 'impersonal', 'event'),
  programmeToldAt: field(z.string().optional(), 'impersonal', 'event'),
}));

export function fromToldItem(item: Record<string, unknown>): Told {
  const { v: _, ...told } = storedTold().parse(item);
  return told;
}

/**
 * Refused where it is not as it was read.
 *
 * @param told as it was read, but for what changed; of revision 0 where there was none
 * @param expiresAt epoch seconds
 */
export const putTold = (table: string, eventId: string, told: Told, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...toldKey(eventId), v: 1, ...told, revision: told.revision + 1, expiresAt },
    ...(told.revision === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': told.revision } }),
  },
});
