import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOptions, readCell } from '../../shared/delegation/people/reading.ts';
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
      for (const name of countryNames(code, language)) expect([name, read('country', name)]).toEqual([name, code]);
    }
  });

  it.each([
    ['kh', 'KH'],
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
  for (const typed of ['a'.repeat(20_000), 'abcdefgh;'.repeat(2_000), `${'cambod'.repeat(49)}`, 'a and '.repeat(3_000)])
    for (const column of columns) expect(processorTime(() => read(column, typed), 400, 3)).toBeLessThan(400);
});
