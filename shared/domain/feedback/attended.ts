import type { CheckInList, Place } from '../check-in/list.ts';
import type { AttendanceMode, EventDefinition } from '../event.ts';
import type { Registration } from '../registration.ts';
import { sessionsFor } from '../sessions.ts';
import { EVENT_FORM, type FeedbackForm } from './form.ts';

/** Where someone came, by the id of the list, and how they took part there. */
export type Came = Readonly<Record<string, AttendanceMode>>;

type Listed = Pick<CheckInList, 'id' | 'place'>;

/** What is known of who came where. */
export interface Attendance {
  readonly lists: readonly Listed[];
  readonly came: Came;
  /** Ids of lists at whose doors anybody was scanned. */
  readonly scanned: ReadonlySet<string>;
}

/** How someone took part in what a form is about; `undefined` where they did not. */
export const attendedAs = (
  form: Pick<FeedbackForm, 'id' | 'session'>,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  { lists, came, scanned }: Attendance,
): AttendanceMode | undefined => listsThatSay(form, event, lists, scanned).flatMap(({ id }) => came[id] ?? [])[0];

/**
 * Whether someone may learn that there is a form: of a closed session those know who may attend it, and whoever was at it all the same. To
 * have been there on its day says neither.
 */
export function isToldOf(
  { session: id }: Pick<FeedbackForm, 'id' | 'session'>,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  holder: Pick<Registration, 'status' | 'category' | 'closedSessions'>,
  { lists, came }: Pick<Attendance, 'lists' | 'came'>,
): boolean {
  if (id === undefined || sessionsFor(event, holder).some((session) => session.id === id)) return true;
  return lists.some(
    ({ id: list, place }) => place.kind === 'session' && place.session === id && came[list] !== undefined,
  );
}

/**
 * The lists on which it is enough to be for having attended what a form is about; what comes first says best how. Where nobody was scanned
 * at a session's door, being there on its day is enough.
 */
export function listsThatSay<L extends Listed>(
  { id, session }: Pick<FeedbackForm, 'id' | 'session'>,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  lists: readonly L[],
  scanned: ReadonlySet<string>,
): readonly L[] {
  if (id === EVENT_FORM) return lists;
  const isOfSession = (place: Place): boolean => place.kind === 'session' && place.session === session;
  const ofSession = lists.filter(({ place }) => isOfSession(place));
  if (ofSession.some((list) => scanned.has(list.id))) return ofSession;
  const day = event.sessions.find((each) => each.id === session)?.day;
  const ofDay = listsOfDay(event, day, lists, scanned).filter(({ place }) => !isOfSession(place));
  return [...ofSession, ...ofDay];
}

/** Whoever came to anything on a day was there on it. Where nobody was scanned for that day, the entrance says as much as can be known. */
function listsOfDay<L extends Listed>(
  { sessions }: Pick<EventDefinition<unknown>, 'sessions'>,
  day: string | undefined,
  lists: readonly L[],
  scanned: ReadonlySet<string>,
): readonly L[] {
  const isDayKnown = lists.some(({ id, place }) => place.kind === 'day' && place.day === day && scanned.has(id));
  const onDay = new Set(sessions.filter((session) => session.day === day).map(({ id }) => id));
  return lists.filter(({ place }) => {
    if (place.kind === 'session') return onDay.has(place.session);
    return place.kind === 'day' ? place.day === day : !isDayKnown;
  });
}
