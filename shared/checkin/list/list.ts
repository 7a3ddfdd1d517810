import type { EventDefinition } from '../../event/event.ts';
import { eventEnd, eventStart } from '../../event/event-times.ts';
import { doesNotFit, type FieldIssue, unfit } from '../../kernel/text/field-problem.ts';
import { instantOf } from '../../kernel/text/zoned-time.ts';
import { midnight } from '../attendance/minutes.ts';
import type { CheckInList, Handout, Place } from '../check-in-items.schema.ts';
import type { ListTerms } from '../roster/roster.schema.ts';
import { type ScanMark, UNDO_SEEN } from '../scan/scan.ts';

const MINUTE = 60 * 1000;
/** How long before its place begins a list opens, where nobody said. */
const EARLY = { event: 24 * 60 * MINUTE, day: 120 * MINUTE, session: 30 * MINUTE };

type Programme = Pick<EventDefinition<unknown>, 'days' | 'sessions' | 'timeZone' | 'retention'>;

/** The lists that every event begins with: its entrance for all days, and one for each day. */
export const usualLists = ({ days }: Pick<Programme, 'days'>): readonly CheckInList[] => [
  usualList('event', { kind: 'event' }),
  ...days.map(({ id }) => usualList(`day-${id}`, { kind: 'day', day: id })),
];

/**
 * The lists that hold: what an organiser set up, or the usual ones, and besides one for each session that people join online, for that
 * is where they are noted.
 *
 * @param kept by an organiser, if any were
 */
export function listsOf(
  { days, sessions }: Pick<Programme, 'days' | 'sessions'>,
  kept?: readonly CheckInList[],
): readonly CheckInList[] {
  const lists = kept ?? usualLists({ days });
  const isListed = (session: string) =>
    lists.some(({ place }) => place.kind === 'session' && place.session === session);
  const joined = sessions.filter(({ id, meetingUrl }) => meetingUrl !== undefined && !isListed(id));
  return [...lists, ...joined.map(({ id }) => usualList(sessionListId(id), { kind: 'session', session: id }))];
}

/** What the list of a session is called where no organiser made one. */
export const sessionListId = (session: string): string => `session-${session}`;

export const usualList = (id: string, place: Place): CheckInList => ({
  id,
  place,
  modes: ['in-person'],
  signedUpOnly: place.kind === 'session',
  passing: place.kind === 'session' ? 'again' : 'once',
});

/** What a door has to know of a list; `undefined` where its day or session is not in the programme any more. */
export function listTermsOf(event: Programme, list: CheckInList): ListTerms | undefined {
  const span = spanOf(event, list.place);
  if (span === undefined) return undefined;
  const { id, name, place, categories, modes, passing, capacity } = list;
  const session = place.kind === 'session' ? event.sessions.find((each) => each.id === place.session) : undefined;
  const isClosed = session?.audience !== undefined;
  const mustBeNamed = isClosed || (list.signedUpOnly && session?.signUp === true);
  return {
    ...{ id, name, place, categories, modes, passing, capacity, isClosed },
    ...(place.kind === 'event' && { dayStarts: dayStartsOf(event, passing) }),
    day: place.kind === 'day' ? place.day : session?.day,
    session: mustBeNamed ? session?.id : undefined,
    opensAt: list.opensAt === undefined ? span.start - EARLY[place.kind] : Date.parse(list.opensAt),
    closesAt: list.closesAt === undefined ? span.end : Date.parse(list.closesAt),
  };
}

/** An entrance counts once a day; where people go in and out as they like, they are counted once in all. */
const dayStartsOf = ({ days, timeZone }: Programme, passing: CheckInList['passing']): number[] | undefined =>
  passing === 'again' ? undefined : days.map(({ date }) => instantOf(date, '00:00', timeZone).getTime());

/** When it begins and ends, in epoch milliseconds. */
function spanOf(event: Programme, place: Place): { readonly start: number; readonly end: number } | undefined {
  if (place.kind === 'event') return { start: eventStart(event).getTime(), end: eventEnd(event).getTime() };
  const session = place.kind === 'session' ? event.sessions.find(({ id }) => id === place.session) : undefined;
  const day = event.days.find(({ id }) => id === (place.kind === 'day' ? place.day : session?.day));
  const part = place.kind === 'day' ? day : session;
  if (day === undefined || part === undefined) return undefined;
  const at = (time: string) => instantOf(day.date, time, event.timeZone).getTime();
  return { start: at(part.start), end: at(part.end) };
}

export type Offered = Pick<
  ListTerms,
  'place' | 'categories' | 'modes' | 'passing' | 'capacity' | 'opensAt' | 'closesAt' | 'handout'
>;

/**
 * Whether a day's list asks no more than an entrance does that is open all the while: one of them is offered, and it counts for the day. A
 * list that knows who is inside, or how many its room holds, is another.
 */
export const isBesideEntrance = (list: Offered, all: readonly Offered[]): boolean =>
  list.place.kind === 'day' &&
  list.categories === undefined &&
  list.passing === 'once' &&
  list.capacity === undefined &&
  all.some(
    ({ place, categories, modes, opensAt, closesAt, handout }) =>
      place.kind === 'event' &&
      categories === undefined &&
      handout === undefined &&
      list.modes.every((mode) => modes.includes(mode)) &&
      opensAt <= list.opensAt &&
      closesAt >= list.closesAt,
  );

/**
 * Which scans say who came to a list. To a day's came also who was scanned at an entrance on that day, unless the list is for some groups.
 *
 * @param lists all of the event
 */
