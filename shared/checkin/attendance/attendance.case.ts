import type { Presence } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { inOrderOfReferences, noteNews, readPeople } from '../../registration/people/people.case.ts';
import type { IndexedPerson, IndexedRow } from '../../registration/people/person.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { definitionOf, isVisible } from '../../team/role/within-reach.case.ts';
import { formerTickets } from '../../ticket/revoked-ticket.store.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import type { Place } from '../check-in-items.schema.ts';
import { checkInKey } from '../check-in-keys.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import type { SharedMark } from '../roster/check-in-feed.store.ts';
import { fromCheckInItem } from '../scan/check-in.store.ts';
import { attendanceParts, attendanceTable, isKnownToAll, presencesAt } from './arrivals.ts';
import { isStillTheirs } from './attendance.store.ts';
import {
  type AttendanceChunk,
  addMark,
  type MarksByTicket,
  RECENT_MARKS,
  settledAt,
  shortMarks,
  shortTicket,
  TICKET_PARTS,
} from './attendance-index.store.ts';
import { marksAt } from './keep-attendance.case.ts';
import { daysOnly } from './minutes.ts';

type Deps = Needs<'attendanceIndex' | 'attendanceMemory' | 'client' | 'registry' | 'system'>;

/** What an instance knows of an event's scans. Marks are facts: they are only ever added. */
interface KnownAttendance {
  readonly marks: MarksByTicket;
  /** All that was told at this instant or before is there. */
  cursor: string;
  /** When it began to be remembered, epoch milliseconds. */
  readonly from: number;
  /** Where the chunks stood: of all that was told after it, `told` has the tickets, by what the index calls them, with when, ISO 8601. */
  readonly since: string;
  readonly told: Map<string, string>;
}

/** What an instance remembers from one request to the next, by event. */
type AttendanceMemory = Map<string, KnownAttendance>;

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly attendanceMemory: AttendanceMemory;
  }
}

/** Events that an instance remembers, and for how long, milliseconds. */
const MOST_EVENTS = 2;
const REMEMBERED = 3_600_000;

/**
 * What was scanned of each ticket, at doors and online: from what is remembered, or from the chunks, and what was told since. Chunks that are
 * missing or damaged are made up for from all that was told: reading writes nothing (AU2), housekeeping makes them anew.
 */
export async function readAttendance(deps: Deps, eventId: string): Promise<MarksByTicket> {
  const { attendanceIndex: index, attendanceMemory: memory, system } = deps;
  const remembered = memory.get(eventId);
  const now = system.now().getTime();
  const known =
    remembered !== undefined && now - remembered.from < REMEMBERED ? remembered : await readChunks(deps, eventId);
  for await (const { told, upTo } of index.told(eventId, known.cursor, false)) {
    for (const each of told) {
      addMark(known.marks, each);
      known.told.set(shortTicket(each.ticket), each.at);
    }
    const reached = settledAt(system.now(), upTo);
    if (reached > known.cursor) known.cursor = reached;
  }
  memory.delete(eventId);
  memory.set(eventId, known);
  const [oldest] = memory.keys();
  if (memory.size > MOST_EVENTS && oldest !== undefined) memory.delete(oldest);
  return known.marks;
}

async function readChunks({ attendanceIndex: index, system }: Deps, eventId: string): Promise<KnownAttendance> {
  const from = system.now().getTime();
  const find = await index.chunks(eventId, [RECENT_MARKS, ...TICKET_PARTS], false);
  const recent = find(RECENT_MARKS).chunk;
  if (recent === undefined) return { marks: new Map(), cursor: '', from, since: '', told: new Map() };
  const since = recent.since ?? '';
  // What is there is in the recent ones where no other was written, or all is made anew.
  const places = since === '' ? [] : TICKET_PARTS;
  const reaches = (chunk: AttendanceChunk | undefined): boolean => chunk !== undefined && chunk.upTo >= since;
  // Not all are read at one instant: what is older than the recent ones begin has to be read again.
  const late = places.filter((place) => !reaches(find(place).chunk));
  const again = late.length === 0 ? find : await index.chunks(eventId, late, true);
  const marks: MarksByTicket = new Map();
  const add = (some: MarksByTicket): void => {
    for (const [ticket, each] of some) {
      // Nearly all are in one chunk alone, which was read for this and is nobody else's.
      if (!marks.has(ticket)) marks.set(ticket, each);
      else for (const mark of each) addMark(marks, mark);
    }
  };
  const lost = new Set<string>();
  for (const place of places) {
    const { chunk } = (late.includes(place) ? again : find)(place);
    if (chunk === undefined || !reaches(chunk)) lost.add(place);
    else add(chunk.marks);
  }
  if (lost.size > 0) add(await marksAt({ attendanceIndex: index }, eventId, lost));
  add(recent.marks);
  return { marks, cursor: recent.upTo, from, since: recent.upTo, told: new Map() };
}

