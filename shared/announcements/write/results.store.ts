import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { checksumOf, packed, unpacked } from '../../kernel/dynamo/chunks.store.ts';
import { announcementKey, type ItemKey, mailResultsKey } from '../../kernel/dynamo/keys.ts';
import { type Patient, updateIf } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import type { Announcement, CountedResults } from '../announcement.schema.ts';
import type { MailResult } from '../announcement.ts';

/** By the short name of whom a mail is to, as `resultNames` has it: what became of it. */
export type Outcomes = ReadonlyMap<string, MailResult>;

/**
 * What became of some mails of an announcement, in little room: by a hash with a secret, from which nobody is told who was erased (CS20). It
 * is overwritten where it stands, and may be lost: the mails say it for as long.
 */
export const storedMailResults = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'settled'),
  /** ISO 8601: what a conditional write compares. */
  countedAt: field(z.string(), 'impersonal', 'settled'),
  results: field(z.instanceof(Uint8Array), 'mail', 'settled'),
  /** Of `results`, base64url: what is damaged is as good as lost. */
  hash: field(z.string(), 'impersonal', 'settled'),
}));

type Named = Pick<Announcement, 'eventId' | 'id'>;

export interface ResultsStore {
  /**
   * As they were counted last, eventually consistent.
   *
   * @returns nothing where a part of them is missing or damaged
   */
  readonly read: (of: Named, counted: CountedResults) => Promise<Outcomes | undefined>;
  /**
   * Keeps them, and notes on the announcement that they are: nothing of it where a later count did.
   *
   * @param expiresAt epoch seconds
   */
  readonly keep: (
    of: Named,
    outcomes: Outcomes,
    counted: Omit<CountedResults, 'places'>,
    expiresAt: number,
  ) => Promise<void>;
}

/** Characters of a short name, 48 bits of a hash: that any two of 100,000 mails share one has a chance of 1 in 50,000. */
export const NAME_LENGTH = 8;
/** Mails of an item: some 250 KB, of the 400 that one holds. */
const MOST = 40_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export const resultsStore = ({
  client,
  registry: TableName,
  system,
}: Given<'registry', keyof Patient>): ResultsStore => ({
  async read({ eventId, id }, { places }) {
    const keys = Array.from({ length: places }, (_, place) => mailResultsKey(eventId, id, places, place));
    const find = await batchGet(client, TableName, keys, system);
    const read = keys.map((key) => fromMailResultsItem(find(key)));
    return read.some((each) => each === undefined) ? undefined : new Map(read.flatMap((each) => each ?? []));
  },

  async keep({ eventId, id }, outcomes, counted, expiresAt) {
    const { countedAt } = counted;
    const places = Math.max(1, Math.ceil(outcomes.size / MOST));
    const ExpressionAttributeValues = { ':countedAt': countedAt };
    const kept = Array.from({ length: places }, (): [string, MailResult][] => []);
    for (const each of outcomes) kept[ALPHABET.indexOf(each[0].slice(0, 1)) % places]?.push(each);
    for (const [place, some] of kept.entries()) {
      const Item = toMailResultsItem(mailResultsKey(eventId, id, places, place), countedAt, some, expiresAt);
      const ConditionExpression = 'attribute_not_exists(pk) OR countedAt < :countedAt';
      const put = new PutCommand({ TableName, Item, ConditionExpression, ExpressionAttributeValues });
      await client.send(put).catch((error: unknown) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    }
    await updateIf(client, {
      TableName,
      Key: announcementKey(eventId, id),
      UpdateExpression: 'SET results = :results',
      ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(results) OR results.countedAt < :countedAt)',
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ':results': { ...counted, places } },
    });
  },
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly results: ResultsStore;
  }
}

/** Names one after another, and for each the place of its outcome among those that occur. */
interface Columns {
  readonly names: string;
  readonly of: readonly MailResult[];
  readonly is: readonly number[];
}

type Pairs = readonly (readonly [name: string, outcome: MailResult])[];

export function toMailResultsItem(key: ItemKey, countedAt: string, outcomes: Pairs, expiresAt: number) {
  const places = new Map<string, number>();
  const is = outcomes.map(([, outcome]) => {
    const text = JSON.stringify(outcome);
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  });
  const names = outcomes.map(([name]) => name).join('');
  const columns: Columns = { names, of: [...places.keys()].map((text) => JSON.parse(text) as MailResult), is };
  const results = packed(columns);
  return { ...key, v: 1, countedAt, results, hash: checksumOf(results), expiresAt };
}

/** @returns nothing where it cannot be read: mails are read then */
export function fromMailResultsItem(item: Record<string, unknown> | undefined): Pairs | undefined {
  const { data } = storedMailResults().safeParse(item);
  if (data === undefined || checksumOf(data.results) !== data.hash) return undefined;
  const { names, of, is } = unpacked<Columns>(data.results);
  return is.map((place, nth) => [
    names.slice(nth * NAME_LENGTH, (nth + 1) * NAME_LENGTH),
    of[place] ?? { state: 'pending' },
  ]);
}
