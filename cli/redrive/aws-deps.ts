import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { LOCAL_AWS } from '../../local/aws.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { forgottenStore } from '../../shared/mail/outbox/forgotten.store.ts';
import { sqsQueue } from './queue.ts';
import type { RedriveDeps } from './redrive.ts';
import type { Target } from './target.ts';

export function awsDeps({ table, queue, mailEvents, local }: Target): RedriveDeps {
  const at = (endpoint: string | undefined) => (endpoint === undefined ? {} : { ...LOCAL_AWS, endpoint });
  const lambda = new LambdaClient(at(local?.operator));
  return {
    forgotten: forgottenStore({ client: documentClient(new DynamoDBClient(at(local?.dynamodb))), outbox: table }),
    queue: sqsQueue(new SQSClient(at(local?.operator)), queue),
    // Its answer is awaited: a letter is deleted only once it was taken.
    async noteMailEvent(event) {
      const { FunctionError } = await lambda.send(
        new InvokeCommand({ FunctionName: mailEvents, Payload: JSON.stringify(event) }),
      );
      if (FunctionError !== undefined) throw new Error(`${mailEvents} failed: ${FunctionError}`);
    },
    now: () => new Date(),
  };
}
