import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { toGuardAttributes } from '../../shared/store/guard-item.ts';
import { guardKey } from '../../shared/store/keys.ts';
import type { Parts } from './parts.ts';

/** Has an event be under attack for ten minutes; zero minutes end it. */
export async function raiseGuard({ database }: Pick<Parts, 'database'>, eventId: string, minutes = 10): Promise<void> {
  const Item = { ...guardKey(eventId), ...toGuardAttributes(new Date(Date.now() + minutes * 60_000)) };
  const client = DynamoDBDocumentClient.from(database.client);
  await client.send(new PutCommand({ TableName: database.tables.registry, Item }));
}
