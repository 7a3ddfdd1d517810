import { WITHOUT_TICKET } from '../../shared/checkin/choices.ts';
import {
  countriesByName,
  countryName,
  PLACE_CODES,
  placesNamed,
  placesOffered,
} from '../../shared/kernel/text/countries.ts';
import { localTime } from '../../shared/kernel/text/zoned-time.ts';
import type { PublicEvent } from './desk.ts';
import type { AnswerOf } from './kernel/api.ts';
import { CONSOLE_LANGUAGES, LANGUAGE, t, wordFor } from './words.ts';

type Countries = Pick<PublicEvent, 'countries'>;

/** @param code ISO 3166-1 alpha-2, or one that the event adds; anything else is shown as it is */
export function countryText({ countries }: Countries, code: string): string {
  const isOwn = [...(countries?.renamed ?? []), ...(countries?.added ?? [])].some((place) => place.code === code);
  return (isOwn ? undefined : wordFor('places', code)) ?? countryName(code, LANGUAGE, countries);
}

/** What an event calls its places, and after that what was fetched, where the browser has no names. */
function placesOf({ countries }: Countries): Countries['countries'] {
  const fetched = PLACE_CODES.flatMap((code) => {
    const title = wordFor('places', code);
    return title === undefined ? [] : [{ code, title }];
  });
  return fetched.length === 0 ? countries : { ...countries, renamed: [...(countries?.renamed ?? []), ...fetched] };
}

/** What a part of the definition is called; its id where it is gone from the definition. */
export const titleIn = (parts: readonly { readonly id: string; readonly title: string }[], id: string): string =>
  parts.find((part) => part.id === id)?.title ?? id;

export const categoryName = (event: PublicEvent, id: string): string => titleIn(event.categories, id);

/** @param date `YYYY-MM-DD` @returns `2 Nov 2027`: browsers lack the words of some languages, so that they come from the catalogue */
function dateIn(date: string): string {
  const [year = '', month, day] = date.split('-');
  return t('common.date', { day: Number(day), month: String(Number(month)), year });
}

/** An instant in the event's time zone: `25 Nov 2026, 09:00`; of a date alone, that date. @param timeStyle `medium` shows seconds too */
export function when(
  { timeZone }: Pick<PublicEvent, 'timeZone'>,
  instant: string,
  timeStyle: 'short' | 'medium' = 'short',
): string {
  if (instant.length === 'YYYY-MM-DD'.length) return dateIn(instant);
  const at = new Date(instant);
  const { date, time } = localTime(at, timeZone);
  const seconds = timeStyle === 'medium' ? at.toISOString().slice('YYYY-MM-DDTHH:MM'.length, -'.000Z'.length) : '';
  return t('common.moment', { date: dateIn(date), time: time + seconds });
}

/** From one instant to another: `2 Nov 2027, 06:00–18:30`. */
export function fromWhenTo(event: Pick<PublicEvent, 'timeZone'>, from: string, to: string): string {
  const [first, last] = [from, to].map((instant) => localTime(new Date(instant), event.timeZone));
  if (first?.date !== last?.date) return `${when(event, from)} – ${when(event, to)}`;
  return t('common.moment', { date: dateIn(first?.date ?? ''), time: `${first?.time}–${last?.time}` });
}

/** How long something may take. @param rule as definitions say it: `3 days`, `1 hour` */
export function howLong(rule: string): string {
  const [number, unit = ''] = rule.split(' ');
  return t(`common.howLong.${unit.startsWith('hour') ? 'hour' : 'day'}`, { number: Number(number) });
}

/** The event's clocks, which are not those of the reader: `Phnom Penh time`. */
export const zoneName = ({ timeZone }: Pick<PublicEvent, 'timeZone'>): string =>
  t('common.zone', { city: timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone });

/** A day: `Tue, 2 Nov 2027`. @param date `YYYY-MM-DD` */
export const dayName = (date: string): string =>
  t('common.day', { weekday: String(new Date(`${date}T00:00:00Z`).getUTCDay()), date: dateIn(date) });

/** Why a desk noted someone: what it chose, in the reader's words, or what it typed. */
export function deskReasonText(why: string): string {
  const chosen = WITHOUT_TICKET.find((each) => each === why);
  return chosen === undefined ? why : t(`came.without.${chosen}`);
}

type Said = NonNullable<
  AnswerOf<'GET /api/organiser/events/{eventId}/check-in/attendance/{reference}'>['came'][number]['said']
>;

/** Why someone counts as come who was not scanned, or was let in, and by which phone or member. */
export function saidText({ desk, why, by }: Said): string {
  const words = deskReasonText(why);
  if (by !== undefined) {
    const who = by.label ?? t(by.isMember ? 'common.unnamed' : 'common.gone');
    return t('came.saidBy', { who, why: words });
  }
  return desk === undefined ? words : t('came.saidAt', { desk, why: words });
}

const spoken = Intl.DisplayNames.supportedLocalesOf(LANGUAGE).length > 0 ? LANGUAGE : undefined;

/** What a language is called; as it calls itself, where the browser has no names in the reader's. @param tag BCP 47 */
export const languageText = (tag: string): string =>
  spoken === undefined && Object.hasOwn(CONSOLE_LANGUAGES, tag)
    ? (CONSOLE_LANGUAGES[tag] ?? tag)
    : (new Intl.DisplayNames([spoken ?? tag], { type: 'language' }).of(tag) ?? tag);

type CountryChoices = readonly (readonly [code: string, name: string])[];

/** What the event offers, by name, after what stands for none. */
export const countryChoices = (event: Countries, none: string): CountryChoices => [
  ['', none],
  ...countriesByName(placesOffered(event.countries), LANGUAGE, placesOf(event)),
];

/** The same with what it leaves out, which registrations may have all the same. */
export const countriesToFind = (event: Countries, any: string): CountryChoices => [
  ['', any],
  ...countriesByName(placesNamed(event.countries), LANGUAGE, placesOf(event)),
];

export type ProgrammeAnswer = AnswerOf<'GET /api/organiser/events/{eventId}/programme'>;
export type SessionAnswer = ProgrammeAnswer['sessions'][number];

/** A text as the member reads it: in their language, else in the event's first. */
export const textIn = ({ languages }: ProgrammeAnswer, text: Readonly<Record<string, string>> | undefined): string =>
  text?.[LANGUAGE] ?? text?.[languages[0] ?? ''] ?? '';

export function nameOfDay({ days }: PublicEvent, id: string): string {
  const day = days.find((each) => each.id === id);
  return day === undefined ? id : dayName(day.date);
}
