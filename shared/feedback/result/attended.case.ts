import type { Came } from '../../checkin/attendance/arrivals.ts';
import {
  type Counted,
  cameAtLeast,
  NOBODY,
  scannedOn,
  whereTheyCame,
} from '../../checkin/attendance/attendance.store.ts';
import type { CheckInList } from '../../checkin/check-in-items.schema.ts';
import { readCheckInLists } from '../../checkin/list/check-in-lists.store.ts';
import { PARTITIONS, rosterPeople } from '../../checkin/roster/roster-people.store.ts';
import type { EventDefinition } from '../../event/event.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { Given, Needs } from '../../kernel/parts.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { isOrWasGood } from '../../ticket/ticket.ts';
import type { AttendedBy } from '../feedback-items.schema.ts';
import { type About, attendedAs, decidedBy, isOfClosedSession, isToldOf, listsThatSay } from '../form/attended.ts';
import { readFeedbackLabels } from '../token/feedback-labels.store.ts';
import type { MayAnswer } from './feedback-results.schema.ts';
import { type Dimension, type Labelled, labelsOf, type NameableLabels } from './published.ts';

type Deps = Needs<'client' | 'counts' | 'everyone' | 'registry'>;

/** Who came to what a form is about. */
export interface Attended {
  /** How many people of one group came in one way. */
  readonly groups: readonly (Labelled & { readonly people: number })[];
  /** What is said of them beside their answers, now: who answered before more was named is among the others. */
  readonly labelOf: (own: Labelled) => Labelled;
}

/** Reads what is counted, and says of each form who came, and who may answer. */
export async function attendance(
  deps: Pick<Deps, 'client' | 'registry' | 'counts' | 'everyone'>,
  event: EventDefinition<string>,
) {
  const { lists } = await readCheckInLists(deps.client, deps.registry, event);
  const counted = await deps.counts(event.id, lists);
  const everyone = () => deps.everyone(event.id, lists);
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
  const saying = listsThatSay(form, event, lists, scanned).map(({ id }) => id);
  const labelOf = (own: Labelled) => labelsOf(named, own);
  const ofPeople = counted.filter(({ category }) => category !== NOBODY);
  const came = scannedOn(ofPeople, 'and-online');
  const [only, ...others] = saying.filter((id) => came.has(id));
  const isOfSome = isOfClosedSession(form, event) && decidedBy(form, lists, scanned) === 'day';
  if (others.length === 0 && !isOfSome) {
    const groups = ofPeople.filter(({ list }) => list === only);
    return { groups: groups.map(({ mode, category, came: people }) => ({ mode, category, people })), labelOf };
  }
  const groups = (await everyone()).flatMap((comer) => {
    const attendance = { lists, came: comer.came, scanned };
    const tookPart = attendedAs(form, event, attendance);
    return tookPart === undefined || !isToldOf(form, event, comer, attendance) ? [] : [{ ...tookPart, people: 1 }];
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

/** Where each who has a ticket came: of those who had everything erased nothing is known any more. */
type EveryoneWhoCame = (eventId: string, lists: readonly CheckInList[]) => Promise<readonly CountedAttendee[]>;

/** Requests at once: more do not come back sooner. */
const TOGETHER = 32;
/** Milliseconds for which it is remembered: half a minute, and five of 5,000 people, whom it takes seconds to read. */
const LEAST = 30_000;
const PER_PERSON = 60;

/**
 * Counts tell how many came to one list, not how many came to one of several: that is read person by person. A read unit each, and half
 * of one for their registration: 7,500 for 5,000 people (a tenth of a cent), which is why it is remembered.
 */
export function attendeesMemory({
  client,
  registry: table,
  system: { now },
}: Given<'registry', 'now'>): EveryoneWhoCame {
  const known = new Map<string, { readonly until: number; readonly comers: Promise<readonly CountedAttendee[]> }>();
  return (eventId, lists) => {
    const before = known.get(eventId);
    const at = now().getTime();
    if (before !== undefined && at < before.until) return before.comers;
    const comers = readEveryone(client, table, eventId, lists);
    // While it is being read nobody begins anew.
    known.set(eventId, { until: Number.POSITIVE_INFINITY, comers });
    comers.then(
      ({ length }) => known.set(eventId, { until: now().getTime() + Math.max(LEAST, length * PER_PERSON), comers }),
      () => known.delete(eventId),
    );
    return comers;
  };
}

async function readEveryone(
  client: DocumentClient,
  table: string,
  eventId: string,
  lists: readonly CheckInList[],
): Promise<readonly CountedAttendee[]> {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  const people = (await Promise.all(partitions.map((each) => rosterPeople(client, table, eventId, each)))).flat();
  const ticketed = people.filter(isOrWasGood);
  const comers: CountedAttendee[] = [];
  const takeTurns = async (): Promise<void> => {
    for (let next = ticketed.pop(); next !== undefined; next = ticketed.pop()) {
      const { status, category, closedSessions, ticketId } = next;
      const came = await whereTheyCame(client, table, { eventId, ticketId }, lists);
      if (Object.keys(came).length > 0) comers.push({ status, category, closedSessions, came });
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, takeTurns));
  return comers;
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly everyone: EveryoneWhoCame;
  }
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
