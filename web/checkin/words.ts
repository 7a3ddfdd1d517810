import { keepItem } from './keep-item.ts';
import { en, type Words } from './words/en.ts';
import { km } from './words/km.ts';

/** The app's languages by their tags. */
export const LANGUAGES: Readonly<Record<string, Words>> = { en, km };

const KEY = 'plenary-checkin-language';

/** What was chosen on this phone; else the first of the phone's own that the app speaks; else English. */
export function ownLanguage(storage: Storage | undefined, preferred: readonly string[]): string {
  const tags = [storage?.getItem(KEY) ?? '', ...preferred.map((tag) => tag.split('-', 1)[0] ?? '')];
  return tags.find((tag) => tag in LANGUAGES) ?? 'en';
}

export function keepLanguage(storage: Storage | undefined, tag: string): void {
  keepItem(storage, KEY, tag);
}

export const wordsOf = (tag: string): Words => LANGUAGES[tag] ?? en;

/** Words of an event, which it has in languages of its own: in this one, else in any. */
export const inLanguage = (texts: Readonly<Record<string, string>>, tag: string): string =>
  texts[tag] ?? texts['en'] ?? Object.values(texts)[0] ?? '';
