import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import type { System } from '../../local/system.ts';
import { JOB_ATTRIBUTE, MAIL_ATTRIBUTE } from '../../shared/kernel/dynamo/tables.ts';
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

type Tables = Awaited<ReturnType<typeof readTables>>;

/** What is stored once everything is done that need not wait: each mail is sent and has arrived, no job is left. */
export const settledTables = (system: System): Promise<Tables> => system.hold(() => settled(system, new Date()));

/**
 * Expects everything to be stored as it was, once all is done that followed from an act. What is done because time passes alone
 * waits meanwhile.
 */
export const expectUnchanged = (system: System, act: () => Promise<unknown>): Promise<void> =>
  system.hold(async () => {
    const from = new Date();
    const before = await settled(system, from);
    await act();
    const after = await settled(system, from);
    expect(unexpired(after)).toEqual(unexpired(before));
  });

/** @param from a moment after which nothing is done because its time has come */
const settled = (system: System, from: Date): Promise<Tables> =>
  eventually(
    () => readTables(system),
    ({ outbox = [] }) => outbox.every((item) => waits(item, from) || (isMail(item) ? isSent(item) : !isJob(item))),
  );

const isJob = (item: Item): boolean => item[JOB_ATTRIBUTE] !== undefined;
const isMail = (item: Item): boolean => item[MAIL_ATTRIBUTE] !== undefined;
const isSent = ({ fate }: Item): boolean => fate !== undefined;

const waits = (item: Item, from: Date): boolean =>
  (isJob(item) || item['state'] === 'pending') && Date.parse(String(item['notBefore'])) > from.getTime();

/** The table forgets an item at some time after its end. */
const unexpired = (tables: Tables): Tables =>
  Object.fromEntries(Object.entries(tables).map(([name, items]) => [name, items.filter(isUnexpired)]));

const isUnexpired = ({ expiresAt }: Item): boolean => expiresAt === undefined || Number(expiresAt) * 1000 > Date.now();

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
