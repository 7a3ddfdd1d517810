import * as z from 'zod';
import { type ChunkStore, checksumOf, chunkStore, packed, unpacked } from '../../kernel/dynamo/chunks.store.ts';
import { queryInOrder, queryPartition } from '../../kernel/dynamo/queries.store.ts';
import type { Patient } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { attendanceChunkKey, checkInFeedPartition, joinedPartition } from '../check-in-keys.ts';
import { fromCheckInFeedItem, type SharedMark } from '../roster/check-in-feed.store.ts';
import type { CheckIn } from '../scan/check-in.store.ts';
import type { ScanMark } from '../scan/scan.ts';

/** Tickets lie in as many chunks as this by the first character of their hash, which is as good as chance. */
const SPREAD = 32;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
export const TICKET_PARTS: readonly string[] = Array.from({ length: SPREAD }, (_, place) => String(place));
/** The chunk of what was told since the others were written. */
export const RECENT_MARKS = 'recent';

export const ticketPart = (ticket: string): string => String(ALPHABET.indexOf(ticket.slice(0, 1)) % SPREAD);

/** Characters of a ticket's hash, 66 bits, and of a scan's id, 36 bits, which has to be unlike those of the same ticket alone. */
const TICKET_LENGTH = 11;
const SCAN_LENGTH = 6;

/** By what the index calls a ticket: the marks of all its scans, in which ids are as short as the index has them. */
export type MarksByTicket = Map<string, SharedMark[]>;

export const shortTicket = (ticket: string): string => short(ticket, TICKET_LENGTH);

const short = (id: string, length: number): string => id.slice(0, length).padEnd(length, '.');

/** Adds a mark, as it was told or as the index has it. @returns whether it was not there */
export function addMark(all: MarksByTicket, { list, ticket: whole, mark }: SharedMark): boolean {
  const ticket = shortTicket(whole);
  const scanId = short(mark.scanId, SCAN_LENGTH);
  const known = all.get(ticket);
  if (known?.some((each) => each.list === list && each.mark.scanId === scanId)) return false;
  const undoes = mark.kind === 'undo' ? { undoes: short(mark.undoes ?? '', SCAN_LENGTH) } : {};
  const added = { list, ticket, mark: { ...mark, scanId, ...undoes } };
  if (known === undefined) all.set(ticket, [added]);
  else known.push(added);
  return true;
}

/** Marks as how a ticket stands has them, with ids as short as the index has them: one that is in both is the same. */
export function shortMarks(list: string, { ticket, marks }: Pick<CheckIn, 'ticket' | 'marks'>): readonly ScanMark[] {
  const all: MarksByTicket = new Map();
  for (const mark of marks) addMark(all, { list, ticket, mark });
  return (all.get(shortTicket(ticket)) ?? []).map(({ mark }) => mark);
}

export const sizeOf = (all: MarksByTicket): number => [...all.values()].reduce((sum, { length }) => sum + length, 0);

/**
 * What was scanned of an event's tickets in little room: a column an attribute, compressed, with tickets by their hashes alone. It may be
 * lost, and nothing is decided on it: all of it is told in the feed of scans. It is overwritten where it stands.
 */
export const storedAttendanceChunk = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'event'),
  /** Raised with each writing: what a conditional write compares. */
  version: field(z.int(), 'impersonal', 'event'),
  /** What was told at this instant or before is in it, or in a chunk that it says so of; ISO 8601, empty for nothing. */
  upTo: field(z.string(), 'impersonal', 'event'),
  /** Of the recent ones: where the others stand, or behind; empty where none of them was written. */
  since: field(z.string().optional(), 'impersonal', 'event'),
  /** Of the recent ones: how many marks the others hold. */
  others: field(z.int().optional(), 'impersonal', 'event'),
  writtenAt: field(z.string(), 'impersonal', 'event'),
  marks: field(z.instanceof(Uint8Array), 'attendance', 'minutes'),
  /** Of `marks`, base64url: what is damaged is as good as lost. */
  hash: field(z.string(), 'impersonal', 'event'),
}));
type Stored = Omit<Output<typeof storedAttendanceChunk>, 'v' | 'marks' | 'hash'>;

export interface AttendanceChunk extends Stored {
  readonly marks: MarksByTicket;
}

/** Some of what was told, in order of time. */
interface ToldPage {
  /** Each with when it was told, ISO 8601. */
  readonly told: readonly (SharedMark & { readonly at: string })[];
  /** All that was told at this instant or before was handed over, but for what is being told at this moment. */
  readonly upTo: string;
}

export interface AttendanceIndex extends ChunkStore<AttendanceChunk> {
  /**
   * What phones told and who joined online, a page at a time.
   *
   * @param after ISO 8601, until when all is known that was told, at that instant too; or empty for all
   * @param isConsistent costs twice as much: for what is to be written; who follows reads the last half minute again
   */
  readonly told: (eventId: string, after: string, isConsistent: boolean) => AsyncGenerator<ToldPage>;
  /** Who joined the sessions of lists online, as it was told until November 2026. */
  readonly toldBefore: (eventId: string, lists: readonly string[]) => Promise<readonly SharedMark[]>;
}

const CHUNK_ITEMS = { keyOf: attendanceChunkKey, from: fromAttendanceChunkItem, to: toAttendanceChunkItem };

