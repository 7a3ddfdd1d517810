import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { EventDefinition } from '../../event/event.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { type CheckInList, type CheckInLists, storedCheckInLists } from '../check-in-items.schema.ts';
import { checkInListsKey } from '../check-in-keys.ts';
import { listsOf } from './list.ts';

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
    Item: { ...checkInListsKey(eventId), v: 1, lists, revision: revision + 1 },
    ...(revision === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': revision } }),
  },
});
