import { byLanguage, type CompiledMessages, compiledTranslator } from '../../shared/kernel/i18n/compiled.ts';
import { localeFor, PRODUCT_LANGUAGES, productLanguage } from '../../shared/kernel/i18n/languages.ts';
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
  amend: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=amend',
    import: 'default',
  }),
  approvals: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=approvals',
    import: 'default',
  }),
  arrange: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=arrange',
    import: 'default',
  }),
  audit: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=audit',
    import: 'default',
  }),
  behalf: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=behalf',
    import: 'default',
  }),
  codes: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=codes',
    import: 'default',
  }),
  definition: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=definition',
    import: 'default',
  }),
  doors: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=doors',
    import: 'default',
  }),
  feedback: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=feedback',
    import: 'default',
  }),
  messages: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=messages',
    import: 'default',
  }),
  minors: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=minors',
    import: 'default',
  }),
  people: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=people',
    import: 'default',
  }),
  person: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=person',
    import: 'default',
  }),
  programme: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=programme',
    import: 'default',
  }),
  rehearsal: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=rehearsal',
    import: 'default',
  }),
  reports: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=reports',
    import: 'default',
  }),
  session: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=session',
    import: 'default',
  }),
  system: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=system',
    import: 'default',
  }),
  /** What places are called: no word of a catalogue. All browsers have them in English. */
  places: import.meta.glob<CompiledMessages>(
    ['../../shared/kernel/i18n/*/console.json', '!../../shared/kernel/i18n/en/console.json'],
    { query: '?part=places', import: 'default' },
  ),
  toDo: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=toDo',
    import: 'default',
  }),
  views: import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/console.json', {
    query: '?part=views',
    import: 'default',
  }),
};

export type WordsPart = keyof typeof PARTS;

/** Sheets of scripts that need a font, by their names in `languages.ts`. */
const FONTS = import.meta.glob(['../site/*.css', '!../site/site.css', '!../site/pages.css']);

const KEY = 'plenary.language';
/** In the tab: that a language was chosen just now. */
const CHOSEN = 'plenary.language.chosen';
/** Milliseconds that a font is waited for. */
const MOST_FOR_FONT = 1500;
const UNREACHABLE = 'The console could not be loaded. Check your network, and load the page again.';

const { language, words } = await firstWords();

/** What was chosen in this browser; else the first of its own that the console speaks; else, or where its words cannot be had, English. */
export const LANGUAGE = language;

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
    sessionStorage.setItem(CHOSEN, tag);
  } catch {
    // Closed to this page: its own languages decide.
  }
  location.reload();
}

/** Whether this language was chosen just now, which is said once: reading goes on from the choice then. */
export function wasChosen(): boolean {
  try {
    const is = sessionStorage.getItem(CHOSEN) === LANGUAGE;
    sessionStorage.removeItem(CHOSEN);
    return is;
  } catch {
    return false;
  }
}

const messages: Record<string, CompiledMessages[string]> = { ...words };

interface FirstWords {
  readonly language: string;
  readonly words: CompiledMessages | undefined;
}

/** In the language of this browser, else in English. Without any, the page says so, for nothing else can. */
async function firstWords(): Promise<FirstWords> {
  const fetches = byLanguage(WORDS);
  const inLanguage = async (tag: string): Promise<FirstWords> => ({ language: tag, words: await fetches[tag]?.() });
  try {
    return await inLanguage(chosenLanguage()).catch(() => inLanguage('en'));
  } catch (error) {
    globalThis.document?.getElementById('console')?.append(UNREACHABLE);
    throw error;
  }
}

/** Fetches the font of this language, where many systems lack one: nothing that is drawn moves for it later. */
export async function fetchFont(): Promise<void> {
  const own = productLanguage(LANGUAGE);
  const sheet = own && PRODUCT_LANGUAGES[own].font;
  if (sheet === undefined) return;
  try {
    await FONTS[`../site/${sheet}.css`]?.();
    const family = getComputedStyle(document.documentElement).getPropertyValue('--font');
    const letters = CONSOLE_LANGUAGES[LANGUAGE];
    const faces = [400, 700].map((weight) => document.fonts.load(`${weight} 1rem ${family}`, letters));
    await Promise.race([Promise.all(faces), new Promise((resolve) => setTimeout(resolve, MOST_FOR_FONT))]);
  } catch {
    // The system's own font draws it.
  }
}

/** Whether this browser names countries in the reader's language: Chromium does not in Khmer. */
const isNamingPlaces = Intl.DisplayNames.supportedLocalesOf(LANGUAGE).length > 0;

/** What the console says, in its user's language. */
export const t = compiledTranslator<ConsoleTranslate>(messages, localeFor(LANGUAGE));

/** What the console calls something that the API names, below a key: nothing where it does not know it. */
export function wordFor(key: string, name: string): string | undefined {
  const message = messages[`${key}.${name}`];
  return typeof message === 'string' ? message : undefined;
}

/**
 * Fetches what some screens alone say, whose keys begin with its name: before they are, for they may ask for it at once. Places alone have
 * names without it, in English, and are fetched where the browser has none in the reader's language.
 */
export async function fetchWords(...parts: readonly WordsPart[]): Promise<void> {
  const fetched = parts.map(async (part) => {
    const fetchPart = byLanguage(PARTS[part])[LANGUAGE];
    if (part !== 'places') return fetchPart?.();
    return isNamingPlaces ? undefined : fetchPart?.().catch(() => undefined);
  });
  Object.assign(messages, ...(await Promise.all(fetched)));
}
