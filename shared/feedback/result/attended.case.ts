import type { Came, TookPart } from '../../checkin/attendance/arrivals.ts';
import { type PeopleMarks, peopleMarks } from '../../checkin/attendance/attendance.case.ts';
import { type Counted, cameAtLeast, NOBODY, scannedOn } from '../../checkin/attendance/attendance.store.ts';
import { sizeOf } from '../../checkin/attendance/attendance-index.store.ts';
import { joinedOn, untoldMarks } from '../../checkin/attendance/who-came.case.ts';
import type { CheckInList, Passing } from '../../checkin/check-in-items.schema.ts';
import { readCheckInLists } from '../../checkin/list/check-in-lists.store.ts';
import { stayOf } from '../../checkin/scan/passage.ts';
import { ONLINE, type ScanMark } from '../../checkin/scan/scan.ts';
import type { EventDefinition } from '../../event/event.ts';
import { once } from '../../kernel/once.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { readPeople } from '../../registration/people/people.case.ts';
import type { KnownPeople } from '../../registration/people/people.store.ts';
import type { IndexedRow } from '../../registration/people/person.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { AttendedBy } from '../feedback-items.schema.ts';
import { type About, decidedBy, isOfClosedSession, isToldOf, listsThatSay, tookPartIn } from '../form/attended.ts';
import { readFeedbackLabels } from '../token/feedback-labels.store.ts';
import type { MayAnswer } from './feedback-results.schema.ts';
import { type Dimension, type Labelled, labelsOf, type NameableLabels } from './published.ts';

export type AttendanceDeps = Needs<
  'attendanceIndex' | 'attendanceMemory' | 'client' | 'counts' | 'people' | 'peopleMemory' | 'registry' | 'system'
>;

/** Who came to what a form is about. */
export interface Attended {
  /** How many people of one group came in one way. */
  readonly groups: readonly (Labelled & { readonly people: number })[];
  /** What is said of them beside their answers, now: who answered before more was named is among the others. */
  readonly labelOf: (own: Labelled) => Labelled;
}

/** Reads what is counted, and says of each form who came, and who may answer. */
export async function attendance(deps: AttendanceDeps, event: EventDefinition<string>) {
  // Lists change by hand, and who came is counted a moment later anyway.
  const { lists } = await readCheckInLists(deps.client, deps.registry, event, { consistent: false });
  const counted = await deps.counts(event.id, lists);
  const everyone = once(() => everyoneWhoCame(deps, event, lists, counted));
  return {
    async attendedBy(form: About): Promise<Attended> {
      const of = { eventId: event.id, form: form.id };
      const { named } = await readFeedbackLabels(deps.client, deps.registry, of);
      return attendedOf(form, event, { lists, counted, everyone, named });
    },
    mayAnswer: (form: About): MayAnswer | undefined => mayAnswer(form, event, { lists, counted }),
  };
}

/** What is known of who came where; reading of everyone where takes long. */
interface Known {
  readonly lists: readonly Pick<CheckInList, 'id' | 'place'>[];
  readonly counted: readonly Counted[];
  readonly everyone: () => Promise<readonly CountedAttendee[]>;
  /** What is said of people beside their answers. */
  readonly named: NameableLabels;
}

/**
 * Who came to what a form is about, and may know of it: people, not scans. Where one list alone says so, that is what it counted; where
 * several do, an attendee who came to more than one of them is counted once, which no count can tell. Nor does it of those who came on the
 * day of a closed session who was let into it.
 */
export async function attendedOf(
  form: About,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  { lists, counted, everyone, named }: Known,
): Promise<Attended> {
  const scanned = scannedOn(counted);
  const saying = listsThatSay(form, event, lists, scanned);
  const labelOf = (own: Labelled) => labelsOf(named, own);
  const ofPeople = counted.filter(({ category }) => category !== NOBODY);
  const came = scannedOn(ofPeople, 'and-online');
  const [only, ...others] = saying.filter(({ id }) => came.has(id));
  const isOfSome = isOfClosedSession(form, event) && decidedBy(form, lists, scanned) === 'day';
  if (others.length === 0 && !isOfSome) {
    const groups = ofPeople.filter(({ list }) => list === only?.id);
    return { groups: groups.map(({ mode, category, came: people }) => ({ mode, category, people })), labelOf };
  }
  const groups = (await everyone()).flatMap((comer) => {
    const tookPart = tookPartIn(saying, comer.came);
    const isTold = tookPart !== undefined && isToldOf(form, event, comer, { lists, came: comer.came });
    return isTold ? [{ mode: tookPart.mode, category: tookPart.category, people: 1 }] : [];
  });
  return { groups, labelOf };
}

export const peopleIn = ({ groups }: Attended): number => groups.reduce((sum, { people }) => sum + people, 0);

/** How many came of whom these labels are said beside their answers. */
export const attendedWith = ({ groups, labelOf }: Attended, dimension: Dimension, labels: readonly string[]): number =>
  groups.filter((group) => labels.includes(labelOf(group)[dimension])).reduce((sum, { people }) => sum + people, 0);

