import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { messagesOf, parametersOf, problemsOf, problemsOfWords, typesOfWords } from '../../infra/languages.ts';
import { CATALOGUES, LANGUAGE_TAGS, type Translate } from '../../shared/kernel/i18n/languages.ts';

describe('the words of every language', () => {
  it('are there, take what English takes, and can be read', () => expect(problemsOfWords()).toEqual([]));

  it('are known to the compiler as they are: else `npm run languages -- --types`', () =>
    expect(readFileSync('shared/kernel/i18n/words.ts', 'utf8')).toBe(typesOfWords()));
});

describe('the words in Khmer', () => {
  const files = CATALOGUES.map((name) => [name, messagesOf('km', name) ?? {}] as const);

  it.each(files)('quote and count as Khmer does: %s.json', (_, words) => {
    expect(Object.keys(words).length).toBeGreaterThan(100);
    const others = Object.entries(words).filter(([, text]) => /[“”]|អាយុក្រោម 18/.test(text));
    expect(others).toEqual([]);
  });

  it.each(files)('call a page of the console as its title does: %s.json', (_, words) => {
    const english = /Children|«Team»|«Check-in»|«Overview»|កុងសូល/;
    expect(Object.entries(words).filter(([, text]) => english.test(text))).toEqual([]);
  });
});

it.each(LANGUAGE_TAGS)('what names a button of someone holds what stands on it: %s', (language) => {
  const words = messagesOf(language, 'console') ?? {};
  const named = Object.entries(words).filter(([key, of]) => /Of$/.test(key) && /^[^{]*\{(name|label)\}[^{]*$/.test(of));
  // A new language has no words yet.
  expect(language === 'en' ? named.length : 9).toBeGreaterThan(8);
  // Who speaks to the browser says what they see (WCAG 2.5.3).
  const holds = (key: string, of: string): boolean =>
    of.toLowerCase().includes((words[key.slice(0, -'Of'.length)] ?? of).toLowerCase());
  expect(named.filter(([key, of]) => !holds(key, of))).toEqual([]);
});

describe('what a message takes', () => {
  it.each([
    ['Good day', {}],
    ['Good day, {name}', { name: 'Text' }],
    ['{count, plural, one {# seat} other {# seats of {hall}}}', { count: 'number', hall: 'Text' }],
    ['{count} of {count, plural, one {# seat} other {# seats}}', { count: 'number' }],
    [
      '{share, number, percent} on {day, date, long} at {hour, time, short}',
      { share: 'number', day: 'Date', hour: 'Date' },
    ],
    ['{mode, select, online {here} onsite {there} other {}}', { mode: "'online' | 'onsite'" }],
    ['{mode, select, online {here} other {there}}', { mode: 'string' }],
  ])('%s', (message, taken) => expect(parametersOf(message)).toEqual(taken));

  it.each(['{', '{name', 'a <b>word</b>', '{day, date} {day, number}', '{n, plural, one {#}}'])(
    'nothing good: %s',
    (message) => expect(() => parametersOf(message)).toThrow(),
  );
});

describe('what is wrong with words', () => {
  const english = {
    plain: 'Good day',
    named: 'Good day, {name}',
    counted: '{count, plural, one {# seat} other {# seats}}',
  };

  it('is nothing where they are the same, or say a number without its forms', () =>
    expect(problemsOf({ plain: 'A', named: '{name}', counted: '{count} B' }, english)).toEqual([]));

  it('is said of each message', () =>
    expect(problemsOf({ plain: '{who}', counted: '{count', other: 'A' }, english)).toEqual([
      'named is missing',
      'other is unknown in English',
      'plain has other parameters than in English: who',
      expect.stringMatching(/^counted is no message: /),
    ]));

  it('is a parameter left out, or one that has to be a number there alone', () =>
    expect(problemsOf({ ...english, counted: 'A', named: '{name, number}' }, english)).toEqual([
      'named has other parameters than in English: name',
      'counted has other parameters than in English: count',
    ]));

  it('is that there are none', () =>
    expect(problemsOf(undefined, english)).toEqual(['there is no such file, of 3 messages']));
});

describe('what compiles', () => {
  interface Parameters {
    until: { date: string };
    seats: { count: number };
    'is.open': { hall: string };
  }
  const t: Translate<'title' | 'is.open' | 'is.closed' | keyof Parameters, Parameters> = (key, ...given) =>
    [key, ...given.map((each) => JSON.stringify(each))].join(' ');

  it('is a message with what it takes, also one that is chosen when code runs', () => {
    const state: 'open' | 'closed' = Date.UTC(2027, 1) > 0 ? 'open' : 'closed';
    expect(t('title')).toBe('title');
    expect(t('until', { date: 'today' })).toBe('until {"date":"today"}');
    expect(t(`is.${state}`, { hall: 'A' })).toBe('is.open {"hall":"A"}');
  });

  it('is no message without it, with something else, or that is not there', () => {
    const refused = (): void => {
      // @ts-expect-error: it takes a date
      t('until');
      // @ts-expect-error: it takes no other thing
      t('until', { date: 'today', wrong: 1 });
      // @ts-expect-error: it takes nothing
      t('title', { wrong: 1 });
      // @ts-expect-error: it takes a number
      t('seats', { count: 'some' });
      // @ts-expect-error: one of the two takes something
      t(`is.${'open' as 'open' | 'closed'}`);
      // @ts-expect-error: there is none
      t('nothing');
    };
    expect(refused).not.toThrow();
  });
});
