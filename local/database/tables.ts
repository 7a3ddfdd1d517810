import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateTableCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { TABLES, type TableIndex, type TableName, type TableShape } from '../../shared/store/tables.ts';

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
    const shape: TableShape = TABLES[name];
    await client.send(new CreateTableCommand(describe(names[name], shape))).catch(unless(ResourceInUseException));
    await waitUntilTableExists({ client, maxWaitTime: WAIT_SECONDS, minDelay: 1 }, { TableName: names[name] });
    for (const [index, keys] of Object.entries(shape.indexes ?? {}))
      await createIndex(client, names[name], index, keys);
  }
}

export async function dropTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  for (const TableName of Object.values(names)) {
    await client.send(new DeleteTableCommand({ TableName })).catch(unless(ResourceNotFoundException));
    await waitUntilTableNotExists({ client, maxWaitTime: WAIT_SECONDS, minDelay: 1 }, { TableName });
  }
}

/** A table made by an earlier version may lack it. */
async function createIndex(
  client: DynamoDBClient,
  TableName: string,
  name: string,
  { partitionKey, sortKey }: TableIndex,
): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  if (Table?.GlobalSecondaryIndexes?.some(({ IndexName }) => IndexName === name)) return;
  const keys = [partitionKey, sortKey];
  const Create = {
    IndexName: name,
    KeySchema: keySchema(keys),
    Projection: { ProjectionType: 'KEYS_ONLY' as const },
  };
  await client.send(
    new UpdateTableCommand({
      TableName,
      AttributeDefinitions: strings([
        ...(Table?.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName),
        ...keys,
      ]),
      GlobalSecondaryIndexUpdates: [{ Create }],
    }),
  );
}

const strings = (names: readonly string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));

const keySchema = (names: readonly string[]) =>
  names.map((AttributeName, index) => ({
    AttributeName,
    KeyType: index === 0 ? ('HASH' as const) : ('RANGE' as const),
  }));

function describe(TableName: string, shape: TableShape): CreateTableCommandInput {
  const keys = [shape.partitionKey, ...(shape.sortKey === undefined ? [] : [shape.sortKey])];
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: strings(keys),
    KeySchema: keySchema(keys),
    ...(shape.stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } }),
  };
}

function unless(expected: new (...args: never[]) => Error) {
  return (error: unknown): void => {
    if (!(error instanceof expected)) throw error;
  };
}
