import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  type AttributeValue,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { TABLES } from '../shared/kernel/dynamo/tables.ts';
import type { OutboxStream } from '../shared/kernel/manifest.ts';
import { writeAtomically } from './atomic-file.ts';
import { LOCAL_AWS } from './aws.ts';

/** Items without the attribute do not wake the function, nor do those that are to wait. */
interface StreamOptions extends OutboxStream {
  readonly dynamodb: DynamoDBClient;
  /** Of the streams API. */
  readonly endpoint: string;
  readonly tableName: string;
  /** Batches at once, each of items of its own: one after another when absent. */
  readonly calls?: number;
  readonly invoke: Invoke;
  /** Remembers how far records were handled. */
  readonly checkpointFile: string;
  /** Must keep what it is told: those records are not delivered again. */
  readonly onFailure: (failure: StreamFailure) => Promise<void>;
  readonly log: (line: string) => void;
  /** Milliseconds before the first retry; each later one waits twice as long. */
  readonly retryDelayMs?: number;
}

/** As deployed: a test compares them with the template. */
export const RETRIES = 30;

const FIRST_RETRY_MS = 200;

/** What items have that are looked at later, by a timer. */
const WAITS = TABLES.outbox.indexes.due.partitionKey;

/**
 * The event source mapping between a table's stream and a function: new items, in order, at least once, from where
 * it left off. A record is checkpointed after it was handled, so that a crash repeats it rather than loses it.
 */
export async function startStream(options: StreamOptions) {
  const { endpoint, tableName, log } = options;
  const streamArn = await streamOf(options.dynamodb, tableName);
  const client = new DynamoDBStreamsClient({ ...LOCAL_AWS, endpoint });
  const checkpoint = await openCheckpoint(options.checkpointFile, streamArn);
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run(): Promise<void> {
    const { calls = 1, together } = options;
    const batches = readShards({ client, streamArn, checkpoint, signal, log, limit: calls * together });
    for await (const { shardId, records, lastSequenceNumber } of batches) {
      const inserts = records.filter(
        ({ eventName, dynamodb: { NewImage = {} } = {} }) => eventName === 'INSERT' && isForFunction(options, NewImage),
      );
      const all = inserts.map((record) => toLambdaRecord(record, streamArn));
      const deliver = {
        invoke: options.invoke,
        retries: RETRIES,
        retryDelayMs: options.retryDelayMs ?? FIRST_RETRY_MS,
        signal,
        onHandled: inOrder(all, (sequenceNumber) => checkpoint.advance(shardId, sequenceNumber)),
        onFailure: options.onFailure,
      };
      await Promise.all(
        lanesOf(all, calls).map(async (lane) => {
          for (let first = 0; first < lane.length; first += together) {
            await deliverRecords(lane.slice(first, first + together), deliver);
          }
        }),
      );
      if (!signal.aborted) await checkpoint.advance(shardId, lastSequenceNumber);
    }
  }

  const running = run().catch((error) => log(`The stream of ${tableName} stopped: ${error}`));
  return {
    /** Waits for the call in hand; what was not handled comes again at the next start. */
    stop: async () => {
      stopping.abort();
      await running;
      client.destroy();
    },
  };
}

function isForFunction({ attribute, soon = [] }: OutboxStream, item: Record<string, AttributeValue>): boolean {
  const value = item[attribute]?.S;
  return value !== undefined && (item[WAITS]?.S === undefined || soon.includes(value));
}

async function streamOf(dynamodb: DynamoDBClient, TableName: string): Promise<string> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  if (Table?.LatestStreamArn === undefined) throw new Error(`the table ${TableName} has no stream`);
  return Table.LatestStreamArn;
}

/**
 * A record as Lambda hands it to functions: seconds for dates, base64 for bytes.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
function toLambdaRecord(record: _Record, eventSourceARN: string): DynamoDBRecord {
  const { ApproximateCreationDateTime, Keys, NewImage, OldImage, ...rest } = record.dynamodb ?? {};
  const images = Object.entries({ Keys, NewImage, OldImage }).flatMap(([name, image]) =>
    image === undefined ? [] : [[name, toJsonImage(image)]],
  );
  return {
    eventID: record.eventID ?? '',
    eventName: record.eventName ?? 'INSERT',
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: LOCAL_AWS.region,
    dynamodb: {
      ...rest,
      ApproximateCreationDateTime: Math.floor((ApproximateCreationDateTime?.getTime() ?? 0) / 1000),
      ...Object.fromEntries(images),
    },
    eventSourceARN,
  };
}

const toJsonImage = (image: Record<string, AttributeValue>): unknown =>
  JSON.parse(JSON.stringify(image, (_, value) => (isBytes(value) ? toBase64(value) : value)));

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Records for each of so many calls at once: all of one item for the same, in their order. Here the next are read once all are done. */
function lanesOf(records: readonly DynamoDBRecord[], calls: number): readonly (readonly DynamoDBRecord[])[] {
  const laneOf = ({ dynamodb }: DynamoDBRecord): number =>
    createHash('sha256').update(JSON.stringify(dynamodb?.Keys)).digest().readUInt32BE() % calls;
  return Array.from({ length: calls }, (_, lane) => records.filter((record) => laneOf(record) === lane));
}