/** What is known of the scans of people. */
export interface PeopleMarks {
  /** All of one person, at every list. */
  readonly marksOf: (person: Ticketed) => readonly SharedMark[];
  /** Marks of each ticket that is of none of the people. */
  readonly ofNobody: () => readonly (readonly SharedMark[])[];
  /** What was told of all tickets, to which marks are only ever added; absent where it is not all that is known of the people. */
  readonly told?: MarksByTicket | undefined;
}

type Ticketed = Pick<IndexedPerson, 'ticket'>;

const NO_MARKS: readonly SharedMark[] = [];

/** Marks by whole tickets, as far as they were asked for: a part of a text is made and hashed anew each time. */
const byWholeTicket = new WeakMap<MarksByTicket, Map<string, readonly SharedMark[]>>();

function marksOfTicket(told: MarksByTicket, ticket: string): readonly SharedMark[] {
  const asked = byWholeTicket.get(told) ?? new Map<string, readonly SharedMark[]>();
  byWholeTicket.set(told, asked);
  const known = asked.get(ticket) ?? told.get(shortTicket(ticket));
  if (known !== undefined) asked.set(ticket, known);
  return known ?? NO_MARKS;
}

/**
 * What was scanned of people. Of tickets that were replaced a moment ago, what they have not left behind yet is taken from how they stand.
 *
 * @param known all that the people index holds
 */
export async function peopleMarks(deps: Deps, eventId: string, known: readonly Ticketed[]): Promise<PeopleMarks> {
  const { client, registry, system } = deps;
  const [told, formerOf] = await Promise.all([readAttendance(deps, eventId), formerTickets(deps, eventId)]);
  const toldOf = (ticket: string): readonly SharedMark[] => marksOfTicket(told, ticket);
  const former = new Map<string, readonly string[]>();
  for (const { ticket } of known) {
    const before = formerOf(ticket);
    if (before.length > 0) former.set(ticket, before);
  }
  const stands = [...former.values()].flat().flatMap((ticket) => {
    const lists = new Set(toldOf(ticket).map(({ list }) => list));
    return [...lists].map((list) => ({ ticket, list, key: checkInKey(eventId, ticket, list) }));
  });
  const find = await batchGet(
    client,
    registry,
    stands.map(({ key }) => key),
    system,
    true,
  );
  const left = new Map<string, SharedMark[]>();
  for (const { ticket, list, key } of stands) {
    const item = find(key);
    const checkIn = item && fromCheckInItem(item);
    if (checkIn === undefined || !isStillTheirs(checkIn)) continue;
    const marks = shortMarks(list, checkIn).map((mark) => ({ list, ticket, mark }));
    left.set(ticket, [...(left.get(ticket) ?? []), ...marks]);
  }
  return {
    marksOf: ({ ticket }) => {
      const before = former.get(ticket);
      return before === undefined
        ? toldOf(ticket)
        : [...toldOf(ticket), ...before.flatMap((each) => left.get(each) ?? [])];
    },
    ofNobody: () => {
      const named = new Set([...known.map(({ ticket }) => ticket), ...[...former.values()].flat()].map(shortTicket));
      return [...told].flatMap(([ticket, marks]) => (named.has(ticket) ? [] : [marks]));
    },
    told: former.size === 0 ? told : undefined,
  };
}

/** How people stand at parts of an event, by references: people under 18 too, for whoever counts or writes to them. */
export async function presencesNow(
  deps: Deps,
  event: EventDefinition<string>,
  rows: readonly IndexedRow[],
  parts: readonly string[],
): Promise<ReadonlyMap<string, readonly Presence[]>> {
  const { lists } = await readCheckInLists(deps.client, deps.registry, event);
  const { marksOf } = await peopleMarks(deps, event.id, rows);
  const presencesOf = presencesAt(event, lists, parts, deps.system.now());
  return new Map(rows.map((row) => [row.reference, presencesOf(row, marksOf(row))]));
}