export const attendanceIndex = (given: Given<'registry', keyof Patient>): AttendanceIndex => {
  const { client, registry } = given;
  return {
    ...chunkStore(given, CHUNK_ITEMS),

    async *told(eventId, after, isConsistent) {
      const queries = [checkInFeedPartition(eventId), joinedPartition(eventId)].map((pk) => ({
        TableName: registry,
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: { ':pk': pk, ':after': after === '' ? ' ' : `${after}${AFTER_INSTANT}` },
        ConsistentRead: isConsistent,
      }));
      for await (const items of queryInOrder(client, queries, 'sk')) {
        const told = items.flatMap((item) =>
          fromCheckInFeedItem(item).map((mark) => ({ ...mark, at: instantIn(String(item['sk'])) })),
        );
        yield { told, upTo: instantIn(String(items.at(-1)?.['sk'])) };
      }
    },

    async toldBefore(eventId, lists) {
      const read = lists.map((list) => queryPartition(client, registry, joinedPartition(eventId, list)));
      return (await Promise.all(read)).flat().flatMap(fromCheckInFeedItem);
    },
  };
};

/** Sorts behind the `#` that follows an instant: what was told at it is not read again each time. */
const AFTER_INSTANT = '$';

const instantIn = (sk: string): string => sk.slice(0, sk.indexOf('#'));

/** Milliseconds for which what was told is read again: it is stamped before it is written, by another clock, and may be tried for seconds. */
const TOLD_SETTLES = 30_000;

/** How far one has come who read until now. */
export const settledAt = (now: Date, upTo: string): string => {
  const settled = new Date(now.getTime() - TOLD_SETTLES).toISOString();
  return upTo < settled ? upTo : settled;
};

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly attendanceIndex: AttendanceIndex;
  }
}

export function toAttendanceChunkItem(
  eventId: string,
  place: string,
  { marks, ...chunk }: AttendanceChunk,
  expiresAt: number,
) {
  const bytes = encodeMarks(marks);
  return { ...attendanceChunkKey(eventId, place), v: 1, ...chunk, marks: bytes, hash: checksumOf(bytes), expiresAt };
}

/** @returns nothing where it cannot be read: it is made anew then */
export function fromAttendanceChunkItem(item: Record<string, unknown>): AttendanceChunk | undefined {
  const { data } = storedAttendanceChunk().safeParse(item);
  if (data === undefined || checksumOf(data.marks) !== data.hash) return undefined;
  const { v: _, hash: __, marks, ...chunk } = data;
  return { ...chunk, marks: decodeMarks(marks) };
}

/** Values that occur with, for each mark, the place of its own. */
interface Column {
  readonly of: readonly string[];
  readonly is: readonly number[];
}

/** Marks of tickets one after another; ids of one length are one text. */
interface Columns {
  readonly tickets: string;
  readonly counts: readonly number[];
  readonly lists: Column;
  readonly devices: Column;
  readonly kinds: Column;
  readonly scans: string;
  /** Of undoes alone, in their order. */
  readonly undoes: string;
  /** Milliseconds from the one before. */
  readonly times: readonly number[];
}

function encodeMarks(all: MarksByTicket): Uint8Array<ArrayBuffer> {
  const tickets = [...all.keys()].sort();
  const marks = tickets.flatMap((ticket) => all.get(ticket) ?? []);
  const columns: Columns = {
    tickets: tickets.join(''),
    counts: tickets.map((ticket) => all.get(ticket)?.length ?? 0),
    lists: columnOf(marks.map(({ list }) => list)),
    devices: columnOf(marks.map(({ mark }) => mark.device)),
    kinds: columnOf(marks.map(({ mark }) => mark.kind)),
    scans: marks.map(({ mark }) => mark.scanId).join(''),
    undoes: marks.map(({ mark }) => mark.undoes ?? '').join(''),
    times: marks.map(({ mark }, n) => mark.correctedAt - (marks[n - 1]?.mark.correctedAt ?? 0)),
  };
  return packed(columns);
}

function columnOf(values: readonly string[]): Column {
  const places = new Map<string, number>();
  const is = values.map((value) => {
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
  return { of: [...places.keys()], is };
}

function decodeMarks(bytes: Uint8Array): MarksByTicket {
  const columns = unpacked<Columns>(bytes);
  const all: MarksByTicket = new Map();
  const valueAt = ({ of, is }: Column, n: number): string => of[is[n] ?? 0] ?? '';
  let [n, undone, at] = [0, 0, 0];
  for (const [place, count] of columns.counts.entries()) {
    const ticket = columns.tickets.slice(place * TICKET_LENGTH, (place + 1) * TICKET_LENGTH);
    const marks: SharedMark[] = [];
    for (; marks.length < count; n += 1) {
      at += columns.times[n] ?? 0;
      const kind = valueAt(columns.kinds, n) as ScanMark['kind'];
      const scanId = columns.scans.slice(n * SCAN_LENGTH, (n + 1) * SCAN_LENGTH);
      const undoes = columns.undoes.slice(undone * SCAN_LENGTH, (undone + 1) * SCAN_LENGTH);
      if (kind === 'undo') undone += 1;
      const mark = { scanId, device: valueAt(columns.devices, n), kind, correctedAt: at };
      marks.push({ list: valueAt(columns.lists, n), ticket, mark: kind === 'undo' ? { ...mark, undoes } : mark });
    }
    all.set(ticket, marks);
  }
  return all;
}
