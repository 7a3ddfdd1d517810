import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGE_TAGS, PRODUCT_LANGUAGES } from '../../shared/kernel/i18n/languages.ts';
import { enrolmentCode } from '../../web/checkin/engine/enrol.ts';
import { ago, clockOf, dateAndTime, dateOf } from '../../web/checkin/times.ts';
import { isShownAnew } from '../../web/checkin/verdict/use-desk.ts';
import { ownLanguage, speak, textFor } from '../../web/checkin/words.ts';

describe('an organiser’s code', () => {
  const code = 'A-_'.padEnd(43, 'b');
  it.each([code, ` https://forum.test/checkin/#code=${code} `, `https://forum.test/checkin/?x#code=${code}`])(
    'is found in %j',
    (text) => {
      expect(enrolmentCode(text)).toBe(code);
    },
  );
  it.each([
    '',
    'https://forum.test/',
    `#code=${code}x`,
    `PLN1:${code}`,
    'code',
    `https://forum.test/#code=${code.slice(1)}`,
  ])('is none in %j', (text) => {
    expect(enrolmentCode(text)).toBeUndefined();
  });
});

describe('a code before the camera', () => {
  it('is meant once for as long as it stays, and anew when it comes back or another one comes', () => {
    const seen = { text: 'a', at: 1000 };
    expect(isShownAnew(undefined, seen)).toBe(true);
    expect(isShownAnew(seen, { text: 'a', at: 2500 })).toBe(false);
    expect(isShownAnew(seen, { text: 'a', at: 2501 })).toBe(true);
    expect(isShownAnew(seen, { text: 'b', at: 1001 })).toBe(true);
  });
});

describe('times at the event', async () => {
  const { t: en } = await speak('en');
  const { t: km } = await speak('km');
  const at = Date.parse('2027-11-02T02:05:00Z');
  it('are those of its place, in the words of the app and in its digits', () => {
    expect(clockOf(at, 'Asia/Phnom_Penh')).toBe('09:05');
    expect(dateAndTime(at, 'Asia/Phnom_Penh', en)).toBe('Tuesday 2 November, 09:05');
    expect(dateAndTime(at, 'America/Lima', en)).toBe('Monday 1 November, 21:05');
    expect(dateAndTime(at, 'Asia/Phnom_Penh', km)).toBe('ថ្ងៃអង្គារ ទី2 ខែវិច្ឆិកា ម៉ោង 09:05');
    expect(dateOf('2027-11-02', en)).toBe('Tuesday 2 November');
    expect(clockOf(Date.parse('2027-11-02T17:00:00Z'), 'Asia/Phnom_Penh')).toBe('00:00');
  });
  it.each([
    [undefined, 'not yet'],
    [at, 'just now'],
    [at - 60_000, '1 minute ago'],
    [at - 59 * 60_000, '59 minutes ago'],
    [at - 60 * 60_000, '1 hour ago'],
  ])('%s is %s', (then, words) => expect(ago(then, at, en)).toBe(words));
});

/** Its page and styles are the same for every language, and written by hand. */
describe('the app, whatever it speaks,', () => {
  const rows = LANGUAGE_TAGS.map((tag) => ({ tag, ...PRODUCT_LANGUAGES[tag] }));
  const textOf = (file: string): string => readFileSync(`web/${file}`, 'utf8');
  const withFont = rows.filter(({ font }) => font !== undefined);

  it.each(rows.filter(({ tag }) => tag !== 'en'))('says in $tag that it is opening', ({ tag }) =>
    expect(textOf('checkin/index.html')).toMatch(new RegExp(`class="opening">.*<span lang="${tag}">[^<]+</span>`)),
  );

  it.each(withFont)('finds the sheet of the font $font', ({ font }) =>
    expect(textOf(`site/${font}.css`)).toContain('@font-face'),
  );

  it.each(withFont)('has the font of $tag', ({ font }) =>
    expect(textOf('checkin/checkin.css')).toContain(`@import "../site/${font}.css";`),
  );

  it.each(withFont)('draws letters of $tag by it', ({ font }) => {
    const [, family = ''] = /font-family: (\w+);/.exec(textOf(`site/${font}.css`)) ?? [];
    expect(textOf('checkin/styles/frame.css')).toMatch(new RegExp(`--font: (?:\\w+, )*${family},`));
  });

  it.each(rows.filter(({ script }) => script !== 'Latn'))('gives letters of $tag room', ({ tag }) =>
    expect(textOf('checkin/styles/frame.css')).toMatch(new RegExp(`:lang\\((?:\\w+, )*${tag}\\b`)),
  );
});

describe('the language of the app', () => {
  it('is what was chosen, else what the phone speaks, else English', () => {
    const storage = { getItem: () => 'km' } as unknown as Storage;
    expect(ownLanguage(storage, ['en-GB'])).toBe('km');
    expect(ownLanguage(undefined, ['fr-FR', 'km-KH', 'en'])).toBe('km');
    expect(ownLanguage(undefined, ['fr'])).toBe('en');
  });
  it('takes the words of an event in another one where it has none in this', () => {
    expect(textFor({ en: 'Forum', km: 'វេទិកា' }, 'km')).toBe('វេទិកា');
    expect(textFor({ th: 'ฟอรัม' }, 'km')).toBe('ฟอรัม');
  });
});
