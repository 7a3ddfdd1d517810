import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOptions, chosenCell, readCell } from '../../shared/delegation/people/reading.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { countryNames, PLACE_CODES } from '../../shared/kernel/text/countries.ts';
import { processorTime } from '../support/processor-time.ts';
import { forum } from '../support/site-pages.ts';

const event: EventDefinition<string> = forum('en');
const options = cellOptions({
  event,
  language: 'en',
  elsewhere: [forum('km')],
  yesNo: [
    { yes: 'Yes', no: 'No' },
    { yes: 'បាទ/ចាស', no: 'ទេ' },
  ],
});

/** `KH` where it is said in so many words, `KH?` where it is only like it, nothing where it is asked. */
function read(column: string, text: string): string {
  const offered = options(column);
  const reading = offered && readCell(text, offered);
  return reading ? `${reading.ids.join(' ')}${reading.sure ? '' : '?'}` : '';
}

describe('a cell that names a country', () => {
  it.each(['en', 'km'])('is read by every reviewed name and every name of CLDR in %s', (language) => {
    for (const code of PLACE_CODES) {
      // Two countries are called so.
      const names = countryNames(code, language).filter((name) => name !== 'Congo');
      for (const name of names) expect([name, read('country', name)]).toEqual([name, code]);
    }
  });

  it.each([
    ['  CAMBODIA ', 'KH'],
    ['Lao PDR', 'LA'],
    ['Laos', 'LA'],
    ['Lao P.D.R', 'LA'],
    ['Viet-Nam', 'VN'],
    ['VIETNAM', 'VN'],
    ['Brunei Darussalam', 'BN'],
    ['Cote d’Ivoire', 'CI'],
    ['São Tomé & Príncipe', 'ST'],
    ['កម្ពុជា', 'KH'],
    ['កម្ពុ\u200Bជា', 'KH'],
    ['Another place', 'ZZ'],
    ['Niger', 'NE'],
    ['Nigeria', 'NG'],
    ['Guinea', 'GN'],
  ])('%s is %s', (text, code) => {
    expect(read('country', text)).toBe(code);
  });

  it.each([
    ['Cambodja', 'KH'],
    ['Kambodia', 'KH'],
    ['Tailand', 'TH'],
    ['Phillipines', 'PH'],
    ['Indonsia', 'ID'],
    ['Malasia', 'MY'],
    ['Singapour', 'SG'],
    ['USA', 'US'],
    ['Burma', 'MM'],
    ['Kingdom of Cambodia', 'KH'],
    ['Ivory Coast', 'CI'],
    ['P.R. China', 'CN'],
    // Of two letters, people mean Cambodia, China, Khmer, Malaysia, Indonesia.
    ['kh', 'KH'],
    ['CA', 'CA'],
    ['CH', 'CH'],
    ['KM', 'KM'],
    ['ML', 'ML'],
    ['IN', 'IN'],
    ['Congo', 'CG'],
    ['Siam', 'TH'],
  ])('%s is like %s, which is shown first', (text, code) => {
    expect(read('country', text)).toBe(`${code}?`);
  });

  it.each([
    ['Irak', 'Iran or Iraq'],
    ['Austrlia', 'Austria or Australia'],
    ['Nigeri', 'Niger or Nigeria'],
    ['Korea', 'one of two'],
    ['Slovekia', 'Slovakia or Slovenia'],
    ['United', 'several'],
    ['Atlantis', 'none'],
    ['?', 'none'],
    ['XX', 'no code'],
    ['Cambodia; Thailand', 'two'],
  ])('%s is asked: it may be %s', (text) => {
    expect(read('country', text)).toBe('');
  });
});

