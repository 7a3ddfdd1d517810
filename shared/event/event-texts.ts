import type { EventDefinition, LocalText } from './event.ts';
import { openModes } from './event-standing.ts';
import { mapTexts } from './map-texts.ts';

/** The words of an event in one language, by key: `categories.media.title` to `Media`. */
export type EventTexts = Readonly<Record<string, string>>;

/**
 * Takes an authored event apart: its rules, in which a key stands for each text, and the words of each language.
 * Ids must be unique within their list (`definitionProblems` says where they are not).
 */
export function splitTexts(definition: EventDefinition<LocalText>): {
  rules: EventDefinition<string>;
  texts: Record<string, EventTexts>;
} {
  const words = new Map(definition.languages.map((language) => [language, new Map<string, string>()]));
  const rules = mapTexts(definition, (text, { key }) => {
    for (const [language, wording] of Object.entries(text)) words.get(language)?.set(key, wording);
    return key;
  });
  const texts = Object.fromEntries([...words].map(([language, byKey]) => [language, Object.fromEntries(byKey)]));
  return { rules, texts };
}

/** Puts an authored event together again from what `splitTexts` made of it. @throws Error when a word is missing */
export function joinTexts(
  rules: EventDefinition<string>,
  texts: Readonly<Record<string, EventTexts>>,
): EventDefinition<LocalText> {
  return mapTexts(rules, (key) =>
    Object.fromEntries(rules.languages.map((language) => [language, wordIn(texts[language] ?? {}, key, rules)])),
  );
}

/**
 * Puts the words of a language back in the place of their keys. An event that can be published has all its words in
 * each of its languages; for those that are missing all the same, its readers take `standInTexts`. Ways to take part that an event
 * has lost are left out: its readers offer the others only.
 *
 * @throws Error when a word is missing: the words are not those of these rules
 */
export function localise(rules: EventDefinition<string>, texts: EventTexts): EventDefinition<string> {
  const event = mapTexts(rules, (key) => wordIn(texts, key, rules));
  return { ...event, modes: openModes(event) };
}

/** The words that a language of an event has to have, and has not, by key. */
export function missingTexts(rules: EventDefinition<string>, texts: EventTexts): readonly string[] {
  const missing: string[] = [];
  mapTexts(rules, (key) => {
    if (!Object.hasOwn(texts, key)) missing.push(key);
    return key;
  });
  return missing;
}

/**
 * What stands in for words that a language lacks: English, else the first language of the event that has them; the key where none has.
 *
 * @param texts of the event's other languages, as far as they are known
 */
export function standInTexts(
  missing: readonly string[],
  { languages }: EventDefinition<string>,
  texts: Readonly<Record<string, EventTexts>>,
): EventTexts {
  const others = inOrderOfFallback(languages).map((language) => texts[language] ?? {});
  return Object.fromEntries(
    missing.map((key) => [key, others.find((words) => Object.hasOwn(words, key))?.[key] ?? key]),
  );
}

/** The languages of an event: English first, as what most readers of another understand. */
export const inOrderOfFallback = (languages: readonly string[]): readonly string[] => [
  ...languages.filter((language) => language === 'en'),
  ...languages.filter((language) => language !== 'en'),
];

function wordIn(texts: EventTexts, key: string, { id }: EventDefinition<string>): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`there are no words for ${key} of "${id}"`);
  return text;
}
