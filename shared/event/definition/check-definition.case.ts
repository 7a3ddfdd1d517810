import { tableProblems } from '../../delegation/delegation.ts';
import { formatDayAndMonth } from '../../kernel/i18n/formats.ts';
import { productLanguage } from '../../kernel/i18n/languages.ts';
import { MAIL } from '../../kernel/i18n/mail.store.ts';
import { definitionWords } from '../../kernel/i18n/problems.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import { translator } from '../../kernel/i18n/translator.store.ts';
import type { DefinitionProblem } from '../../kernel/text/field-problem.ts';
import { localWithOffset } from '../../kernel/text/zoned-time.ts';
import { SUBJECT_BYTES } from '../../mail/letter/letter.ts';
import type { EventDefinition } from '../event.ts';
import { splitTexts } from '../event-texts.ts';
import { WHOLE_CHECKS } from '../publish/definition-problems.case.ts';
import { pairsInOneRoom } from '../sessions.ts';
import { type Check, didYouMean, type Fitted, fitToSchema, writtenAs } from './fit-definition.case.ts';

/** Languages that an event is written in, but the site has no words of its own in: headings, buttons, mistakes. */
function languageProblems({ languages }: EventDefinition<unknown>): DefinitionProblem[] {
  return languages.flatMap((language, index) => {
    if (productLanguage(language)) return [];
    const message = `the site does not speak ${language} yet: pages in it would be shown in English; leave it out, or add it first (docs/architecture.md)`;
    return [{ path: ['languages', index], message }];
  });
}

/** What organisers write themselves leaves out the event where it is too long. */
const TYPED = ['organiser-message.subject', 'message-test.subject'];

/** Names of the event with which the longest subject of a mail would be too long, by language, and how much would do. */
function subjectProblems({ languages, title, shortTitle, days }: EventDefinition): DefinitionProblem[] {
  const [name, called] = shortTitle === undefined ? (['title', title] as const) : (['shortTitle', shortTitle] as const);
  const keys = Object.keys(MAIL.in('en')).filter((key) => key.endsWith('.subject') && !TYPED.includes(key));
  return languages.flatMap((language) => {
    const t = translator(MAIL, language);
    const date = formatDayAndMonth(days[0]?.date ?? '', language);
    const bytesOf = (event: string): number =>
      Math.max(...keys.map((key) => Buffer.byteLength(t(key, { event, date }))));
    const event = called[language] ?? '';
    if (bytesOf(event) < SUBJECT_BYTES) return [];
    const room = SUBJECT_BYTES - 1 - bytesOf('');
    const remedy = shortTitle === undefined ? 'give the event a shortTitle of no more than that' : 'shorten it';
    const message = `has ${Buffer.byteLength(event)} bytes, and subjects of mails have room for ${room}: ${remedy}`;
    return [{ path: [name, language], message }];
  });
}

/** Bytes of rules, or of the words of a language: with what is noted besides, less than DynamoDB takes as one item. */
const MOST_BYTES = 390 * 1024;

function sizeProblems(definition: EventDefinition): DefinitionProblem[] {
  const { rules, texts } = splitTexts(definition);
  const isTooLarge = (part: unknown) => Buffer.byteLength(JSON.stringify(part)) > MOST_BYTES;
  const message = `takes more than ${MOST_BYTES / 1024} KB, which is all that is kept of it`;
  return [
    ...(isTooLarge(rules) ? [{ path: [], message: `the event without its words ${message}` }] : []),
    ...definition.languages.flatMap((language, index) =>
      isTooLarge(texts[language]) ? [{ path: ['languages', index], message: `what is written in it ${message}` }] : [],
    ),
  ];
}

const CHECKS: readonly Check[] = [
  ...[zoneProblems, languageProblems, subjectProblems, tableProblems, sizeProblems],
  ...WHOLE_CHECKS,
];

/** Lists and fields within one another; a definition has a dozen, and conditions may have some more. */
const MOST_LEVELS = 60;
const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1)));

