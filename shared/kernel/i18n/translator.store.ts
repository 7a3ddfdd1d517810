import { IntlMessageFormat } from 'intl-messageformat';
import { logWarning } from '../log.ts';
import { count, METRICS } from '../metric.ts';
import { realSystem } from '../system.store.ts';
import { type Catalogue, localeFor, type Params, type Translate } from './translator.ts';

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
  count(METRICS.textMissing, realSystem.now());
  logWarning('text missing', { language, key, ...(eventId !== undefined && { event: eventId }) });
}
