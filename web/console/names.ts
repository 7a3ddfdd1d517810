import { localeFor } from '../../shared/kernel/i18n/languages.ts';
import { countriesByName, countryName, placesNamed, placesOffered } from '../../shared/kernel/text/countries.ts';
import type { PublicEvent } from './desk.ts';
import type { AnswerOf } from './kernel/api.ts';
import { LANGUAGE, t } from './words.ts';

type Countries = Pick<PublicEvent, 'countries'>;

/** @param code ISO 3166-1 alpha-2, or one that the event adds; anything else is shown as it is */
export const countryText = ({ countries }: Countries, code: string): string => countryName(code, LANGUAGE, countries);

/** What a part of the definition is called; its id where it is gone from the definition. */
export const titleIn = (parts: readonly { readonly id: string; readonly title: string }[], id: string): string =>
  parts.find((part) => part.id === id)?.title ?? id;

export const categoryName = (event: PublicEvent, id: string): string => titleIn(event.categories, id);

/** An instant in the event's time zone: `25 Nov 2026, 09:00`; of a date alone, that date. @param timeStyle `medium` shows seconds too */
export const when = (
  event: Pick<PublicEvent, 'timeZone'>,
  instant: string,
  timeStyle: 'short' | 'medium' = 'short',
): string => {
  const isDate = instant.length === DATE;
  const timeZone = isDate ? 'UTC' : event.timeZone;
  const format = { dateStyle: 'medium', ...(!isDate && { timeStyle }), timeZone } as const;
  return new Intl.DateTimeFormat(localeFor(LANGUAGE), format).format(new Date(instant));
};

const DATE = 'YYYY-MM-DD'.length;

/** The event's clocks, which are not those of the reader: `Phnom Penh time`. */
export const zoneName = ({ timeZone }: Pick<PublicEvent, 'timeZone'>): string =>
  t('common.zone', { city: timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone });

/** A day: `Tue, 2 Nov 2027`. @param date `YYYY-MM-DD` */
export const dayName = (date: string): string => days.format(new Date(`${date}T00:00:00Z`));
const days = new Intl.DateTimeFormat(localeFor(LANGUAGE), {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

const languages = new Intl.DisplayNames([LANGUAGE], { type: 'language' });

/** @param tag BCP 47 */
export const languageText = (tag: string): string => languages.of(tag) ?? tag;

type CountryChoices = readonly (readonly [code: string, name: string])[];

/** What the event offers, by name, after what stands for none. */
export const countryChoices = ({ countries }: Countries, none: string): CountryChoices => [
  ['', none],
  ...countriesByName(placesOffered(countries), LANGUAGE, countries),
];

/** The same with what it leaves out, which registrations may have all the same. */
export const countriesToFind = ({ countries }: Countries, any: string): CountryChoices => [
  ['', any],
  ...countriesByName(placesNamed(countries), LANGUAGE, countries),
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
