import { keepItem } from './keep-item.ts';
import { en, type Words } from './words/en.ts';
import { km } from './words/km.ts';

/** The words of a language, and English for those that it lacks (EV4): one that is missing never stops a door. */
export const withEnglish = (words: Partial<Words>): Words => filled(en, words) as Words;

type Tree = Readonly<Record<string, unknown>>;

const isTree = (words: unknown): words is Tree => typeof words === 'object' && words !== null && !Array.isArray(words);

const filled = (english: Tree, own: Tree): Tree =>
  Object.fromEntries(
    Object.entries(english).map(([name, word]) => {
      const said = own[name];
      return [name, isTree(word) ? filled(word, isTree(said) ? said : {}) : (said ?? word)];
    }),
  );

/** The app's languages by their tags. */
export const LANGUAGES: Readonly<Record<string, Words>> = { en, km: withEnglish(km) };

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
