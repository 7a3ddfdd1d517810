import type { ListTerms } from '../../../shared/checkin/roster/roster.schema.ts';
import { type RosterEntry, unpackEntry } from '../../../shared/checkin/roster/roster-entry.ts';
import { passageOf } from '../../../shared/checkin/scan/passage.ts';
import type { ScanMark } from '../../../shared/checkin/scan/scan.ts';
import { isInsideAt } from '../../../shared/checkin/scan/verdict.ts';
import { decodeCrockford } from '../../../shared/kernel/text/crockford.ts';
import { openEntry, TICKET_HASH_BYTES, ticketHash } from '../../../shared/ticket/roster-lock.ts';
import { parseTicket, TICKET_TYPE, type TicketRefusal } from '../../../shared/ticket/ticket.ts';
import { toBase64url } from './base64url.ts';
import type { Db } from './database.ts';
import type { Memory } from './memory.ts';

const LENGTH_BYTES = 2;
const HEAD_BYTES = TICKET_HASH_BYTES + LENGTH_BYTES;

/** Entries as they come over the network and as they are kept: a hash, how many bytes follow, and what the ticket opens. */
export interface SealedEntry {
  readonly hash: Uint8Array;
  readonly sealed: Uint8Array;
}

/** @throws RangeError where bytes are cut off */
export function* entriesIn(bytes: Uint8Array): Generator<SealedEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const from = at + HEAD_BYTES;
    const to = from + view.getUint16(at + TICKET_HASH_BYTES);
    if (to > bytes.length) throw new RangeError('an entry is cut off');
    yield { hash: bytes.subarray(at, at + TICKET_HASH_BYTES), sealed: bytes.subarray(from, to) };
    at = to;
  }
}

export function packEntries(entries: readonly SealedEntry[]): Uint8Array {
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
const bucketOf = (hash: Uint8Array): number => hash[0] ?? 0;

/** By bucket; the last of several with one hash counts. */
export function intoBuckets(entries: Iterable<SealedEntry>): Map<number, SealedEntry[]> {
  const buckets = new Map<number, SealedEntry[]>();
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
export function mergeEntries(before: Iterable<SealedEntry>, after: readonly SealedEntry[]): SealedEntry[] {
  const merged = new Map<string, SealedEntry>();
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

/** What the phone knows of a ticket. */
export interface KnownTicket {
  /** `ticketHash`, base64url. */
  readonly ticket: string;
  /** Absent where the roster has no entry that it opens. */
  readonly person?: RosterEntry | undefined;
  /** Of the list that is scanned for. */
  readonly marks: readonly ScanMark[];
}

export async function lookUp(db: Db, ticketId: Uint8Array, eventId: string, list: string): Promise<KnownTicket> {
  const hash = await ticketHash(ticketId);
  const ticket = toBase64url(hash);
  const tx = db.transaction(['entries', 'checkIns']);
  const [bucket, checkIn] = await Promise.all([
    tx.objectStore('entries').get(bucketOf(hash)),
    tx.objectStore('checkIns').get([list, ticket]),
  ]);
  const sealed = findEntry(bucket, hash);
  const opened = sealed && (await openEntry(sealed, ticketId, eventId));
  return { ticket, person: opened && unpackEntry(opened), marks: checkIn?.marks ?? [] };
}

/** How many of some tickets are inside a list at an instant. @param tickets `ticketHash` of each, base64url */
export async function insideOf(db: Db, door: ListTerms, tickets: readonly string[], at: number): Promise<number> {
  const all = await Promise.all(tickets.map((ticket) => marksOf(db, door.id, ticket)));
  return all.filter((marks) => isInsideAt(door, passageOf(marks, door.passing, door.dayStarts), at)).length;
}

export async function marksOf(db: Db, list: string, ticket: string): Promise<readonly ScanMark[]> {
  return (await db.get('checkIns', [list, ticket]))?.marks ?? [];
}

const TICKET_ID_BYTES = 12;
/** Digits of a typed id, and as many hyphens and spaces as anyone puts between them. */
const LONGEST_TYPED = 60;

/** The 12 bytes of a ticket's id, and whether a signature says that it is genuine; or why there is none. */
export type Identified =
  | { readonly kind: 'ticket'; readonly id: Uint8Array; readonly isSigned: boolean }
  | { readonly kind: TicketRefusal };

/**
 * Finds out which ticket was shown. A typed id has no signature: it counts for what the roster knows of it, which nobody who guesses
 * among 96 bits will ever hit, and for nothing where the roster does not know it (CI14).
 *
 * @param text as a camera, a hand-held reader or a person gave it
 * @param at by the server's clock, epoch milliseconds
 */
export async function identify(text: string, { keys, fingerprint }: Memory, at: number): Promise<Identified> {
  const typed = text.length <= LONGEST_TYPED ? decodeCrockford(text) : undefined;
  if (typed?.length === TICKET_ID_BYTES) return { kind: 'ticket', id: typed, isSigned: false };
  // Hand-held readers end with a line; a space at the end may be part of the code.
  const code = text.replace(/[\r\n\t]/g, '');
  const trust = { keys, event: fingerprint, type: TICKET_TYPE.admission, now: new Date(at) };
  const verdict = await parseTicket(code, trust);
  return verdict.kind === 'valid' ? { kind: 'ticket', id: verdict.ticketId, isSigned: true } : verdict;
}
