import { IntlMessageFormat } from 'intl-messageformat';

export type Params = Readonly<Record<string, string | number | boolean | Date>>;

/** Renders one message of a catalogue; the key is checked by the compiler, the language was chosen before. */
export type Translate<Key extends string> = (key: Key, params?: Params) => string;

/** One area of the product (`site`, `mail`) in every language: English is complete by definition. */
export type Catalogue<Key extends string> = Readonly<Record<string, Readonly<Record<Key, string>>>>;

const compiled = new WeakMap<object, Map<string, IntlMessageFormat>>();

/**
 * Messages are ICU MessageFormat. A language without a catalogue falls back to English, never to a key:
 * a test fails when a catalogue lacks a key.
 */
export function translator<Key extends string>(catalogue: Catalogue<Key>, language: string): Translate<Key> {
  const chosen = Object.hasOwn(catalogue, language) ? language : 'en';
  const messages = catalogue[chosen];
  if (messages === undefined) throw new Error('a catalogue needs English');
  const formats = compiled.get(messages) ?? new Map<string, IntlMessageFormat>();
  compiled.set(messages, formats);
  return (key, params) => {
    let format = formats.get(key);
    if (format === undefined) {
      format = new IntlMessageFormat(messages[key], localeFor(chosen));
      formats.set(key, format);
    }
    return String(format.format(params));
  };
}

/** Where a language's customs differ by country, the one whose readers come. */
const REGIONS: Readonly<Record<string, string>> = { en: 'en-GB' };

/** Calendar and digits are set explicitly: Thai would default to the Buddhist year, Burmese to its own digits. */
export const localeFor = (language: string): string => `${REGIONS[language] ?? language}-u-ca-gregory-nu-latn`;
