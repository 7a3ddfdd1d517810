import { IntlMessageFormat } from 'intl-messageformat';
import { logWarning } from '../log.ts';
import { count, METRICS } from '../metric.ts';
import { realSystem } from '../system.store.ts';
import { localeFor } from './languages.ts';

type Messages = Readonly<Record<string, string>>;

/** One area of the product (`site`, `mail`) in every language. */
export type Catalogue = Readonly<Record<string, Messages>>;
type Parameters = Readonly<Record<string, string | number | Date>>;

const compiled = new WeakMap<object, Map<string, IntlMessageFormat>>();

/**
 * Messages are ICU MessageFormat. A language without a catalogue is English; so is a message that a language lacks, that is malformed,
 * or that asks for a value which is not given (EV4): it is counted, and the reader gets their page or mail. A test fails when a
 * catalogue lacks a key, so that this is for what no test has seen. Of a message that fails in English too, the key is left.
 */
export function translator(catalogue: Catalogue, language: string): (key: string, ...given: unknown[]) => string {
  const chosen = Object.hasOwn(catalogue, language) ? language : 'en';
  return (key, parameters) => {
    const message = render(catalogue[chosen], chosen, key, parameters);
    if (message !== undefined) return message;
    countMissingText(chosen, key);
    return (chosen === 'en' ? undefined : render(catalogue['en'], 'en', key, parameters)) ?? key;
  };
}

/** @returns nothing where there is no such message, or it cannot be rendered */
function render(
  messages: Messages | undefined,
  language: string,
  key: string,
  parameters: unknown,
): string | undefined {
  const text = messages !== undefined && Object.hasOwn(messages, key) ? messages[key] : undefined;
  if (messages === undefined || text === undefined) return undefined;
  const formats = compiled.get(messages) ?? new Map<string, IntlMessageFormat>();
  compiled.set(messages, formats);
  try {
    const format = formats.get(key) ?? new IntlMessageFormat(text, localeFor(language));
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
  count(METRICS.textMissing, realSystem.now());
  logWarning('text missing', { language, key, ...(eventId !== undefined && { event: eventId }) });
}
