import { spokenLanguage, wantedLanguages } from '../text/language.ts';

/** What there is of each area of the product, in each language: `<language>/site.json` and so on beside this file. */
export const CATALOGUES = ['site', 'notices', 'mail', 'console', 'checkin'] as const;
export type CatalogueName = (typeof CATALOGUES)[number];

/** The scripts that mails and certificates are set in, by their codes of ISO 15924: the compiler names what one of them lacks. */
const SCRIPTS = ['Latn', 'Khmr', 'Laoo', 'Mymr', 'Thai'] as const;
export type Script = (typeof SCRIPTS)[number];

interface Language {
  /** Its tag; where its customs differ by country, that of the one whose readers come. */
  readonly locale: string;
  readonly script: Script;
  /** The style sheet whose font pages in it bring, since many systems have none: `khmer` for `web/site/khmer.css`. */
  readonly font: string | undefined;
  /** What it calls its reader: an adult, and a minor in place of it. Most have one word for both. */
  readonly readers: 'alike' | readonly [adult: string, young: string];
  /** What it writes right before a part of a date, where dates of Unicode's CLDR leave that out. */
  readonly dateWords?: DateWords;
}

type DateWords = Readonly<Partial<Record<Intl.DateTimeFormatPartTypes, string>>>;

/** The languages of the product by their BCP 47 tags: English, which is complete by definition, first. */
export const PRODUCT_LANGUAGES = {
  en: { locale: 'en-GB', script: 'Latn', font: undefined, readers: 'alike' },
  km: {
    locale: 'km',
    script: 'Khmr',
    font: 'khmer',
    readers: ['លោកអ្នក', 'ប្អូន'],
    dateWords: { weekday: 'ថ្ងៃ', day: 'ទី', month: 'ខែ', year: 'ឆ្នាំ' },
  },
} as const satisfies Readonly<Record<string, Language>>;

export type ProductLanguage = keyof typeof PRODUCT_LANGUAGES;
export const LANGUAGE_TAGS = /* @__PURE__ */ Object.keys(PRODUCT_LANGUAGES) as readonly ProductLanguage[];

/** Something of each language of the product. */
export const byTag = <T>(of: (row: Language, tag: string) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(LANGUAGE_TAGS.map((tag) => [tag, of(PRODUCT_LANGUAGES[tag], tag)]));

/** Of a tag, the product's language; nothing where events alone are written in it. */
export const productLanguage = (tag: string): ProductLanguage | undefined => LANGUAGE_TAGS.find((each) => each === tag);

/**
 * The language to answer in: the one asked for by `?lang=`, else the first of `Accept-Language` that the site
 * speaks, else English.
 *
 * @param languages BCP 47 tags
 */
export function negotiateLanguage(
  asked: string | undefined,
  acceptLanguage: string | undefined,
  languages: readonly string[] = LANGUAGE_TAGS,
): string {
  const spoken = asked === undefined ? undefined : spokenLanguage(asked, languages);
  return spoken ?? wantedLanguages(acceptLanguage ?? '', languages)[0] ?? 'en';
}

/** Calendar and digits are set explicitly: Thai would default to the Buddhist year, Burmese to its own digits. */
export function localeFor(language: string): string {
  const own = productLanguage(language);
  return `${own ? PRODUCT_LANGUAGES[own].locale : language}-u-ca-gregory-nu-latn`;
}

/** What a language writes before parts of a date; most write nothing. */
export function dateWordsOf(language: string): DateWords {
  const own = productLanguage(language);
  return (own && (PRODUCT_LANGUAGES[own] as Language).dateWords) ?? {};
}

/** What a language is written in, of events' own too: as Unicode's CLDR knows, and Latin letters where mails know no more of it. */
export function scriptOf(language: string): Script {
  const { script } = new Intl.Locale(language).maximize();
  return SCRIPTS.find((each) => each === script) ?? 'Latn';
}

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
