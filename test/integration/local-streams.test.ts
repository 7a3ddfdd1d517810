import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
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

it('goes on after a restart where it left off, and repeats what was in hand', async () => {
  const first: string[] = [];
  await put('a');
  const stopFirst = await start(async (event) => {
    first.push(...idsOf(event));
    if (first.includes('b')) throw new Error('in hand when it stops');
    return { batchItemFailures: [] };
  }, A_LONG_WHILE_MS);
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
  retryDelayMs = 0,
): Promise<() => Promise<void>> {
  const stream = await startStream({
    dynamodb: database.client,
    endpoint: database.streamsEndpoint,
    tableName: database.tables.outbox,
    attribute: 'kind',
    together: BATCH_SIZE,
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
