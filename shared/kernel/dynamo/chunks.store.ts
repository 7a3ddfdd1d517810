import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Given } from '../parts.store.ts';
import { batchGet } from './batch-get.store.ts';
import { type ItemKey, NOT_THERE } from './keys.ts';
import type { Patient } from './transact.store.ts';

/** A chunk as it lies in the table; `chunk` is absent where it cannot be read, `version` 0 where nothing is there. */
export interface Kept<Chunk> {
  readonly version: number;
  readonly chunk?: Chunk | undefined;
}

/** An index of an event in little room, by the names of its chunks. They may be lost, and are overwritten where they stand. */
export interface ChunkStore<Chunk> {
  /** @param isConsistent costs twice as much: for what is to be written anew */
  readonly chunks: (
    eventId: string,
    places: readonly string[],
    isConsistent: boolean,
  ) => Promise<(place: string) => Kept<Chunk>>;
  /** One of them, to be written anew. */
  readonly chunk: (eventId: string, place: string) => Promise<Kept<Chunk>>;
  /**
   * Overwrites a chunk.
   *
   * @param expiresAt epoch seconds
   * @returns whether nobody else had since it was read
   */
  readonly write: (
    eventId: string,
    place: string,
    before: Kept<Chunk>,
    next: Omit<Chunk, 'version'>,
    expiresAt: number,
  ) => Promise<boolean>;
}

interface ChunkItems<Chunk> {
  readonly keyOf: (eventId: string, place: string) => ItemKey;
  readonly from: (item: Record<string, unknown>) => Chunk | undefined;
  readonly to: (eventId: string, place: string, chunk: Chunk, expiresAt: number) => Record<string, unknown>;
}

/** @param items `version` of a chunk is an attribute of its item */
export function chunkStore<Chunk extends { readonly version: number }>(
  { client, registry: TableName, system }: Given<'registry', keyof Patient>,
  { keyOf, from, to }: ChunkItems<Chunk>,
): ChunkStore<Chunk> {
  const chunks: ChunkStore<Chunk>['chunks'] = async (eventId, places, isConsistent) => {
    const keys = places.map((place) => keyOf(eventId, place));
    const find = await batchGet(client, TableName, keys, system, isConsistent);
    return (place) => {
      const item = find(keyOf(eventId, place));
      return item === undefined ? { version: 0 } : { version: Number(item['version']), chunk: from(item) };
    };
  };
  return {
    chunks,
    chunk: async (eventId, place) => (await chunks(eventId, [place], true))(place),
    async write(eventId, place, { version }, next, expiresAt) {
      const Item = to(eventId, place, { ...next, version: version + 1 } as unknown as Chunk, expiresAt);
      const isAsRead =
        version === 0
          ? { ConditionExpression: NOT_THERE }
          : { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': version } };
      try {
        await client.send(new PutCommand({ TableName, Item, ...isAsRead }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

/** Best size for its time: 20,000 people in 0.2 s. */
const QUALITY = 5;

export function packed(columns: object): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(JSON.stringify(columns));
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: QUALITY, [BROTLI_PARAM_SIZE_HINT]: text.length };
  return Uint8Array.from(brotliCompressSync(text, { params }));
}

/** @param bytes as they were packed, which a hash shows */
export const unpacked = <Columns>(bytes: Uint8Array): Columns =>
  JSON.parse(brotliDecompressSync(bytes).toString()) as Columns;

/** Of what is packed, base64url: what is damaged is as good as lost. */
export function checksumOf(...bytes: readonly (Uint8Array | undefined)[]): string {
  const hash = createHash('sha256');
  for (const each of bytes) hash.update(each ?? new Uint8Array());
  return hash.digest('base64url');
}
