import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { NOTICES } from '../../shared/kernel/i18n/notices.store.ts';
import { SITE } from '../../shared/kernel/i18n/site.store.ts';
import type { SiteKey } from '../../shared/kernel/i18n/words.ts';

type Ast = ReturnType<IntlMessageFormat['getAst']>;
/** From the ICU message syntax: literal text and `#` name no argument. */
const LITERAL = 0;
const POUND = 7;

/** The names of what a message puts in, at any depth. */
function argumentsOf(ast: Ast): string[] {
  return ast.flatMap((part) => {
    if (part.type === LITERAL || part.type === POUND) return [];
    const nested = 'options' in part ? Object.values(part.options).flatMap(({ value }) => argumentsOf(value)) : [];
    return [part.value, ...nested];
  });
}

const argumentsIn = (message: string, language: string): string[] =>
  [...new Set(argumentsOf(new IntlMessageFormat(message, language).getAst()))].sort();

/** Names, and what is only arguments, are the same in every language. */
const SAME_EVERYWHERE: readonly SiteKey[] = [
  'site.name',
  'time.zone',
  'time.instant',
  'event.resource.source',
  'errors.item',
];

/** Everything that pages say, by language. */
const WORDS = Object.keys(SITE).map((language) => [language, { ...SITE[language], ...NOTICES[language] }] as const);
const { en = {}, ...others }: Readonly<Record<string, Record<string, string>>> = Object.fromEntries(WORDS);

describe.each(Object.entries(others))('the words of the site in %s', (language, words) => {
  it('are the same messages as in English, in the same order', () => {
    expect(Object.keys(words)).toEqual(Object.keys(en));
  });

  it('put the same things in', () => {
    for (const [key, message] of Object.entries(en)) {
      expect(argumentsIn(words[key] ?? '', language), key).toEqual(argumentsIn(message, 'en'));
    }
  });
});

describe('Khmer', () => {
  it('is written in Khmer', () => {
    const latin = Object.entries(others['km'] ?? {}).filter(([, message]) => !/[\u1780-\u17ff]/.test(message));
    expect(latin.map(([key]) => key).filter((key) => !(SAME_EVERYWHERE as readonly string[]).includes(key))).toEqual(
      [],
    );
  });
});
