import { digitsTyped } from './text.ts';

/**
 * A day that a person typed, year first, in digits of any script, as `2027-11-02`: the one form that sorts and is kept. Between its parts
 * are hyphens or dashes, as phones and word processors make them, slashes or points. `undefined` where it is none, or was never in a calendar.
 */
export function dayTyped(typed: string): string | undefined {
  const [, year, month = '', day = ''] = PARTS_OF_DAY.exec(digitsTyped(typed)) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : undefined;
}

const DAY = 24 * 60 * 60 * 1000;
const PARTS_OF_DAY = /^(\d{4})[-\u2010-\u2013/.](\d{1,2})[-\u2010-\u2013/.](\d{1,2})$/;

/** A time of day that a person typed, by a clock of 24 hours and in digits of any script, as `09:00`. `undefined` where it is none. */
export function clockTyped(typed: string): string | undefined {
  const [, hour, minute] = /^(\d{1,2})[:.](\d\d)$/.exec(digitsTyped(typed)) ?? [];
  return hour !== undefined && Number(hour) < 24 && Number(minute) < 60
    ? `${hour.padStart(2, '0')}:${minute}`
    : undefined;
}

/**
 * The instant at which clocks in an IANA time zone show a local date and time, the first of two; a time that a change of clocks skips
 * is read as if they had not changed yet, and so is after the change. Both are what RFC 5545 says.
 *
 * @param date `YYYY-MM-DD`
 * @param time `HH:MM`
 */
export function instantOf(date: string, time: string, timeZone: string): Date {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const [before, after] = [-DAY, DAY].map((apart) => asUtc - offsetAt(asUtc + apart, timeZone)) as [number, number];
  return new Date(
    asUtc - offsetAt(before, timeZone) === before || asUtc - offsetAt(after, timeZone) !== after ? before : after,
  );
}

/** What clocks in a zone show at an instant, the other way round: `2027-11-02T09:00`. @param instant ISO 8601 */
export function localTimeOf(instant: string, timeZone: string): string {
  const time = Date.parse(instant);
  return new Date(time + offsetAt(time, timeZone)).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length);
}

/** An instant as clocks in a zone show it, with their offset then, as RFC 3339 writes it: `2027-11-02T09:00+07:00`. */
export function localWithOffset(instant: Date, timeZone: string): string {
  const minutes = offsetAt(instant.getTime(), timeZone) / 60_000;
  const two = (number: number): string => String(Math.trunc(Math.abs(number))).padStart(2, '0');
  const local = localTimeOf(instant.toISOString(), timeZone);
  return `${local}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** What clocks in a zone show at an instant: `{ date: '2027-11-02', time: '09:00' }`. */
export function localTime(instant: Date, timeZone: string): { readonly date: string; readonly time: string } {
  const shown = new Date(instant.getTime() + offsetAt(instant.getTime(), timeZone)).toISOString();
  return { date: shown.slice(0, 10), time: shown.slice(11, 16) };
}

const offsets = new Map<string, number>();
/** More than the events that one instance looks at have days and deadlines. */
const MOST_OFFSETS = 1000;

/**
 * Milliseconds that a zone is ahead of UTC at an instant. Kept: a registration asks ten times when its event's days and deadlines
 * are, and each answer takes a twentieth of a millisecond.
 */
export function offsetAt(instant: number, timeZone: string): number {
  const name = `${timeZone} ${instant}`;
  const known = offsets.get(name);
  if (known !== undefined) return known;
  const offset = readOffset(instant, timeZone);
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  offsets.set(name, offset);
  return offset;
}

function readOffset(instant: number, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(instant);
  const at = (type: Intl.DateTimeFormatPartTypes): string => parts.find((part) => part.type === type)?.value ?? '';
  const shown = Date.parse(`${at('year')}-${at('month')}-${at('day')}T${at('hour')}:${at('minute')}:${at('second')}Z`);
  return shown - Math.floor(instant / 1000) * 1000;
}

/** The date that calendars in a zone show at an instant: `2027-11-02`. */
export const localDate = (instant: Date, timeZone: string): string =>
  new Date(instant.getTime() + offsetAt(instant.getTime(), timeZone)).toISOString().slice(0, 10);

/** Whether there is such a zone: `Asia/Phnom_Penh`. */
export function isTimeZone(name: string): boolean {
  try {
    return clockOf(name) !== undefined;
  } catch {
    return false;
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Kept: making one takes a quarter of a millisecond, and a registration looks at five. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(timeZone, clock);
  return clock;
}
