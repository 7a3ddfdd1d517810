import type { Door } from '../../../shared/checkin/list/list.ts';
import { type RosterEntry, unpackEntry } from '../../../shared/checkin/roster/roster-entry.ts';
import { passageOf } from '../../../shared/checkin/scan/passage.ts';
import type { Mark } from '../../../shared/checkin/scan/scan.ts';
import { openEntry, ticketHash } from '../../../shared/ticket/roster-lock.ts';
import { toBase64url } from './base64url.ts';
import type { Db } from './database.ts';
import { bucketOf, findEntry } from './entries.ts';

/** What the phone knows of a ticket. */
export interface Known {
  /** `ticketHash`, base64url. */
  readonly ticket: string;
  /** Absent where the roster has no entry that it opens. */
  readonly person?: RosterEntry | undefined;
  /** Of the list that is scanned for. */
  readonly marks: readonly Mark[];
}

export async function lookUp(db: Db, ticketId: Uint8Array, eventId: string, list: string): Promise<Known> {
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

/** How many of some tickets are inside a list. @param tickets `ticketHash` of each, base64url */
export async function insideOf(db: Db, { id, passing }: Door, tickets: readonly string[]): Promise<number> {
  const all = await Promise.all(tickets.map((ticket) => marksOf(db, id, ticket)));
  return all.filter((marks) => passageOf(marks, passing).isInside).length;
}

export async function marksOf(db: Db, list: string, ticket: string): Promise<readonly Mark[]> {
  return (await db.get('checkIns', [list, ticket]))?.marks ?? [];
}
