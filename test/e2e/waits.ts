import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { LOCAL_AWS } from '../../local/aws.ts';
import { tableNames } from '../../local/database/tables.ts';

const TableName = tableNames().outbox;

/**
 * Lets the time come at which messages are looked at again that were being sent when everything was killed: the end of a
 * lease, and ten minutes for what SES tells of them.
 *
 * @param before when what was killed ran no more
 */
export async function endWaits(endpoint: string, before: Date): Promise<void> {
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint });
  const client = DynamoDBDocumentClient.from(dynamodb);
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    for (const { id, state, createdAt, notBefore } of Items) {
      const isOfBefore = ['claimed', 'unknown'].includes(state) && createdAt < before.toISOString();
      if (isOfBefore && Date.parse(notBefore) > Date.now()) {
        await client.send(endWait(id, notBefore)).catch(unlessItChanged);
      }
    }
  }
  dynamodb.destroy();
}

const endWait = (id: string, was: string) =>
  new UpdateCommand({
    TableName,
    Key: { id },
    UpdateExpression: 'SET notBefore = :now',
    ConditionExpression: 'notBefore = :was AND #state IN (:claimed, :unknown)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':now': new Date().toISOString(),
      ':was': was,
      ':claimed': 'claimed',
      ':unknown': 'unknown',
    },
  });

function unlessItChanged(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}
