import { offsetAt } from '../text/zoned-time.ts';
import { dateFormat } from './formats.ts';

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
