import { formatDate, formatDayAndMonth, formatInstant, zonesOfDays, zoneWords } from '../kernel/i18n/formats.ts';
import type { MailTranslate } from '../kernel/i18n/words.ts';
import { countryName } from '../kernel/text/countries.ts';
import { displayReference } from '../kernel/text/reference.ts';
import { type Block, type Fact, heading, paragraph } from '../mail/letter/content.ts';
import type { EventLinks } from '../mail/letter/event-links.ts';
import type { EventDay, EventDefinition } from './event.ts';

/** What can be told from the event alone, to a person who is registered, or was. */
export interface EventData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly registration: { readonly reference: string; readonly language: string };
  readonly links: EventLinks;
}

export const reference = ({ registration }: EventData, t: MailTranslate): Fact => ({
  label: t('facts.reference'),
  lines: [displayReference(registration.reference)],
});

export function contact({ event, registration }: EventData, t: MailTranslate): Block[] {
  const { name, email } = event.secretariat;
  return [
    heading(t('contact.title')),
    paragraph(t('contact.text', { name, reference: displayReference(registration.reference) })),
    { kind: 'mailto', address: email },
  ];
}

/** For a reader who has no registration. */
export const teamContact = ({ secretariat }: EventDefinition<string>, t: MailTranslate): Block[] => [
  heading(t('contact.title')),
  paragraph(t('role-invitation.contact', { name: secretariat.name })),
  { kind: 'mailto', address: secretariat.email },
];

type Until = Pick<EventData, 'event'> & { readonly language: string; readonly until: string };

/** Until when something can be done, for words that say it with its time zone. */
export const untilWords = ({ event: { timeZone }, language, until }: Until) => ({
  until: formatInstant(until, language, timeZone),
  ...zoneWords(timeZone, until, language),
});

/** The same in mail about a registration. */
export const untilOf = ({ event, registration: { language } }: EventData, until: Date | string) =>
  untilWords({ event, language, until: new Date(until).toISOString() });

/** The venue in one line each: name, address, and country unless the address already names it. */
export function venueLines(
  { venue, countries }: Pick<EventDefinition<string>, 'venue' | 'countries'>,
  language: string,
): string[] {
  const country = countryName(venue.country, language, countries);
  return [venue.name, venue.address, ...(venue.address.includes(country) ? [] : [country])];
}

/** Days with their times, and what zone these are in. */
export function daysOf(days: readonly EventDay<string>[], { event, registration }: EventData, t: MailTranslate): Fact {
  const lines = days.map(({ date, start, end }) =>
    t('facts.day', { date: formatDate(date, registration.language), start, end }),
  );
  const zones = zonesOfDays(event.timeZone, days, registration.language).map(({ date, ...words }, index) =>
    index === 0
      ? t('facts.zone', words)
      : t('facts.zone.from', { ...words, date: formatDayAndMonth(date, registration.language) }),
  );
  return { label: t('facts.when'), lines: [...lines, ...zones] };
}

/** Where the event is. */
export const placeOf = ({ event, registration }: EventData, t: MailTranslate): Fact => ({
  label: t('facts.where'),
  lines: venueLines(event, registration.language),
});
