import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { guardKey } from '../../shared/kernel/dynamo/keys.ts';
import { toGuardAttributes } from '../../shared/mail/limits/guard.store.ts';
import type { Parts } from './parts.ts';

/** Has an event be under attack for ten minutes; zero minutes end it. */
export async function raiseGuard({ database }: Pick<Parts, 'database'>, eventId: string, minutes = 10): Promise<void> {
  const client = DynamoDBDocumentClient.from(database.client);
  const TableName = database.tables.registry;
  const Key = guardKey(eventId);
  // Left behind, what has ended would be deleted at any time, by the table itself.
  if (minutes === 0) await client.send(new DeleteCommand({ TableName, Key }));
  else {
    const Item = { ...Key, ...toGuardAttributes(new Date(Date.now() + minutes * 60_000)) };
    await client.send(new PutCommand({ TableName, Item }));
  }
}
