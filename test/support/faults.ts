import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';

/** What happens to one call on its way: nothing, something beforehand, or an answer of its own. */
export type Interceptor = (command: string, input: Record<string, unknown>) => Promise<object | undefined> | undefined;

/** A real client, some of whose calls meet with what a healthy emulator never shows: lag, rivals, failures. */
export function interceptedClient(intercept: Interceptor): DocumentClient {
  const dynamodb = new DynamoDBClient({ maxAttempts: 1 });
  dynamodb.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await intercept(String(context.commandName), args.input as Record<string, unknown>);
      return answer === undefined ? next(args) : { response: {}, output: { $metadata: {}, ...answer } as never };
    },
    { step: 'initialize', priority: 'low', name: 'intercept' },
  );
  return documentClient(dynamodb);
}
