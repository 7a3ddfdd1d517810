import { isDeepStrictEqual } from 'node:util';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceInUseException,
  ResourceNotFoundException,
  type TableDescription,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { TABLES, type TableName, type TableShape } from '../../shared/kernel/dynamo/tables.ts';
import { StartFailure } from '../running-parts.ts';

export type TableNames = Readonly<Record<TableName, string>>;

const LOGICAL = Object.keys(TABLES) as TableName[];
const WAIT_SECONDS = 20;

/** `{ registry: 'plenary-registry', … }` */
export function tableNames(prefix = 'plenary-'): TableNames {
  return Object.fromEntries(LOGICAL.map((name) => [name, `${prefix}${name}`])) as TableNames;
}

/**
 * Creates what is missing and leaves the rest alone.
 *
 * @throws StartFailure where a table was made by a version whose tables had other keys or indexes
 */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  for (const name of LOGICAL) {
    const wanted = describe(names[name], TABLES[name]);
    const { TableName } = wanted;
    await client.send(new CreateTableCommand(wanted)).catch(unless(ResourceInUseException));
    await waitUntilTableExists({ client, maxWaitTime: WAIT_SECONDS, minDelay: 1 }, { TableName });
    const { Table = {} } = await client.send(new DescribeTableCommand({ TableName }));
    if (!isDeepStrictEqual(keysOf(Table), keysOf(wanted))) throw new StartFailure(outdated(names[name]));
  }
}

const outdated = (table: string): string =>
  `The table ${table} was made by another version of Plenary: its keys or indexes are not those of this one.
"npm start -- --fresh" deletes what is in all tables and makes them anew.`;

/** What of a table cannot be changed once things are in it: items of another version are in no index that it did not know. */
const keysOf = ({ KeySchema, GlobalSecondaryIndexes = [] }: TableDescription | CreateTableCommandInput) => ({
  table: namesIn(KeySchema),
  indexes: Object.fromEntries(
    GlobalSecondaryIndexes.map(({ IndexName = '', KeySchema, Projection }) => [
      IndexName,
      [...namesIn(KeySchema), Projection?.ProjectionType, ...(Projection?.NonKeyAttributes ?? [])],
    ]),
  ),
});

const namesIn = (keys: readonly KeySchemaElement[] = []) =>
  keys.map(({ KeyType, AttributeName }) => `${KeyType} ${AttributeName}`);

export async function dropTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  for (const TableName of Object.values(names)) {
    await client.send(new DeleteTableCommand({ TableName })).catch(unless(ResourceNotFoundException));
    await waitUntilTableNotExists({ client, maxWaitTime: WAIT_SECONDS, minDelay: 1 }, { TableName });
  }
}

const strings = (names: readonly string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));

const keySchema = (names: readonly string[]) =>
  names.map((AttributeName, index) => ({
    AttributeName,
    KeyType: index === 0 ? ('HASH' as const) : ('RANGE' as const),
  }));

function describe(TableName: string, shape: TableShape): CreateTableCommandInput & { readonly TableName: string } {
  const keys = [shape.partitionKey, ...(shape.sortKey === undefined ? [] : [shape.sortKey])];
  const indexes = Object.entries(shape.indexes ?? {});
  const indexKeys = indexes.flatMap(([, { partitionKey, sortKey }]) => [partitionKey, sortKey]);
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: strings([...new Set([...keys, ...indexKeys])]),
    KeySchema: keySchema(keys),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map(([IndexName, { partitionKey, sortKey, also }]) => ({
        IndexName,
        KeySchema: keySchema([partitionKey, sortKey]),
        Projection: also
          ? { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...also] }
          : { ProjectionType: 'KEYS_ONLY' as const },
      })),
    }),
    ...(shape.stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } }),
  };
}

function unless(expected: new (...args: never[]) => Error) {
  return (error: unknown): void => {
    if (!(error instanceof expected)) throw error;
  };
}
