import { instantOf, localTime } from '../kernel/text/zoned-time.ts';
import { type EventDefinition, USUAL_CARE_DAYS } from './event.ts';
import { isCalledOff } from './event-standing.ts';

type Timed = Pick<EventDefinition<unknown>, 'days' | 'timeZone' | 'retention' | 'status'>;

const DAY = 24 * 60 * 60 * 1000;
/** Tickets stay readable this long after the event, for late questions at the desk and certificates. */
const TICKET_DAYS = 90;

/** The end of the last day. */
export function eventEnd(event: Pick<Timed, 'days' | 'timeZone'>): Date {
  const ends = event.days.map((day) => instantOf(day.date, day.end, event.timeZone).getTime());
  return new Date(Math.max(...ends));
}

/** Whether there is nothing to come to any more; of what is postponed nobody knows the end yet. */
export const isEventOver = (event: Pick<Timed, 'days' | 'timeZone' | 'status'>, now: Date): boolean =>
  event.status !== 'postponed' && now >= eventEnd(event);

/** The beginning of the first day. */
export function eventStart(event: Pick<Timed, 'days' | 'timeZone'>): Date {
  const starts = event.days.map((day) => instantOf(day.date, day.start, event.timeZone).getTime());
  return new Date(Math.min(...starts));
}

/** The date of the first day, in the event's time zone: `2027-11-02`. */
export const firstDay = ({ days }: Pick<Timed, 'days'>): string => days.map(({ date }) => date).sort()[0] ?? '';

/** The date of the last day, in the event's time zone: `2027-11-03`. */
export const lastDay = ({ days }: Pick<Timed, 'days'>): string =>
  days
    .map(({ date }) => date)
    .sort()
    .at(-1) ?? '';

export const ticketExpiry = (event: Timed): Date => new Date(eventEnd(event).getTime() + TICKET_DAYS * DAY);

/** When the registrations of an event are forgotten: epoch seconds, for the table's TTL. */
export const retentionEnd = (event: Timed): number =>
  Math.floor((eventEnd(event).getTime() + event.retention.registrationDays * DAY) / 1000);

/** Days after the event for which it is kept at which minute people came and left; after that the day alone is. */
export const MINUTE_DAYS = 30;

export const minutesEnd = (event: Timed): Date => new Date(eventEnd(event).getTime() + MINUTE_DAYS * DAY);

/** Days for which a report is kept at the least: children tell late, and a reader has to look into it. */
const REPORT_DAYS = 30;

/** When a report is forgotten: with the registrations, unless it came only then, or later. Epoch seconds. */
export const reportEnd = (event: Timed, receivedAt: Date): number =>
  Math.max(retentionEnd(event), Math.floor((receivedAt.getTime() + REPORT_DAYS * DAY) / 1000));

/**
 * Days after the event for which what should be arranged for people is kept: as long as their registrations at most, and as long
 * as those while it is postponed, since nobody knows yet when it is needed.
 */
export const careDays = ({ retention, status }: Pick<Timed, 'retention' | 'status'>): number =>
  status === 'postponed'
    ? retention.registrationDays
    : Math.min(retention.careDays ?? USUAL_CARE_DAYS, retention.registrationDays);

/** When it is forgotten: epoch seconds. */
export const careEnd = (event: Timed): number => Math.floor((eventEnd(event).getTime() + careDays(event) * DAY) / 1000);

export type WindowState = 'not-open' | 'open' | 'closed';

/**
 * Whether an event takes registrations at an instant; the closing instant itself is closed. Nobody registers for what does not
 * take place, or has no dates yet.
 */
export function registrationWindow(
  event: Pick<EventDefinition<unknown>, 'registration' | 'status'>,
  now: Date,
): WindowState {
  if (isCalledOff(event)) return 'closed';
  const { closed = false } = event.registration;
  if (closed || now.getTime() < Date.parse(event.registration.opensAt)) return 'not-open';
  return now.getTime() < Date.parse(event.registration.closesAt) ? 'open' : 'closed';
}

/**
 * The days of an event, moved along so that the first of them is on another date: as many, and as far apart. What is held on a
 * day names it by its id, and so moves with it.
 *
 * @param days the earliest first
 * @param firstDay `YYYY-MM-DD`
 * @example movedTo([{ date: '2027-11-02' }, { date: '2027-11-04' }], '2028-03-01') is on 2028-03-01 and 2028-03-03
 */
export function movedTo<Day extends { readonly date: string }>(days: readonly Day[], firstDay: string): readonly Day[] {
  const [first] = days;
  if (first === undefined) return days;
  const by = epochDay(firstDay) - epochDay(first.date);
  return days.map((day) => ({ ...day, date: dateOf(epochDay(day.date) + by) }));
}

/**
 * Instants, moved along with the first day by as many days: clocks at the event show the same hour.
 *
 * @param instant ISO 8601
 */
export function instantMoved(
  instant: string,
  { days, timeZone }: Pick<Timed, 'days' | 'timeZone'>,
  firstDay: string,
): string {
  const { date, time } = localTime(new Date(instant), timeZone);
  const by = epochDay(firstDay) - epochDay(days[0]?.date ?? firstDay);
  const seconds = Date.parse(instant) % 60_000;
  return new Date(instantOf(dateOf(epochDay(date) + by), time, timeZone).getTime() + seconds).toISOString();
}

const epochDay = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 'YYYY-MM-DD'.length);
