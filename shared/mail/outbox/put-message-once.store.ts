import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { OutboxMessage } from './message.ts';
import { toOutboxItem } from './outbox-item.store.ts';

/**
 * Writes a message whose id says what it is and whom it is to.
 *
 * @param expiresAt epoch seconds
 * @returns whether it was written: one of this id may be there already
 */
export async function putMessageOnce(
  client: DocumentClient,
  table: string,
  message: OutboxMessage,
  expiresAt: number,
): Promise<boolean> {
  // Listed at once under whom it is about: nobody waits for this write, and a turn to leave may be hours away.
  const Item = { ...toOutboxItem(message), about: message.reference, expiresAt };
  try {
    await client.send(new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(id)' }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
