import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGE_TAGS, negotiateLanguage, PRODUCT_LANGUAGES, scriptOf } from '../../shared/kernel/i18n/languages.ts';
import { processorTime } from '../support/processor-time.ts';

describe('negotiateLanguage', () => {
  it('speaks every language that the site has words in', () => {
    for (const language of LANGUAGE_TAGS) expect(negotiateLanguage(language, undefined)).toBe(language);
    expect(LANGUAGE_TAGS).toContain('km');
  });

  it.each([
    [undefined, undefined, 'en'],
    ['km', 'en', 'km'],
    ['KM', undefined, 'km'],
    ['km-KH', undefined, 'km'],
    ['xx', 'km', 'km'],
    [undefined, 'km-KH,km;q=0.9,en;q=0.8', 'km'],
    [undefined, 'fr, km;q=0.4, en;q=0.3', 'km'],
    [undefined, 'en;q=0.3, km;q=0.4', 'km'],
    [undefined, 'en;q=0.5 , km ; q=0.9', 'km'],
    [undefined, 'en;q=0.5, km;Q=0.9', 'km'],
    [undefined, 'km;q=0, fr', 'en'],
    [undefined, 'km;q=0.000', 'en'],
    [undefined, '*', 'en'],
    [undefined, 'kmr', 'en'],
  ])('?lang=%s with Accept-Language %j is answered in %s', (asked, header, language) => {
    expect(negotiateLanguage(asked, header)).toBe(language);
  });

  it.each([
    ['pt-TL', ['en', 'pt', 'pt-TL'], 'pt-TL'],
    ['pt-TL-x-old', ['en', 'pt', 'pt-TL'], 'pt-TL'],
    ['pt-tl', ['en', 'pt-TL', 'pt'], 'pt-TL'],
    ['pt-BR', ['en', 'pt', 'pt-TL'], 'pt'],
    ['pt', ['en', 'pt-TL', 'pt'], 'pt'],
    ['pt', ['en', 'pt-TL'], 'pt-TL'],
    ['pt-BR', ['en', 'pt-TL'], 'pt-TL'],
    ['p', ['en', 'pt-TL'], 'en'],
  ])('whoever reads %s gets, of %j, %s', (tag, languages, language) => {
    expect(negotiateLanguage(tag, undefined, languages)).toBe(language);
    expect(negotiateLanguage(undefined, `${tag},en;q=0.1`, languages)).toBe(language);
  });

  it.each([
    'km;q=9',
    'km;q=1e999',
    'km;q=-1',
    'km;q=NaN',
    'km;q=0.9;q=0',
    'km;',
    '-km',
    '-',
    ',,,;;;===',
    '__proto__',
    'constructor',
    'toString, hasOwnProperty',
    'k\u0000m',
    'k\u0131m',
    `${'a,'.repeat(100)}km`,
    `${' '.repeat(1000)}km`,
  ])('is not led astray by %j', (header) => expect(negotiateLanguage(undefined, header)).toBe('en'));

  it.each(['', '-', 'k', '__proto__', 'constructor', '../km', 'km,en', '<km>', '*'])(
    'is not led astray by ?lang=%s',
    (asked) => expect(negotiateLanguage(asked, undefined)).toBe('en'),
  );

  it('answers anything at all in a language that it has words in', () => {
    const header = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('k', 'm', 'en', '-', ',', ';', 'q=', '0.5', '*', ' ') }),
    );
    fc.assert(
      fc.property(fc.option(header, { nil: undefined }), fc.option(header, { nil: undefined }), (asked, accepted) => {
        expect(LANGUAGE_TAGS).toContain(negotiateLanguage(asked, accepted));
      }),
    );
  });

  it('takes no longer for what is longer', () => {
    const long = 'a-'.repeat(500_000);
    const header = `${long},`.repeat(2);
    expect(processorTime(() => negotiateLanguage(long, header), 100)).toBeLessThan(100);
  });
});

describe('the script that a language is written in', () => {
  it.each(LANGUAGE_TAGS)('is for %s what its row says', (tag) => {
    expect(scriptOf(tag)).toBe(PRODUCT_LANGUAGES[tag].script);
  });

  it.each([
    ['lo', 'Laoo'],
    ['my', 'Mymr'],
    ['th', 'Thai'],
    ['pt-TL', 'Latn'],
    ['ar', 'Latn'],
    ['xx', 'Latn'],
  ])('is found for %s, which an event may be written in: %s', (tag, script) => expect(scriptOf(tag)).toBe(script));
});
