import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';
import type { CatalogueName } from '../shared/kernel/i18n/languages.ts';
import { countryName, PLACE_CODES } from '../shared/kernel/text/countries.ts';
import { type Messages, messagesOf } from './languages.ts';

/** Keys of the console that few of its screens ask for begin so; those screens fetch them. */
export const LATE_WORDS = [
  ...['amend', 'approvals', 'arrange', 'audit', 'behalf', 'codes', 'definition', 'doors', 'feedback'],
  ...['messages', 'minors', 'people', 'person', 'programme', 'rehearsal', 'reports', 'session', 'system', 'toDo'],
  'views',
];

/**
 * Compiles words of one language for browsers, which get neither ICU MessageFormat nor a parser of it: text stays
 * text, and what takes values becomes a function of them (`Message` of `shared/kernel/i18n/compiled.ts`). A message that the language
 * lacks is English (EV4).
 *
 * @param isWanted which keys it is to have: all, unless that is said
 * @returns JavaScript: an object of messages by their keys
 * @throws where a message cannot be compiled: dates, markup and formats of numbers are for the server alone
 */
export function wordsScript(
  english: Messages = {},
  own: Messages = {},
  isWanted: (key: string) => boolean = () => true,
): string {
  const wanted = Object.entries(english).filter(([key]) => isWanted(key));
  return `{${wanted.map(([key, text]) => `${JSON.stringify(key)}:${compiled(own[key] ?? text)}`).join(',')}}`;
}

/** @example compiled('{name} is in.') === '(values)=>`${values["name"]} is in.`' */
function compiled(message: string): string {
  const parts = parse(message);
  const [first] = parts;
  if (parts.length === 0) return '""';
  if (parts.length === 1 && first?.type === TYPE.literal) return JSON.stringify(first.value);
  const text = template(parts);
  const last = HELPERS.findLastIndex((name) => text.includes(`\${${name}(`));
  return `(${['values', ...HELPERS.slice(0, last + 1)]})=>${text}`;
}

/** Whether any message of a script counts or chooses, so that it takes `compiledTranslator` and not `plainTranslator`. */
export const needsHelpers = (script: string): boolean => script.includes(`(values,${HELPERS[0]}`);

/** What a compiled message is handed besides values: one that needs none takes none, for each is a byte or two of every message. */
const HELPERS = ['number', 'plural', 'select'];

/** @param counted what the plural around counts, which `#` stands for */
const template = (parts: readonly MessageFormatElement[], counted?: string): string =>
  `\`${parts.map((part) => inTemplate(part, counted)).join('')}\``;

function inTemplate(part: MessageFormatElement, counted: string | undefined): string {
  if (part.type === TYPE.literal) return part.value.replace(/[\\`$]/g, '\\$&');
  if (part.type === TYPE.pound) return `\${number(${counted})}`;
  const value = `values[${JSON.stringify(part.value)}]`;
  if (part.type === TYPE.argument) return `\${${value}}`;
  if (part.type === TYPE.number && !part.style) return `\${number(${value})}`;
  if (part.type === TYPE.select) return `\${select(${value},${casesOf(part, counted)})}`;
  if (part.type === TYPE.plural && part.offset === 0 && part.pluralType === 'cardinal')
    return `\${plural(${value},${casesOf(part, value)})}`;
  throw new Error(`browsers cannot write {${part.value}} of this kind`);
}

const casesOf = (
  { options }: Extract<MessageFormatElement, { readonly options: object }>,
  counted: string | undefined,
): string =>
  `{${Object.entries(options)
    .map(([name, { value }]) => `${JSON.stringify(name)}:${template(value, counted)}`)
    .join(',')}}`;

/** What console and check-in app import: `.../km/console.json?part=feedback`. */
const ASKED = /\/i18n\/([\w-]+)\/(console|checkin)\.json(?:\?(.*))?$/;
/** How Vite calls it from then on: what ended in `.json` it would read as JSON. */
const MODULE = /^\0words\/(\w+)\/([\w-]+)\/(?:(part|key)=(.*))?$/;

/** The part that is no key of a catalogue: names of countries, of which browsers have none in some languages. */
const PLACES = 'places';
const placesScript = (language: string): string =>
  JSON.stringify(Object.fromEntries(PLACE_CODES.map((code) => [`${PLACES}.${code}`, countryName(code, language)])));

/**
 * Has Vite compile the words that console and check-in app import, `<language>/console.json`. With `?part=feedback` these are the
 * words of some screens, without it all others, and with `?part=places` what Node calls all places; with `?key=language.name` it is what
 * that key says.
 */
export const browserWords = (): Plugin => ({
  name: 'browser-words',
  enforce: 'pre',
  resolveId(id) {
    const [, language, catalogue, query = ''] = ASKED.exec(id) ?? [];
    return language && `\0words/${catalogue}/${language}/${query}`;
  },
  load(id) {
    const [found, catalogue = '', language = '', kind, name = ''] = MODULE.exec(id) ?? [];
    if (found === undefined) return;
    if (name === PLACES) return `export default ${placesScript(language)};`;
    const [english, own] = ['en', language].map((tag) => messagesOf(tag, catalogue as CatalogueName));
    const words = wordsScript(english, own, (key) => {
      if (kind === 'key') return key === name;
      const part = catalogue === 'console' ? LATE_WORDS.find((each) => key.startsWith(`${each}.`)) : undefined;
      return part === (kind && name);
    });
    return `export default (${words})${kind === 'key' ? `[${JSON.stringify(name)}]` : ''};`;
  },
});

/** What a script of words is called: `words-km`, `words-feedback-km`. @returns nothing of any other script */
export function wordsName({ facadeModuleId }: { readonly facadeModuleId?: string | null }): string | undefined {
  const [found, , language, kind, name] = MODULE.exec(facadeModuleId ?? '') ?? [];
  return found && ['words', ...(kind ? [name] : []), language].join('-');
}
