import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { queryInOrder } from '../../kernel/dynamo/queries.store.ts';
import { TABLES } from '../../kernel/dynamo/tables.ts';
import { CROCKFORD } from '../../kernel/text/crockford.ts';
import type { Registration } from '../registration.schema.ts';

const INDEX = 'registrations';
const { partitionKey, sortKey } = TABLES.registry.indexes[INDEX];

/** Partitions of an event. One takes 1,000 write units a second; each change is two there, for its place moves. */
const SHARDS = 16;

type Identity = Pick<Registration, 'eventId' | 'reference'>;

/** Its check character is the most evenly spread part of a reference. */
const shardOf = ({ eventId, reference }: Identity): string =>
  shard(eventId, CROCKFORD.indexOf(reference.slice(-1)) % SHARDS);

const shard = (eventId: string, number: number): string => `${eventId}#${number}`;

/** What a registration has that puts it into the index, at its place in time. @param changedAt ISO 8601 */
export const changePlace = (of: Identity, changedAt: string) => ({
  [partitionKey]: shardOf(of),
  [sortKey]: `${changedAt}#${of.reference}`,
});

/** A registration that changed, and what says whether that is known already. */
export type ChangedRegistration = Pick<Registration, 'reference' | 'revision' | 'changedAt'>;

export interface ChangePage {
  /** In order of time, then of references. */
  readonly changed: readonly ChangedRegistration[];
  /** Where the reader who keeps it goes on next time: what changed shortly before is told again then. */
  readonly cursor: string;
}

/**
 * Milliseconds for which changes are told again: a write is stamped before it is made, by another clock than the reader's, may be tried
 * again for as long as its function runs (30 s), and the index lags. A reader knows by the revision what they have already.
 */
export const CHANGES_SETTLE = 60_000;

/** Registrations of each partition, read at a time: some 4 KB. */
const PAGE = 30;

/**
 * Registrations of an event that changed since, each at the time of its last change: a page at a time, of all partitions together. One that
 * changes meanwhile may be told twice. The index lags and does not tell of what was deleted: it says where to look, and nothing may be
 * decided on it.
 *
 * @param cursor of the page that was handled last; none for all registrations that there are
 * @param now the reader's clock
 */
export async function* registrationChanges(
  client: DocumentClient,
  table: string,
  eventId: string,
  cursor: string | undefined,
  now: () => Date,
): AsyncGenerator<ChangePage> {
  const queries = Array.from({ length: SHARDS }, (_, number) => queryOf(table, shard(eventId, number), cursor, PAGE));
  // What is written from now on may be stamped with a time shortly before.
  const settled = new Date(now().getTime() - CHANGES_SETTLE).toISOString();
  for await (const items of queryInOrder(client, queries, sortKey)) {
    const places = items.map((item) => String(item[sortKey]));
    const last = places.at(-1) ?? settled;
    yield {
      changed: items.map((item, index) => ({
        reference: String(item['sk']),
        revision: Number(item['revision']),
        changedAt: places[index]?.split('#')[0] ?? '',
      })),
      cursor: [last, settled].sort()[0] ?? settled,
    };
  }
}

const queryOf = (table: string, of: string, cursor: string | undefined, Limit: number) => ({
  TableName: table,
  IndexName: INDEX,
  KeyConditionExpression: `#shard = :shard${cursor === undefined ? '' : ' AND #place > :cursor'}`,
  ExpressionAttributeNames: { '#shard': partitionKey, ...(cursor !== undefined && { '#place': sortKey }) },
  ExpressionAttributeValues: { ':shard': of, ...(cursor !== undefined && { ':cursor': cursor }) },
  Limit,
});

const MINUTE = 60_000;
const MOST_COUNTED = 20;

/** How many changed since in one partition, another one each minute: half a unit says whether many did. */
export async function sampleOfChanges(
  client: DocumentClient,
  table: string,
  eventId: string,
  cursor: string,
  now: Date,
): Promise<number> {
  const number = Math.floor(now.getTime() / MINUTE) % SHARDS;
  const query = queryOf(table, shard(eventId, number), cursor, MOST_COUNTED);
  const { Count = 0 } = await client.send(new QueryCommand({ ...query, Select: 'COUNT' }));
  return Count;
}
