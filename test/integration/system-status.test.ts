import type { DynamoDBBatchResponse, DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import { putCheckInLists } from '../../shared/checkin/list/check-in-lists.store.ts';
import { listsOf } from '../../shared/checkin/list/list.ts';
import { costSoFar } from '../../shared/kernel/cost.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { encodeCrockford } from '../../shared/kernel/text/crockford.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { call, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { scan } from '../support/registry.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { outboxInserts } from '../support/stream.ts';
import { ask, grantTeam } from '../support/team.ts';

/* What owners are told of what an event cost so far, and of backups: from what is counted, and nobody is read for it. */

const EVENT = 'counted';
const params = { eventId: EVENT };

type Called = DynamoDBStreamEvent | ScheduledEvent | { readonly timer: 'due-jobs' };

let parts: Parts;
let meter: MeteredDatabase;
let outbox: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;
let housekeeping: (event: Called) => Promise<unknown>;
let deps: ReturnType<typeof import('../../functions/housekeeping/index.ts').realDeps>;

beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
  await parts.publish(forum({ id: EVENT }));
  await grantTeam(parts, EVENT);
  const [sends, keeps] = [
    await import('../../functions/outbox/index.ts'),
    await import('../../functions/housekeeping/index.ts'),
  ];
  outbox = (event) => asFunction('outbox', () => sends.handler(event) as Promise<DynamoDBBatchResponse>);
  housekeeping = (event) => asFunction('housekeeping', () => keeps.handler(event as never));
  deps = keeps.realDeps();
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await meter?.stop();
  await parts?.stop();
});

const status = async () => (await ask('organiser', 'getSystemStatus', { params })).body;

/** What timers do in an hour, in which each event has its turn, and the minute after. */
async function passHour(): Promise<void> {
  for (let quarter = 0; quarter < 4; quarter += 1) {
    shiftClock(15 * 60_000);
    await housekeeping({} as ScheduledEvent);
    await housekeeping({ timer: 'due-jobs' });
  }
}

it('says nothing before anybody registered, and before anyone looked', async () => {
  await passHour();
  expect(await status()).toEqual({});
});

it('says what was counted and what it costs, in at most 12 read units', async () => {
  const people = ['a', 'b', 'c'];
  for (const name of people) {
    const sent = submission({ email: `${name}@counted.example.org` });
    expect((await call('submitRegistration', { params, ...postJson(sent) })).statusCode).toBe(202);
  }
  expect(await outbox(await outboxInserts(parts))).toEqual({ batchItemFailures: [] });
  for (let hour = 0; hour < 2; hour += 1) await passHour();
  const sent = (await scan(parts, 'outbox')).filter(({ state }) => state === 'sent').length;
  expect(sent).toBeGreaterThanOrEqual(people.length);
  meter.take();
  const { cost } = await status();
  const asked = meter.take();
  expect(asked.reduce((sum, { readUnits }) => sum + readUnits, 0)).toBeLessThanOrEqual(12);
  expect(asked.filter(({ operation }) => operation !== 'GetItem' && operation !== 'BatchGetItem')).toEqual([]);
  const { opensAt } = forum().registration;
  expect(cost).toMatchObject({ people: 3, mails: sent, scans: 0, since: new Date(opensAt).toISOString() });
  const reckoned = costSoFar(cost, new Date(opensAt), new Date());
  expect(cost.total).toBeCloseTo(reckoned.total, 6);
  expect(cost.parts.mail).toBeCloseTo(sent * 0.0001028, 6);
});

it('counts anew each hour, and writes nothing where nothing changed', async () => {
  const { cost: before } = await status();
  await passHour();
  expect((await status()).cost.at).toBe(before.at);
  const sent = submission({ email: 'd@counted.example.org' });
  await call('submitRegistration', { params, ...postJson(sent) });
  await outbox(await outboxInserts(parts));
  for (let hour = 0; hour < 2; hour += 1) await passHour();
  expect((await status()).cost).toMatchObject({ people: 4 });
});

it('counts who came without an address, and is mailed nothing', async () => {
  const { cost: before } = await status();
  const times = { opensAt: new Date(Date.now() - 86_400_000).toISOString() };
  const lists = listsOf(forum({ id: EVENT })).map((list) => ({ ...list, ...times }));
  const client = documentClient(parts.database.client);
  await writeAll(client, [putCheckInLists(parts.database.tables.registry, EVENT, lists, 0)], realSystem);
  const desk = await openPhone(parts, EVENT, { maySearch: true });
  const ticketId = encodeCrockford(realSystem.random(12));
  const walkIn = { ticketId, isAdult: true, fullName: 'Test Walker', organisation: 'Example Media', country: 'KH' };
  const scanned = sentScan({ ticket: ticketHashOf({ ticketId }), walkIn: { ...walkIn, category: 'ngo' } });
  expect((await desk.send([scanned])).answers).toMatchObject([{ result: 'kept' }]);
  for (let hour = 0; hour < 3; hour += 1) await passHour();
  expect((await status()).cost).toMatchObject({ people: before.people + 1, mails: before.mails, scans: 1 });
});

it('says whether tables can be brought back, as it was noted at night, and not that all is well of one that nothing is known of', async () => {
  const [readAt, until] = ['2027-01-02T03:00:00.000Z', '2027-01-02T02:55:00.000Z'];
  const late = '2027-01-02T01:59:00.000Z';
  await deps.backups.note({
    readAt,
    tables: [{ table: 'registry', until }, { table: 'outbox', until: late }, { table: 'care' }],
  });
  expect((await status()).backups).toEqual({
    readAt,
    tables: [
      { table: 'registry', until, restorable: true },
      { table: 'outbox', until: late, restorable: false },
      { table: 'care', restorable: false },
      { table: 'audit', restorable: false },
    ],
  });
});

it('is for owners alone', async () => {
  for (const who of ['viewer', 'safeguarding', 'care'] as const)
    expect((await ask(who, 'getSystemStatus', { params })).status, who).toBe(403);
});
