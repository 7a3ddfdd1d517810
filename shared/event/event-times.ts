import { instantOf } from '../kernel/text/zoned-time.ts';
import { type EventDefinition, USUAL_CARE_DAYS } from './event.ts';

type Timed = Pick<EventDefinition<unknown>, 'days' | 'timeZone' | 'retention' | 'status'>;

const DAY = 24 * 60 * 60 * 1000;
/** Tickets stay readable this long after the event, for late questions at the desk and certificates. */
const TICKET_DAYS = 90;

/** The end of the last day. */
export function eventEnd(event: Timed): Date {
  const ends = event.days.map((day) => instantOf(day.date, day.end, event.timeZone).getTime());
  return new Date(Math.max(...ends));
}

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

/** Days for which a report is kept at the least: children tell late, and somebody has to look into it. */
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
