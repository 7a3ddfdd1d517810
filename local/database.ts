import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableName } from '../shared/kernel/dynamo/tables.ts';
import { LOCAL_AWS } from './aws.ts';
import { startDatabaseEngine } from './database/engine.ts';
import { startExpiry } from './database/expiry.ts';
import { createTables, dropTables, tableNames } from './database/tables.ts';

export interface DatabaseOptions {
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