describe('a cell that says how and when', () => {
  it.each([
    ['mode', 'in person', 'in-person'],
    ['mode', 'In-Person', 'in-person'],
    ['mode', 'In person, in Phnom Penh', 'in-person'],
    ['mode', 'ដោយផ្ទាល់ នៅរាជធានីភ្នំពេញ', 'in-person'],
    ['mode', 'ONLINE', 'online'],
    ['mode', 'onsite', 'in-person?'],
    ['mode', 'on-site', 'in-person?'],
    ['mode', 'Physical', 'in-person?'],
    ['mode', 'in persom', 'in-person?'],
    ['mode', 'ផ្ទាល់', 'in-person?'],
    ['mode', 'virtual', 'online?'],
    ['mode', 'Online via Zoom', 'online?'],
    ['mode', 'អនឡាញ', 'online?'],
    ['mode', 'both', ''],
    ['mode', 'hybrid', ''],
    ['days', 'First day', 'day-1'],
    ['days', 'day-1; day-2', 'day-1 day-2'],
    ['days', 'Second day, First day', 'day-1 day-2'],
    ['days', '2027-11-03', 'day-2'],
    ['days', '3 November', 'day-2'],
    ['days', 'Both', 'day-1 day-2?'],
    ['days', 'both days', 'day-1 day-2?'],
    ['days', 'All', 'day-1 day-2?'],
    ['days', 'ទាំងពីរ', 'day-1 day-2?'],
    ['days', '1', 'day-1?'],
    ['days', '២', 'day-2?'],
    ['days', 'Day 2', 'day-2'],
    ['days', 'ថ្ងៃទី២', 'day-2?'],
    ['days', '1-2', 'day-1 day-2?'],
    ['days', '1 & 2', 'day-1 day-2?'],
    ['days', 'Day 1 and 2', 'day-1 day-2?'],
    ['days', '2 Nov', 'day-1?'],
    ['days', 'Nov 2 + Nov 3', 'day-1 day-2?'],
    ['days', 'Day 3', ''],
    ['days', '1-3', ''],
    ['days', '2-1', ''],
    ['days', '4 November', ''],
    ['days', 'Friday', ''],
    ['category', 'Academia', 'academia'],
    ['category', 'academic', 'academia?'],
    ['category', 'Acadamia', 'academia?'],
    ['category', 'UN entity', 'un-entity'],
    ['category', 'Non-governmental organisation', 'ngo?'],
    ['category', 'organisation', ''],
    ['language', 'Khmer', 'km'],
    ['language', 'ខ្មែរ', 'km'],
    ['language', 'english', 'en'],
    ['answers.interpretation', 'Khmer; Lao', 'khmer lao'],
    ['answers.interpretation', 'Khmer and Lao', 'khmer lao?'],
    ['answers.interpretation', 'Khmer and Klingon', ''],
  ])('%s: %s is read as %s', (column, text, reading) => {
    expect(read(column, text)).toBe(reading);
  });
});

/** A column of an event's own question, and its days, as they are called here. */
function readingOf(titles: readonly string[], type: 'choice' | 'multi-choice' = 'choice') {
  const [question] = event.questions;
  if (question === undefined) throw new Error('the forum asks nothing');
  const choices = titles.map((title, index) => ({ id: `option-${index}`, title }));
  const asked = { ...question, id: 'own', type, options: choices };
  return readingIn({ ...event, questions: [asked] }, 'answers.own');
}
function daysOf(days: readonly (readonly [title: string, date: string])[]) {
  const called = days.map(([title, date], index) => ({ ...event.days[0], id: `d${index}`, title, date }));
  return readingIn({ ...event, days: called } as EventDefinition<string>, 'days');
}
function readingIn(own: EventDefinition<string>, column: string) {
  const offered = cellOptions({ event: own, language: 'en', elsewhere: [], yesNo: [] })(column);
  if (offered === undefined) throw new Error('nothing is chosen there');
  return (text: string): string => {
    const reading = readCell(text, offered);
    return reading ? `${reading.ids.join(' ')}${reading.sure ? '' : '?'}` : '';
  };
}

