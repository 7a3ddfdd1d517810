import { TICKET_HASH_BYTES } from '../../../shared/ticket/roster-lock.ts';

const LENGTH_BYTES = 2;
const HEAD_BYTES = TICKET_HASH_BYTES + LENGTH_BYTES;

/** Entries as they come over the network and as they are kept: a hash, how many bytes follow, and what the ticket opens. */
export interface Entry {
  readonly hash: Uint8Array;
  readonly sealed: Uint8Array;
}

/** @throws RangeError where bytes are cut off */
export function* entriesIn(bytes: Uint8Array): Generator<Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const from = at + HEAD_BYTES;
    const to = from + view.getUint16(at + TICKET_HASH_BYTES);
    if (to > bytes.length) throw new RangeError('an entry is cut off');
    yield { hash: bytes.subarray(at, at + TICKET_HASH_BYTES), sealed: bytes.subarray(from, to) };
    at = to;
  }
}

export function packEntries(entries: readonly Entry[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((sum, { sealed }) => sum + HEAD_BYTES + sealed.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { hash, sealed } of entries) {
    bytes.set(hash, at);
    view.setUint16(at + TICKET_HASH_BYTES, sealed.length);
    bytes.set(sealed, at + HEAD_BYTES);
    at += HEAD_BYTES + sealed.length;
  }
  return bytes;
}

/** Which bucket an entry is kept in: 256 of them, of much the same size, since a hash is as good as chance. */
export const bucketOf = (hash: Uint8Array): number => hash[0] ?? 0;

/** By bucket; the last of several with one hash counts. */
export function intoBuckets(entries: Iterable<Entry>): Map<number, Entry[]> {
  const buckets = new Map<number, Entry[]>();
  for (const entry of entries) {
    const bucket = buckets.get(bucketOf(entry.hash));
    if (bucket === undefined) buckets.set(bucketOf(entry.hash), [entry]);
    else bucket.push(entry);
  }
  return buckets;
}

/**
 * A bucket in which each hash stands once, as it came last; not at all where nothing was sealed any more. They stand in the order of their
 * hashes: that in which they came would say who is under 18, for these come last (CI11).
 */
export function mergeEntries(before: Iterable<Entry>, after: readonly Entry[]): Entry[] {
  const merged = new Map<string, Entry>();
  for (const entry of before) merged.set(String(entry.hash), entry);
  for (const entry of after) merged.set(String(entry.hash), entry);
  return [...merged.keys()]
    .sort()
    .flatMap((hash) => merged.get(hash) ?? [])
    .filter(({ sealed }) => sealed.length > 0);
}

export function findEntry(bucket: Uint8Array | undefined, hash: Uint8Array): Uint8Array | undefined {
  if (bucket === undefined) return undefined;
  for (const entry of entriesIn(bucket)) if (hash.every((byte, at) => entry.hash[at] === byte)) return entry.sealed;
  return undefined;
}
