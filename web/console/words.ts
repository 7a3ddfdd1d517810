import { byLanguage, type CompiledMessages, compiledTranslator } from '../../shared/kernel/i18n/compiled.ts';
import { localeFor } from '../../shared/kernel/i18n/languages.ts';
import type { ConsoleTranslate } from '../../shared/kernel/i18n/words.ts';

/** The console's languages by their tags, each as it calls itself. */
export const CONSOLE_LANGUAGES = byLanguage(
  import.meta.glob<string>('../../shared/kernel/i18n/*/console.json', {
    query: '?key=language.name',
    import: 'default',
    eager: true,
  }),
);

/** Scripts of words: of the first screens and whatever several say, and of those that are fetched with their screens. */
const WORDS = import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', { import: 'default' });
const PARTS = {
  doors: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=doors',
    import: 'default',
  }),
  feedback: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=feedback',
    import: 'default',
  }),
  minors: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=minors',
    import: 'default',
  }),
};

export type WordsPart = keyof typeof PARTS;

const KEY = 'plenary.language';
const UNREACHABLE = 'The console could not be loaded. Check your network, and load the page again.';

/** What was chosen in this browser; else the first of its own that the console speaks; else English. */
export const LANGUAGE = chosenLanguage();

function chosenLanguage(): string {
  const tags = (globalThis.navigator?.languages ?? []).map((tag) => tag.split('-', 1)[0] ?? '');
  return [keptLanguage() ?? '', ...tags].find((tag) => Object.hasOwn(CONSOLE_LANGUAGES, tag)) ?? 'en';
}

/** Browsers that keep nothing throw as soon as it is named. */
function keptLanguage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps what was chosen, and opens the console anew in it. */
export function chooseLanguage(tag: string): void {
  try {
    localStorage.setItem(KEY, tag);
  } catch {
    // Closed to this page: its own languages decide.
  }
  location.reload();
}

const messages: Record<string, CompiledMessages[string]> = { ...(await firstWords()) };

/** In this language, else in English. Without any, the page says so, for nothing else can. */
async function firstWords(): Promise<CompiledMessages | undefined> {
  const fetches = byLanguage(WORDS);
  try {
    return await fetches[LANGUAGE]?.().catch(() => fetches['en']?.());
  } catch (error) {
    globalThis.document?.getElementById('console')?.append(UNREACHABLE);
    throw error;
  }
}

/** What the console says, in its user's language. */
export const t = compiledTranslator<ConsoleTranslate>(messages, localeFor(LANGUAGE));

/** What the console calls something that the API names, below a key: nothing where it does not know it. */
export function wordFor(key: string, name: string): string | undefined {
  const message = messages[`${key}.${name}`];
  return typeof message === 'string' ? message : undefined;
}

/** Fetches what some screens alone say, whose keys begin with its name: before they are, for they may ask for it at once. */
export async function fetchWords(...parts: readonly WordsPart[]): Promise<void> {
  Object.assign(messages, ...(await Promise.all(parts.map((part) => byLanguage(PARTS[part])[LANGUAGE]?.()))));
}
