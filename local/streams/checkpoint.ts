import { readFile } from 'node:fs/promises';
import { writeAtomically } from '../atomic-file.ts';

export interface Checkpoint {
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
