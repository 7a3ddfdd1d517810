import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { count, logger } from '../log.store.ts';
import { METRICS } from '../metrics.ts';
import { type CatalogueName, localeFor, type ProductLanguage, productLanguage } from './languages.ts';

/** Where words lie: beside the script of a function, parsed; where sources run unbundled, as in tests, beside this one, as text. */
declare const __FILES__: string | undefined;
const FOLDER = typeof __FILES__ === 'undefined' ? './' : `${__FILES__}words/`;

type Messages = Readonly<Record<string, ConstructorParameters<typeof IntlMessageFormat>[0]>>;
type Parameters = Readonly<Record<string, string | number | Date>>;

/** One area of the product. A language's words are read when they are first needed, once an instance: a millisecond or two. */
export class Catalogue {
  readonly #name: CatalogueName;
  readonly #read = new Map<string, Messages>();

  constructor(name: CatalogueName) {
    this.#name = name;
  }

  /** Its messages by key: none where there is no file, or one that cannot be read; it is tried again by the next who asks. */
  in(language: ProductLanguage): Messages {
    const known = this.#read.get(language);
    if (known !== undefined) return known;
    const messages = readWords(`${language}/${this.#name}.json`);
    if (messages !== undefined) this.#read.set(language, messages);
    return messages ?? NO_MESSAGES;
  }
}

const NO_MESSAGES: Messages = {};

function readWords(file: string): Messages | undefined {
  try {
    return Object(JSON.parse(readFileSync(new URL(`${FOLDER}${file}`, import.meta.url), 'utf8')));
  } catch {
    return undefined;
  }
}

const compiled = new WeakMap<Messages, Map<string, IntlMessageFormat>>();

/**
 * Messages are ICU MessageFormat. A language that there are no words in is English; so is a message that a language lacks, that is
 * malformed, or that asks for a value which is not given (EV4): it is counted, and the reader gets their page or mail. `npm run languages`
 * names what a language lacks, so that this is for what no test has seen. Of a message that fails in English too, the key is left.
 */
export function translator(catalogue: Catalogue, language: string): (key: string, ...given: unknown[]) => string {
  const chosen = productLanguage(language) ?? 'en';
  return (key, parameters) => {
    const message = render(catalogue.in(chosen), chosen, key, parameters);
    if (message !== undefined) return message;
    countMissingText(chosen, key);
    return (chosen === 'en' ? undefined : render(catalogue.in('en'), 'en', key, parameters)) ?? key;
  };
}

/** @returns nothing where there is no such message, or it cannot be rendered */
function render(messages: Messages, language: string, key: string, parameters: unknown): string | undefined {
  const message = Object.hasOwn(messages, key) ? messages[key] : undefined;
  if (message === undefined) return undefined;
  const formats = compiled.get(messages) ?? new Map<string, IntlMessageFormat>();
  compiled.set(messages, formats);
  try {
    const format = formats.get(key) ?? new IntlMessageFormat(message, localeFor(language));
    formats.set(key, format);
    return String(format.format(parameters as Parameters));
  } catch {
    return undefined;
  }
}

const missing = new Set<string>();

/**
 * Counts a text that a language lacks, once an instance: it is missing for good, however many read the page.
 *
 * @param key of the catalogue, or of the texts of an event
 * @param eventId of the event whose text it is
 */
export function countMissingText(language: string, key: string, eventId?: string): void {
  const text = [language, eventId, key].join(' ');
  if (missing.has(text)) return;
  missing.add(text);
  count(METRICS.textMissing);
  logger.warn('text missing', { language, key, ...(eventId !== undefined && { event: eventId }) });
}
