import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { waitlistKey } from '../kernel/dynamo/keys.ts';
import { fromWaitlistItem, type WaitlistEntry } from './waitlist-item.store.ts';

/** Places that are looked at together. */
const AT_ONCE = 100;

/** Everyone who waits, the longest first. */
export async function* waitlistPages(
  client: DocumentClient,
  table: string,
  eventId: string,
): AsyncGenerator<readonly WaitlistEntry[]> {
  const query = {
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': waitlistKey(eventId, '', '').pk },
    ConsistentRead: true,
  };
  for await (const { Items = [] } of paginateQuery({ client, pageSize: AT_ONCE }, query)) {
    yield Items.map(fromWaitlistItem);
  }
}
