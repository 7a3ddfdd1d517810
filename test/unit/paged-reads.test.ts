import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { decisionItemsOn } from '../../shared/checkin/review/decision.store.ts';
import { feedPage } from '../../shared/checkin/roster/check-in-feed.store.ts';
import type { DocumentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { changedKeys, queryPartition } from '../../shared/kernel/dynamo/queries.store.ts';
import { CROCKFORD } from '../../shared/kernel/text/crockford.ts';
import { mailAccountReader } from '../../shared/mail/account/mail-account.store.ts';
import { forgottenStore } from '../../shared/mail/outbox/forgotten.store.ts';
import { keptCareStore } from '../../shared/minors/kept-care.store.ts';
import { registrationPages } from '../../shared/registration/list/registration-list.store.ts';
import { toWaitlistAttributes, waitlistStore } from '../../shared/seats/waitlist.store.ts';
import { revokedSince } from '../../shared/ticket/revoked-ticket.store.ts';
import { mockedDynamo, refused } from '../support/aws-errors.ts';

const NOW = new Date('2027-06-01T00:00:00.000Z');
const EVENT = 'forum';

interface Reader {
  readonly name: string;
  readonly item: (number: number) => Record<string, unknown>;
  /** @returns what tells the items apart */
  readonly read: (client: DocumentClient) => Promise<readonly unknown[]>;
  readonly told: (number: number) => unknown;
}

async function all<T>(pages: AsyncIterable<readonly T[] | T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...([page].flat() as T[]));
  return found;
}

const READERS: readonly Reader[] = [
  {
    name: 'a partition',
    item: (sk) => ({ pk: 'p', sk }),
    read: async (client) => (await queryPartition(client, 'table', 'p')).map(({ sk }) => sk),
    told: (number) => number,
  },
  {
    name: 'the index of changes',
    item: (sk) => ({ sk, changedAt: NOW.toISOString() }),
    read: async (client) => (await changedKeys(client, 'table', 'shard')).map(({ reference }) => reference),
    told: String,
  },
  {
    name: 'decisions on a ticket',
    item: (sk) => ({ pk: 'p', sk }),
    read: async (client) =>
      (await decisionItemsOn(client, 'table', { eventId: EVENT, list: 'l', ticket: 't' })).map(({ sk }) => sk),
    told: String,
  },
  {
    name: 'tickets that were revoked since',
    item: (sk) => ({ v: 1, sk, prefix: `prefix ${sk}`, ticket: 't' }),
    read: async (client) => (await revokedSince(client, 'table', EVENT, '')).map(({ place }) => place),
    told: String,
  },
  {
    name: 'the waiting list',
    item: (number) =>
      toWaitlistAttributes({ reference: String(number), waitingSince: NOW.toISOString(), waitsFor: [] }),
    read: async (client) =>
      (await all(waitlistStore({ client, registry: 'table' }).pages(EVENT))).map(({ reference }) => reference),
    told: String,
  },
  {
    name: 'what Care keeps',
    item: (sk) => ({ pk: 'p', sk, expiresAt: 1 }),
    read: async (client) =>
      (await all(keptCareStore({ client, registry: 'registry', care: 'table' }).pages('p', 2, 0))).map(({ sk }) => sk),
    told: (number) => number,
  },
  {
    name: 'what the stream gave up on',
    item: (id) => ({ id, job: 'promote' }),
    read: async (client) => (await all(forgottenStore({ client, outbox: 'table' }).find(NOW))).map(({ id }) => id),
    told: String,
  },
];

/** A page may hold nothing and still not be the last: a filter left out all of it, or DynamoDB stopped before it found anything. */
const pagesOf = (item: Reader['item']) => [
  { Items: [], LastEvaluatedKey: { page: 1 } },
  { Items: [item(1), item(2)], LastEvaluatedKey: { page: 2 } },
  { LastEvaluatedKey: { page: 3 } },
  { Items: [], LastEvaluatedKey: { page: 4 } },
  { Items: [item(3)] },
];

/** Answers one after the other, then pages of nothing; the place from where each was to go on is noted at once, for the SDK changes it. */
function paged(answers: readonly (object | Error)[]) {
  const { client, dynamo } = mockedDynamo();
  const from: unknown[] = [];
  for (const command of [QueryCommand, ScanCommand] as const) {
    dynamo.on(command as typeof QueryCommand).callsFake(({ ExclusiveStartKey }) => {
      const answer = answers[from.length] ?? {};
      from.push(ExclusiveStartKey);
      if (answer instanceof Error) throw answer;
      return answer;
    });
  }
  return { client, from };
}

describe.each(READERS)('$name', ({ item, read, told }) => {
  it('is read to its end: pages may be empty, and the last may have something', async () => {
    const { client, from } = paged(pagesOf(item));
    expect(await read(client)).toEqual([1, 2, 3].map(told));
    expect(from).toEqual([undefined, { page: 1 }, { page: 2 }, { page: 3 }, { page: 4 }]);
  });

  it('is not what was read until a page failed', async () => {
    const error = refused('ProvisionedThroughputExceededException');
    const { client } = paged([...pagesOf(item).slice(0, 2), error]);
    await expect(read(client)).rejects.toBe(error);
  });
});

describe('registrations in the order of their references', () => {
  it('are read from every partition, also where pages of one are empty, and go on after a reference', async () => {
    const { client, from } = paged([{ Items: [], LastEvaluatedKey: { page: 1 } }]);
    expect(await all(registrationPages(client, 'table', EVENT))).toEqual([]);
    expect(from).toEqual([undefined, { page: 1 }, ...Array(CROCKFORD.length - 1).fill(undefined)]);
    const after = `${CROCKFORD[30]}000000000`;
    const later = paged([]);
    await all(registrationPages(later.client, 'table', EVENT, after));
    expect(later.from).toEqual([expect.objectContaining({ sk: expect.stringContaining(after) }), undefined]);
  });
});

describe('what only counts', () => {
  it('adds up the pages, of which some count nothing', async () => {
    const { client } = paged([
      { Count: 0, LastEvaluatedKey: { page: 1 } },
      { Count: 2, LastEvaluatedKey: { page: 2 } },
      { LastEvaluatedKey: { page: 3 } },
      { Count: 3 },
    ]);
    expect(await mailAccountReader({ client, outbox: 'table', system: { now: () => NOW } }).countWaiting()).toBe(5);
  });
});

describe('what devices brought in', () => {
  it('goes on where a page ended, also one with nothing in it', async () => {
    const { client } = paged([{ Items: [], LastEvaluatedKey: { pk: 'p', sk: 'place' } }, { Items: [] }]);
    expect(await feedPage(client, 'table', EVENT, '')).toEqual({ marks: [], next: 'place' });
    expect(await feedPage(client, 'table', EVENT, 'place')).toEqual({ marks: [] });
  });
});
