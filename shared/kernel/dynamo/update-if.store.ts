import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DocumentClient } from './client.store.ts';

/**
 * Updates an item if its condition holds.
 *
 * @returns 'done', or the item as it stands, where the update asks for `ALL_OLD`
 */
export async function updateIf(
  client: DocumentClient,
  update: UpdateCommandInput,
): Promise<'done' | Record<string, unknown> | undefined> {
  try {
    await client.send(new UpdateCommand(update));
    return 'done';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item && unmarshall(error.Item);
  }
}
