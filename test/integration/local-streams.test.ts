import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LocalDatabase, startDatabase } from '../../local/database.ts';
import { type RunningFunction, startFunction } from '../../local/functions/function.ts';
import { RETRIES, type StreamFailure, startStream } from '../../local/streams.ts';
import { bestOf } from '../support/best-of.ts';

const BATCH_SIZE = 10;

let directory: string;
let database: LocalDatabase;
let failures: StreamFailure[];
let stops: (() => Promise<void>)[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  database = await startDatabase({ directory });
  failures = [];
  stops = [];
});

afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  await database.stop();
  await rm(directory, { recursive: true });
});

it('hands a real function new items only, in order, in batches, as Lambda writes them', async () => {
  const target = await functionOf(`export const handler = async (event) => { console.log(JSON.stringify(event)); };`);
  await put('one', { bytes: new Uint8Array([104, 105]), n: 5 });
  await put('one', { changed: true });
  for (let number = 0; number < 20; number += 1) await put(`item ${number}`);
  await start(target.invoke);
  await expect.poll(() => target.events().flatMap(idsOf).length).toBe(21);
  const events = target.events();
  expect(events.flatMap(idsOf)).toEqual(['one', ...Array.from({ length: 20 }, (_, number) => `item ${number}`)]);
  expect(Math.max(...events.map(({ Records }) => Records.length))).toBeLessThanOrEqual(BATCH_SIZE);
  expect(events[0]?.Records[0]).toMatchObject({
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    eventSourceARN: expect.stringContaining('/stream/'),
    dynamodb: {
      ApproximateCreationDateTime: expect.any(Number),
      Keys: { id: { S: 'one' } },
      NewImage: { id: { S: 'one' }, bytes: { B: 'aGk=' }, n: { N: '5' } },
      SequenceNumber: expect.any(String),
    },
  });
});

it('leaves out items that do not concern the function', async () => {
  const seen: string[] = [];
  await put('a');
  await put('a counter', { kind: undefined });
  await put('b');
  await start(async (event) => {
    seen.push(...idsOf(event));
    return undefined;
  });
  await expect.poll(() => seen).toEqual(['a', 'b']);
});

it('retries from the lowest failed record, and tells no later one before it', async () => {
  const seen: string[][] = [];
  let failing = 2;
  for (const id of ['a', 'b', 'c', 'd']) await put(id);
  await start(async (event) => {
    seen.push(idsOf(event));
    const failed = event.Records.filter((record) => ['b', 'd'].includes(idOf(record)));
    failing -= 1;
    return { batchItemFailures: failing >= 0 ? failed.map(sequenceOf).reverse() : [] };
  });
  await expect.poll(() => seen).toEqual([['a', 'b', 'c', 'd'], ['b', 'c', 'd'], ['b', 'c'], ['d']]);
});

it('halves a batch that fails as a whole, gives up on the one bad record and goes on', async () => {
  const handled: string[] = [];
  let triesOfBad = 0;
  for (const id of ['a', 'b', 'bad', 'c', 'd']) await put(id);
  await start(async (event) => {
    const ids = idsOf(event);
    if (ids.length === 1 && ids[0] === 'bad') triesOfBad += 1;
    if (ids.includes('bad')) throw new Error('cannot read this one');
    handled.push(...ids);
    return undefined;
  });
  await expect.poll(() => handled).toEqual(['a', 'b', 'c', 'd']);
  expect(triesOfBad).toBe(RETRIES + 1);
  expect(failures).toEqual([
    { reason: 'Error: cannot read this one', sequenceNumbers: [expect.any(String)], arrivedAt: expect.any(Number) },
  ]);
});

/** Some items are new several times, as what was deleted and written again. */
async function putAgainAndAgain(ids: readonly string[], times: number): Promise<void> {
  const documents = DynamoDBDocumentClient.from(database.client);
  const TableName = database.tables.outbox;
  for (let n = 1; n <= times; n += 1) {
    for (const id of ids) {
      await documents.send(new DeleteCommand({ TableName, Key: { id } }));
      await put(id, { n });
    }
  }
}

it('makes as many calls at once as it is told, and tells of one item in order all the same', async () => {
  const ids = Array.from({ length: 12 }, (_, number) => `item ${number}`);
  await putAgainAndAgain(ids, 5);
  const seen: StreamRecord[] = [];
  let [now, most] = [0, 0];
  await start(
    async ({ Records }) => {
      now += 1;
      most = Math.max(most, now);
      await sleep(Math.random() * 20);
      seen.push(...Records);
      now -= 1;
      return undefined;
    },
    { calls: 3 },
  );
  await expect.poll(() => seen.length).toBe(60);
  expect(most).toBe(3);
  for (const id of ids) {
    const told = seen.filter((record) => idOf(record) === id).map(({ dynamodb }) => dynamodb?.NewImage?.['n']?.N);
    expect(told, id).toEqual(['1', '2', '3', '4', '5']);
  }
});

