import type { EventDay } from '../../../shared/event/event.ts';
import { formatDate, formatInstant } from '../../../shared/kernel/i18n/formats.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { zoneWords } from '../../../shared/kernel/i18n/zone.ts';

/** `Tuesday 2 November 2027, 09:00 to 17:00`; a session's times may stand in for the day's. */
export const dayLine = (
  { date, start, end }: Pick<EventDay<string>, 'date' | 'start' | 'end'>,
  language: string,
  t: SiteTranslate,
): string => t('time.day', { date: formatDate(date, language), start, end });

/** `Friday 22 October 2027 at 23:59 (Cambodia Time, UTC+7)`: an instant where the page does not name its time zone. */
export const instantLine = (instant: string, timeZone: string, language: string, t: SiteTranslate): string =>
  t('time.instant', {
    when: formatInstant(instant, language, timeZone),
    ...zoneWords(timeZone, instant.slice(0, 'YYYY-MM-DD'.length), language),
  });

/** The event's time zone with its offset on a day: `Cambodia Time (UTC+7)`. */
export const zoneLine = (timeZone: string, date: string, language: string, t: SiteTranslate): string =>
  t('time.zone', zoneWords(timeZone, date, language));
