import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { awsDeps } from '../../cli/redrive/aws-deps.ts';
import { lookForForgotten, redrive } from '../../cli/redrive/redrive.ts';
import { deadLetters, type LetterQueue, openLetterQueue, startOperator } from '../../local/dead-letters.ts';
import { startStream } from '../../local/streams.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { newMessage } from '../../shared/mail/outbox/new-items.store.ts';
import { toOutboxItem } from '../../shared/mail/outbox/outbox-items.store.ts';
import { forum } from '../support/forum.ts';
import { delivery } from '../support/mail-events.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';
import { DO_DUE_JOBS } from '../support/timers.ts';

const EVENT = 'redriven';
const HOUR = 60 * 60 * 1000;

let parts: Parts;
let outbox: (event: DynamoDBStreamEvent) => Promise<unknown>;
let directory: string;
let queue: LetterQueue;
let stops: (() => Promise<unknown>)[];
let deps: ReturnType<typeof awsDeps>;
/** What `mail-events` was told. */
let noted: unknown[];
let isBroken: boolean;
let meanwhile: () => void;

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum({ id: EVENT }));
  ({ handler: outbox } = await import('../../functions/outbox/index.ts'));
});
afterAll(() => parts?.stop());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  queue = await openLetterQueue(join(directory, 'dead-letters.jsonl'));
  noted = [];
  isBroken = false;
  meanwhile = () => undefined;
  const invoke = async (event: unknown): Promise<undefined> => {
    meanwhile();
    if (isBroken) throw new Error('no answer');
    noted.push(event);
  };
  const operator = await startOperator({ queue, functions: { 'mail-events': { invoke } } });
  stops = [operator.stop];
  const { dynamodb } = { dynamodb: parts.database.endpoint };
  const target = {
    table: parts.database.tables.outbox,
    registry: parts.database.tables.registry,
    audit: parts.database.tables.audit,
    queue: `${operator.endpoint}/letters`,
    mailEvents: 'mail-events',
  };
  const real = awsDeps({ ...target, local: { dynamodb, operator: operator.endpoint } });
  // What was just given up is as old as what an operator finds.
  deps = { ...real, now: () => new Date(Date.now() + HOUR) };
});

afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  await rm(directory, { recursive: true });
});

const documents = () => DynamoDBDocumentClient.from(parts.database.client);
const TableName = () => parts.database.tables.outbox;

async function write(email: string, changes: Record<string, unknown> = {}, notBefore?: Date): Promise<string> {
  const about = { eventId: EVENT, reference: 'AAAAAAAAAA', language: 'en', email };
  const message = newMessage(realSystem, 'erased', about, notBefore);
  await documents().send(new PutCommand({ TableName: TableName(), Item: { ...toOutboxItem(message), ...changes } }));
  return message.id;
}

const stateOf = async (id: string) => (await scan(parts, 'outbox')).find((item) => item['id'] === id)?.['state'];
const mailsTo = async (email: string): Promise<number> => {
  const answer = await fetch(`${parts.mailbox.url}/messages?to=${email}`);
  return ((await answer.json()) as unknown[]).length;
};

const notes = async () =>
  (await scan(parts, 'audit'))
    .filter(({ action }) => action === 'redrive')
    .sort((one, another) => String(one['at']).localeCompare(String(another['at'])));

/** The mapping between the stream and the real handler, with the patience of a test. */
async function startMapping(): Promise<void> {
  const stream = await startStream({
    dynamodb: parts.database.client,
    endpoint: parts.database.streamsEndpoint,
    tableName: TableName(),
    attribute: 'kind',
    together: 10,
    invoke: (event) => asFunction('outbox', () => outbox(event)),
    checkpointFile: join(directory, 'checkpoint.json'),
    onFailure: deadLetters(queue, () => undefined),
    log: console.log,
    retryDelayMs: 0,
  });
  stops.push(stream.stop);
}

