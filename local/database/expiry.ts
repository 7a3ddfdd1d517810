import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { TABLES, type TableName, type TableShape } from '../../shared/kernel/dynamo/tables.ts';
import type { TableNames } from './tables.ts';

const EVERY_MS = 60_000;

/** Time to live: DynamoDB deletes expired items within days, the emulator never does. */
export function startExpiry(client: DynamoDBClient, names: TableNames) {
  let running = false;
  const timer = setInterval(async () => {
    if (running) return;
    running = true;
    // The next round tries again; the database may be stopping.
    await deleteExpired(client, names, Date.now()).catch(() => undefined);
    running = false;
  }, EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** @param now epoch milliseconds */
export async function deleteExpired(client: DynamoDBClient, names: TableNames, now: number): Promise<void> {
  for (const name of Object.keys(TABLES) as TableName[]) await sweep(client, names[name], TABLES[name], now);
}

async function sweep(client: DynamoDBClient, TableName: string, shape: TableShape, now: number): Promise<void> {
  const keys = [shape.partitionKey, ...(shape.sortKey === undefined ? [] : [shape.sortKey])];
  const expired = {
    expression: '#ttl < :now',
    names: { '#ttl': shape.ttl },
    values: { ':now': { N: String(Math.floor(now / 1000)) } },
  };
  const pages = paginateScan(
    { client },
    {
      TableName,
      FilterExpression: expired.expression,
      ProjectionExpression: keys.map((_, index) => `#key${index}`).join(', '),
      ExpressionAttributeNames: {
        ...expired.names,
        ...Object.fromEntries(keys.map((key, index) => [`#key${index}`, key])),
      },
      ExpressionAttributeValues: expired.values,
    },
  );
  for await (const { Items = [] } of pages) {
    for (const Key of Items as Record<string, AttributeValue>[]) {
      const input = {
        TableName,
        Key,
        // A writer may have given the item a longer life since it was read.
        ConditionExpression: expired.expression,
        ExpressionAttributeNames: expired.names,
        ExpressionAttributeValues: expired.values,
      };
      await client.send(new DeleteItemCommand(input)).catch((error) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    }
  }
}