/** Tells of the last record before which all are handled: calls at once end in any order, and what is passed does not come again. */
function inOrder(records: readonly DynamoDBRecord[], advance: (sequenceNumber: string) => Promise<void>) {
  const handled = new Set<DynamoDBRecord>();
  let next = 0;
  let told = Promise.resolve();
  return (done: readonly DynamoDBRecord[]): Promise<void> => {
    for (const record of done) handled.add(record);
    const before = next;
    while (next < records.length && handled.has(records[next] as DynamoDBRecord)) next += 1;
    const last = records[next - 1];
    if (next > before && last) told = told.then(() => advance(sequenceNumberOf(last)));
    return told;
  };
}

/** Calls the function; rejects where Lambda would report an error of the function. */
type Invoke = (event: DynamoDBStreamEvent) => Promise<unknown>;

interface DeliverOptions {
  readonly invoke: Invoke;
  /** Calls after the first, for the same records. */
  readonly retries: number;
  /** Milliseconds before the first retry; each later one waits twice as long. */
  readonly retryDelayMs: number;
  readonly signal: AbortSignal;
  /** These were handled, or given up. */
  readonly onHandled: (records: readonly DynamoDBRecord[]) => Promise<void>;
  readonly onFailure: (failure: StreamFailure) => Promise<void>;
}

/** Records that failed to the last. */
export interface StreamFailure {
  readonly reason: string;
  readonly sequenceNumbers: readonly string[];
  /** When the last of them came into the stream, epoch seconds. */
  readonly arrivedAt: number;
}

interface Attempt {
  readonly records: readonly DynamoDBRecord[];
  readonly retries: number;
}

const LONGEST_DELAY_MS = 10_000;

/**
 * Hands one batch to the function as Lambda's event source mapping does with `ReportBatchItemFailures` and
 * `BisectBatchOnFunctionError`: order is kept, so what failed is retried from its lowest sequence number on, and a
 * batch that fails as a whole is halved (which uses up no retry) until the one bad record stands alone.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
async function deliverRecords(records: readonly DynamoDBRecord[], options: DeliverOptions): Promise<void> {
  const queue: Attempt[] = records.length > 0 ? [{ records, retries: 0 }] : [];
  for (let attempt = queue.shift(); attempt !== undefined; attempt = queue.shift()) {
    if (options.signal.aborted) return;
    const { failedFrom, reason } = await tryOnce(attempt.records, options.invoke);
    const done = attempt.records.slice(0, failedFrom);
    const rest = attempt.records.slice(failedFrom);
    if (done.length > 0) await options.onHandled(done);
    if (rest.length === 0) continue;
    if (done.length > 0) queue.unshift({ records: rest, retries: attempt.retries });
    else if (rest.length > 1) queue.unshift(...halves(rest, attempt.retries));
    else if (attempt.retries < options.retries) queue.unshift({ records: rest, retries: attempt.retries + 1 });
    else {
      const arrivedAt = rest.at(-1)?.dynamodb?.ApproximateCreationDateTime ?? 0;
      await options.onFailure({ reason, sequenceNumbers: rest.map(sequenceNumberOf), arrivedAt });
      await options.onHandled(rest);
      continue;
    }
    const delay = Math.min(options.retryDelayMs * 2 ** attempt.retries, LONGEST_DELAY_MS);
    await wait(delay, undefined, { signal: options.signal }).catch(() => undefined);
  }
}

interface Outcome {
  /** Index of the first record that was not handled; the number of records when all were. */
  readonly failedFrom: number;
  readonly reason: string;
}

async function tryOnce(records: readonly DynamoDBRecord[], invoke: Invoke): Promise<Outcome> {
  try {
    const result = await invoke({ Records: [...records] });
    return { failedFrom: firstFailure(records, result), reason: 'reported as failed by the function' };
  } catch (error) {
    return { failedFrom: 0, reason: String(error) };
  }
}

/** No list, or an empty one, is success; an identifier that was not in the batch fails all of it. */
function firstFailure(records: readonly DynamoDBRecord[], result: unknown): number {
  const { batchItemFailures } = (result ?? {}) as Partial<DynamoDBBatchResponse>;
  if (!batchItemFailures?.length) return records.length;
  const numbers = records.map(sequenceNumberOf);
  return Math.max(0, Math.min(...batchItemFailures.map(({ itemIdentifier }) => numbers.indexOf(itemIdentifier))));
}

