import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { readTogether } from '../kernel/dynamo/batch-get.store.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { eventKey, type ItemKey, textKey } from '../kernel/dynamo/keys.ts';
import { countMissingText } from '../kernel/i18n/translator.store.ts';
import type { System } from '../kernel/system.store.ts';
import type { EventDefinition } from './event.ts';
import { asRulesItem, asTextItem, type RulesItem, rulesOf, type TextItem, wordsOf } from './event-item.store.ts';
import { type EventTexts, inOrderOfFallback, localise, missingTexts, standInTexts } from './event-texts.ts';

type Item = Record<string, unknown>;

/** Reads what was not read along, or was read while it changed. */
export interface ItemReader {
  /** One item, as it was at most a moment ago. */
  readonly read: (key: ItemKey) => Promise<Item | undefined>;
  /** Several items as they are at one instant, in the order of their keys. */
  readonly readTogether: (keys: readonly ItemKey[]) => Promise<readonly (Item | undefined)[]>;
}

export const itemReader = (client: DocumentClient, table: string, system: Pick<System, 'backOff'>): ItemReader => ({
  read: async (key) => (await client.send(new GetCommand({ TableName: table, Key: key }))).Item,
  readTogether: (keys) => readTogether(client, table, keys, system),
});

/** An event in one language, and which language that is. */
export interface LocalisedEvent {
  readonly event: EventDefinition<string>;
  readonly language: string;
}

/**
 * Puts an event together from its rules and its words, which the caller read along with what else it needs.
 *
 * @param text the words in the wanted language; in place of one that the event does not speak, its first is read
 */
export type Localise = (
  rules: Item | undefined,
  text: Item | undefined,
  wanted: string,
) => Promise<LocalisedEvent | undefined>;

/**
 * Rules and words carry the version they were published with; where they differ, one was read before a publication and
 * the other after it, so both are read again, at one instant.
 */
export function localiser({ read, readTogether }: ItemReader): Localise {
  const together = remembering(read);

  /** @throws Error when the table itself holds words of another version than the rules */
  async function readAgain(eventId: string, language: string, wanted: string): Promise<LocalisedEvent | undefined> {
    const [found, text] = await readTogether([eventKey(eventId), textKey(eventId, language)]);
    if (found === undefined) return undefined;
    const rules = asRulesItem(found);
    const spoken = spokenIn(rulesOf(rules), wanted);
    if (spoken !== language) return readAgain(eventId, spoken, wanted);
    if (text?.['version'] === rules.version) return together(rules, asTextItem(text), language);
    throw new Error(
      `"${eventId}" is stored without its words in ${language} of version ${rules.version}: publish it again`,
    );
  }

  return async (found, text, wanted) => {
    if (found === undefined) return undefined;
    const rules = asRulesItem(found);
    if (text?.['version'] === rules.version) return together(rules, asTextItem(text), wanted);
    const definition = rulesOf(rules);
    const language = spokenIn(definition, wanted);
    const words = language === wanted ? text : await read(textKey(definition.id, language));
    if (words?.['version'] === rules.version) return together(rules, asTextItem(words), language);
    return readAgain(definition.id, language, wanted);
  };
}

const spokenIn = ({ languages }: EventDefinition<unknown>, wanted: string): string =>
  languages.includes(wanted) ? wanted : (languages[0] ?? wanted);

/** Parsing an event is most of what a request costs: as long as its texts are the same, so is the event. */
function remembering(read: ItemReader['read']) {
  const known = new Map<string, { rules: string; texts: string; localised: LocalisedEvent }>();
  return async (rules: RulesItem, text: TextItem, language: string): Promise<LocalisedEvent> => {
    const place = `${rules.pk} ${language}`;
    const before = known.get(place);
    if (before?.rules === rules.definition && before.texts === text.texts) return before.localised;
    const definition = rulesOf(rules);
    const localised = { event: localise(definition, await allWords(read, definition, text, language)), language };
    known.set(place, { rules: rules.definition, texts: text.texts, localised });
    return localised;
  };
}

/** All words of an event in a language; for those that it lacks, which are counted, those of another one (EV4). */
async function allWords(
  read: ItemReader['read'],
  definition: EventDefinition<string>,
  text: TextItem,
  language: string,
): Promise<EventTexts> {
  const words = wordsOf(text);
  const missing = missingTexts(definition, words);
  if (missing.length === 0) return words;
  for (const key of missing) countMissingText(language, key, definition.id);
  const others: Record<string, EventTexts> = {};
  for (const other of inOrderOfFallback(definition.languages).filter((each) => each !== language)) {
    const item = await read(textKey(definition.id, other));
    if (item !== undefined) others[other] = wordsOf(asTextItem(item));
  }
  return { ...words, ...standInTexts(missing, definition, others) };
}
