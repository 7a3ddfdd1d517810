import { readersOf } from '../../../shared/event/answer-readers.ts';
import type { EventDay } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import {
  formatDate,
  formatDayAndMonth,
  formatInstant,
  zonesOfDays,
  zoneWords,
} from '../../../shared/kernel/i18n/formats.ts';
import type { TakenBy } from '../../../shared/kernel/i18n/languages.ts';
import type { SiteParameters, SiteTranslate } from '../../../shared/kernel/i18n/words.ts';

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
    ...zoneWords(timeZone, instant, language),
  });

/**
 * The event's time zone with its offset on some days: `Cambodia Time (UTC+7)`, or `CET (UTC+1); CEST (UTC+2) from 28 March`.
 */
export const zoneLine = (
  timeZone: string,
  days: readonly Pick<EventDay<string>, 'date' | 'start'>[],
  language: string,
  t: SiteTranslate,
): string =>
  zonesOfDays(timeZone, days, language)
    .map(({ date, ...words }, index) => {
      const zone = t('time.zone', words);
      return index === 0 ? zone : t('time.zone.from', { zone, date: formatDayAndMonth(date, language) });
    })
    .join('; ');

/** A character for private use, which no text contains: it stands where markup comes in. */
const SEAM = '\u{e000}';

/** A message with markup in the place of its arguments: a link within a sentence, in whatever order a language has it. */
export function rich<Key extends keyof SiteParameters>(
  t: SiteTranslate,
  key: Key,
  slots: Readonly<Record<keyof SiteParameters[Key], Html>>,
): Html {
  const given = Object.keys(slots).map((name) => [name, `${SEAM}${name}${SEAM}`]);
  const pieces = t(key, ...([Object.fromEntries(given)] as unknown as TakenBy<SiteParameters, Key>)).split(SEAM);
  const slotOf = new Map<string, Html>(Object.entries(slots));
  return html`${pieces.map((piece, index) => (index % 2 === 0 ? piece : slotOf.get(piece)))}`;
}

/** An address which, where it is too long for its line, breaks before its domain and not within a word. */
export const addressText = (email: string): Html =>
  html`${email.split(/(?=@)/).map((part, index) => html`${index > 0 && html`<wbr>`}${part}`)}`;

export const mailLink = (email: string): Html => html`<a href="mailto:${email}">${addressText(email)}</a>`;

/** A heading, and what there is to say under it, point by point. */
export const points = (title: string, all: readonly (string | Html)[]): Html => html`<h2>${title}</h2>
<ul>${all.map((point) => html`<li>${point}</li>`)}</ul>
`;

/** ` name="value"`, or nothing for `undefined`: for attributes that are not always there. */
export const attribute = (name: string, value: string | undefined): Html | undefined =>
  value === undefined ? undefined : html` ${name}="${value}"`;

/** ` name`, or nothing. */
export const flag = (name: string, on: boolean): Html | undefined => (on ? html` ${name}` : undefined);

export const and = (parts: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);

/** Who alone of the team sees what is answered to a question. */
export function readersText(readers: readonly string[], language: string, t: SiteTranslate): string {
  const { sets, others } = readersOf(readers);
  const names = sets.map((set) => t(`register.reader.${set}`));
  return t('register.readers', { list: and(others ? [...names, t('register.reader.others')] : names, language) });
}
