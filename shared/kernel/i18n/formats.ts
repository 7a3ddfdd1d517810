import { offsetAt } from '../text/zoned-time.ts';
import { dateWordsOf, localeFor } from './languages.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times what using it does: each is made once. */
function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = JSON.stringify([language, options]);
  const format = formats.get(name) ?? new Intl.DateTimeFormat(localeFor(language), options);
  formats.set(name, format);
  return format;
}

/** A date with the words that a language leads its parts in by: in Khmer, `ថ្ងៃអង្គារ ទី2 ខែវិច្ឆិកា ឆ្នាំ2027`. */
function written(parts: readonly Intl.DateTimeFormatPart[], language: string): string {
  const words = dateWordsOf(language);
  // Where no weekday is named, its word leads in the number of the day.
  const day = parts.some(({ type }) => type === 'weekday')
    ? words.day
    : words.day && `${words.weekday ?? ''}${words.day}`;
  return parts.map(({ type, value }) => `${(type === 'day' ? day : words[type]) ?? ''}${value}`).join('');
}

const utcDay = (date: string): Date => new Date(`${date}T00:00:00Z`);

/** `Tuesday 2 November 2027`, from a local date `YYYY-MM-DD`. */
export function formatDate(date: string, language: string): string {
  return formatDay(utcDay(date), language, 'UTC');
}

/** `2 November`, from a local date `YYYY-MM-DD`: where room is short, and the year goes without saying. */
export function formatDayAndMonth(date: string, language: string): string {
  const options = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return written(dateFormat(language, options).formatToParts(utcDay(date)), language);
}

/** `2–3 November 2027`, from two local dates `YYYY-MM-DD`. */
export function formatDates(first: string, last: string, language: string): string {
  const parts = dateFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).formatRangeToParts(
    utcDay(first),
    utcDay(last),
  );
  // Two days of one month are one number to what leads it in.
  const start = parts.findIndex(({ type }) => type === 'day');
  const isOneMonth = parts.filter(({ type }) => type === 'month').length === 1;
  const end = isOneMonth ? parts.findLastIndex(({ type }) => type === 'day') : start;
  const days = parts.slice(start, end + 1).map(({ value }) => value);
  return written([...parts.slice(0, start), { type: 'day', value: days.join('') }, ...parts.slice(end + 1)], language);
}

/** The date of an instant in a time zone: `Monday 1 May 2028`. */
export function formatDay(instant: Date, language: string, timeZone: string): string {
  return written(dateFormat(language, { dateStyle: 'full', timeZone }).formatToParts(instant), language);
}

/** Date and time of an instant, in the event's time zone. */
export function formatInstant(instant: string, language: string, timeZone: string): string {
  const format = dateFormat(language, { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23', timeZone });
  return written(format.formatToParts(new Date(instant)), language);
}

/** The name of a language in itself: `ខ្មែរ` for `km`. */
export function languageName(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}

const MINUTE = 60_000;

/**
 * A time zone in words, and its offset from UTC on a day: `Cambodia Time` and `+7`.
 *
 * @param date `YYYY-MM-DD`: summer time may change the offset during the year
 */
export function zoneWords(timeZone: string, date: string, language: string): { zone: string; offset: string } {
  const noon = Date.parse(`${date}T12:00:00Z`);
  const name = dateFormat(language, { timeZone, timeZoneName: 'shortGeneric' })
    .formatToParts(noon)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return { zone: (name ?? timeZone).replace(/\s+/g, ' '), offset: offsetText(offsetAt(noon, timeZone) / MINUTE) };
}

function offsetText(minutes: number): string {
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}
