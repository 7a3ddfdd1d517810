import type { Text, Translate } from './languages.ts';

type Values = Readonly<Record<string, Text>>;
type Cases = Readonly<Record<string, string>>;

/**
 * What a browser is given of a message, which the build makes of ICU MessageFormat: its text, or what puts values into it. Plurals take
 * every case written out; numbers come as the language writes them.
 */
type Message = string | ((values: Values, ...helpers: Helpers) => string);
type Helpers = readonly [
  number: (value: number) => string,
  plural: (value: number, cases: Cases) => string,
  select: (value: Text, cases: Cases) => string,
];

/** The words of a surface in one language, by their keys. */
export type CompiledMessages = Readonly<Record<string, Message>>;

/**
 * Renders what the build has compiled. No key is lacking there: of what a language does not have it has taken the English. A key is left
 * where its words have not been fetched.
 *
 * @param messages may get more while it is used
 * @param locale `localeFor` its language
 */
export function compiledTranslator<T extends Translate<never, never>>(messages: CompiledMessages, locale: string): T {
  const numbers = new Intl.NumberFormat(locale);
  const rules = new Intl.PluralRules(locale);
  const select = (value: Text, cases: Cases): string => cases[value] ?? cases['other'] ?? '';
  const plural = (value: number, cases: Cases): string => cases[`=${value}`] ?? select(rules.select(value), cases);
  return rendering(messages, [(value) => numbers.format(value), plural, select]);
}

/** The same of messages that count and choose nothing, which is most of what it weighs. */
export const plainTranslator = <T extends Translate<never, never>>(messages: CompiledMessages): T =>
  rendering(messages, [] as unknown as Helpers);

const rendering = <T>(messages: CompiledMessages, helpers: Helpers): T =>
  ((key: string, values: Values = {}): string => {
    const message = messages[key] ?? key;
    return typeof message === 'string' ? message : message(values, ...helpers);
  }) as T;

/** What each language has, by its tag. @param files by path, `.../km/console.json` */
export const byLanguage = <T>(files: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(files).map(([path, file]) => [path.split('/').at(-2) ?? '', file]));