describe('a number in an option', () => {
  const sizes = readingOf(['1–5', '6–10', '2-5', '> 10', 'More than 20', '50+']);
  it.each([
    ['1-5', 'option-0'],
    ['1 – 5', 'option-0'],
    ['6–10', 'option-1'],
    ['1.5', 'option-0?'],
    ['15', ''],
    ['25', ''],
    ['610', ''],
    ['-25', ''],
    ['- 2-5', ''],
    ['>10', 'option-3'],
    ['<10', ''],
    ['10', ''],
    ['< 10', ''],
    ['50+', 'option-5'],
    ['50', ''],
    ['more than 20', 'option-4'],
    ['more than 30', ''],
    ['not more than 20', ''],
  ])('%s is read as %s', (text, reading) => {
    expect(sizes(text)).toBe(reading);
  });

  it('an exact title or id is sure, whatever else is like it', () => {
    const languages = readingOf(['C', 'C++', 'C#', '< 5', '> 5', 'option-1']);
    expect(['C', 'C++', 'C#', '< 5', '> 5', 'option-1', 'option-0', 'c'].map(languages)).toEqual([
      ...['option-0', 'option-1', 'option-2', 'option-3', 'option-4', 'option-1', 'option-0', ''],
    ]);
  });

  it('what says no is not read as what it says no to', () => {
    const wishes = readingOf(['Interpretation', 'Vegetarian']);
    expect(wishes('Interpretatoin')).toBe('option-0?');
    expect(wishes('no interpretation')).toBe('');
    expect(read('mode', 'not online')).toBe('');
  });
});

describe('days', () => {
  const three = daysOf([
    ['First day', '2027-11-02'],
    ['Second day', '2027-11-03'],
    ['Third day', '2027-11-04'],
  ]);
  it.each([
    ...[
      '1, 3',
      '1; 3',
      '1 & 3',
      '1/3',
      '1+3',
      '1 and 3',
      'Day 1 and day 3',
      '2, 4 Nov',
      'Nov 2 & 4',
      '2nd and 4th of',
    ].map((text) => [text, text.endsWith('of') ? '' : 'd0 d2?']),
    ...['1-3', '1 – 3', '1 to 3', 'day 1 until day 3', '2, 3, 4 Nov', '2-4 November 2027', '2nd to 4th November'].map(
      (text) => [text, 'd0 d1 d2?'],
    ),
    ['ថ្ងៃទី១ និង ៣', 'd0 d2?'],
    ['ថ្ងៃទី១ ដល់ ៣', 'd0 d1 d2?'],
    ['២ និង ៣ វិច្ឆិកា', 'd0 d1?'],
    ['First day and 4 November', 'd0 d2?'],
    ['First day, 3 and the 4 November', ''],
    ['First day, 3, dinner of 4 November', ''],
    ...[
      'not 3',
      'no 3',
      '1 and not 3',
      '1 but not 3',
      '3-1',
      '3/1',
      '1-2-',
      '2/11',
      '2-4 December',
      '2 days',
      '1, 5',
      '2/3/2027',
      '1.3',
    ].map((text) => [text, '']),
    ['not first day', ''],
  ])('%s are %s of three', (text, reading) => {
    expect(three(text ?? '')).toBe(reading);
  });

  it('of the forum are dates where a month is named', () => {
    for (const text of ['2 and 3 November', '2, 3 Nov', '2 & 3 November', '2-3 November', 'November 2, 3'])
      expect([text, read('days', text)]).toEqual([text, 'day-1 day-2?']);
    expect(read('days', 'not 3')).toBe('');
    expect(read('days', '2, 3')).toBe('');
  });

  it('are counted by the numbers of their titles, where these have any', () => {
    const titled = daysOf([
      ['Day 0', '2027-11-02'],
      ['Day 1', '2027-11-03'],
      ['Closing', '2027-11-04'],
    ]);
    expect(['0', '1', '0-1', '2', '3', 'Day 1'].map(titled)).toEqual(['d0?', 'd1?', 'd0 d1?', '', '', 'd1']);
  });
});

