import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type _Record, type AttributeValue, DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { TABLES } from '../shared/kernel/dynamo/tables.ts';
import type { OutboxStream } from '../shared/kernel/manifest.ts';
import { LOCAL_AWS } from './aws.ts';
import { deliverRecords, type Invoke, type StreamFailure } from './streams/deliver.ts';
import { openCheckpoint, readShards } from './streams/shards.ts';

/** Items without the attribute do not wake the function, nor do those that are to wait. */
interface StreamOptions extends OutboxStream {
  readonly dynamodb: DynamoDBClient;
  /** Of the streams API. */
  readonly endpoint: string;
  readonly tableName: string;
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
    const batches = readShards({ client, streamArn, checkpoint, signal, log, limit: options.together });
    for await (const { shardId, records, lastSequenceNumber } of batches) {
      const inserts = records.filter(
        ({ eventName, dynamodb: { NewImage = {} } = {} }) =>
          eventName === 'INSERT' && NewImage[options.attribute]?.S !== undefined && NewImage[WAITS]?.S === undefined,
      );
      await deliverRecords(
        inserts.map((record) => toLambdaRecord(record, streamArn)),
        {
          invoke: options.invoke,
          retries: RETRIES,
          retryDelayMs: options.retryDelayMs ?? FIRST_RETRY_MS,
          signal,
          onHandled: (sequenceNumber) => checkpoint.advance(shardId, sequenceNumber),
          onFailure: options.onFailure,
        },
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