export function scansOf(
  { days, timeZone }: Pick<EventDefinition<unknown>, 'days' | 'timeZone'>,
  { id, place, categories }: CheckInList,
  lists: readonly CheckInList[],
): (each: { readonly list: string; readonly mark: Pick<ScanMark, 'kind' | 'correctedAt'> }) => boolean {
  const day = place.kind === 'day' ? days.find((each) => each.id === place.day) : undefined;
  if (day === undefined || categories !== undefined) return ({ list }) => list === id;
  const entrances = lists.flatMap((list) => (list.place.kind === 'event' ? [list.id] : []));
  const [from, to] = [midnight(day.date, 0, timeZone), midnight(day.date, 1, timeZone)];
  return ({ list, mark: { kind, correctedAt: at } }) => {
    // What was taken back is so on either side of midnight.
    const slack = kind === 'undo' ? UNDO_SEEN : 0;
    // Who leaves a side door of the event has not left the day.
    const isToday = kind !== 'out' && at >= from - slack && at < to + slack;
    return list === id || (isToday && entrances.includes(list));
  };
}

/** Lists of one event. */
export const MOST_LISTS = 100;

type Event = Pick<EventDefinition<unknown>, 'days' | 'sessions' | 'categories' | 'timeZone' | 'retention'>;

/**
 * What is wrong with a list as an organiser wants it.
 *
 * @param lists those that there are, the one in question as it was among them
 * @param isUsed whether people were counted on it, or phones may scan for it: what they counted depends on its place and on how
 * people pass
 * @param said an instant, as its reader says it
 */
export function listProblems(
  event: Event,
  lists: readonly CheckInList[],
  wanted: CheckInList,
  isUsed: boolean,
  said: (instant: Date) => string,
): readonly FieldIssue[] {
  const before = lists.find(({ id }) => id === wanted.id);
  const problems = [
    ...(before === undefined && lists.length >= MOST_LISTS
      ? [doesNotFit('listId', unfit('lists-most', { max: MOST_LISTS }))]
      : []),
    ...placeProblems(event, wanted),
    ...categoryProblems(event, wanted),
    ...(before !== undefined && isUsed ? usedProblems(before, wanted) : []),
  ];
  return problems.length > 0 ? problems : timeProblems(event, wanted, said);
}

/**
 * What is wrong with something to be handed out, as an organiser wants it.
 *
 * @param isUsed whether it was given to anyone, or phones may scan for it: what they noted depends on how often and whether it is lent
 */
export function handoutProblems(
  event: Event,
  { lists, handouts }: { readonly lists: readonly CheckInList[]; readonly handouts: readonly Handout[] },
  wanted: Handout,
  isUsed: boolean,
): readonly FieldIssue[] {
  const before = handouts.find(({ id }) => id === wanted.id);
  const why = unfit('handout-used');
  const differs = (name: 'often' | 'isLent') => before !== undefined && isUsed && before[name] !== wanted[name];
  return [
    ...(before === undefined && lists.length + handouts.length >= MOST_LISTS
      ? [doesNotFit('listId', unfit('lists-most', { max: MOST_LISTS }))]
      : []),
    // The list of a session that people join online comes by itself.
    ...(event.sessions.some(({ id }) => sessionListId(id) === wanted.id)
      ? [doesNotFit('listId', unfit('list-of-a-session', { list: wanted.id }))]
      : []),
    ...categoryProblems(event, wanted),
    ...(differs('often') ? [doesNotFit('often', why)] : []),
    ...(differs('isLent') ? [doesNotFit('isLent', why)] : []),
  ];
}

function placeProblems({ days, sessions }: Event, { id: list, place }: CheckInList): FieldIssue[] {
  if (place.kind === 'day' && !days.some(({ id }) => id === place.day)) return [unknown('place.day')];
  const isMissing = place.kind === 'session' && !sessions.some(({ id }) => id === place.session);
  if (isMissing) return [unknown('place.session')];
  const owner = sessions.find(({ id }) => sessionListId(id) === list);
  const isOwn = owner === undefined || (place.kind === 'session' && place.session === owner.id);
  return isOwn ? [] : [doesNotFit('place', unfit('list-of-session', { list, session: owner.id }))];
}

const categoryProblems = (event: Event, { categories = [] }: Pick<CheckInList, 'categories'>): FieldIssue[] =>
  categories.flatMap((wanted, index) =>
    event.categories.some(({ id }) => id === wanted) ? [] : [unknown(`categories.${index}`)],
  );

function usedProblems(before: CheckInList, wanted: CheckInList): FieldIssue[] {
  const why = unfit('list-used');
  return [
    ...(placeName(before.place) === placeName(wanted.place) ? [] : [doesNotFit('place', why)]),
    ...(before.passing === wanted.passing ? [] : [doesNotFit('passing', why)]),
  ];
}

const placeName = (place: Place): string =>
  place.kind === 'day' ? `day ${place.day}` : place.kind === 'session' ? `session ${place.session}` : place.kind;

/** Also where one of the two times follows the programme. */
function timeProblems(event: Event, wanted: CheckInList, said: (instant: Date) => string): FieldIssue[] {
  const door = listTermsOf(event, wanted);
  if (door === undefined || door.opensAt < door.closesAt) return [];
  const isGiven = wanted.closesAt !== undefined || wanted.opensAt === undefined;
  const closes = said(new Date(door.closesAt));
  return isGiven
    ? [doesNotFit('closesAt', unfit('list-closes-first'))]
    : [doesNotFit('opensAt', unfit('list-opens-late', { closes }))];
}

const unknown = (path: string): FieldIssue => ({ path, code: 'unknown-option' });
