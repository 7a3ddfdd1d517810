import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { eventKey } from '../shared/kernel/dynamo/keys.ts';
import type { PublishDeps } from './publish.ts';

/** Whether anybody can read an event of this id; strongly consistent. */
export async function isPublished(
  eventId: string,
  { dynamodb, tableName }: Pick<PublishDeps, 'dynamodb' | 'tableName'>,
): Promise<boolean> {
  const command = new GetCommand({
    TableName: tableName,
    Key: eventKey(eventId),
    ConsistentRead: true,
    ProjectionExpression: 'pk',
  });
  return (await documentClient(dynamodb).send(command)).Item !== undefined;
}
