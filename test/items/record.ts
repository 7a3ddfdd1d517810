/**
 * Writes down each item that product code writes while tests of the integration layer run, once for each shape: a setup file of
 * `record.config.ts`. What a test writes by its own hand is left out, and so is all that is written over it later.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { type AttributeValue, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { LOCAL_AWS } from '../../local/aws.ts';
import { TABLES, type TableName, type TableShape } from '../../shared/kernel/dynamo/tables.ts';
import { RECORDED } from './recorded.ts';

type Values = Readonly<Record<string, unknown>>;

interface Place {
  /** Its physical name. */
  readonly table: string;
  readonly key: Values;
}

interface Change {
  readonly TableName: string;
  readonly Item?: Values;
  readonly Key?: Values;
}

interface Input extends Partial<Change> {
  readonly TransactItems?: readonly Readonly<Record<string, Change>>[];
  readonly RequestItems?: Readonly<Record<string, unknown>>;
}

/** Of this process: files run in it one after another, each with databases of its own. */
interface Memory {
  readonly shapes: Set<string>;
  readonly byHand: Set<string>;
}

declare global {
  var itemsRecorded: Memory | undefined;
}

const WRITES = /^(Put|Update|Delete|TransactWrite)/;

/** The frames that only pass a command on. */
const PASSING =
  /\/(test\/items\/record|test\/support\/permissions|test\/support\/with-send|shared\/store\/(lean-)?client)\.ts/;
const OURS = /\/(shared|functions|events|local|test)\/[^:]+\.ts/;

const logicalName = (table: string): TableName | undefined =>
  (Object.keys(TABLES) as TableName[]).find((name) => table.endsWith(name));

function placesOf({ TransactItems, ...single }: Input): Place[] {
  const changes = TransactItems?.flatMap((item) => Object.values(item)) ?? [single as Change];
  return changes.flatMap(({ TableName: table, Item, Key }) => {
    const logical = logicalName(table);
    const values = Item ?? Key;
    if (logical === undefined || values === undefined) return [];
    const { partitionKey, sortKey }: TableShape = TABLES[logical];
    const names = [partitionKey, ...(sortKey === undefined ? [] : [sortKey])];
    return [{ table, key: Object.fromEntries(names.map((name) => [name, values[name]])) }];
  });
}

function isByHand(): boolean {
  const frames = (new Error().stack ?? '').split('\n').filter((line) => OURS.test(line) && !PASSING.test(line));
  return frames[0]?.includes('/test/') ?? false;
}

/** What two items have in common that need not both be kept: names at every depth, and words that may be one of a few. */
function shapeOf(value: AttributeValue): unknown {
  if (value.M)
    return Object.entries(value.M)
      .map(([name, each]) => JSON.stringify([name, shapeOf(each)]))
      .sort();
  if (value.L) return [...new Set(value.L.map((each) => JSON.stringify(shapeOf(each))))].sort();
  if (value.S !== undefined) return /^[a-z]+(-[a-z]+){0,3}$/.test(value.S) ? value.S : 'S';
  if (value.BOOL !== undefined) return value.BOOL;
  return Object.keys(value)[0];
}

const shapeOfKey = (key: string): string => key.split('#', 2)[0] ?? '';

/** By the address of the database. It reads for nobody: what a function may not read is recorded too. */
const clients = new Map<string, DynamoDBClient>();

function clientOf(endpoint: string): DynamoDBClient {
  const client = clients.get(endpoint) ?? new DynamoDBClient({ ...LOCAL_AWS, endpoint });
  clients.set(endpoint, client);
  return client;
}

async function record(client: DynamoDBClient, memory: Memory, { table, key }: Place): Promise<void> {
  const logical = logicalName(table);
  const command = new GetItemCommand({ TableName: table, Key: marshall(key), ConsistentRead: true });
  const { Item: item } = await client.send(command);
  if (item === undefined || logical === undefined) return;
  const { pk, sk, id, definition, texts, ...rest } = item;
  const shape = JSON.stringify([
    logical,
    shapeOfKey(pk?.S ?? id?.S ?? ''),
    shapeOfKey(sk?.S ?? ''),
    shapeOf({ M: rest }),
  ]);
  if (memory.shapes.has(shape)) return;
  memory.shapes.add(shape);
  mkdirSync(RECORDED, { recursive: true });
  const bytes = (_: string, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
  appendFileSync(new URL(`${process.pid}.jsonl`, RECORDED), `${JSON.stringify({ table: logical, item }, bytes)}\n`);
}

Error.stackTraceLimit = 40;
globalThis.itemsRecorded ??= { shapes: new Set(), byHand: new Set() };
const memory = globalThis.itemsRecorded;
const from = DynamoDBDocumentClient.from.bind(DynamoDBDocumentClient);

DynamoDBDocumentClient.from = function recording(...given: Parameters<typeof from>) {
  const client = from(...given);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const places = WRITES.test(String(context.commandName)) ? placesOf(args.input as Input) : [];
      const byHand = places.length > 0 && isByHand();
      const endpoint = process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '';
      const names = places.map((place) => JSON.stringify([endpoint, place]));
      if (byHand) for (const name of names) memory.byHand.add(name);
      const answer = await next(args);
      for (const [index, place] of places.entries()) {
        // A database that a test made to fail, or has stopped by now, has nothing to tell.
        if (!memory.byHand.has(names[index] ?? ''))
          await record(clientOf(endpoint), memory, place).catch(() => undefined);
      }
      return answer;
    },
    { step: 'initialize', priority: 'high', name: 'record', override: true },
  );
  return client;
};
