import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressMeant, parseEmailAddress } from '../../shared/kernel/text/email-address.ts';
import { cleanText } from '../../shared/kernel/text/text.ts';
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
    ['Ki\u3164m\u{E0041}', 'Kim'],
    ['a\u2800b\u2800', 'a b'],
    ['\uFE01\u200D\u{E0100}Kim', 'Kim'],
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

  const FILLERS = {
    'the filler of Hangul': '\u3164',
    'its fillers of first and middle letters': '\u115F\u1160',
    'its filler of half width': '\uFFA0',
    tags: '\u{E0041}\u{E007F}\u{E0001}',
    'variation selectors': '\uFE01\uFE0E\u{E0100}\u180B',
    'a Braille cell without a dot': '\u2800',
    'blanks of hieroglyphs, which count as letters': '\u{13441}\u{13442}',
    'the joiner of graphemes': '\u034F\u034F',
    'vowels of Khmer that are not shown': '\u17B4\u17B5',
    'what Unicode keeps free for such': '\u2065\uFFF0\u{E0FFF}',
    'musical and shorthand controls': '\u{1D173}\u{1BCA0}',
    'joiners and spaces': '\u200D \u200C\u00A0\u3000',
  };
  it.each(Object.entries(FILLERS))('AB10: a name of %s only is none, nor is an answer', (_, invisible) => {
    for (const typed of [invisible, ` ${invisible} `, `${invisible} ${invisible}`, `\u200B${invisible}\u202E`]) {
      expect(['', 'refused: not-letters']).toContain(outcome(cleanText(typed, name)));
      expect(outcome(cleanText(typed, { max: 100, lines: true })), 'in words of one’s own').toBe('');
    }
  });

  it('AB10: nothing that Unicode says is shown as nothing is in a name, but what shapes the letter before it', () => {
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      if (!/\p{Default_Ignorable_Code_Point}/u.test(character)) continue;
      expect(['', 'refused: not-letters'], code.toString(16)).toContain(outcome(cleanText(character.repeat(3), name)));
      const after = outcome(cleanText(`A${character}`, name));
      expect(['A', `A${character}`, 'refused: not-letters'], code.toString(16)).toContain(after);
    }
  });

  it.each([
    ['Khmer', 'ស្រី\u200Cម៉ៅ'],
    ['Thai', 'สมชาย ใจดี'],
    ['Persian, with a joiner', 'علی\u200Cرضا'],
    ['Sinhala, with a joiner', 'ශ්\u200Dරී'],
    ['Malayalam, with a joiner', 'അവന്\u200D ദാസ്'],
    ['Mongolian, with a selector', 'ᠠ\u180Bᠨᠠ'],
    ['Japanese, with the ideograph of a family', '葛\u{E0100}飾'],
    ['Korean', '김철수'],
  ])('AB10: a name in %s passes unharmed', (_, fullName) =>
    expect(outcome(cleanText(fullName, name))).toBe(fullName.normalize('NFC')),
  );

  // Each is two characters. Whether a consonant below another one is a cluster of its own depends on Node's Unicode.
  it('counts what a reader counts: a hundred Khmer clusters fit, one more does not', () => {
    expect(outcome(cleanText('កី'.repeat(100), name))).not.toContain('refused');
    expect(outcome(cleanText('កី'.repeat(101), name))).toBe('refused: too-long');
  });

  it('keeps the lines of long answers', () => {
    expect(outcome(cleanText('one\r\ntwo\rthree', { max: 50, lines: true }))).toBe('one\ntwo\nthree');
  });

  // Khmer has no spaces between words: this is how its keyboards say where a line may end.
  const KHMER = 'ខ្ញុំ\u200Bចង់\u200Bចូលរួម។';

  it.each([
    ['where it breaks lines', KHMER, KHMER],
    ['once', KHMER.replaceAll('\u200B', '\u200B\u200B'), KHMER],
    ['without a blank beside it', 'ខ្ញុំ\u200B ចង់ \u200Bចូល', 'ខ្ញុំ ចង់ ចូល'],
    ['not where a line ends anyway', '\u200Bខ្ញុំ\u200B\n\u200Bចង់\u200B', 'ខ្ញុំ\nចង់'],
    ['with nothing hidden behind it', 'ក\u200B\u034F\u200D\u200Bខ', 'ក\u200Bខ'],
  ])('keeps U+200B in long answers, %s', (_, typed, clean) =>
    expect(outcome(cleanText(typed, { max: 100, lines: true }))).toBe(clean),
  );

  it('makes no blank of what cannot be seen, in long answers either', () => {
    expect(outcome(cleanText('a\uFEFFb\u2060c\u202Ed\u0000e', { max: 50, lines: true }))).toBe('abcde');
    expect(outcome(cleanText('a\tb\u2028c\u0085d', { max: 50, lines: true }))).toBe('a b\nc\nd');
  });

  it('drops U+200B from names, and leaves no blank where it was', () => {
    expect(outcome(cleanText('សុខ\u200Bដារ៉ា', name))).toBe('សុខដារ៉ា');
  });

  it('keeps all that can be seen of a long answer, and is idempotent', () => {
    const letters = [
      'ខ្ញុំ',
      'ចង់',
      'a',
      ' ',
      '\u200B',
      '\u200B',
      '\n',
      '\u200D',
      '\u200C',
      '\u034F',
      '\u0301',
      '\u2060',
      '\u2800',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...letters), { maxLength: 40 }), (parts) => {
        const typed = parts.join('');
        const once = cleanText(typed, { max: 1000, lines: true });
        if (!('value' in once)) return;
        expect(cleanText(once.value, { max: 1000, lines: true })).toEqual(once);
        const lettersOf = (text: string) => text.normalize('NFD').replace(/[^\p{Script=Khmer}a]/gu, '');
        expect(lettersOf(once.value)).toBe(lettersOf(typed));
        expect(once.value).not.toMatch(/(?:^|\s|\u200B)\u200B|\u200B(?:\s|$)/);
      }),
      { numRuns: 2000 },
    );
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
    ['dara @ example.org. ', 'dara@example.org'],
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
    ['a@example.org, b@example.org', 'email-format'],
    ['a@example,org', 'email-format'],
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

  it.each([...'。．｡'])('takes %s in a domain as a dot, and before the @ as no letter that mail takes', (dot) => {
    expect(parseEmailAddress(`dara.sok@mail${dot}example${dot}org`)).toEqual({ value: 'dara.sok@mail.example.org' });
    expect(addressMeant(`dara@gmail${dot}com`)).toBeUndefined();
    expect(parseEmailAddress(`dara${dot}sok@example.org`)).toMatchObject({ issue: { code: 'email-ascii' } });
    expect(parseEmailAddress(`dara@example.org${dot}`)).toMatchObject({ issue: { code: 'email-format' } });
  });

  it.each([...'\u200B\u202A\u200E\u2060\uFEFF\u00AD'])(
    'reads an address without %j, which nobody sees who typed or copied it',
    (unseen) => {
      for (const typed of [`${unseen}dara@gmail.com`, `da${unseen}ra@gmail.com`, `dara@gmail.com${unseen} `]) {
        expect(parseEmailAddress(typed)).toEqual({ value: 'dara@gmail.com' });
        expect(addressMeant(typed)).toBeUndefined();
      }
      expect(addressMeant(`${unseen}dara@gmial.com`)).toBe('dara@gmail.com');
    },
  );

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
    '\u{E0100}'.repeat(5120),
    ' \uFE01'.repeat(5120),
    '\u3164\u2800'.repeat(5120),
    `a${'\u200D'.repeat(10_240)}b`,
    '\u200B'.repeat(10_240),
    'a\u200C\u200B'.repeat(3400),
    '\n\u200B'.repeat(5120),
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

