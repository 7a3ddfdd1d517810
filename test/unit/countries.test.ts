import { describe, expect, it } from 'vitest';
import {
  ANOTHER_PLACE,
  countriesByName,
  countriesOf,
  countryName,
  countryNames,
  isCountry,
  isOwnCode,
  isPlace,
  namesIn,
  offeringTo,
  PLACE_CODES,
  placesNamed,
  placesOffered,
  withFormerPlaces,
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
    expect(countryText({}, code)).toBe(english);
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

describe('an event’s own list of countries', () => {
  const countries = {
    renamed: [{ code: 'TL', title: 'Democratic Republic of Timor-Leste' }],
    added: [{ code: 'XA', title: 'ASEAN Secretariat' }],
    leftOut: ['AQ', 'XK', 'KP'],
  };

  const LIVES_IN = [
    { id: 'livesIn', type: 'country' },
    { id: 'free', type: 'text' },
  ];

  it('calls a place by the event’s name, adds places of its own, and offers none that it leaves out', () => {
    const offered = new Map(countriesOf({ countries }, 'en'));
    expect(offered.get('TL')).toBe('Democratic Republic of Timor-Leste');
    expect(offered.get('XA')).toBe('ASEAN Secretariat');
    expect([offered.has('XK'), offered.has('KP'), offered.has('KH')]).toEqual([false, false, true]);
    const names = [...offered.values()];
    expect(names.at(-1)).toBe('Another place');
    expect(names.slice(0, -1)).toEqual([...names.slice(0, -1)].sort(new Intl.Collator('en').compare));
    expect(new Map(countriesOf({}, 'en')).size).toBe(PLACE_CODES.length);
  });

  it('keeps the name of what it leaves out, and offers it still to a person who has it', () => {
    expect(countryName('KP', 'en', countries)).toBe('Democratic People’s Republic of Korea');
    expect(placesNamed(countries)).toContain('KP');
    const of = (held: Parameters<typeof offeringTo>[1]) =>
      placesOffered(offeringTo({ countries, questions: LIVES_IN }, held).countries);
    const [lives, writes] = [
      of({ country: 'KH', answers: { livesIn: 'KP', free: 'XK' } }),
      of({ country: 'XK', answers: { free: 'KP' } }),
    ];
    expect([lives.includes('KP'), lives.includes('XK'), lives.includes('XA')]).toEqual([true, false, true]);
    expect([writes.includes('KP'), writes.includes('XK'), writes.includes('XA')]).toEqual([false, true, true]);
  });

  it('offers what it once added to a person who has it, by its code, and to nobody else', () => {
    const held = { country: 'XB', answers: { livesIn: 'XC', free: 'XD' } };
    for (const own of [countries, undefined]) {
      const theirs = offeringTo({ countries: own, questions: LIVES_IN }, held);
      const offered = placesOffered(theirs.countries);
      expect(offered).toEqual(expect.arrayContaining(['XB', 'XC']));
      expect(offered).not.toContain('XD');
      expect(countryName('XB', 'en', theirs.countries)).toBe('XB');
    }
    const nobody = offeringTo({ countries, questions: LIVES_IN }, { country: 'KH', answers: {} });
    expect(placesOffered(nobody.countries)).toEqual(placesOffered(countries));
    expect(placesOffered(offeringTo({ countries, questions: [] }, { country: 'KP ', answers: {} }).countries)).toEqual(
      placesOffered(countries),
    );
  });

  it('keeps the names of places that it adds no more, in each of its languages, and tells them from what is called so now', () => {
    const island = { en: 'Sample Island', km: 'កោះគំរូ' };
    const before = {
      added: [
        { code: 'XA', title: island },
        { code: 'XB', title: { en: 'Office', km: 'ការិយាល័យ' } },
      ],
    };
    const named = (own: Parameters<typeof withFormerPlaces>[0], language: string) => {
      const after = withFormerPlaces(own, before, ['en', 'km', 'fr']) ?? {};
      const inLanguage = namesIn(after, language);
      expect(placesOffered(after)).not.toContain('XA');
      return ['XA', 'XB'].map((code) => countryName(code, language, inLanguage));
    };
    expect(named(undefined, 'en')).toEqual(['Sample Island', 'Office']);
    expect(named({ leftOut: ['KP'] }, 'km')).toEqual(['កោះគំរូ', 'ការិយាល័យ']);
    expect(named(undefined, 'fr')).toEqual(['Sample Island', 'Office']);
    const moved = { added: [{ code: 'XB', title: { en: 'sample  island', km: 'កោះ', fr: 'Île' } }] };
    expect(named(moved, 'en')).toEqual(['Sample Island (XA)', 'sample  island']);
    expect(named(moved, 'km')).toEqual(['កោះគំរូ', 'កោះ']);
    const taiwan = { renamed: [{ code: 'TW', title: { en: 'Sample Island', km: 'តៃវ៉ាន់', fr: 'Taïwan' } }] };
    expect(named(taiwan, 'en')).toEqual(['Sample Island (XA)', 'Office']);
    const once = withFormerPlaces(undefined, before, ['en', 'km']);
    expect(withFormerPlaces(undefined, once, ['en', 'km'])).toEqual(once);
    expect(withFormerPlaces(before, before, ['en', 'km'])).toEqual(before);
    expect(withFormerPlaces(undefined, { renamed: [] }, ['en'])).toBeUndefined();
  });

  it('has codes of its own that no country has or will have', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const own = letters.flatMap((first) => letters.map((second) => first + second)).filter(isOwnCode);
    expect(own).toHaveLength(1 + 14 + 25);
    expect(own.filter((code) => isPlace(code))).toEqual([]);
  });

  it('is read in tables by each name, and never by what CLDR makes of a code of one’s own', () => {
    expect(countryNames('TL', 'en', countries)).toEqual([
      'Democratic Republic of Timor-Leste',
      'Timor-Leste',
      'Timor-Leste',
    ]);
    expect(countryNames('XA', 'en', countries)).not.toContain('Pseudo-Accents');
  });
});