/** The minute's sweep, an hour from now. */
async function sweep(): Promise<void> {
  const use = await import('../../shared/mail/outbox/sweep.case.ts');
  const real = (await import('../../functions/outbox/index.ts')).realDeps();
  const at = new Date(Date.now() + 2 * HOUR);
  await use.sweep({ ...real, system: { ...real.system, now: () => at } });
}

it('RE6: a poison record reaches the dead letters, its neighbours are sent; mended and redriven it leaves once', async () => {
  const before = await write('before@redrive.example.org');
  const poison = await write('poison@redrive.example.org', { v: 99 });
  const after = await write('after@redrive.example.org');
  await startMapping();
  await expect.poll(() => queue.count().visible).toBe(1);
  await expect.poll(() => stateOf(after)).toBe('sent');
  expect([await stateOf(before), await stateOf(poison)]).toEqual(['sent', 'pending']);

  await documents().send(
    new UpdateCommand({
      TableName: TableName(),
      Key: { id: poison },
      UpdateExpression: 'SET v = :one',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
  await sweep();
  expect(await stateOf(poison)).toBe('pending');

  expect(await lookForForgotten(deps)).toMatchObject({ messages: 1, jobs: 0, left: 1 });
  expect(queue.count().visible).toBe(1);
  const [first, second] = await Promise.all([redrive(deps), redrive(deps)]);
  expect([first.messages + second.messages, first.emptied + second.emptied]).toEqual([1, 1]);
  await sweep();
  expect(await stateOf(poison)).toBe('sent');
  const nothing = { messages: 0, jobs: 0, mailEvents: 0, emptied: 0, left: 0, failures: [] };
  expect(await redrive(deps)).toEqual(nothing);
  await sweep();
  for (const name of ['before', 'poison', 'after']) expect(await mailsTo(`${name}@redrive.example.org`)).toBe(1);
});

it('leaves the letter of a record alone that is too young to be called forgotten', async () => {
  const young = await write('young@redrive.example.org', { v: 99 });
  await startMapping();
  await expect.poll(() => queue.count().visible).toBe(1);
  const now = { ...deps, now: () => new Date() };
  expect(await redrive(now)).toMatchObject({ messages: 0, emptied: 0, left: 1 });
  expect(queue.count().visible).toBe(1);
  expect(await stateOf(young)).toBe('pending');
});

it('hands back what SES told, and deletes a letter only once it was taken', async () => {
  const event = delivery({ to: 'someone@redrive.example.org', sentAt: '2027-03-01T08:00:00.000Z' });
  const around = { version: '1.0', requestContext: { condition: 'RetriesExhausted' }, requestPayload: event };
  await queue.add(JSON.stringify(event));
  await queue.add(JSON.stringify(around));
  await queue.add(JSON.stringify({ source: 'aws.events', 'detail-type': 'Scheduled Event' }));
  await queue.add(JSON.stringify(DO_DUE_JOBS));
  await queue.add('something else');
  isBroken = true;
  const failed = await redrive(deps);
  expect(failed).toMatchObject({ mailEvents: 0, emptied: 2, left: 3 });
  expect(failed.failures).toHaveLength(3);
  isBroken = false;
  expect(await redrive(deps)).toMatchObject({ mailEvents: 2, left: 1, failures: ['a letter of an unknown form'] });
  expect(noted).toEqual([event, event]);
  expect(await redrive(deps)).toMatchObject({ mailEvents: 0, left: 1 });
});

it('ends where letters come again before it saw the last one, and tries each of them once', async () => {
  const event = delivery({ to: 'someone@redrive.example.org', sentAt: '2027-03-01T08:00:00.000Z' });
  for (let letter = 0; letter < 12; letter += 1) await queue.add(JSON.stringify(event));
  const ids = queue.receive(12, 0).map(({ id }) => id);
  isBroken = true;
  let calls = 0;
  // Two minutes have passed.
  meanwhile = () => {
    calls += 1;
    if (calls % 12 === 0) for (const id of ids) queue.hide(id, 0);
  };
  const failed = await redrive(deps);
  expect(failed.failures).toHaveLength(12);
  expect([failed.mailEvents, failed.left, calls, queue.count().visible]).toEqual([0, 12, 12, 12]);
});

it('is noted once for each event of which something was woken, by the one that woke it, and for no other', async () => {
  const other = 'redriven-too';
  await parts.publish(forum({ id: other }));
  const before = (await notes()).length;
  expect(await redrive(deps)).toMatchObject({ messages: 0, jobs: 0 });
  expect(await notes()).toHaveLength(before);
  for (const name of ['one', 'two', 'three']) await write(`${name}@noted.example.org`);
  await write('four@noted.example.org', { eventId: other });
  await write('five@noted.example.org', { eventId: 'forgotten-event' });
  await lookForForgotten(deps);
  expect(await notes()).toHaveLength(before);
  const both = await Promise.all([redrive(deps), redrive(deps)]);
  expect(both.reduce((sum, { messages }) => sum + messages, 0)).toBe(5);
  const noted = (await notes()).slice(before);
  const of = (id: string) => noted.filter(({ eventId }) => eventId === id);
  expect(of(other)).toHaveLength(1);
  expect([1, 2]).toContain(of(EVENT).length);
  expect(noted).toHaveLength(of(EVENT).length + 1);
  for (const note of noted) expect(note).toMatchObject({ by: 'command-line', action: 'redrive' });
  expect(JSON.stringify(noted)).not.toContain('noted.example.org');
});

it('wakes jobs that were given up', async () => {
  const Item = { v: 1, id: 'a-job', job: 'promote', eventId: EVENT, createdAt: new Date().toISOString() };
  await documents().send(new PutCommand({ TableName: TableName(), Item }));
  expect(await redrive(deps)).toMatchObject({ jobs: 1 });
  const house = await import('../../functions/housekeeping/index.ts');
  const { doDueJobs } = await import('../../shared/jobs.ts');
  const real = house.realDeps(documentClient());
  await asFunction('housekeeping', () =>
    doDueJobs({ ...real, system: { ...real.system, now: () => new Date(Date.now() + 2 * HOUR) } }),
  );
  expect((await scan(parts, 'outbox')).filter(({ id }) => id === 'a-job')).toEqual([]);
  expect(await redrive(deps)).toMatchObject({ jobs: 0 });
});

it('housekeeping finds what was given up by itself, within four hours, without reading all of the table at once', async () => {
  const { wakeForgotten } = await import('../../shared/mail/outbox/sweep.case.ts');
  const real = (await import('../../functions/housekeeping/index.ts')).realDeps();
  const ids: string[] = [];
  for (let number = 0; number < 5; number += 1) ids.push(await write(`forgotten-${number}@redrive.example.org`));
  const begin = Date.now() + HOUR;
  const woken = async () =>
    (await scan(parts, 'outbox')).filter(({ id, due }) => ids.includes(String(id)) && due).length;
  const counts: number[] = [];
  for (let quarter = 0; quarter < 16; quarter += 1) {
    const now = () => new Date(begin + (quarter * HOUR) / 4);
    await asFunction('housekeeping', () => wakeForgotten({ ...real, system: { ...real.system, now } }));
    counts.push(await woken());
  }
  expect(counts.at(-1)).toBe(5);
  expect(counts[0]).toBeLessThan(5);
});

it('a hundred messages that nobody can read hold up no other', async () => {
  const before = new Date(Date.now() - HOUR);
  const unreadable: string[] = [];
  for (let number = 0; number < 120; number += 1) {
    unreadable.push(await write(`unreadable-${number}@redrive.example.org`, { v: 99 }, before));
  }
  const good = await write('good@redrive.example.org', {}, new Date());
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await sweep();
  error.mockRestore();
  expect(await stateOf(good)).toBe('sent');
  const left = (await scan(parts, 'outbox')).filter(({ id }) => unreadable.includes(String(id)));
  expect(left.every(({ due, notBefore }) => due && String(notBefore) > new Date().toISOString())).toBe(true);
});
