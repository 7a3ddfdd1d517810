import { IntlMessageFormat } from 'intl-messageformat';
import { countMissingText } from '../metric.ts';

export type Params = Readonly<Record<string, string | number | boolean | Date>>;

/** Renders one message of a catalogue; the key is checked by the compiler, the language was chosen before. */
export type Translate<Key extends string> = (key: Key, params?: Params) => string;

/** One area of the product (`site`, `mail`) in every language: English is complete by definition. */
export type Catalogue<Key extends string> = Readonly<Record<string, Readonly<Record<Key, string>>>>;

const compiled = new WeakMap<object, Map<string, IntlMessageFormat>>();

/**
 * Messages are ICU MessageFormat. A language without a catalogue is English; so is a message that a language lacks, that is malformed,
 * or that asks for a value which is not given (EV4): it is counted, and the reader gets their page or mail. A test fails when a
 * catalogue lacks a key, so that this is for what no test has seen. Of a message that fails in English too, the key is left.
 */
export function translator<Key extends string>(catalogue: Catalogue<Key>, language: string): Translate<Key> {
  const chosen = Object.hasOwn(catalogue, language) ? language : 'en';
  return (key, params) => {
    const message = render(catalogue, chosen, key, params);
    if (message !== undefined) return message;
    countMissingText(chosen, key);
    return (chosen === 'en' ? undefined : render(catalogue, 'en', key, params)) ?? key;
  };
}

/** @returns nothing where there is no such message, or it cannot be rendered */
function render<Key extends string>(
  catalogue: Catalogue<Key>,
  language: string,
  key: Key,
  params: Params | undefined,
): string | undefined {
  const messages = catalogue[language];
  if (messages === undefined || !Object.hasOwn(messages, key)) return undefined;
  const formats = compiled.get(messages) ?? new Map<string, IntlMessageFormat>();
  compiled.set(messages, formats);
  try {
    const format = formats.get(key) ?? new IntlMessageFormat(messages[key], localeFor(language));
    formats.set(key, format);
    return String(format.format(params));
  } catch {
    return undefined;
  }
}

/** Where a language's customs differ by country, the one whose readers come. */
const REGIONS: Readonly<Record<string, string>> = { en: 'en-GB' };

/** Calendar and digits are set explicitly: Thai would default to the Buddhist year, Burmese to its own digits. */
export const localeFor = (language: string): string => `${REGIONS[language] ?? language}-u-ca-gregory-nu-latn`;
