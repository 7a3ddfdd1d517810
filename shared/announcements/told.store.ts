import * as z from 'zod';
import { EVENT_STATUSES } from '../event/event-status.ts';
import { knownProgramme } from '../event/known-programme.schema.ts';
import { toldKey } from '../kernel/dynamo/keys.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { UsesOf } from '../kernel/dynamo/uses-of.ts';
import { once } from '../kernel/once.ts';
import type { Told } from './told.ts';

export const storedTold = once(() =>
  z.object({
    v: z.literal(1),
    revision: z.int(),
    standings: z.array(
      z.object({
        status: z.enum(EVENT_STATUSES),
        dates: z.array(z.string()),
        announcement: z.string().optional(),
        since: z.string(),
      }),
    ),
    programme: knownProgramme(),
    programmeToldAt: z.string().optional(),
  }),
);

export const TOLD_USES = {
  v: ['impersonal', 'event'],
  revision: ['impersonal', 'event'],
  standings: ['impersonal', 'event'],
  programme: ['impersonal', 'event'],
  programmeToldAt: ['impersonal', 'event'],
} as const satisfies UsesOf<typeof storedTold>;

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
