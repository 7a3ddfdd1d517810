export type Params = Readonly<Record<string, string | number | boolean | Date>>;

/** Renders one message of a catalogue; the key is checked by the compiler, the language was chosen before. */
export type Translate<Key extends string> = (key: Key, params?: Params) => string;

/** One area of the product (`site`, `mail`) in every language: English is complete by definition. */
export type Catalogue<Key extends string> = Readonly<Record<string, Readonly<Record<Key, string>>>>;

/** Where a language's customs differ by country, the one whose readers come. */
const REGIONS: Readonly<Record<string, string>> = { en: 'en-GB' };

/** Calendar and digits are set explicitly: Thai would default to the Buddhist year, Burmese to its own digits. */
export const localeFor = (language: string): string => `${REGIONS[language] ?? language}-u-ca-gregory-nu-latn`;
