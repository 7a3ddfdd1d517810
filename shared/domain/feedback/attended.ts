import type { CheckInList, Place } from '../check-in/list.ts';
import type { AttendanceMode, EventDefinition } from '../event.ts';
import { EVENT_FORM, type FeedbackForm } from './form.ts';

/** Where someone came, by the id of the list, and how they took part there. */
export type Came = Readonly<Record<string, AttendanceMode>>;

/** What is known of who came where. */
export interface Attendance {
  readonly lists: readonly Pick<CheckInList, 'id' | 'place'>[];
  readonly came: Came;
  /** Ids of lists at whose doors anybody was scanned. */
  readonly scanned: ReadonlySet<string>;
}

/**
 * How someone took part in what a form is about; `undefined` where they did not. Where nobody was scanned at a session's door, being there
 * on its day is enough.
 */
export function attendedAs(
  { id, session }: Pick<FeedbackForm, 'id' | 'session'>,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  { lists, came, scanned }: Attendance,
): AttendanceMode | undefined {
  const cameTo = (isMeant: (place: Place) => boolean): AttendanceMode | undefined =>
    lists.filter(({ place }) => isMeant(place)).flatMap(({ id: list }) => came[list] ?? [])[0];
  if (id === EVENT_FORM) return cameTo(() => true);
  const ofSession = (place: Place): boolean => place.kind === 'session' && place.session === session;
  const there = cameTo(ofSession);
  if (there !== undefined || lists.some((list) => ofSession(list.place) && scanned.has(list.id))) return there;
  return cameOn(event, event.sessions.find((each) => each.id === session)?.day, { lists, cameTo });
}

/** Whoever came to anything on a day was there on it. Where no day has a list of its own, the entrance says as much as can be known. */
function cameOn(
  { sessions }: Pick<EventDefinition<unknown>, 'sessions'>,
  day: string | undefined,
  {
    lists,
    cameTo,
  }: Pick<Attendance, 'lists'> & {
    readonly cameTo: (isMeant: (place: Place) => boolean) => AttendanceMode | undefined;
  },
): AttendanceMode | undefined {
  const hasDayList = lists.some(({ place }) => place.kind === 'day' && place.day === day);
  const onDay = new Set(sessions.filter((session) => session.day === day).map(({ id }) => id));
  return cameTo((place) => {
    if (place.kind === 'session') return onDay.has(place.session);
    return place.kind === 'day' ? place.day === day : !hasDayList;
  });
}
