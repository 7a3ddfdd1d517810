import type { EventDay, EventDefinition } from '../domain/event.ts';
import { escapeText, joinLines, quoteParameter } from './content-line.ts';
import { vtimezone } from './vtimezone.ts';

export interface CalendarEntry {
  readonly event: Pick<EventDefinition<string>, 'id' | 'title' | 'timeZone' | 'days' | 'secretariat'>;
  /** Ids of the days to enter; at least one of them is the event's. */
  readonly days: readonly string[];
  readonly location: string;
  readonly description: string;
  /** The event's public page: calendars get shared, so nothing personal belongs here. */
  readonly url: string;
  /** When this state of the entry came about. */
  readonly stamp: Date;
  /** Higher than in any earlier entry for the same days. */
  readonly sequence: number;
}

/**
 * An iCalendar object (RFC 5545, 5546) with one entry for each day that someone attends, in the event's own time zone.
 * Its method is PUBLISH: there is no answer to send, since the registration already is one.
 */
export function calendarOf(entry: CalendarEntry): string {
  const days = entry.event.days.filter(({ id }) => entry.days.includes(id));
  const [first, last] = [days.at(0), days.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('a calendar entry needs a day of the event');
  return joinLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Plenary//Registration//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...vtimezone(entry.event.timeZone, first.date, last.date),
    ...days.flatMap((day) => vevent(day, entry)),
    'END:VCALENDAR',
  ]);
}

function vevent(
  day: EventDay<string>,
  { event, location, description, url, stamp, sequence }: CalendarEntry,
): string[] {
  const { name, email } = event.secretariat;
  const page = new URL(url);
  const local = (time: string): string => `${event.timeZone}:${compact(`${day.date}T${time}:00`)}`;
  return [
    'BEGIN:VEVENT',
    `UID:${event.id}.${day.id}@${page.hostname}`,
    `DTSTAMP:${compact(stamp.toISOString().slice(0, 19))}Z`,
    `SEQUENCE:${sequence}`,
    `DTSTART;TZID=${local(day.start)}`,
    `DTEND;TZID=${local(day.end)}`,
    `SUMMARY:${escapeText(`${event.title} – ${day.title}`)}`,
    `LOCATION:${escapeText(location)}`,
    `DESCRIPTION:${escapeText(description)}`,
    `URL:${page.href}`,
    `ORGANIZER;CN=${quoteParameter(name)}:mailto:${email}`,
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'END:VEVENT',
  ];
}

/** `2027-11-02T09:00:00` as iCalendar writes it: `20271102T090000`. */
const compact = (time: string): string => time.replace(/[-:]/g, '');
