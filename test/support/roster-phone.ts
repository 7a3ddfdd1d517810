import type { RosterAnswer } from '../../shared/checkin/roster/roster.schema.ts';
import { type RosterEntry, unpackEntry } from '../../shared/checkin/roster/roster-entry.ts';
import type { ScanMark } from '../../shared/checkin/scan/scan.ts';
import { openEntry, ticketHash } from '../../shared/ticket/roster-lock.ts';
import { ticketIdBytes } from '../../shared/ticket/ticket-names.store.ts';

type Answer = Omit<RosterAnswer, 'device'>;

const HEAD = 18;

/** Entries of an answer, by hash in hex. */
export function entriesOf({ entries }: Pick<Answer, 'entries'>): Map<string, Uint8Array> {
  const bytes = Buffer.from(entries, 'base64url');
  const found = new Map<string, Uint8Array>();
  for (let at = 0; at < bytes.length; ) {
    const end = at + HEAD + bytes.readUInt16BE(at + HEAD - 2);
    found.set(bytes.toString('hex', at, at + HEAD - 2), bytes.subarray(at + HEAD, end));
    at = end;
  }
  return found;
}

/** A phone that takes over what it is told, as the app does. @param ask one request */
export function rosterPhone(eventId: string, ask: (since: string | undefined) => Promise<Answer>) {
  const entries = new Map<string, Uint8Array>();
  const marks = new Map<string, Map<string, ScanMark>>();
  let cursor: string | undefined;
  let last: Answer | undefined;
  return {
    entries,
    last: () => last,
    /** @returns all answers until there is no more */
    async pull(): Promise<readonly Answer[]> {
      const answers: Answer[] = [];
      do {
        last = await ask(cursor);
        answers.push(last);
        if (last.isWhole) entries.clear();
        for (const [hash, sealed] of entriesOf(last)) entries.set(hash, sealed);
        for (const { list, ticket, marks: told } of last.checkIns) {
          const known = marks.get(`${list} ${ticket}`) ?? new Map();
          for (const mark of told) known.set(mark.scanId, mark);
          marks.set(`${list} ${ticket}`, known);
        }
        cursor = last.cursor;
      } while (last.hasMore);
      return answers;
    },
    async open(ticketId: string): Promise<RosterEntry | undefined> {
      const id = ticketIdBytes(ticketId);
      const sealed = entries.get(Buffer.from(await ticketHash(id)).toString('hex'));
      const opened = sealed && (await openEntry(sealed, id, eventId));
      return opened && unpackEntry(opened);
    },
    /** Ids of scans that it knows of, by list and ticket. */
    scans: () => new Map([...marks].map(([place, known]) => [place, [...known.keys()].sort()])),
  };
}