type LoadDeps = Deps &
  Needs<'auditTable' | 'events' | 'notedNews' | 'people' | 'peopleMemory' | 'registrations' | 'write'>;

/** People of a page: some 300 KB. */
const PAGE = 2_500;
/** Milliseconds for which a cursor is followed, as of people. */
const FOLLOWED = 900_000;
const COLUMNS = ['reference', 'presence', 'list', 'mode', 'cameAt', 'leftAt'];

/**
 * Where each adult came whom the caller may see, a page at a time, and then by cursor of whom anything was told since. Each page, and all that
 * is told by a cursor, whoever made it, is noted like an export. Closed sessions are told to organisers alone.
 */
export const loadAttendance =
  (deps: LoadDeps): Permitted<typeof CHECK_IN_ROUTES.loadAttendance> =>
  async ({ params: { eventId }, query: { after, cursor }, language }, caller) => {
    const { system } = deps;
    const stands = settledAt(system.now(), system.now().toISOString());
    const event = await definitionOf(deps, eventId, language);
    const { lists } = await readCheckInLists(deps.client, deps.registry, event);
    const told = holdsAny(caller.grants, ['run-check-in']) ? lists : lists.filter((list) => isKnownToAll(event, list));
    const known = inOrderOfReferences(await readPeople(deps, event));
    const { marksOf } = await peopleMarks(deps, eventId, known);
    const seen = known.filter((each) => isVisible(caller, each, event));
    const titled = titlesOfClosed(event);
    const { parts, ...others } = attendanceParts(event, told);
    const answer = {
      ...{ ...others, parts: parts.map(titled), lists: others.lists.map(titled) },
      ...{ ...daysOnly(event, system.now()), total: seen.length },
    };
    const tabled = (people: readonly IndexedPerson[]) => attendanceTable(event, told, people, marksOf, system.now());
    const note = (people: number): Promise<void> =>
      deps.write([audited(deps, event, caller, 'load-people', 'attendance', { people, columns: COLUMNS })]);
    if (after === undefined && cursor !== undefined && Date.parse(cursor) > system.now().getTime() - FOLLOWED) {
      const news = await changedSince(deps, eventId, cursor, seen);
      if (news.length <= PAGE) {
        const stateOf = (each: IndexedPerson): string => `${each.changedAt} ${marksOf(each).length}`;
        const states = new Map(news.map((each) => [each.reference, stateOf(each)]));
        await noteNews(deps.notedNews, `attendance ${eventId} ${caller.id}`, states, note);
        return json(200, { ...answer, people: tabled(news), cursor: stands });
      }
    }
    const rest = after === undefined ? seen : seen.filter(({ reference }) => reference > after);
    const rows = rest.slice(0, PAGE);
    await note(rows.length);
    return json(200, {
      ...answer,
      people: tabled(rows),
      cursor: after !== undefined && cursor !== undefined && cursor < stands ? cursor : stands,
      ...(rest.length > PAGE && { next: rows.at(-1)?.reference }),
    });
  };

/** Adds to what is of a closed session what that is called: in no programme that the console reads is it. */
const titlesOfClosed =
  ({ sessions }: EventDefinition<string>) =>
  <T extends { readonly place: Place }>(of: T): T & { readonly title?: string } => {
    const { place } = of;
    const session = place.kind === 'session' ? sessions.find(({ id }) => id === place.session) : undefined;
    return session?.audience === undefined ? of : { ...of, title: session.title };
  };

/** Of whom anything was scanned since, or who changed: where they are expected may be another place. */
async function changedSince(
  { attendanceIndex, attendanceMemory }: Deps,
  eventId: string,
  cursor: string,
  people: readonly IndexedPerson[],
): Promise<readonly IndexedPerson[]> {
  const known = attendanceMemory.get(eventId);
  let scanned: ReadonlySet<string>;
  if (known !== undefined && cursor >= known.since) {
    scanned = new Set([...known.told].flatMap(([ticket, at]) => (at > cursor ? [ticket] : [])));
  } else {
    const all = new Set<string>();
    for await (const { told } of attendanceIndex.told(eventId, cursor, false)) {
      for (const { ticket } of told) all.add(shortTicket(ticket));
    }
    scanned = all;
  }
  return people.filter(
    ({ changedAt, ticket }) => changedAt > cursor || (ticket !== undefined && scanned.has(shortTicket(ticket))),
  );
}
