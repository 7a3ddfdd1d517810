/** What there is of each area of the product, in each language: `<language>/site.json` and so on beside this file. */
export const CATALOGUES = ['site', 'notices', 'mail', 'console', 'checkin'] as const;
export type CatalogueName = (typeof CATALOGUES)[number];

interface Language {
  /** Where its customs differ by country, the tag of the one whose readers come. */
  readonly locale?: string;
  /** What it calls its reader: an adult, and someone under 18 in place of it. Most have one word for both. */
  readonly readers?: readonly [adult: string, young: string];
}

/** The languages of the product by their BCP 47 tags: English, which is complete by definition, first. */
export const PRODUCT_LANGUAGES: Readonly<Record<string, Language>> = {
  en: { locale: 'en-GB' },
  km: { readers: ['លោកអ្នក', 'ប្អូន'] },
};

/** Calendar and digits are set explicitly: Thai would default to the Buddhist year, Burmese to its own digits. */
export const localeFor = (language: string): string =>
  `${PRODUCT_LANGUAGES[language]?.locale ?? language}-u-ca-gregory-nu-latn`;

/** What a message puts in as it is. */
export type Text = string | number;

/** What a message takes; of several messages, one of which is chosen when code runs, all that any of them takes. */
type Taken<Parameters, Key extends string> = (
  Key extends keyof Parameters
    ? (parameters: Parameters[Key]) => void
    : never
) extends (parameters: infer All) => void
  ? All
  : never;

/** What is given along with a key: nothing where no message of that key takes anything. */
export type TakenBy<Parameters, Key extends string> =
  unknown extends Taken<Parameters, Key> ? [] : [parameters: Taken<Parameters, Key>];

/**
 * Renders one message of a catalogue in the language that was chosen before. A key that English lacks does not compile, nor does a
 * parameter that the message lacks, or a message without one.
 */
export type Translate<Key extends string, Parameters> = <Chosen extends Key>(
  key: Chosen,
  ...given: TakenBy<Parameters, Chosen>
) => string;
