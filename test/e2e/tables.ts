import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  paginateScan,
  type ScanCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import type { LocalSystem } from '../../local/system.ts';
import { EVENT_LIST, JOB_ATTRIBUTE, MAIL_ATTRIBUTE } from '../../shared/kernel/dynamo/tables.ts';
import type { MailFate } from '../../shared/mail/fate/mail-event.schema.ts';
import { type MailKind, readerOf } from '../../shared/mail/kinds.ts';
import { toMailHoldItem } from '../../shared/mail/outbox/mail-hold.store.ts';
import { eventually } from './eventually.ts';
import type { Site } from './site.ts';

export type Item = Readonly<Record<string, unknown>>;

/** Everything that is stored, table by table, in an order that does not change. */
export async function readTables(system: LocalSystem): Promise<Readonly<Record<string, readonly Item[]>>> {
  const names = Object.keys(system.tables) as (keyof LocalSystem['tables'])[];
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readTable(system, name)] as const)),
  );
}

/** All of one table, or what fits of it. */
export async function readTable(
  { endpoints, tables }: Pick<LocalSystem, 'endpoints' | 'tables'>,
  name: keyof LocalSystem['tables'],
  fitting: Pick<ScanCommandInput, 'FilterExpression' | 'ExpressionAttributeValues'> = {},
): Promise<readonly Item[]> {
  const client = clientOf(endpoints);
  const items: Item[] = [];
  const scan = { TableName: tables[name], ConsistentRead: true, ...fitting };
  for await (const page of paginateScan({ client: DynamoDBDocumentClient.from(client) }, scan)) {
    items.push(...(page.Items ?? []));
  }
  client.destroy();
  return items.sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

const clientOf = ({ dynamodb }: LocalSystem['endpoints']): DynamoDBClient =>
  new DynamoDBClient({ ...LOCAL_AWS, endpoint: dynamodb });

const keyOf = ({ id, pk, sk }: Item): string => `${id ?? `${pk} ${sk}`}`;

type Tables = Awaited<ReturnType<typeof readTables>>;

type Place = Pick<Site, 'system' | 'eventId'>;

/** What is stored once everything is done for an event that need not wait: each mail is sent and has arrived, no job is left. */
export const settledTables = (place: Place): Promise<Tables> => place.system.hold(() => settled(place, new Date()));

/**
 * Expects everything but what is another event's to be stored as it was, once all is done that followed from an act. What is done
 * because time passes alone waits meanwhile.
 */
export const expectUnchanged = ({ system, eventId }: Place, act: () => Promise<unknown>): Promise<void> =>
  system.hold(async () => {
    const from = new Date();
    const before = await settled({ system, eventId }, from);
    await act();
    const after = await settled({ system, eventId }, from);
    expect(compared(after, eventId)).toEqual(compared(before, eventId));
  });

/** @param from a moment after which nothing is done because its time has come */
async function settled({ system, eventId }: Place, from: Date): Promise<Tables> {
  const isDone = (item: Item) => waits(item, from) || (isMail(item) ? isSent(item) : !isJob(item));
  await eventually(
    () => readTable(system, 'outbox'),
    (outbox) => outbox.filter((item) => item['eventId'] === eventId).every(isDone),
  );
  return eventually(
    () => readTables(system),
    (tables) => isNotedAtSeats(tables, eventId),
  );
}

/** That a mail arrived is noted at the seat that its holder is to prove after it is noted at the mail itself. */
function isNotedAtSeats({ outbox = [], registry = [] }: Tables, eventId: string): boolean {
  const arrived = new Set(outbox.filter(hasReachedHolder).map(({ reference }) => reference));
  const seats = registry.filter(({ pk }) => `${pk}`.startsWith(`UNPROVEN#${eventId}#`));
  return seats.every(({ sk, deliveredAt }) => deliveredAt !== undefined || !arrived.has(`${sk}`.split('#').at(-1)));
}

const hasReachedHolder = ({ kind, fate }: Item): boolean =>
  (fate as Partial<MailFate> | undefined)?.what === 'delivered' && readerOf(kind as MailKind) === 'holder';

const isJob = (item: Item): boolean => item[JOB_ATTRIBUTE] !== undefined;
const isMail = (item: Item): boolean => item[MAIL_ATTRIBUTE] !== undefined;
const isSent = ({ fate }: Item): boolean => fate !== undefined;

const waits = (item: Item, from: Date): boolean =>
  (isJob(item) || item['state'] === 'pending') && Date.parse(String(item['notBefore'])) > from.getTime();

/** What may not change: neither what other events have, nor what mail of all events shares, nor what the table forgets at some time. */
function compared({ outbox = [], ...others }: Tables, eventId: string): Tables {
  const events = (others['registry'] ?? []).flatMap(({ pk, sk }) => (pk === EVENT_LIST ? [`${sk}`] : []));
  // Keys name the event that an item is of.
  const isOfAnother = (item: Item): boolean =>
    keyOf(item)
      .split(/[# ]/)
      .some((part) => part !== eventId && events.includes(part));
  return {
    outbox: outbox.filter((item) => item['eventId'] === eventId && isUnexpired(item)),
    ...Object.fromEntries(
      Object.entries(others).map(([name, items]) => [
        name,
        items.filter((item) => isUnexpired(item) && !isOfAnother(item)),
      ]),
    ),
  };
}

const isUnexpired = ({ expiresAt }: Item): boolean => expiresAt === undefined || Number(expiresAt) * 1000 > Date.now();

/** Lets the time come at which a message is to leave that waits for it. @returns how long it had to wait, in hours */
export async function bringForward(system: LocalSystem, kind: string, to: string): Promise<number> {
  const outbox = await readTable(system, 'outbox');
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

/** Has a system mail nobody, as tables do that were restored. */
export async function holdMail(
  { endpoints, tables }: LocalSystem,
  hold: Parameters<typeof toMailHoldItem>[0],
): Promise<void> {
  const client = clientOf(endpoints);
  const put = new PutCommand({ TableName: tables.registry, Item: toMailHoldItem(hold) });
  await DynamoDBDocumentClient.from(client).send(put);
  client.destroy();
}

/** The registrations of one address, in any state: the database finds them among all that files of a worker leave. */
export async function registrationsOf(system: LocalSystem, email: string): Promise<Item[]> {
  const ofIt = { FilterExpression: 'email = :email', ExpressionAttributeValues: { ':email': email } };
  return (await readTable(system, 'registry', ofIt)).filter((item) => item['status'] !== undefined);
}

/** Makes the registrations of an address what it would take days, or other people, to make of them. */
export async function changeRegistration(system: LocalSystem, email: string, changes: Item): Promise<void> {
  const client = clientOf(system.endpoints);
  for (const item of await registrationsOf(system, email)) {
    const put = new PutCommand({ TableName: system.tables.registry, Item: { ...item, ...changes } });
    await DynamoDBDocumentClient.from(client).send(put);
  }
  client.destroy();
}
