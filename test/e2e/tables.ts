import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { LOCAL_AWS } from '../../local/aws.ts';
import type { System } from '../../local/system.ts';
import { eventually } from './eventually.ts';

export type Item = Readonly<Record<string, unknown>>;

/** Everything that is stored, table by table, in an order that does not change. */
export async function readTables({ endpoints, tables }: System): Promise<Readonly<Record<string, readonly Item[]>>> {
  const client = clientOf(endpoints);
  const documents = DynamoDBDocumentClient.from(client);
  const contents: Record<string, Item[]> = {};
  for (const [name, TableName] of Object.entries(tables)) {
    const items: Item[] = [];
    for await (const page of paginateScan({ client: documents }, { TableName, ConsistentRead: true })) {
      items.push(...(page.Items ?? []));
    }
    contents[name] = items.sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
  }
  client.destroy();
  return contents;
}

const clientOf = ({ dynamodb }: System['endpoints']): DynamoDBClient =>
  new DynamoDBClient({ ...LOCAL_AWS, endpoint: dynamodb });

const keyOf = ({ id, pk, sk }: Item): string => `${id ?? `${pk} ${sk}`}`;

/** What is stored once every message has been sent that need not wait, and has arrived: nothing changes by itself from then on. */
export const settledTables = (system: System) =>
  eventually(
    () => readTables(system),
    ({ outbox = [] }) =>
      outbox.every((item) => item['kind'] === undefined || item['fate'] !== undefined || waits(item)),
  );

const waits = ({ state, notBefore }: Item): boolean =>
  state === 'pending' && Date.parse(String(notBefore)) > Date.now();

/** Lets the time come at which a message is to leave that waits for it. @returns how long it had to wait, in hours */
export async function bringForward(system: System, kind: string, to: string): Promise<number> {
  const { outbox = [] } = await readTables(system);
  const waiting = outbox.find((item) => item['kind'] === kind && item['to'] === to);
  if (waiting === undefined) throw new Error(`no ${kind} waits for ${to}`);
  const { notBefore, due: _, ...now } = waiting;
  const client = clientOf(system.endpoints);
  const documents = DynamoDBDocumentClient.from(client);
  const TableName = system.tables.outbox;
  // The stream tells of new items.
  await documents.send(new DeleteCommand({ TableName, Key: { id: waiting['id'] } }));
  await documents.send(new PutCommand({ TableName, Item: now }));
  client.destroy();
  return (Date.parse(String(notBefore)) - Date.parse(String(waiting['createdAt']))) / 3_600_000;
}

/** The registrations of one address, in any state. */
export async function registrationsOf(system: System, email: string): Promise<Item[]> {
  const { registry = [] } = await readTables(system);
  return registry.filter((item) => item['email'] === email && item['status'] !== undefined);
}

/** Makes the registrations of an address what it would take days, or other people, to make of them. */
export async function changeRegistration(system: System, email: string, changes: Item): Promise<void> {
  const client = clientOf(system.endpoints);
  for (const item of await registrationsOf(system, email)) {
    const put = new PutCommand({ TableName: system.tables.registry, Item: { ...item, ...changes } });
    await DynamoDBDocumentClient.from(client).send(put);
  }
  client.destroy();
}