describe('an address that looks mistyped', () => {
  it.each([
    ['dara@gmial.com', 'dara@gmail.com'],
    ['dara@gmail.con', 'dara@gmail.com'],
    ['dara@gmial.con', 'dara@gmail.com'],
    ['dara@gmal.com', 'dara@gmail.com'],
    ['dara@gmaill.com', 'dara@gmail.com'],
    ['dara@mgail.com', 'dara@gmail.com'],
    ['dara@gmail.co', 'dara@gmail.com'],
    [' Dara.Sok+forum@GMIAL.com ', 'Dara.Sok+forum@gmail.com'],
    ['dara@hotmial.com', 'dara@hotmail.com'],
    ['dara@outlok.com', 'dara@outlook.com'],
    ['dara@iclod.com', 'dara@icloud.com'],
    ['dara@yahooo.com.vn', 'dara@yahoo.com.vn'],
    ['dara@yaho.co.id', 'dara@yahoo.co.id'],
    ['dara@gmail。con', 'dara@gmail.com'],
    ['dara@gmial．com', 'dara@gmail.com'],
    ['dara@yaho｡co｡id', 'dara@yahoo.co.id'],
  ])('%j was probably meant to be %j', (typed, meant) => expect(addressMeant(typed)).toBe(meant));

  it.each(
    (
      'gmail.com yahoo.com hotmail.com outlook.com icloud.com yahoo.co.id yahoo.com.ph mail.com ymail.com email.com googlemail.com gmx.com ' +
      'gmx.de gmx.net cloud.com fastmail.com rocketmail.com hotmail.ca hotmail.fr hotmail.co.uk hotmail.co.th yahoo.co.in yahoo.com.mx ' +
      'yahoo.co.uk outlook.my live.com mail.ru qq.com naver.com proton.me moi.gov.kh example.org'
    ).split(' '),
  )('%s is a domain of its own', (domain) => expect(addressMeant(`dara@${domain}`)).toBeUndefined());

  it('is never said of what is no address, and never the same address', () => {
    for (const typed of ['', '@', 'gmial.com', 'dara@', '@@gmial.com']) expect(addressMeant(typed)).toBeUndefined();
    fc.assert(
      fc.property(fc.emailAddress(), (typed) => {
        const meant = addressMeant(typed);
        expect(meant).not.toBe(typed);
        if (meant !== undefined) expect(addressMeant(meant)).toBeUndefined();
      }),
    );
  });
});
