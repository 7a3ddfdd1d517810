import type { Attendance, Listed, TookPart } from '../../checkin/attendance/arrivals.ts';
import type { Place } from '../../checkin/check-in-items.schema.ts';
import type { EventDefinition } from '../../event/event.ts';
import { sessionsFor } from '../../event/sessions.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { AttendedBy } from '../feedback-items.schema.ts';
import { EVENT_FORM, type FeedbackForm } from './form.ts';

/** What a form is about, and what says who attended it. */
export type About = Pick<FeedbackForm, 'id' | 'session' | 'by'>;

/** How an attendee took part in what a form is about; `undefined` where they did not. */
export const attendedAs = (
  form: About,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  { lists, came, scanned }: Attendance,
): TookPart | undefined => tookPartIn(listsThatSay(form, event, lists, scanned), came);

/** How they took part, by what says best how. */
export function tookPartIn(saying: readonly Pick<Listed, 'id'>[], came: Attendance['came']): TookPart | undefined {
  const best = saying.find(({ id }) => came[id] !== undefined);
  return best && came[best.id];
}

/**
 * Whether an attendee may learn that there is a form: of a closed session those know who may attend it, and those who were at it all the
 * same. To have been there on its day says neither.
 */
export function isToldOf(
  { session: id }: Pick<FeedbackForm, 'id' | 'session'>,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  holder: Pick<Registration, 'status' | 'category' | 'closedSessions'>,
  { lists, came }: Pick<Attendance, 'lists' | 'came'>,
): boolean {
  if (id === undefined || sessionsFor(event, holder).some((session) => session.id === id)) return true;
  return lists.some(({ id: list, place }) => isOf(id, place) && came[list] !== undefined);
}

/** What says who attended a session: what an organiser said does, and else its door, once anybody was scanned there. */
export const decidedBy = (
  { session, by }: Pick<FeedbackForm, 'session' | 'by'>,
  lists: readonly Listed[],
  scanned: ReadonlySet<string>,
): AttendedBy => by ?? (lists.some(({ id, place }) => isOf(session, place) && scanned.has(id)) ? 'door' : 'day');

/** The lists on which it is enough to be for having attended what a form is about; what comes first says best how. */
export function listsThatSay<L extends Listed>(
  form: About,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  lists: readonly L[],
  scanned: ReadonlySet<string>,
): readonly L[] {
  if (form.id === EVENT_FORM) return lists;
  const ofSession = lists.filter(({ place }) => isOf(form.session, place));
  if (decidedBy(form, lists, scanned) === 'door') return ofSession;
  const day = event.sessions.find(({ id }) => id === form.session)?.day;
  const ofDay = listsOfDay(event, day, lists, scanned).filter(({ place }) => !isOf(form.session, place));
  return [...ofSession, ...ofDay];
}

/**
 * The lists by whose counts people are told apart. Of who came on the day of a closed session no count says who may answer; who was at it
 * may.
 */
export const listsThatTellApart = <L extends Listed>(
  form: About,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  lists: readonly L[],
  scanned: ReadonlySet<string>,
): readonly L[] => listsThatSay(isOfClosedSession(form, event) ? { ...form, by: 'door' } : form, event, lists, scanned);

/** Whether not everyone may know what a form is about. */
export const isOfClosedSession = (
  { session }: Pick<FeedbackForm, 'session'>,
  { sessions }: Pick<EventDefinition<unknown>, 'sessions'>,
): boolean => sessions.some(({ id, audience }) => id === session && audience !== undefined);

const isOf = (session: string | undefined, place: Place): boolean =>
  place.kind === 'session' && place.session === session;

/** An attendee who came to anything on a day was there. Where nobody was scanned on it, the entrance says as much as can be known. */
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

/** So few scans, or so small a share of who came that day, may be of staff who tried a phone, or went on to another room with it. */
const FEW = 5;
const SMALL = 0.1;

interface Told {
  readonly by: AttendedBy;
  /** Who came to a session; `scanned`: those of them whom a door counted. */
  readonly door: { readonly people: number; readonly scanned: number };
  /** Who came that day, these among them. */
  readonly day: { readonly people: number };
}

/** Whether only those may answer who were at a door where hardly anybody was scanned, though others came that day. */
export function isHardlyScanned({ by, door, day }: Told): boolean {
  // Where an organiser named the door, and it counted nobody, it is for those who joined online.
  const there = door.scanned || door.people;
  return by === 'door' && door.people < day.people && (there < FEW || there < day.people * SMALL);
}
