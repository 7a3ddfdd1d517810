import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { writeAtomically } from '../atomic-file.ts';

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
export async function* readShards(options: ShardsOptions): AsyncGenerator<ShardBatch> {
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
export async function openCheckpoint(file: string, streamArn: string): Promise<Checkpoint> {
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
