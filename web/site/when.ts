import type { EventDay } from '../../shared/domain/event.ts';
import { formatDate } from '../../shared/i18n/formats.ts';
import type { SiteTranslate } from '../../shared/i18n/site.ts';

/** `Tuesday 2 November 2027, 09:00 to 17:00` */
export const dayLine = (day: EventDay<string>, language: string, t: SiteTranslate): string =>
  t('time.day', { date: formatDate(day.date, language), start: day.start, end: day.end });

/**
 * The event's time zone in words, with its offset on the day: `Cambodia Time (UTC+7)`.
 *
 * @param date `YYYY-MM-DD`: summer time may change the offset during the year
 */
export function zoneName(timeZone: string, date: string, language: string, t: SiteTranslate): string {
  const noon = new Date(`${date}T12:00:00Z`);
  const part = (locale: string, timeZoneName: 'shortGeneric' | 'shortOffset'): string =>
    new Intl.DateTimeFormat(locale, { timeZone, timeZoneName })
      .formatToParts(noon)
      .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
  const offset = part('en', 'shortOffset').replace('GMT', '') || '+0';
  return t('time.zone', { zone: part(language, 'shortGeneric').replace(/\s+/g, ' '), offset });
}
