import assert from 'node:assert/strict';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../shared/kernel/dynamo/batch-get.store.ts';
import { registrationKey, registrationPartition } from '../../shared/kernel/dynamo/keys.ts';
import { readItem } from '../../shared/kernel/dynamo/queries.store.ts';
import { TABLES, type TableName } from '../../shared/kernel/dynamo/tables.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { changePlace } from '../../shared/registration/list/registration-changes.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { fromRegistrationItem } from '../../shared/registration/registration.store.ts';
import { fromCounterItem } from '../../shared/seats/counter.store.ts';
import { fromWaitlistItem } from '../../shared/seats/waitlist.store.ts';
import type { Parts } from './parts.ts';

/** What the Registry holds of one event, by kind. */
export async function readRegistry(parts: Parts, eventId: string) {
  const partitions = ['REGISTRATION', 'QUOTA', 'WAITLIST', 'LOCK'].map((prefix) => `${prefix}#${eventId}`);
  const items = await scan(parts, 'registry', { partitions });
  const of = (prefix: string) => items.filter((item) => String(item['pk']).startsWith(`${prefix}#${eventId}`));
  return {
    registrations: of('REGISTRATION').map(inItsPlace),
    counters: new Map(
      of('QUOTA').map((item) => [String(item['pk']).slice(`QUOTA#${eventId}#`.length), fromCounterItem(item)] as const),
    ),
    waitlist: of('WAITLIST').map(fromWaitlistItem),
    locks: of('LOCK'),
  };
}

/** The last writer: it is where the index of changes says that it changed. */
export function inItsPlace(item: Record<string, unknown>): Registration {
  const registration = fromRegistrationItem(item);
  const place = changePlace(registration, registration.changedAt);
  assert.deepEqual(Object.fromEntries(Object.keys(place).map((name) => [name, item[name]])), place);
  return registration;
}

/** A registration by its reference; nothing where it is gone. */
export async function registrationBy(
  parts: Parts,
  eventId: string,
  reference: string,
): Promise<Registration | undefined> {
  const client = DynamoDBDocumentClient.from(parts.database.client);
  const item = await readItem(client, parts.database.tables.registry, registrationKey(eventId, reference));
  return item && inItsPlace(item);
}

/** Registrations of an address in an event, by way of their index: the table holds words of every event, which take longer to read. */
export async function registrationsTo(parts: Parts, eventId: string, email: string): Promise<Registration[]> {
  const table = parts.database.tables.registry;
  const client = DynamoDBDocumentClient.from(parts.database.client);
  const places = await scan(parts, 'registry', {
    index: 'registrations',
    partitions: [registrationPartition(eventId, '')],
  });
  const keys = places.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
  const find = await batchGet(client, table, keys, realSystem, true);
  const theirs = keys.flatMap((key) => {
    const item = find(key);
    return item?.['email'] === email ? [inItsPlace(item)] : [];
  });
  return theirs.sort((a, b) => (a.reference < b.reference ? -1 : 1));
}

/** Seats that are taken in a quota, at all its counters. */
export const takenIn = ({ counters }: Awaited<ReturnType<typeof readRegistry>>, quota: string): number =>
  [...counters].reduce((sum, [name, { taken }]) => sum + (name.startsWith(`${quota}##`) ? taken : 0), 0);

/** Of all tables: expects each time what was there the last time. What is read after one act is not read again before the next. */
export async function watchTables(parts: Parts): Promise<{ expectUnchanged(): Promise<void> }> {
  const names = Object.keys(TABLES) as TableName[];
  const read = (): Promise<unknown[]> => Promise.all(names.map((name) => scan(parts, name)));
  let last = await read();
  return {
    async expectUnchanged() {
      const before = last;
      last = await read();
      assert.deepEqual(last, before);
    },
  };
}

/** Which items of a table are wanted: the words of events alone are a megabyte that takes longer to read than all else. */
interface Wanted {
  /** Where they are read, if not in the table: an index, which lags nowhere on this machine. */
  readonly index?: string;
  /** What partition keys begin with, any of them. */
  readonly partitions?: readonly string[];
  /** What attributes are, all of them. */
  readonly having?: Readonly<Record<string, string>>;
}

export async function scan(parts: Parts, table: TableName, wanted: Wanted = {}): Promise<Record<string, unknown>[]> {
  const client = DynamoDBDocumentClient.from(parts.database.client);
  const items: Record<string, unknown>[] = [];
  const { index: IndexName } = wanted;
  const read = IndexName === undefined ? { ConsistentRead: true } : { IndexName };
  const scanned = { TableName: parts.database.tables[table], ...read, ...filter(wanted) };
  for await (const { Items = [] } of paginateScan({ client }, scanned)) items.push(...Items);
  return items;
}

function filter({ partitions = [], having = {} }: Wanted) {
  const begins = partitions.map((_, index) => `begins_with(pk, :partition${index})`);
  const names = Object.keys(having);
  const conditions = [
    ...(begins.length > 0 ? [`(${begins.join(' OR ')})`] : []),
    ...names.map((_, index) => `#name${index} = :value${index}`),
  ];
  if (conditions.length === 0) return {};
  return {
    FilterExpression: conditions.join(' AND '),
    ExpressionAttributeValues: Object.fromEntries([
      ...partitions.map((partition, index) => [`:partition${index}`, partition]),
      ...names.map((name, index) => [`:value${index}`, having[name]]),
    ]),
    ...(names.length > 0 && {
      ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#name${index}`, name])),
    }),
  };
}
