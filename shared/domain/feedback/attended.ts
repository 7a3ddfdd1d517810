import type { CheckInList, Place } from '../check-in/list.ts';
import type { AttendanceMode, EventDefinition } from '../event.ts';
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
  return [...ofSession, ...listsOfDay(event, day, lists).filter(({ place }) => !isOfSession(place))];
}

/** Whoever came to anything on a day was there on it. Where no day has a list of its own, the entrance says as much as can be known. */
function listsOfDay<L extends Listed>(
  { sessions }: Pick<EventDefinition<unknown>, 'sessions'>,
  day: string | undefined,
  lists: readonly L[],
): readonly L[] {
  const hasDayList = lists.some(({ place }) => place.kind === 'day' && place.day === day);
  const onDay = new Set(sessions.filter((session) => session.day === day).map(({ id }) => id));
  return lists.filter(({ place }) => {
    if (place.kind === 'session') return onDay.has(place.session);
    return place.kind === 'day' ? place.day === day : !hasDayList;
  });
}
