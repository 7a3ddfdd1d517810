import { describe, expect, it } from 'vitest';
import {
  ANOTHER_PLACE,
  countriesByName,
  countryName,
  countryNames,
  isCountry,
  isPlace,
  PLACE_CODES,
} from '../../shared/kernel/text/countries.ts';
import { countryText } from '../../web/console/names.ts';

describe('the name of a country', () => {
  it.each([
    ['MM', 'Myanmar', 'មីយ៉ាន់ម៉ា'],
    ['LA', 'Lao PDR', 'ឡាវ'],
    ['VN', 'Viet Nam', 'វៀតណាម'],
    ['BN', 'Brunei Darussalam', 'ព្រុយណេដារូសាឡឹម'],
    ['KR', 'Republic of Korea', 'សាធារណរដ្ឋកូរ៉េ'],
    ['TR', 'Türkiye', 'តួកគី'],
    ['CI', 'Côte d’Ivoire', 'កូតឌីវ័រ'],
    ['CZ', 'Czechia', 'ឆែក'],
    ['TL', 'Timor-Leste', 'ទីម័រលេស្តេ'],
    ['KH', 'Cambodia', 'កម្ពុជា'],
  ])('%s is %s, in Khmer %s', (code, english, khmer) => {
    expect([countryName(code, 'en'), countryName(code, 'km')]).toEqual([english, khmer]);
    expect(countryText(code)).toBe(english);
  });

  it('is one for each country in each language, and says neither Burma nor SAR', () => {
    for (const language of ['en', 'km']) {
      const names = PLACE_CODES.map((code) => countryName(code, language));
      expect(new Set(names).size).toBe(PLACE_CODES.length);
      expect(names.filter((name) => /Burma|ភូមា|SAR|តំបន់រដ្ឋបាលពិសេស/.test(name))).toEqual([]);
    }
  });

  it('is in English where a machine knows none in the language, and a code stays what it is where it is none', () => {
    expect(countryName('MM', 'tlh')).toBe('Myanmar');
    expect(countryName(ANOTHER_PLACE, 'vi')).toBe('Another place');
    expect(countryName('not a code', 'en')).toBe('not a code');
  });

  it('is read by the name of CLDR too', () => {
    expect(countryNames('LA', 'en')).toEqual(['Lao PDR', 'Laos']);
    expect(countryNames('VN', 'en')).toContain('Vietnam');
  });
});

it('another place is offered after all countries, which stand in the order of their names', () => {
  expect([isPlace(ANOTHER_PLACE), isCountry(ANOTHER_PLACE)]).toEqual([true, false]);
  for (const [language, name] of [
    ['en', 'Another place'],
    ['km', 'ទីកន្លែងផ្សេង'],
  ] as const) {
    const named = countriesByName(['ZZ', 'VN', 'MM', 'KH'], language);
    expect(named.at(-1)).toEqual(['ZZ', name]);
  }
  expect(countriesByName(['ZZ', 'VN', 'MM', 'KH'], 'en').map(([code]) => code)).toEqual(['KH', 'MM', 'VN', 'ZZ']);
});