it('loses nothing where it ends amid several calls: what was handled before something that was not comes again', async () => {
  const ids = Array.from({ length: 40 }, (_, number) => `item ${number}`);
  for (const id of ids) await put(id);
  const first: string[] = [];
  const stopFirst = await start(
    async ({ Records }) => {
      const failed = Records.filter((record) => idOf(record) === 'item 20');
      const from = failed[0] ? Records.indexOf(failed[0]) : Records.length;
      first.push(...Records.slice(0, from).map(idOf));
      return { batchItemFailures: failed.map(sequenceOf) };
    },
    { calls: 4, retryDelayMs: A_LONG_WHILE_MS },
  );
  // Of what came after it, other calls handle most.
  await expect.poll(() => first.length).toBeGreaterThan(25);
  await stopFirst();
  const second: string[] = [];
  await start(
    async (event) => {
      second.push(...idsOf(event));
      return undefined;
    },
    { calls: 4 },
  );
  await expect.poll(() => new Set([...first, ...second]).size).toBe(ids.length);
  expect(second).toContain('item 20');
  expect(second.filter((id) => ids.indexOf(id) < 20)).toEqual([]);
  expect(failures).toEqual([]);
});

it('goes on after a restart where it left off, and repeats what was in hand', async () => {
  const first: string[] = [];
  await put('a');
  const stopFirst = await start(
    async (event) => {
      first.push(...idsOf(event));
      if (first.includes('b')) throw new Error('in hand when it stops');
      return { batchItemFailures: [] };
    },
    { retryDelayMs: A_LONG_WHILE_MS },
  );
  await expect.poll(() => first).toEqual(['a']);
  await put('b');
  await expect.poll(() => first.includes('b')).toBe(true);
  await stopFirst();
  await put('c');

  const second: string[] = [];
  await start(async (event) => {
    second.push(...idsOf(event));
    return undefined;
  });
  await expect.poll(() => second).toEqual(['b', 'c']);
  expect(failures).toEqual([]);
});

it('delivers within half a second when it was idle', async () => {
  const arrived = new Map<string, number>();
  await start(async (event) => {
    for (const id of idsOf(event)) arrived.set(id, performance.now());
    return undefined;
  });
  let items = 0;
  const fastest = await bestOf(async () => {
    const id = `item ${items++}`;
    const begun = performance.now();
    await put(id);
    await expect.poll(() => arrived.has(id), { interval: 5 }).toBe(true);
    return (arrived.get(id) ?? Number.POSITIVE_INFINITY) - begun;
  }, 500);
  expect(fastest).toBeLessThanOrEqual(500);
});

const A_LONG_WHILE_MS = 60_000;

async function start(
  invoke: (event: DynamoDBStreamEvent) => Promise<unknown>,
  { retryDelayMs = 0, calls = 1 } = {},
): Promise<() => Promise<void>> {
  const stream = await startStream({
    dynamodb: database.client,
    endpoint: database.streamsEndpoint,
    tableName: database.tables.outbox,
    attribute: 'kind',
    together: BATCH_SIZE,
    calls,
    invoke,
    checkpointFile: join(directory, 'checkpoint.json'),
    onFailure: async (failure) => {
      failures.push(failure);
    },
    log: console.log,
    retryDelayMs,
  });
  stops.push(stream.stop);
  return stream.stop;
}

/** A function whose bundle is this source, and the events that it wrote to its log. */
async function functionOf(source: string): Promise<RunningFunction & { events: () => DynamoDBStreamEvent[] }> {
  const bundle = join(directory, 'index.mjs');
  await writeFile(bundle, source);
  const lines: string[] = [];
  const target = startFunction({
    name: 'test',
    bundle,
    environment: {},
    timeoutMs: A_LONG_WHILE_MS,
    memoryMb: 512,
    log: (line) => lines.push(line),
  });
  stops.push(target.stop);
  return { ...target, events: () => lines.map((line) => JSON.parse(line)) };
}

type StreamRecord = DynamoDBStreamEvent['Records'][number];

const idOf = (record: StreamRecord): string => record.dynamodb?.Keys?.['id']?.S ?? '';
const idsOf = (event: DynamoDBStreamEvent): string[] => event.Records.map(idOf);
const sequenceOf = (record: StreamRecord) => ({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' });

function put(id: string, attributes: Record<string, unknown> = {}): Promise<unknown> {
  const documents = DynamoDBDocumentClient.from(database.client, { marshallOptions: { removeUndefinedValues: true } });
  return documents.send(
    new PutCommand({ TableName: database.tables.outbox, Item: { id, kind: 'link', ...attributes } }),
  );
}
