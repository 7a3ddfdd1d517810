import type { MailTranslate } from '../kernel/i18n/words.ts';
import { offsetAt } from '../kernel/text/zoned-time.ts';
import { type Block, type Calendar, calendarFile, paragraph } from '../mail/letter/content.ts';
import type { AttendanceMode, EventDefinition, LocalText, Session } from './event.ts';
import type { ProgrammeChange } from './known-programme.schema.ts';
import { venueLines } from './mail-blocks.ts';
import { signUpSessions } from './sessions.ts';

/** What the calendar of an attendee shows. */
interface CalendarData {
  readonly event: EventDefinition<string>;
  readonly registration: { readonly language: string; readonly mode: AttendanceMode; readonly days: readonly string[] };
  readonly sessions: readonly Session<string>[];
  /** ISO 8601. */
  readonly writtenAt: string;
  readonly links: { readonly event: string };
}

/** What of the programme was an attendee's own before they changed that: ids of days, and of sessions. */
export interface OwnBefore {
  readonly days: readonly string[];
  readonly sessions: readonly string[];
}

/** The days that an attendee comes and the sessions that are their own; and, to be taken out, what was theirs and is not any more. */
export function calendars(data: CalendarData, t: MailTranslate, before?: OwnBefore): Calendar[] {
  const own = itemsOf(data, t).filter(({ isOwn }) => isOwn);
  const left = before === undefined ? [] : leftItems(data, before, t);
  return [...calendar(data, 'PUBLISH', own, t), ...calendar(data, 'CANCEL', left, t)];
}

/** A closed session is among them where it was theirs. */
function leftItems(data: CalendarData, before: OwnBefore, t: MailTranslate): CalendarItem[] {
  const were = itemsOf(
    {
      ...data,
      registration: { ...data.registration, days: before.days },
      sessions: data.event.sessions.filter(({ id }) => before.sessions.includes(id)),
    },
    t,
  ).filter(({ isOwn }) => isOwn);
  const own = itemsOf(data, t).filter(({ isOwn }) => isOwn);
  return were.filter(({ id }) => !own.some((each) => each.id === id));
}

/** What an attendee last had entered, to be taken out: they do not come. */
export function cancellation(data: CalendarData, t: MailTranslate): Calendar[] {
  const own = itemsOf(data, t).filter(({ isOwn }) => isOwn);
  return calendar(data, 'CANCEL', own, t);
}

/** With sessions to be taken out that were theirs until the programme changed. */
export function withRemoved(
  data: CalendarData,
  changes: readonly ProgrammeChange[],
  said: (text: LocalText) => string,
  all: readonly Calendar[],
  t: MailTranslate,
): Calendar[] {
  const own = itemsOf(data, t).filter(({ isOwn }) => isOwn);
  const removed = changes.flatMap((change): CalendarItem[] => {
    if (change.what !== 'session' || change.after !== undefined || change.before === undefined) return [];
    const { id, title, date, start, end } = change.before;
    const item = { id: `session.${id}`, title: said(title), date, start, end, location: '' };
    return own.some((each) => each.id === item.id) ? [] : [item];
  });
  return [...all, ...calendar(data, 'CANCEL', removed, t)];
}

/** Of two files, which is which. @param id of the event */
export const takenOut = (id: string, attached: readonly Calendar[], t: MailTranslate): Block[] =>
  attached.some(({ method }) => method === 'CANCEL')
    ? [paragraph(t('updated.calendar', { entered: calendarFile(id, 'PUBLISH'), taken: calendarFile(id, 'CANCEL') }))]
    : [];

function calendar(
  { event, links, writtenAt }: CalendarData,
  method: Calendar['method'],
  items: readonly CalendarItem[],
  t: MailTranslate,
): Calendar[] {
  if (items.length === 0) return [];
  const description = t(`calendar.description.${method}`, { url: links.event });
  // The console proposes names that begin with the word. In each language a sign and a blank stand behind it, as they may not there.
  const word = t('calendar.rehearsal', { event: '' }).slice(0, -': '.length);
  const saysIt = !event.rehearsal || event.title.startsWith(word);
  const title = saysIt ? event.title : t('calendar.rehearsal', { event: event.title });
  return [
    {
      method,
      content: calendarOf({
        event: { ...event, title },
        method,
        items,
        description,
        url: links.event,
        stamp: new Date(writtenAt),
      }),
    },
  ];
}

