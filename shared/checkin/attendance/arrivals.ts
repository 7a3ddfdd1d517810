import type { Presence } from '../../event/attendee.ts';
import type { AttendanceMode, EventDay, EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { openSessions } from '../../event/sessions.ts';
import { instantOf } from '../../kernel/text/zoned-time.ts';
import { byReference, type IndexedPerson, type IndexedRow } from '../../registration/people/person.ts';
import type { CheckInList, Place } from '../check-in-items.schema.ts';
import { type Holder, NO_HEADCOUNT, ticketHolderOf } from '../holder.ts';
import { listTermsOf, scansOf } from '../list/list.ts';
import { type CountsBy, marksByDay, passageOf, type Stay, stayOf, validMarks } from '../scan/passage.ts';
import { BY_HAND, ONLINE, type ScanMark } from '../scan/scan.ts';
import { isExpected } from '../scan/verdict.ts';
import { midnight, toldInstant, toldTime } from './minutes.ts';

/** Milliseconds of one step of the curve. */
export const ARRIVAL_STEP = 5 * 60 * 1000;

/** How many people came within one step. */
export interface Arrivals {
  /** When the step begins, epoch milliseconds: a whole multiple of its length. */
  readonly from: number;
  readonly came: number;
}

/**
 * When people came to one list: each once, or once a day where it counts so, at the check-in that counts, whatever the order in which
 * scans arrived, and however often.
 *
 * @returns steps in which anybody came, in order of time
 */
export function arrivalsOf(scans: Parameters<typeof marksByTicket>[0], by: CountsBy): readonly Arrivals[] {
  const steps = new Map<number, number>();
  for (const all of marksByTicket(scans).values()) {
    for (const marks of marksByDay(all, by).values()) {
      const { checkIn } = passageOf(marks, by.passing);
      if (checkIn === undefined) continue;
      const from = Math.floor(checkIn.correctedAt / ARRIVAL_STEP) * ARRIVAL_STEP;
      steps.set(from, (steps.get(from) ?? 0) + 1);
    }
  }
  return [...steps].map(([from, came]) => ({ from, came })).sort((a, b) => a.from - b.from);
}

/** All of each ticket. */
export function marksByTicket(
  scans: readonly { readonly ticket: string; readonly mark: ScanMark }[],
): ReadonlyMap<string, readonly ScanMark[]> {
  const byTicket = new Map<string, ScanMark[]>();
  for (const { ticket, mark } of scans) {
    const marks = byTicket.get(ticket);
    if (marks === undefined) byTicket.set(ticket, [mark]);
    else marks.push(mark);
  }
  return byTicket;
}

/**
 * The lane in which an attendee who joined online counts. Nobody tells phones of them, so that nothing else says when they came: lanes
 * are of one step of the curve each, and several, since many come at the same moment.
 *
 * @param at epoch milliseconds
 * @param lane one of so many
 */
export const onlineLane = (at: number, lane: number, lanes: number): number =>
  Math.floor(at / ARRIVAL_STEP) * lanes + lane;

/** When the step of such a lane begins, epoch milliseconds. */
export const stepOfLane = (onlineLane: number, lanes: number): number => Math.floor(onlineLane / lanes) * ARRIVAL_STEP;

/** How an attendee took part, and of which group they were when they came: what changed later is not what was counted. */
export interface TookPart {
  readonly mode: AttendanceMode;
  readonly category: string;
}

/** Where an attendee came, by the id of the list. */
export type Came = Readonly<Record<string, TookPart>>;

export type Listed = Pick<CheckInList, 'id' | 'place'>;

/** What is known of who came where. */
export interface Attendance {
  readonly lists: readonly Listed[];
  readonly came: Came;
  /** Ids of lists at whose doors anybody was scanned. */
  readonly scanned: ReadonlySet<string>;
}

/** People who are marked as come at once: a signed list of a large session. */
export const MOST_MARKED = 2_500;

/** When and how an attendee came, as it is told: instants in ISO 8601, or dates alone: see `toldTime`. */
export interface ToldStay {
  /** How they came in first: they may have registered for the other way. */
  readonly mode: AttendanceMode;
  readonly cameAt: string;
  readonly leftAt?: string;
  /** A member noted it: no phone scanned them. */
  readonly isByHand?: true;
}

const modeOf = ({ first }: Pick<Stay, 'first'>): AttendanceMode => (first.device === ONLINE ? 'online' : 'in-person');

/** @param told how an instant is told: see `toldTime` */
export const toldOf = ({ first, left }: Stay, told: (at: number) => string): ToldStay => ({
  mode: modeOf({ first }),
  cameAt: told(first.correctedAt),
  ...(left && { leftAt: told(left.correctedAt) }),
  ...(first.device === BY_HAND && { isByHand: true }),
});

/** Of a session that is not in the programme any more nothing says whether it was closed: it is told to organisers alone, as closed ones are. */
export const isKnownToAll = (event: Pick<EventDefinition<unknown>, 'sessions'>, { place }: CheckInList): boolean =>
  place.kind !== 'session' || openSessions(event).some(({ id }) => id === place.session);

/** A list on a day, or on all of its days. */
export interface ListDay {
  readonly list: CheckInList;
  /** Of a list for the whole event alone: one of a day or a session has its own. */
  readonly day?: EventDay<unknown> | undefined;
}

/** How one came to it: on a day nobody came who was scanned on another one alone. */
export function stayOn({ timeZone }: Pick<EventDefinition<unknown>, 'timeZone'>, { list, day }: ListDay) {
  if (day === undefined) return (marks: readonly ScanMark[]): Stay | undefined => stayOf(marks, list.passing);
  const from = midnight(day.date, 0, timeZone);
  const to = midnight(day.date, 1, timeZone);
  // What was taken back is so on either side of midnight.
  return (marks: readonly ScanMark[]): Stay | undefined =>
    stayOf(
      validMarks(marks).filter(({ correctedAt }) => correctedAt >= from && correctedAt < to),
      list.passing,
    );
}

export type Ruled = Pick<
  EventDefinition<unknown>,
  'days' | 'sessions' | 'timeZone' | 'retention' | 'status' | 'minors' | 'categories'
>;

const holderIn = (event: Ruled, person: IndexedRow): Holder =>
  ticketHolderOf(event, asHeld(event, person), NO_HEADCOUNT);

/** Whether a holder is expected there by their registration; nobody is where its day or session is not in the programme any more. */
function expectedOn(event: Ruled, { list, day }: ListDay): (holder: Holder) => boolean {
  const door = listTermsOf(event, list);
  if (door === undefined) return () => false;
  const terms = day === undefined ? door : { ...door, day: day.id };
  return (holder) => isExpected(terms, holder);
}

/** When nobody comes any more, epoch milliseconds. */
export const endOn = (event: Ruled, { list, day }: ListDay): number =>
  day === undefined
    ? (listTermsOf(event, list)?.closesAt ?? 0)
    : instantOf(day.date, day.end, event.timeZone).getTime();

/** An adult who came to a list, or was expected there. */
export interface Comer {
  readonly person: IndexedPerson;
  readonly status: Presence;
  readonly stay?: ToldStay | undefined;
}

/** Of someone, by all their marks on a list: when they came to it, or that they are expected there; nothing of anyone else. */
export function presenceOn(event: Ruled, asked: ListDay) {
  const [stay, isExpectedHere] = [stayOn(event, asked), expectedOn(event, asked)];
  return (row: IndexedRow, marks: readonly ScanMark[]): { readonly stay?: Stay } | undefined => {
    const found = stay(marks);
    if (found !== undefined) return { stay: found };
    return isExpectedHere(holderIn(event, row)) ? {} : undefined;
  };
}

type Named = Pick<IndexedPerson, 'fullName' | 'reference'>;

/** Compares people by their names. @param language by whose rules */
export function byName(language: string): (a: Named, b: Named) => number {
  const { compare } = new Intl.Collator(language);
  return (a, b) => compare(a.fullName, b.fullName) || byReference(a, b);
}

/**
 * Who came to a list on a day, and who was expected there, in the order in which people are given.
 *
 * @param marksOf all of one person on the list
 */
export function comersOf(
  event: Ruled,
  asked: ListDay,
  people: readonly IndexedPerson[],
  marksOf: (person: IndexedPerson) => readonly ScanMark[],
  now: Date,
): readonly Comer[] {
  const presence = presenceOn(event, asked);
  const missing = now.getTime() < endOn(event, asked) ? 'not-yet' : 'no-check-in';
  const told = toldTime(event, now);
  return people.flatMap((person): Comer[] => {
    const found = presence(person, marksOf(person));
    if (found === undefined) return [];
    const { stay } = found;
    return [stay === undefined ? { person, status: missing } : { person, status: 'came', stay: toldOf(stay, told) }];
  });
}

/** A part of an event that one may come to, and the lists, on their days, that say so of it. */
interface Part {
  readonly place: Place;
  /** When nobody comes any more, epoch milliseconds. */
  readonly ends: number;
  readonly lists: readonly ListDay[];
}

/** The whole event, its days, and sessions at whose doors or online anyone is noted. */
function partsOf(event: Ruled, lists: readonly CheckInList[]): readonly Part[] {
  const dayOf = ({ place }: CheckInList) =>
    place.kind === 'session' ? event.sessions.find(({ id }) => id === place.session)?.day : undefined;
  const days = event.days.map((day): Part => {
    const theirs = lists.flatMap((list): ListDay[] => {
      if (list.place.kind === 'event') return [{ list, day }];
      const own = list.place.kind === 'day' ? list.place.day : dayOf(list);
      return own === day.id ? [{ list }] : [];
    });
    const ends = instantOf(day.date, day.end, event.timeZone).getTime();
    return { place: { kind: 'day', day: day.id }, ends, lists: theirs };
  });
  const sessions = event.sessions.flatMap(({ id, day, end }): Part[] => {
    const theirs = lists.filter(({ place }) => place.kind === 'session' && place.session === id);
    const date = event.days.find((each) => each.id === day)?.date;
    if (theirs.length === 0 || date === undefined) return [];
    const ends = instantOf(date, end, event.timeZone).getTime();
    return [{ place: { kind: 'session', session: id }, ends, lists: theirs.map((list) => ({ list })) }];
  });
  const whole = { place: { kind: 'event' as const }, lists: lists.map((list) => ({ list })) };
  return [{ ...whole, ends: Math.max(...days.map(({ ends }) => ends)) }, ...days, ...sessions];
}

/** What columns and filters of attendance are about. */
export const attendanceParts = (event: Ruled, lists: readonly CheckInList[]) => ({
  parts: partsOf(event, lists).map(({ place, ends }) => ({ place, ends: new Date(ends).toISOString() })),
  lists: lists.map(({ id, name, place }) => ({ id, ...(name !== undefined && { name }), place })),
});

/** Letters of a person's presence in a part. */
const PRESENCE_LETTERS = { came: 'c', expected: 'e', neither: '-' } as const;

/** A person's letter for each part. */
function presencesIn(event: Ruled, lists: readonly CheckInList[]) {
  const parts = partsOf(event, lists).map((part) =>
    part.lists.map((on) => ({ list: on.list.id, stay: stayOn(event, on), isExpectedHere: expectedOn(event, on) })),
  );
  return (person: IndexedRow, marks: ReadonlyMap<string, readonly ScanMark[]>): string => {
    const holder = holderIn(event, person);
    const letters = parts.map((all) => {
      const came = all.some(({ list, stay }) => marks.has(list) && stay(marks.get(list) ?? []) !== undefined);
      if (came) return PRESENCE_LETTERS.came;
      return all.some((each) => each.isExpectedHere(holder)) ? PRESENCE_LETTERS.expected : PRESENCE_LETTERS.neither;
    });
    return letters.join('');
  };
}

/** To which parts a person came, and how at first, by their marks at all lists. */
export function camePlaces(event: Ruled, lists: readonly CheckInList[]) {
  const parts = partsOf(event, lists).map(({ place, lists: theirs }) => ({
    place,
    stays: theirs.map((on) => ({ list: on.list.id, stay: stayOn(event, on) })),
  }));
  return (marks: readonly { readonly list: string; readonly mark: ScanMark }[]) =>
    parts.flatMap(({ place, stays }) => {
      const came = stays.flatMap(({ list, stay }) => {
        return stay(marks.flatMap((each) => (each.list === list ? [each.mark] : []))) ?? [];
      });
      const [first] = came.sort((a, b) => a.first.correctedAt - b.first.correctedAt);
      return first === undefined ? [] : [{ place, mode: modeOf(first) }];
    });
}

/** A part of an event as segments of messages name it: `event`, `day:day-1`, `session:opening`. */
export const partName = (place: Place): string =>
  place.kind === 'event' ? 'event' : `${place.kind}:${place.kind === 'day' ? place.day : place.session}`;

type AnyMark = { readonly list: string; readonly mark: ScanMark };

function marksByList(all: readonly AnyMark[]): ReadonlyMap<string, readonly ScanMark[]> {
  const marks = new Map<string, ScanMark[]>();
  for (const { list, mark } of all) marks.set(list, [...(marks.get(list) ?? []), mark]);
  return marks;
}

/** How a person stands at each of some parts of an event, by the names of these; nothing of where they were not expected. */
export function presencesAt(event: Ruled, lists: readonly CheckInList[], names: readonly string[], now: Date) {
  const parts = partsOf(event, lists);
  const presencesOf = presencesIn(event, lists);
  return (row: IndexedRow, marks: readonly AnyMark[]): readonly Presence[] => {
    const letters = presencesOf(row, marksByList(marks));
    return parts.flatMap(({ place, ends }, nth): Presence[] => {
      if (!names.includes(partName(place)) || letters[nth] === PRESENCE_LETTERS.neither) return [];
      if (letters[nth] === PRESENCE_LETTERS.came) return ['came'];
      return [now.getTime() < ends ? 'not-yet' : 'no-check-in'];
    });
  };
}

/** Where people came, a column a list. @param marksOf all of one person */
export function attendanceTable(
  event: Ruled,
  lists: readonly CheckInList[],
  people: readonly IndexedPerson[],
  marksOf: (person: IndexedPerson) => readonly AnyMark[],
  now: Date,
) {
  const told = toldInstant(event, now);
  const presences = presencesIn(event, lists);
  const byList = new Map(
    lists.map((list) => {
      const isOf = list.place.kind === 'day' ? scansOf(event, list, lists) : undefined;
      return [list.id, { list, isOf, rows: [] as [number, Stay][] }];
    }),
  );
  const letters = people.map((person, row) => {
    const all = marksOf(person);
    const marks = marksByList(all);
    if (all.length === 0) return presences(person, marks);
    for (const { list, isOf, rows } of byList.values()) {
      const theirs = isOf === undefined ? marks.get(list.id) : all.flatMap((each) => (isOf(each) ? [each.mark] : []));
      const stay = theirs && stayOf(theirs, list.passing);
      if (stay !== undefined) rows.push([row, stay]);
    }
    return presences(person, marks);
  });
  const columns = [...byList].filter(([, { rows }]) => rows.length > 0);
  return {
    references: people.map(({ reference }) => reference),
    presences: letters,
    came: Object.fromEntries(
      columns.map(([id, { rows }]) => [
        id,
        {
          rows: rows.map(([row]) => row),
          cameAt: rows.map(([, { first }]) => told(first.correctedAt)),
          left: rows.flatMap(([row, { left }]) => (left ? [row] : [])),
          leftAt: rows.flatMap(([, { left }]) => (left ? [told(left.correctedAt)] : [])),
          online: rows.flatMap(([row, { first }]) => (first.device === ONLINE ? [row] : [])),
          byHand: rows.flatMap(([row, { first }]) => (first.device === BY_HAND ? [row] : [])),
        },
      ]),
    ),
  };
}

/** How someone who is to be greeted stands on a day; of who came, by which list, and when, epoch milliseconds. */
export interface ArrivedBy {
  readonly status: Presence | 'not-today';
  readonly arrival?: { readonly on: ListDay; readonly at: number } | undefined;
}

/** Who came to a day in the room, by which of its lists first. Who joined online is not there to be greeted. */
export function arrivalOn(event: Ruled, lists: readonly CheckInList[], { id }: EventDay<unknown>, now: Date) {
  const part = partsOf(event, lists).find(({ place }) => place.kind === 'day' && place.day === id);
  const ways = (part?.lists ?? []).map((on) => ({
    on,
    stay: stayOn(event, on),
    isExpectedHere: expectedOn(event, on),
  }));
  const missing = now.getTime() < (part?.ends ?? 0) ? 'not-yet' : 'no-check-in';
  return {
    lists: ways.map(({ on }) => on.list.id),
    of: (row: IndexedRow, marks: readonly AnyMark[]): ArrivedBy => {
      const inRoom = marksByList(marks.filter(({ mark }) => mark.device !== ONLINE));
      const [first] = ways
        .flatMap(({ on, stay }) => {
          const came = stay(inRoom.get(on.list.id) ?? []);
          return came === undefined ? [] : [{ on, at: came.first.correctedAt }];
        })
        .sort((a, b) => a.at - b.at);
      if (first !== undefined) return { status: 'came', arrival: first };
      const holder = holderIn(event, row);
      return { status: ways.some((each) => each.isExpectedHere(holder)) ? missing : 'not-today' };
    },
  };
}
