import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { EventDefinition } from '../../event/event.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { checkInListsKey } from '../check-in-keys.ts';
import { type CheckInList, listsOf } from './list.ts';

const ITEM_VERSION = 1;

/** The lists of an event: one item, for they are read together and are few. */
export const storedCheckInLists = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'impersonal', 'published'),
  lists: field(
    z.array(
      z.object({
        id: z.string(),
        name: z.string().optional(),
        place: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('event') }),
          z.object({ kind: z.literal('day'), day: z.string() }),
          z.object({ kind: z.literal('session'), session: z.string() }),
        ]),
        opensAt: z.string().optional(),
        closesAt: z.string().optional(),
        categories: z.array(z.string()).optional(),
        modes: z.array(z.enum(['in-person', 'online'])),
        signedUpOnly: z.boolean(),
        passing: z.enum(['once', 'again', 'in-and-out']),
        capacity: z.int().optional(),
      }),
    ),
    'impersonal',
    'published',
  ),
  revision: field(z.int(), 'impersonal', 'published'),
}));

/** The lists of an event, and what a conditional write compares: 0 where none were ever kept, and the usual ones hold. */
export interface CheckInLists {
  readonly lists: readonly CheckInList[];
  readonly revision: number;
}

/** As they are now. @throws ZodError when the table holds something else */
export async function readCheckInLists(
  client: DocumentClient,
  table: string,
  event: Pick<EventDefinition<unknown>, 'id' | 'days' | 'sessions'>,
): Promise<CheckInLists> {
  const Key = checkInListsKey(event.id);
  const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  if (Item === undefined) return { lists: listsOf(event), revision: 0 };
  const { lists, revision } = storedCheckInLists().parse(Item);
  return { lists: listsOf(event, lists), revision };
}

/** @param revision that was read */
export const putCheckInLists = (
  table: string,
  eventId: string,
  lists: readonly CheckInList[],
  revision: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...checkInListsKey(eventId), v: ITEM_VERSION, lists, revision: revision + 1 },
    ...(revision === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': revision } }),
  },
});
