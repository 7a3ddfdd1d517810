import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { announcementKey, type ItemKey, mailResultsKey } from '../../kernel/dynamo/keys.ts';
import { type Patient, updateIf } from '../../kernel/dynamo/transact.store.ts';
import { BusyError } from '../../kernel/errors.ts';
import { once } from '../../kernel/once.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { fromSendPaceItem, SEND_PACE_KEY, type SendQuota } from '../../mail/limits/sending.schema.ts';
import { storedMessage } from '../../mail/outbox/message.schema.ts';
import type { Announcement, CountedResults } from '../announcement.schema.ts';
import type { MailResult } from '../announcement.ts';

export interface MailStore {
  /**
   * What became of mails, by their ids.
   *
   * @param isConsistent as they are now, which costs twice as much: nobody is told that all have left while one was just written
   */
  readonly outcomes: (ids: readonly string[], isConsistent: boolean) => Promise<ReadonlyMap<string, MailResult>>;
  /** What SES lets the account send, as far as that was noted lately. */
  readonly quota: () => Promise<SendQuota | undefined>;
}

/** What DynamoDB gives in one call. */
const BATCH = 100;
/** Calls at once: thousands of mails are read in a second, and no more of them are in memory than have to be. */
const AT_ONCE = 8;
const MOST_ATTEMPTS = 5;
const outcome = once(() => storedMessage().pick({ id: true, state: true, failure: true, fate: true }));
const OUTCOME = {
  ProjectionExpression: 'id, #state, failure, fate',
  ExpressionAttributeNames: { '#state': 'state' },
} as const;

export function mailStore({ client, outbox: table, system }: Given<'outbox', 'backOff'>): MailStore {
  async function readBatch(ids: readonly string[], ConsistentRead: boolean, found: Map<string, MailResult>) {
    let wanted: Record<string, unknown>[] = ids.map((id) => ({ id }));
    for (let attempt = 1; wanted.length > 0; attempt += 1) {
      const answer = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead, ...OUTCOME } } }),
      );
      for (const item of answer.Responses?.[table] ?? []) {
        const { id, state, failure, fate } = outcome().parse(item);
        found.set(id, { state, ...(failure && { failure }), ...(fate && { fate: { what: fate.what } }) });
      }
      wanted = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      if (wanted.length === 0) return;
      if (attempt === MOST_ATTEMPTS) throw new BusyError();
      await system.backOff(attempt);
    }
  }

  return {
    async outcomes(ids, isConsistent) {
      const found = new Map<string, MailResult>();
      const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) =>
        ids.slice(index * BATCH, (index + 1) * BATCH),
      );
      const work = async (): Promise<void> => {
        for (let batch = batches.pop(); batch !== undefined; batch = batches.pop())
          await readBatch(batch, isConsistent, found);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return found;
    },

    async quota() {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: SEND_PACE_KEY }));
      return Item && fromSendPaceItem(Item).pace;
    },
  };
}

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
}));

type Named = Pick<Announcement, 'eventId' | 'id'>;

export interface ResultsStore {
  /** As they were counted last, eventually consistent. */
  readonly read: (of: Named, counted: CountedResults) => Promise<Outcomes>;
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
/** Best size for its time. */
const QUALITY = 5;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export const resultsStore = ({
  client,
  registry: TableName,
  system,
}: Given<'registry', keyof Patient>): ResultsStore => ({
  async read({ eventId, id }, { places }) {
    const keys = Array.from({ length: places }, (_, place) => mailResultsKey(eventId, id, places, place));
    const find = await batchGet(client, TableName, keys, system);
    return new Map(keys.flatMap((key) => fromMailResultsItem(find(key)) ?? []));
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
    readonly mail: MailStore;
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
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  return { ...key, v: 1, countedAt, results: brotliCompressSync(JSON.stringify(columns), { params }), expiresAt };
}

/** @throws ZodError when the table holds something else */
export function fromMailResultsItem(item: Record<string, unknown> | undefined): Pairs | undefined {
  if (item === undefined) return undefined;
  const { names, of, is } = JSON.parse(
    brotliDecompressSync(storedMailResults().parse(item).results).toString(),
  ) as Columns;
  return is.map((place, nth) => [
    names.slice(nth * NAME_LENGTH, (nth + 1) * NAME_LENGTH),
    of[place] ?? { state: 'pending' },
  ]);
}