function halves(records: readonly DynamoDBRecord[], retries: number): Attempt[] {
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)].map((half) => ({ records: half, retries }));
}

const sequenceNumberOf = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? '';

interface ShardsOptions {
  readonly client: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly checkpoint: Checkpoint;
  readonly signal: AbortSignal;
  /** Records at once. */
  readonly limit: number;
  readonly log: (line: string) => void;
}

interface ShardBatch {
  readonly shardId: string;
  readonly records: readonly _Record[];
  readonly lastSequenceNumber: string;
}

/** Milliseconds between two looks at a stream in which nothing happens; each costs about one of processor time. */
const IDLE_MS = 120;
const AFTER_ERROR_MS = 1000;

/**
 * The records of a stream, oldest first, until the signal aborts. A shard that was closed is followed by its
 * children; only a missing `NextShardIterator` says that it was.
 */
async function* readShards(options: ShardsOptions): AsyncGenerator<ShardBatch> {
  const { client, signal, limit, log } = options;
  const iterators = new Map<string, string>();
  const finished = new Set<string>();
  while (!signal.aborted) {
    let pause = IDLE_MS;
    try {
      if (iterators.size === 0) await openShards(options, iterators, finished);
      for (const [shardId, ShardIterator] of iterators) {
        const { Records = [], NextShardIterator } = await client.send(
          new GetRecordsCommand({ ShardIterator, Limit: limit }),
        );
        const lastSequenceNumber = Records.at(-1)?.dynamodb?.SequenceNumber;
        if (lastSequenceNumber !== undefined) {
          pause = 0;
          yield { shardId, records: Records, lastSequenceNumber };
        }
        if (NextShardIterator !== undefined) iterators.set(shardId, NextShardIterator);
        else {
          iterators.delete(shardId);
          finished.add(shardId);
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      log(`Reading the stream failed, trying again: ${error}`);
      // Iterators expire; the checkpoint does not.
      iterators.clear();
      pause = AFTER_ERROR_MS;
    }
    if (pause > 0) await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** Opens the shards whose parents are read to their end. */
async function openShards(options: ShardsOptions, iterators: Map<string, string>, finished: ReadonlySet<string>) {
  const shards = await listShards(options);
  const pending = new Set(shards.flatMap(({ ShardId = '' }) => (finished.has(ShardId) ? [] : [ShardId])));
  for (const { ShardId = '', ParentShardId = '' } of shards) {
    if (!pending.has(ShardId) || pending.has(ParentShardId)) continue;
    const iterator = await openShard(options, ShardId);
    if (iterator !== undefined) iterators.set(ShardId, iterator);
  }
}

async function listShards({ client, streamArn: StreamArn }: ShardsOptions): Promise<Shard[]> {
  const shards: Shard[] = [];
  let ExclusiveStartShardId: string | undefined;
  do {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn, ExclusiveStartShardId }));
    shards.push(...(StreamDescription?.Shards ?? []));
    ExclusiveStartShardId = StreamDescription?.LastEvaluatedShardId;
  } while (ExclusiveStartShardId !== undefined);
  return shards;
}

/** After what was handled, else from the oldest record that is left. */
async function openShard({ client, streamArn: StreamArn, checkpoint }: ShardsOptions, ShardId: string) {
  const oldest = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
  const SequenceNumber = checkpoint.positionOf(ShardId);
  if (SequenceNumber !== undefined) {
    const after = { ...oldest, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber } as const;
    try {
      return (await client.send(new GetShardIteratorCommand(after))).ShardIterator;
    } catch (error) {
      if (!(error instanceof TrimmedDataAccessException)) throw error;
    }
  }
  return (await client.send(new GetShardIteratorCommand(oldest))).ShardIterator;
}

interface Checkpoint {
  /** The last record of a shard that was handled. */
  positionOf(shardId: string): string | undefined;
  advance(shardId: string, sequenceNumber: string): Promise<void>;
}

interface Stored {
  readonly streamArn: string;
  readonly positions: Record<string, string>;
}

/** Positions in one stream; those of another stream, from a database that is gone, count for nothing. */
async function openCheckpoint(file: string, streamArn: string): Promise<Checkpoint> {
  const stored = await read(file);
  const positions = stored?.streamArn === streamArn ? stored.positions : {};
  return {
    positionOf: (shardId) => positions[shardId],
    async advance(shardId, sequenceNumber) {
      if (positions[shardId] === sequenceNumber) return;
      positions[shardId] = sequenceNumber;
      const content: Stored = { streamArn, positions };
      await writeAtomically(file, JSON.stringify(content));
    },
  };
}

async function read(file: string): Promise<Stored | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
