import type { EventDefinition } from '../event.ts';
import { escapeText, joinLines, quoteParameter } from './content-line.ts';
import { vtimezone } from './vtimezone.ts';

/** What is entered: something that begins and ends on one day, in the event's own time zone. */
export interface CalendarItem {
  /** Of the day or session, unique within the event and the same for ever. */
  readonly id: string;
  readonly title: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** `HH:MM`. */
  readonly start: string;
  readonly end: string;
  readonly location: string;
}

export interface CalendarEntry {
  readonly event: Pick<EventDefinition<string>, 'id' | 'title' | 'timeZone' | 'secretariat'>;
  /** `PUBLISH` enters the items; `CANCEL` takes them out again. There is no answer to send: the registration already is one. */
  readonly method: 'PUBLISH' | 'CANCEL';
  /** At least one. */
  readonly items: readonly CalendarItem[];
  readonly description: string;
  /** The event's public page: calendars get shared, so nothing personal belongs here. */
  readonly url: string;
  /** When this state of the items came about; later states count more than earlier ones. */
  readonly stamp: Date;
}

/** An iCalendar object (RFC 5545, 5546) with one entry for each item. */
export function calendarOf(entry: CalendarEntry): string {
  const dates = entry.items.map(({ date }) => date).sort();
  const [first, last] = [dates.at(0), dates.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('a calendar needs something to enter');
  return joinLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Plenary//Registration//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${entry.method}`,
    ...vtimezone(entry.event.timeZone, first, last),
    ...entry.items.flatMap((item) => vevent(item, entry)),
    'END:VCALENDAR',
  ]);
}

function vevent(item: CalendarItem, { event, method, description, url, stamp }: CalendarEntry): string[] {
  const { name, email } = event.secretariat;
  const page = new URL(url);
  const local = (time: string): string => `${event.timeZone}:${compact(`${item.date}T${time}:00`)}`;
  return [
    'BEGIN:VEVENT',
    `UID:${event.id}.${item.id}@${page.hostname}`,
    `DTSTAMP:${compact(stamp.toISOString().slice(0, 19))}Z`,
    `SEQUENCE:${sequenceAt(stamp)}`,
    `DTSTART;TZID=${local(item.start)}`,
    `DTEND;TZID=${local(item.end)}`,
    `SUMMARY:${escapeText(`${event.title} – ${item.title}`)}`,
    `LOCATION:${escapeText(item.location)}`,
    `DESCRIPTION:${escapeText(description)}`,
    `URL:${page.href}`,
    `ORGANIZER;CN=${quoteParameter(name)}:mailto:${email}`,
    `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    method === 'CANCEL' ? 'TRANSP:TRANSPARENT' : 'TRANSP:OPAQUE',
    'END:VEVENT',
  ];
}

const BEGINNING = Date.UTC(2026, 0);

/**
 * Seconds, so that it rises from each mail to the next, also to one about another registration of the same person: entries
 * are the same for all, and a calendar takes no state with a lower number. 31 bits last until 2094.
 */
const sequenceAt = (stamp: Date): number => Math.max(0, Math.floor((stamp.getTime() - BEGINNING) / 1000));

/** `2027-11-02T09:00:00` as iCalendar writes it: `20271102T090000`. */
const compact = (time: string): string => time.replace(/[-:]/g, '');
