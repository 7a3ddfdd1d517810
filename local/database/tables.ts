import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { TABLES, type TableName, type TableShape } from '../../shared/store/tables.ts';

export type TableNames = Readonly<Record<TableName, string>>;

const LOGICAL = Object.keys(TABLES) as TableName[];
const WAIT_SECONDS = 20;

/** `{ registry: 'plenary-registry', … }` */
export function tableNames(prefix = 'plenary-'): TableNames {
  return Object.fromEntries(LOGICAL.map((name) => [name, `${prefix}${name}`])) as TableNames;
}

/** Creates what is missing and leaves the rest alone. */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  for (const name of LOGICAL) {
    await client
      .send(new CreateTableCommand(describe(names[name], TABLES[name])))
      .catch(unless(ResourceInUseException));
    await waitUntilTableExists({ client, maxWaitTime: WAIT_SECONDS, minDelay: 1 }, { TableName: names[name] });
  }
}

export async function dropTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  for (const TableName of Object.values(names)) {
    await client.send(new DeleteTableCommand({ TableName })).catch(unless(ResourceNotFoundException));
    await waitUntilTableNotExists({ client, maxWaitTime: WAIT_SECONDS, minDelay: 1 }, { TableName });
  }
}

function describe(TableName: string, shape: TableShape): CreateTableCommandInput {
  const keys = [shape.partitionKey, ...(shape.sortKey === undefined ? [] : [shape.sortKey])];
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    ...(shape.stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } }),
  };
}

function unless(expected: new (...args: never[]) => Error) {
  return (error: unknown): void => {
    if (!(error instanceof expected)) throw error;
  };
}