/** Each day, and each session that has places of its own or that is closed and theirs. Nobody learns of other closed ones. */
function itemsOf(
  { event, registration, sessions }: CalendarData,
  t: MailTranslate,
): (CalendarItem & { isOwn: boolean })[] {
  const { mode, days, language } = registration;
  const place = mode === 'online' ? t('calendar.online') : venueLines(event, language).join(', ');
  const own = new Set(sessions.map(({ id }) => id));
  const known = [...new Set([...signUpSessions(event), ...sessions])];
  return [
    ...event.days.map(({ id, title, date, start, end }) => ({
      ...{ id, title, date, start, end },
      location: place,
      isOwn: days.includes(id),
    })),
    ...known.flatMap((session) => {
      const { title, start, end, room } = session;
      const date = event.days.find(({ id }) => id === session.day)?.date;
      if (date === undefined) return [];
      const location = room === undefined || mode === 'online' ? place : `${room}, ${place}`;
      return [{ id: `session.${session.id}`, title, date, start, end, location, isOwn: own.has(session.id) }];
    }),
  ];
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** No zone keeps an offset for less than this: Morocco's month of Ramadan is the shortest. */
const STEP = 7 * DAY;

/**
 * The lines of the VTIMEZONE component (RFC 5545, 3.6.5) of any IANA zone, from the start of the first date's year to the
 * last date: one observance for the offset at the start, and one for each change of clocks. Without it some calendars
 * read the event's local times as their own.
 *
 * @param first `YYYY-MM-DD`, like `last`
 */
function vtimezone(timeZone: string, first: string, last: string): string[] {
  const year = first.slice(0, 4);
  const start = Date.parse(`${year}-01-01T00:00:00Z`);
  const initial = offsetAt(start, timeZone);
  const changes = changesOfClocks(timeZone, start, Date.parse(`${last}T00:00:00Z`) + 2 * DAY);
  const standard = Math.min(initial, ...changes.map(({ after }) => after));
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${timeZone}`,
    ...observance(`${year}0101T000000`, initial, initial, standard),
    ...changes.flatMap(({ at, before, after }) => observance(localStamp(at + before), before, after, standard)),
    'END:VTIMEZONE',
  ];
}

interface ChangeOfClocks {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

function changesOfClocks(timeZone: string, start: number, end: number): ChangeOfClocks[] {
  const changes: ChangeOfClocks[] = [];
  let before = offsetAt(start, timeZone);
  for (let from = start; from < end; from += STEP) {
    const after = offsetAt(from + STEP, timeZone);
    if (after !== before) changes.push({ at: momentOfChange(timeZone, from, from + STEP), before, after });
    before = after;
  }
  return changes;
}

/** The first minute at which the offset is no longer what it was at `from`. */
function momentOfChange(timeZone: string, from: number, to: number): number {
  const before = offsetAt(from, timeZone);
  let [low, high] = [from, to];
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
    if (offsetAt(middle, timeZone) === before) low = middle;
    else high = middle;
  }
  return high;
}

function observance(onset: string, from: number, to: number, standard: number): string[] {
  const name = to > standard ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${name}`,
    `DTSTART:${onset}`,
    `TZOFFSETFROM:${offsetText(from)}`,
    `TZOFFSETTO:${offsetText(to)}`,
    `END:${name}`,
  ];
}

/** `+0700` */
function offsetText(milliseconds: number): string {
  const minutes = Math.abs(milliseconds) / MINUTE;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${milliseconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

/** `20270328T020000`, of a local time held as if it were UTC. */
const localStamp = (local: number): string => new Date(local).toISOString().slice(0, 19).replace(/[-:]/g, '');

/** Octets of a line of iCalendar, without its end (RFC 5545, 3.1). */
const MAX_OCTETS = 75;

/** Joins the lines of an iCalendar object: folded where they are too long, never inside a letter, each ended by CRLF. */
const joinLines = (lines: readonly string[]): string => lines.map((line) => `${fold(line)}\r\n`).join('');

/** A TEXT value: what has a meaning in iCalendar is escaped, controls are dropped (3.3.11). */
const escapeText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\0-\t\v-\x1F\x7F]/g, '')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');

/** A quoted parameter value, which knows no escape: quotes become apostrophes, controls are dropped (3.2). */
const quoteParameter = (text: string): string => `"${text.replace(/"/g, "'").replace(/[\0-\x1F\x7F]/g, '')}"`;

function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += letter;
    octets += size;
  }
  return folded;
}

/** What is entered: something that begins and ends on one day, in the event's own time zone. */
interface CalendarItem {
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