/**
 * An authored event, with defaults filled in, or all that is wrong with it: the same in a terminal and in the console.
 *
 * @param more finds what is wrong besides, by what is published or who is of the team
 */
export const readDefinition = (value: unknown, more: readonly Check[] = []): Fitted =>
  isDeeper(value, MOST_LEVELS)
    ? { problems: [{ path: [], message: 'is nested too deeply' }] }
    : fitToSchema(value, [...CHECKS, ...more]);

/** Who writes a definition reads English: it is in no page. */
export const WORDS = siteWords('en');

/** A problem in words, with what was probably meant. @param value the definition in which it is */
export function wordedProblem(problem: DefinitionProblem, value: unknown): string {
  const said = definitionWords(problem, WORDS);
  const found = String(problem.path.reduce<unknown>((inside, step) => Object(inside)[step], value));
  return said + (didYouMean(found, problem.known ?? []) || writtenAs(found, said));
}

const AREA = /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\//;
const isPlace = (zone: string): boolean => AREA.test(zone) && Intl.supportedValuesOf('timeZone').includes(zone);
/** Former names of places are none of the list. */
const PLACE = /^[A-Z][a-z]+(?:\/[A-Z][a-z]+(?:[_-](?:[A-Z][a-z]+|of|es|au))*)+$/;

/** Zones by whose clocks no place goes all year, and names that are not written as all programs read them. */
function zoneProblems({ timeZone }: EventDefinition<unknown>): DefinitionProblem[] {
  if (timeZone === 'UTC' || isPlace(timeZone) || (AREA.test(timeZone) && PLACE.test(timeZone))) return [];
  const meant = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  const place = isPlace(meant) ? meant : 'Asia/Phnom_Penh';
  const isSame = meant.toLowerCase() === timeZone.toLowerCase() && place === meant;
  const message = isSame ? `write ${meant}` : `is the zone of no place: write that of one, such as ${place}`;
  return [{ path: ['timeZone'], message }];
}

/** Times with an offset that is not that of clocks at the event then; in UTC they are clear. */
const offsetWarnings = ({ registration, timeZone }: EventDefinition<unknown>): DefinitionProblem[] =>
  (['opensAt', 'closesAt'] as const).flatMap((name) => {
    const written = registration[name];
    const local = localWithOffset(new Date(written), timeZone);
    const offset = local.slice(-'+07:00'.length);
    if (written.endsWith(offset) || /(?:Z|[+-]00:00)$/.test(written)) return [];
    const message = `clocks in ${timeZone} are at ${offset} then, and show ${local.slice(11, 16)}`;
    return [{ path: ['registration', name], message }];
  });

const roomWarnings = ({ sessions, languages: [language = ''] }: EventDefinition): DefinitionProblem[] =>
  pairsInOneRoom(sessions, ({ room }) => room?.[language]?.trim() ?? '').map(([{ id, start, end }, later]) => ({
    path: ['sessions', sessions.indexOf(later), 'room'],
    message: `"${id}" is there at the same time, from ${start} to ${end}`,
  }));

const domainWarnings = ({ categories }: EventDefinition<unknown>, providers: readonly string[]): DefinitionProblem[] =>
  categories.flatMap(({ trustedDomains = [] }, index) =>
    trustedDomains.flatMap((domain, at) => {
      const message = 'anyone can have an address there, and nobody who has waits for a decision';
      return providers.includes(domain) ? [{ path: ['categories', index, 'trustedDomains', at], message }] : [];
    }),
  );

/**
 * What may be meant, and hardly is: it is said, and published all the same.
 *
 * @param providers domains at which anyone has an address
 */
export const warningsOf = (definition: EventDefinition, providers: readonly string[]): readonly DefinitionProblem[] => [
  ...offsetWarnings(definition),
  ...domainWarnings(definition, providers),
  ...roomWarnings(definition),
];
