import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEmailAddress } from '../../shared/domain/email-address.ts';
import { cleanText } from '../../shared/domain/text.ts';
import { processorTime } from '../support/processor-time.ts';

const name = { max: 100, letters: true };
const outcome = (result: ReturnType<typeof cleanText>) =>
  'value' in result ? result.value : `refused: ${result.issue.code}`;

describe('cleanText', () => {
  it.each([
    ['  Aung   San  ', 'Aung San'],
    ['e\u0301', 'é'],
    ['a\u202Eb\u200Bc\uFEFF', 'abc'],
    ['tab\there', 'tab here'],
    // ZWNJ shapes Persian and some Khmer; after a letter it stays.
    ['نامه\u200Cای', 'نامه\u200Cای'],
    ['\u200Dstray', 'stray'],
    ['Acme™ Ltd', 'Acme™ Ltd'],
  ])('%j becomes %j', (typed, clean) => expect(outcome(cleanText(typed, name))).toBe(clean));

  it.each([
    ['a\nb', 'line-break'],
    ['a\r\nBcc: x', 'line-break'],
    ['a\u2028b', 'line-break'],
    ['smile 😀', 'not-letters'],
    ['🇰🇭', 'not-letters'],
    ['---', 'not-letters'],
    ['\ud800', 'not-letters'],
    ['Som\uFFFDchai', 'not-letters'],
    [`Z${'\u0301'.repeat(40)}algo`, 'not-letters'],
    ['n'.repeat(101), 'too-long'],
    ['n'.repeat(10_000), 'too-long'],
  ])('AB8 AB10: %j is refused as %s', (typed, code) =>
    expect(outcome(cleanText(typed, name))).toBe(`refused: ${code}`),
  );

  it('counts what a reader counts: a hundred Khmer clusters fit, one more does not', () => {
    expect(outcome(cleanText('ស្ត្រី'.repeat(50), name))).not.toContain('refused');
    expect(outcome(cleanText('ក'.repeat(101), name))).toBe('refused: too-long');
  });

  it('keeps the lines of long answers', () => {
    expect(outcome(cleanText('one\r\ntwo\rthree', { max: 50, lines: true }))).toBe('one\ntwo\nthree');
  });

  it('is idempotent, and what it accepts holds nothing invisible', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        const once = cleanText(typed, name);
        if (!('value' in once)) return;
        expect(cleanText(once.value, name)).toEqual(once);
        expect(once.value).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069\u200B\uFEFF]/u);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseEmailAddress', () => {
  it.each([
    ['Somebody@Example.ORG', 'Somebody@example.org'],
    [' a.b+c@example.org ', 'a.b+c@example.org'],
    ['info@សាកល្បង.test', 'info@xn--k2ex5cpa4nlbk31b.test'],
  ])('%s becomes %s', (typed, address) => {
    const result = parseEmailAddress(typed);
    expect('value' in result && result.value.split('@')[0]).toBe(address.split('@')[0]);
    expect('value' in result && /^[\x21-\x7E]+$/.test(result.value)).toBe(true);
  });

  it.each([
    ['', 'required'],
    ['somebody', 'email-format'],
    ['somebody@', 'email-format'],
    ['@example.org', 'email-format'],
    ['a@b', 'email-format'],
    ['a b@example.org', 'email-format'],
    ['a@exam ple.org', 'email-format'],
    ['a@127.0.0.1', 'email-format'],
    ['a@[127.0.0.1]', 'email-format'],
    ['a@example.org/path', 'email-format'],
    ['a@example..org', 'email-format'],
    ['.a@example.org', 'email-format'],
    ['សុខ@example.org', 'email-ascii'],
    ['a@example.org\r\nBcc: b@example.org', 'line-break'],
    [`${'a'.repeat(65)}@example.org`, 'email-format'],
    [`a@${'b'.repeat(300)}.org`, 'too-long'],
  ])('%j is refused as %s', (typed, code) => {
    expect(parseEmailAddress(typed)).toMatchObject({ issue: { code } });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => void parseEmailAddress(`a@${typed}`)),
      { numRuns: 2000 },
    );
  });
});

describe('AB11: 10 KB of hostile input takes less than 10 ms', () => {
  const hostile = [
    'a'.repeat(10_240),
    'a@'.repeat(5120),
    '\u200D'.repeat(10_240),
    ' '.repeat(10_240),
    `${'a.'.repeat(5120)}@`,
    '\u0301'.repeat(10_240),
    'a\u200C'.repeat(5120),
    `a${'\u200D'.repeat(10_240)}b`,
  ];
  it.each(hostile.map((text, index) => [index, text] as const))('input %i', (_, text) => {
    const read = () => {
      cleanText(text, { max: 100, letters: true });
      cleanText(text, { max: 1000, lines: true });
      parseEmailAddress(text);
    };
    expect(processorTime(read, 10)).toBeLessThan(10);
  });
});
