import { offsetAt } from '../text/zoned-time.ts';
import { localeFor } from './languages.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times what using it does: each is made once. */
function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = JSON.stringify([language, options]);
  const format = formats.get(name) ?? new Intl.DateTimeFormat(localeFor(language), options);
  formats.set(name, format);
  return format;
}

/** `Tuesday 2 November 2027`, from a local date `YYYY-MM-DD`. */
export function formatDate(date: string, language: string): string {
  return dateFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

/** `2 November`, from a local date `YYYY-MM-DD`: where room is short, and the year goes without saying. */
export function formatDayAndMonth(date: string, language: string): string {
  const options = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return dateFormat(language, options).format(new Date(`${date}T00:00:00Z`));
}

/** `2–3 November 2027`, from two local dates `YYYY-MM-DD`. */
export function formatDates(first: string, last: string, language: string): string {
  const at = (date: string): Date => new Date(`${date}T00:00:00Z`);
  return dateFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).formatRange(at(first), at(last));
}

/** The date of an instant in a time zone: `Monday 1 May 2028`. */
export function formatDay(instant: Date, language: string, timeZone: string): string {
  return dateFormat(language, { dateStyle: 'full', timeZone }).format(instant);
}

/** Date and time of an instant, in the event's time zone. */
export function formatInstant(instant: string, language: string, timeZone: string): string {
  return dateFormat(language, {
    dateStyle: 'full',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(instant));
}

/** The name of a country from its ISO 3166-1 alpha-2 code; browsers lack Khmer, Lao and Burmese names, Node has them. */
export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames([language, 'en'], { type: 'region' }).of(code) ?? code;
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