it('what was chosen from a list is no guess, in any column', () => {
  const offered = options('country');
  if (offered === undefined) throw new Error('countries are chosen');
  expect(chosenCell(['CA'], offered)).not.toBe('CA');
  expect(read('country', chosenCell(['CA'], offered))).toBe('CA');
  expect(read('country', chosenCell(['Cambodja'], offered))).toBe('KH?');
  expect(read('country', '=XX')).toBe('');
});

const ownCountries = (XA: string, TW: string, KR: string) => ({
  added: [{ code: 'XA', title: XA }],
  renamed: [
    { code: 'TW', title: TW },
    { code: 'KR', title: KR },
  ],
  leftOut: ['VN'],
});

it('an event’s own countries are read by its own names, and not by those it leaves out', () => {
  const [en, km] = [
    ownCountries('Sample Island', 'Chinese Taipei', 'Korea'),
    ownCountries('កោះគំរូ', 'ចិនតៃប៉ិ', 'កូរ៉េ'),
  ].map((countries) => ({ ...event, countries }));
  if (!en || !km) throw new Error('there are two');
  for (const [own, other, language] of [
    [en, km, 'en'],
    [km, en, 'km'],
  ] as const) {
    const offered = cellOptions({ event: own, language, elsewhere: [other], yesNo: [] })('country');
    const readIn = (text: string) => offered && readCell(text, offered);
    for (const name of ['Sample Island', 'កោះគំរូ']) expect(readIn(name)).toEqual({ ids: ['XA'], sure: true });
    for (const name of ['Chinese Taipei', 'ចិនតៃប៉ិ', 'Taiwan']) expect([name, readIn(name)?.ids]).toEqual([name, ['TW']]);
    for (const name of ['Korea', 'កូរ៉េ']) expect(readIn(name)).toEqual({ ids: ['KR'], sure: true });
    for (const name of ['Vietnam', 'Viet Nam', 'VN']) expect([name, readIn(name)]).toEqual([name, undefined]);
  }
});

it('what is written in words is left to the form', () => {
  for (const column of ['fullName', 'honorific', 'organisation', 'answers.nothing', '__proto__'])
    expect(options(column)).toBeUndefined();
});

it('AB11: nothing that is written takes long, or throws', () => {
  const columns = ['country', 'mode', 'days', 'answers.interpretation'];
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.stringMatching(/^[ab1 ;,&-]{0,300}$/),
    fc.constantFrom('a'.repeat(20_000), 'a;'.repeat(10_000), 'a and '.repeat(3_000), '1-'.repeat(10_000)),
  );
  fc.assert(
    fc.property(fc.constantFrom(...columns), text, (column, typed) => {
      const offered = options(column);
      const reading = offered && readCell(typed, offered);
      return reading === undefined || reading.ids.every((id) => offered?.options.some((each) => each.id === id));
    }),
    { numRuns: 300 },
  );
  // Twelve rows of a table, each of which names nothing ten thousand times.
  const languages = event.questions.find(({ id }) => id === 'interpretation')?.options?.map(({ title }) => title) ?? [];
  const manyOf = readingOf(
    Array.from({ length: 30 }, (_, index) => `${languages[0]} ${index}`),
    'multi-choice',
  );
  const rows = ['a,', 'ab; ', `${languages[0]} 1,`].flatMap((part) =>
    [1, 2, 3, 4].map((more) => part.repeat(9_990 + more)),
  );
  expect(processorTime(() => rows.map(manyOf), 200, 1)).toBeLessThan(200);
  const short = Array.from({ length: 12 }, (_, row) =>
    `${languages[0]} ${row},`.repeat(200).slice(0, 4_990 + (row % 3)),
  );
  expect(processorTime(() => short.map(manyOf), 200, 1)).toBeLessThan(200);
  for (const typed of ['a'.repeat(20_000), 'abcdefgh;'.repeat(2_000), `${'cambod'.repeat(49)}`, 'a and '.repeat(3_000)])
    for (const column of columns) expect(processorTime(() => read(column, typed), 400, 3)).toBeLessThan(400);
});
