import { describe, expect, it } from 'vitest';
import { messagesOf } from '../../infra/languages.ts';
import { CATALOGUES, LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';
import type { SiteKey } from '../../shared/kernel/i18n/words.ts';

/** Names, and what is only arguments, are the same in every language. */
const SAME_EVERYWHERE: readonly SiteKey[] = [
  'site.name',
  'time.zone',
  'time.instant',
  'event.resource.source',
  'errors.item',
];

describe.each(CATALOGUES)('the words of %s', (catalogue) => {
  const english = Object.keys(messagesOf('en', catalogue) ?? {});

  /** Whether a file may be missing is what `npm run languages` says. */
  const languages = LANGUAGE_TAGS.filter((language) => messagesOf(language, catalogue) !== undefined);

  it.each(languages)('stand in the same order in %s', (language) => {
    expect(Object.keys(messagesOf(language, catalogue) ?? {})).toEqual(english);
  });
});

describe('Khmer', () => {
  it('is written in Khmer', () => {
    const words = { ...messagesOf('km', 'site'), ...messagesOf('km', 'notices') };
    const latin = Object.entries(words).filter(([, message]) => !/[\u1780-\u17ff]/.test(message));
    expect(latin.map(([key]) => key).filter((key) => !(SAME_EVERYWHERE as readonly string[]).includes(key))).toEqual(
      [],
    );
  });
});
