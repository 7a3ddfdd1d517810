import { isDeepStrictEqual } from 'node:util';
import { eventKey, textKey, versionKey } from '../../kernel/dynamo/keys.ts';
import { queryPartition, readItem } from '../../kernel/dynamo/queries.store.ts';
import { countMissingText } from '../../kernel/i18n/translator.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { countryName, namesIn, placesOffered } from '../../kernel/text/countries.ts';
import { consentWordsKey, fromConsentWordsItem, withWords } from '../consent-words.store.ts';
import type { ConsentWording } from '../consents.schema.ts';
import { consentWordings } from '../consents.ts';
import type { Dropped } from '../definition/definition.schema.ts';
import type { EventDefinition, LocalText, Option } from '../event.ts';
import { asRulesItem, asTextItem, asVersionItem, rulesOf, wordsOf } from '../event-item.store.ts';
import { type EventTexts, joinTexts, missingTexts, standInTexts } from '../event-texts.ts';
import { signUpSessions } from '../sessions.ts';

/** Who waits may have a seat once there are more: that is a job of the outbox. */
export type PublishingDeps = Given<'registry' | 'outbox'>;

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly publishing: PublishingDeps;
  }
}

/** What the table holds of an event. */
export interface StoredEvent {
  readonly version: number;
  readonly rules: EventDefinition<string>;
  readonly texts: Readonly<Record<string, EventTexts>>;
  /** How many words each language lacks, where it lacks any: those of another stand in (EV4). */
  readonly missing: Readonly<Record<string, number>>;
  /** Whether all items were read from one publication, not across two. */
  readonly whole: boolean;
  /** Epoch milliseconds; absent where an earlier version of this program published it. */
  readonly publishedAt: number | undefined;
  /** Epoch seconds: until when every registration and lock is kept. Absent where some may still carry another time. */
  readonly keptUntil: number | undefined;
}

/** The event as it is now, strongly consistent, with its words in each language. */
export async function readStored(
  { client, registry }: Pick<PublishingDeps, 'client' | 'registry'>,
  eventId: string,
): Promise<StoredEvent | undefined> {
  const { pk, sk: from } = eventKey(eventId);
  // What comes before it are the words of former consents, which few ask for: `publishedConsentWords`.
  const items = await queryPartition(client, registry, pk, { from });
  const rules = items.find(({ sk }) => sk === from);
  if (rules === undefined) return undefined;
  const item = asRulesItem(rules);
  const published = items.find(({ sk }) => sk === versionKey(eventId).sk);
  const { publishedAt } = published ? asVersionItem(published) : {};
  const definition = rulesOf(item);
  const { version } = item;
  const kept = definition.languages.map(
    (language) => [language, items.find(({ sk }) => sk === textKey(eventId, language).sk)] as const,
  );
  const words = Object.fromEntries(
    kept.map(([language, item]) => [language, item === undefined ? {} : wordsOf(asTextItem(item))]),
  );
  const whole = kept.every(([, item]) => item?.version === version);
  const { texts, missing } = whole ? completed(definition, words) : { texts: words, missing: {} };
  return {
    version,
    rules: definition,
    texts,
    missing,
    whole,
    publishedAt: publishedAt === undefined ? undefined : Date.parse(publishedAt),
    keptUntil: item.keptUntil,
  };
}

/** All words of consents that were ever published. */
export async function publishedConsentWords(
  { client, registry }: Pick<PublishingDeps, 'client' | 'registry'>,
  { rules, texts, whole }: StoredEvent,
): Promise<readonly ConsentWording[]> {
  const archived = fromConsentWordsItem(await readItem(client, registry, consentWordsKey(rules.id)));
  // An event that an earlier version of this program published has none: what it asks now is the first that is known.
  return whole ? withWords(archived, consentWordings(joinTexts(rules, texts))) : archived;
}

/** The words of one publication; where a language lacks some, which are counted, those of another stand in (EV4). */
function completed(
  definition: EventDefinition<string>,
  texts: Readonly<Record<string, EventTexts>>,
): Pick<StoredEvent, 'texts' | 'missing'> {
  const all = Object.entries(texts).map(([language, words]) => {
    const missing = missingTexts(definition, words);
    for (const key of missing) countMissingText(language, key, definition.id);
    const whole = missing.length === 0 ? words : { ...words, ...standInTexts(missing, definition, texts) };
    return { language, whole, missing: missing.length };
  });
  return {
    texts: Object.fromEntries(all.map(({ language, whole }) => [language, whole])),
    missing: Object.fromEntries(all.flatMap(({ language, missing }) => (missing > 0 ? [[language, missing]] : []))),
  };
}

/**
 * What is offered by the published event, and not by one that takes its place.
 *
 * @param after with the names of places that it does not offer any more, see `withFormerPlaces`
 */
export function dropped(before: EventDefinition, after: EventDefinition): readonly Dropped[] {
  const [language = ''] = after.languages;
  const nameIn = (title: LocalText): string => title[language] ?? Object.values(title)[0] ?? '';
  const nameOf = (code: string, { countries = {} }: EventDefinition): string =>
    countryName(code, language, namesIn(countries, language));
  const [left, places] = [choicesOf(after), placesOffered(after.countries)];
  return [
    ...[...choicesOf(before)].flatMap(([part, choices]) =>
      choices
        .filter(({ id }) => left.get(part)?.every((each) => each.id !== id))
        .map(({ id, title }) => ({ part, id, name: nameIn(title), shown: id })),
    ),
    ...placesOffered(before.countries)
      .filter((code) => !places.includes(code))
      .map((code) => ({ part: 'countries', id: code, name: nameOf(code, before), shown: nameOf(code, after) })),
  ];
}

const choicesOf = (event: EventDefinition): ReadonlyMap<string, readonly Option[]> =>
  new Map<string, readonly Option[]>([
    ...(['categories', 'modes', 'days'] as const).map((part) => [part, event[part]] as const),
    ['sessions', signUpSessions(event)],
    ...event.questions.map(({ id, options = [] }) => [`questions.${id}`, options] as const),
  ]);

/** Whether the table holds exactly this, under whatever version. */
export function isSame(
  stored: StoredEvent,
  rules: EventDefinition<string>,
  texts: Readonly<Record<string, EventTexts>>,
): boolean {
  const { version } = stored;
  const wanted = [asWritten({ ...rules, version }), texts];
  return stored.whole && isDeepStrictEqual([asWritten(stored.rules), stored.texts], wanted);
}

/** Without what no file says: since when it is called off, and who was promised to read answers. */
export const asWritten = <Text>({ calledOffAt: _, promisedReaders: __, ...rules }: EventDefinition<Text>) => rules;
