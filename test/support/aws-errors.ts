import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';

/** A client that reaches nothing: answers as it is told to, and notes what it was asked. Its own tries again are not part of it. */
export function mockedDynamo() {
  const client = documentClient();
  return { client, dynamo: mockClient(client) };
}

/** A reason for each item of a transaction: a code, none where nothing was wrong with it, or a failed condition with the item as it stands. */
type Reason = string | undefined | { readonly stands: Record<string, unknown> };

export const cancelled = (...reasons: readonly Reason[]): TransactionCanceledException =>
  new TransactionCanceledException({
    message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
    $metadata: {},
    CancellationReasons: reasons.map((reason) =>
      typeof reason === 'object'
        ? { Code: 'ConditionalCheckFailed', Item: marshall(reason.stands) }
        : { Code: reason ?? 'None' },
    ),
  });

/** What DynamoDB refuses a whole call with. @example refused('ProvisionedThroughputExceededException') */
export const refused = (name: string): DynamoDBServiceException =>
  new DynamoDBServiceException({
    name,
    message: name,
    $fault: name === 'InternalServerError' ? 'server' : 'client',
    $metadata: {},
  });

/** @param stands the item as it stands, where the write asked for it */
export const conditionFailed = (stands?: Record<string, unknown>): ConditionalCheckFailedException =>
  new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
    ...(stands && { Item: marshall(stands) }),
  });
