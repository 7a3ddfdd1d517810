import { join } from 'node:path';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { TABLES, type TableName, type TableShape } from '../shared/kernel/dynamo/tables.ts';
import { LOCAL_AWS } from './aws.ts';
import { startDatabaseEngine } from './database/engine.ts';
import { createTables, dropTables, type TableNames, tableNames } from './database/tables.ts';

interface DatabaseOptions {
  /** Where the data is kept. */
  readonly directory: string;
  /** Before each table's name: keeps apart those who share one database through `AWS_ENDPOINT_URL_DYNAMODB`. */
  readonly prefix?: string | undefined;
  /** Empties the tables first. */
  readonly fresh?: boolean;
  /** Called when the database ends by itself. */
  readonly onCrash?: (reason: string) => void;
}

export interface LocalDatabase {
  readonly endpoint: string;
  readonly streamsEndpoint: string;
  /** Physical names. */
  readonly tables: Readonly<Record<TableName, string>>;
  readonly client: DynamoDBClient;
  stop(): Promise<void>;
}

/**
 * DynamoDB and its streams on this machine, with the tables of `shared/kernel/dynamo/tables.ts` in it.
 *
 * @throws StartFailure that says how to get a database, when there is none
 */
export async function startDatabase(options: DatabaseOptions): Promise<LocalDatabase> {
  const engine = await startDatabaseEngine(join(options.directory, 'database.db'), options.onCrash);
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: engine.endpoint });
  const tables = tableNames(options.prefix);
  try {
    if (options.fresh) await dropTables(client, tables);
    await createTables(client, tables);
  } catch (error) {
    await engine.stop();
    throw error;
  }
  const expiry = startExpiry(client, tables);
  return {
    endpoint: engine.endpoint,
    streamsEndpoint: engine.streamsEndpoint,
    tables,
    client,
    stop: async () => {
      expiry.stop();
      client.destroy();
      await engine.stop();
    },
  };
}

const EVERY_MS = 60_000;

/** Time to live: DynamoDB deletes expired items within days, the emulator never does. */
function startExpiry(client: DynamoDBClient, names: TableNames) {
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
