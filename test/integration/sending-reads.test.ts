import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import { putAll, registerPeople } from '../../bench/people.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { newMessage } from '../../shared/mail/outbox/new-items.store.ts';
import { toOutboxItem } from '../../shared/mail/outbox/outbox-items.store.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';
import { recordsOf } from '../support/stream.ts';

let parts: Parts;
let meter: MeteredDatabase;
let send: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
  const { handler } = await import('../../functions/outbox/index.ts');
  send = (event) => asFunction('outbox', () => handler(event)) as Promise<DynamoDBBatchResponse>;
});
afterAll(async () => {
  await meter?.stop();
  await parts?.stop();
});

type Change = (item: Record<string, unknown>) => Record<string, unknown>;

/** Puts a mail for each of these people, and one more for the first, and hands them on together. */
async function sendTogether(eventId: string, count: number, again = 0, change: Change = (item) => item) {
  const { database } = parts;
  const people = await registerPeople(
    { endpoints: { dynamodb: database.endpoint }, tables: database.tables },
    eventId,
    count,
  );
  const [first] = people;
  const to = [...people, ...(first === undefined ? [] : Array.from({ length: again }, () => first))];
  const items = to.map((person) =>
    change({ ...toOutboxItem(newMessage(realSystem, 'confirmed', person)), expiresAt: 2 ** 32 }),
  );
  await putAll(database.client, database.tables.outbox, items);
  meter.take();
  const answer = await send(recordsOf(items));
  const asked = meter.take().map(({ operation }) => operation);
  const stored = (await scan(parts, 'outbox')).filter(({ id }) => items.some((item) => item['id'] === id));
  return {
    answer,
    states: stored.map(({ state }) => state),
    times: (operation: string) => asked.filter((each) => each === operation).length,
  };
}

describe('a batch of mails', () => {
  it('is read in two calls, and in one more for each', async () => {
    const { answer, states, times } = await sendTogether('together', 8);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(states).toEqual(Array(8).fill('sent'));
    // The pace, which all share, and once an instance whether mail is held.
    expect(times('GetItem')).toBe(2);
    // Messages, and whom they are to; then each registration with its event.
    expect(times('BatchGetItem')).toBe(2 + 8);
    expect(times('TransactWriteItems')).toBe(8);
  });

  it('sends both of two to one person, although they were read before any was claimed', async () => {
    const { answer, states } = await sendTogether('one-person', 3, 1);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(states).toEqual(Array(4).fill('sent'));
  });

  it('sends one that does not say what it is about, as the first release wrote some to the team', async () => {
    const { answer, states } = await sendTogether('about-nothing', 1, 0, (item) => ({
      ...item,
      kind: 'readers-gone',
      reference: '',
    }));
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(states).toEqual(['sent']);
  });
});