/** An attendee who came to any list. */
export interface CountedAttendee extends Pick<Registration, 'status' | 'category' | 'closedSessions'> {
  readonly came: Came;
}

/**
 * Counts tell how many came to one list, not how many came to one of several: the indexes of people and of scans do, with the group of
 * which they are now. Of those who had everything erased nothing is known any more.
 */
async function everyoneWhoCame(
  deps: AttendanceDeps,
  event: EventDefinition<string>,
  lists: readonly CheckInList[],
  counted: readonly Counted[],
): Promise<readonly CountedAttendee[]> {
  const { people, minors } = await readPeople(deps, event);
  const known = [...people.values(), ...minors.values()];
  const marks = await peopleMarks(deps, event.id, known);
  const joined = once(() => joinedOn(marks, known));
  const untold = await Promise.all(
    lists.map(async (list) => {
      const onList = counted.filter((each) => each.list === list.id);
      return [list.id, await untoldMarks(deps, event.id, list, { counted: onList, joined }, known)] as const;
    }),
  );
  const untoldOf = untold.flatMap(([list, marksOf]) => (marksOf === undefined ? [] : [[list, marksOf] as const]));
  const ways = lists.map(({ id, passing }) => [id, passing] as const);
  if (marks.told === undefined || untoldOf.length > 0) return cameOf(known, marks, untoldOf, ways);
  const by = JSON.stringify([sizeOf(marks.told), ways]);
  const before = lastMade.get(people);
  if (before?.minors === minors && before.told === marks.told && before.by === by) return before.everyone;
  const everyone = cameOf(known, marks, untoldOf, ways);
  lastMade.set(people, { minors, told: marks.told, by, everyone });
  return everyone;
}

/** Of the people that an instance remembers, by what it was made: once an event is over, results are looked at and nothing changes. */
const lastMade = new WeakMap<
  KnownPeople['people'],
  { minors: object; told: object; by: string; everyone: readonly CountedAttendee[] }
>();

type Untold = readonly [list: string, marksOf: (person: IndexedRow) => readonly ScanMark[]];

function cameOf(
  known: readonly IndexedRow[],
  marks: PeopleMarks,
  untoldOf: readonly Untold[],
  ways: readonly (readonly [list: string, passing: Passing])[],
): readonly CountedAttendee[] {
  const passingOf = new Map(ways);
  const attendees: CountedAttendee[] = [];
  // One for all: of twenty thousand, each of its own takes as long as all else.
  const byList = new Map<string, ScanMark[]>();
  for (const person of known) {
    byList.clear();
    for (const [list, marksOf] of untoldOf) byList.set(list, [...marksOf(person)]);
    for (const { list, mark } of marks.marksOf(person)) {
      const onList = byList.get(list);
      if (onList === undefined) byList.set(list, [mark]);
      else onList.push(mark);
    }
    const { status, category, closedSessions, mode } = person;
    let came: Record<string, TookPart> | undefined;
    for (const [list, onList] of byList) {
      const passing = passingOf.get(list);
      const first = passing && stayOf(onList, passing)?.first;
      if (first) {
        came ??= {};
        came[list] = { mode: first.device === ONLINE ? 'online' : mode, category };
      }
    }
    if (came) attendees.push({ status, category, closedSessions, came });
  }
  return attendees;
}

/** How many came; whether there may be more: an attendee on several lists is counted on that where most of their group are. */
type Many = MayAnswer['day'];

interface Scanned {
  readonly lists: readonly Pick<CheckInList, 'id' | 'place'>[];
  readonly counted: readonly Counted[];
}

/**
 * By what lists counted: nobody is looked at one by one.
 *
 * @returns `undefined` of the form about the whole event
 */
export function mayAnswer(
  form: About,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  { lists, counted }: Scanned,
): MayAnswer | undefined {
  if (form.session === undefined) return undefined;
  const scanned = scannedOn(counted);
  const saying = (by: AttendedBy) => listsThatSay({ ...form, by }, event, lists, scanned).map(({ id }) => id);
  const door = saying('door');
  const atDoors = counted.filter(({ isOnline }) => !isOnline);
  return {
    by: decidedBy(form, lists, scanned),
    ...(form.by && { set: form.by }),
    door: { ...manyOn(counted, door), scanned: manyOn(atDoors, door).people },
    day: manyOn(counted, saying('day')),
    isClosed: isOfClosedSession(form, event),
  };
}

function manyOn(counted: readonly Counted[], lists: readonly string[]): Many {
  const ofPeople = counted.filter(({ category }) => category !== NOBODY);
  const came = scannedOn(ofPeople, 'and-online');
  const people = Object.values(cameAtLeast('category', ofPeople, lists)).reduce((sum, most) => sum + most, 0);
  return { people, isAtLeast: lists.filter((list) => came.has(list)).length > 1 };
}
