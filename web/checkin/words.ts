import { byLanguage, type CompiledMessages, compiledTranslator } from '../../shared/kernel/i18n/compiled.ts';
import { localeFor } from '../../shared/kernel/i18n/languages.ts';
import type { CheckinTranslate } from '../../shared/kernel/i18n/words.ts';
import { ROLES } from '../../shared/registration/registration.ts';
import { keepItem } from './preferences.ts';

/** What the app speaks. */
export interface Spoken {
  /** Its tag. */
  readonly language: string;
  readonly t: CheckinTranslate;
}

/** The app's languages by their tags, each as it calls itself. */
export const LANGUAGES = byLanguage(
  import.meta.glob<string>('../../shared/kernel/i18n/*/checkin.json', {
    query: '?key=language.name',
    import: 'default',
    eager: true,
  }),
);

/** A script for each: all are kept on the phone, and read by those who chose the language. */
const WORDS = byLanguage(
  import.meta.glob<CompiledMessages>('../../shared/kernel/i18n/*/checkin.json', { import: 'default' }),
);

const KEY = 'plenary-checkin-language';

/** What was chosen on this phone; else the first of the phone's own that the app speaks; else English. */
export function ownLanguage(storage: Storage | undefined, preferred: readonly string[]): string {
  const tags = [storage?.getItem(KEY) ?? '', ...preferred.map((tag) => tag.split('-', 1)[0] ?? '')];
  return tags.find((tag) => tag in LANGUAGES) ?? 'en';
}

export function keepLanguage(storage: Storage | undefined, tag: string): void {
  keepItem(storage, KEY, tag);
}

/** Reads the words of a language: English where they cannot be had, for that never stops a door (EV4). */
export async function speak(language: string): Promise<Spoken> {
  try {
    const messages = await WORDS[language]?.();
    if (messages !== undefined)
      return { language, t: compiledTranslator<CheckinTranslate>(messages, localeFor(language)) };
  } catch (error) {
    if (language === 'en') throw error;
  }
  return speak('en');
}

/** Words of an event, which it has in languages of its own: in this one, else in any. */
export const textFor = (texts: Readonly<Record<string, string>>, tag: string): string =>
  texts[tag] ?? texts['en'] ?? Object.values(texts)[0] ?? '';

/** What someone does at the event; nothing of those who attend. */
export function roleName(role: string, t: CheckinTranslate): string | undefined {
  const known = ROLES.find((each) => each === role);
  if (known === 'attendee') return undefined;
  return known === undefined ? role : t(`roles.${known}`);
}
