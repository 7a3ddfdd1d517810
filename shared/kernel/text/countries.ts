import type { DefinitionProblem, Path } from './field-problem.ts';
import { nameIdentity } from './text.ts';

/**
 * ISO 3166-1 alpha-2: the codes that are officially assigned, without the six territories where nobody lives, and XK,
 * which much of the world uses for Kosovo.
 */
const CODES =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ ' +
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
  'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
  'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT ' +
  'MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
  'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ ' +
  'UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW';

export const COUNTRY_CODES: readonly string[] = CODES.split(' ');

/** Another place than all that have a code, by what CLDR calls the unknown one. */
export const ANOTHER_PLACE = 'ZZ';

/** Where a participant can come from: a country, or another place, which is always offered. */
export const PLACE_CODES: readonly string[] = [...COUNTRY_CODES, ANOTHER_PLACE];

/**
 * Names that differ from those of CLDR, per language: short names as the United Nations and ASEAN write them. Reviewed on 28 November 2026.
 * Everywhere a country is named it is by these: on pages, in mails, on certificates, in the console and at the door.
 */
const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    AG: 'Antigua and Barbuda',
    BA: 'Bosnia and Herzegovina',
    BN: 'Brunei Darussalam',
    BO: 'Bolivia (Plurinational State of)',
    CD: 'Democratic Republic of the Congo',
    CG: 'Congo',
    CV: 'Cabo Verde',
    FM: 'Micronesia (Federated States of)',
    HK: 'Hong Kong, China',
    IR: 'Iran (Islamic Republic of)',
    KN: 'Saint Kitts and Nevis',
    KP: 'Democratic People’s Republic of Korea',
    KR: 'Republic of Korea',
    LA: 'Lao PDR',
    LC: 'Saint Lucia',
    MD: 'Republic of Moldova',
    MM: 'Myanmar',
    MO: 'Macao, China',
    PS: 'State of Palestine',
    RU: 'Russian Federation',
    ST: 'Sao Tome and Principe',
    SY: 'Syrian Arab Republic',
    TT: 'Trinidad and Tobago',
    TZ: 'United Republic of Tanzania',
    VA: 'Holy See',
    VC: 'Saint Vincent and the Grenadines',
    VE: 'Venezuela (Bolivarian Republic of)',
    VN: 'Viet Nam',
    ZZ: 'Another place',
  },
  km: {
    BN: 'ព្រុយណេដារូសាឡឹម',
    CD: 'សាធារណរដ្ឋប្រជាធិបតេយ្យកុងហ្គោ',
    CG: 'កុងហ្គោ',
    CV: 'កាបូវែរដេ',
    HK: 'ហុងកុង (ចិន)',
    KP: 'សាធារណរដ្ឋប្រជាធិបតេយ្យប្រជាមានិតកូរ៉េ',
    KR: 'សាធារណរដ្ឋកូរ៉េ',
    MM: 'មីយ៉ាន់ម៉ា',
    MO: 'ម៉ាកាវ (ចិន)',
    PS: 'រដ្ឋប៉ាឡេស្ទីន',
    RU: 'សហព័ន្ធរុស្ស៊ី',
    SY: 'សាធារណរដ្ឋអារ៉ាប់ស៊ីរី',
    SZ: 'អេស្វាទីនី',
    TZ: 'សាធារណរដ្ឋរួមតង់សានី',
    ZZ: 'ទីកន្លែងផ្សេង',
  },
};

/** A code with its name, in one language or in several. */
interface NamedPlace<Text> {
  readonly code: string;
  readonly title: Text;
}

/** What an event changes of the list of countries. */
export interface OwnCountries<Text = string> {
  readonly renamed?: readonly NamedPlace<Text>[] | undefined;
  /** Places with codes of their own, see `isOwnCode`. */
  readonly added?: readonly NamedPlace<Text>[] | undefined;
  /** Codes that nobody chooses any more: who has one keeps it, and its name. */
  readonly leftOut?: readonly string[] | undefined;
}

/** Whether ISO 3166-1 leaves a code to its users, and never assigns it: AA, QM to QZ, XA to XZ. XK is Kosovo's here, ZZ another place's. */
export const isOwnCode = (code: string): boolean => /^(AA|Q[M-Z]|X[A-JL-Z])$/.test(code);

const codesOf = (places: readonly NamedPlace<unknown>[] = []): readonly string[] => places.map(({ code }) => code);

/** All that have a name in an event, also those that it leaves out. */
export const placesNamed = (own?: OwnCountries<unknown>): readonly string[] => [
  ...COUNTRY_CODES,
  ...codesOf(own?.added),
  ANOTHER_PLACE,
];

/** All that an event offers. */
export const placesOffered = (own?: OwnCountries<unknown>): readonly string[] =>
  placesNamed(own).filter((code) => !own?.leftOut?.includes(code));

/** What an event offers, with names in the order of its language, another place last. */
export const countriesOf = ({ countries }: { readonly countries?: OwnCountries | undefined }, language: string) =>
  countriesByName(placesOffered(countries), language, countries);

/** What a person said who chose countries. */
interface Chosen {
  readonly country: string;
  /** By the id of the question. */
  readonly answers: Readonly<Record<string, unknown>>;
}

/**
 * An event that still offers to a person what they chose: also what it leaves out since, and what it added once, which is called by its code
 * where nobody names it any more.
 */
export function offeringTo<
  Event extends {
    readonly countries?: OwnCountries | undefined;
    readonly questions: readonly { readonly id: string; readonly type: string }[];
  },
>(event: Event, { country, answers }: Chosen): Event {
  const { countries, questions } = event;
  const chosen = [country, ...questions.flatMap(({ id, type }) => (type === 'country' ? [answers[id]] : []))];
  const named = placesNamed(countries);
  const gone = [...new Set(chosen)].flatMap((code) =>
    typeof code === 'string' && isOwnCode(code) && !named.includes(code) ? [{ code, title: code }] : [],
  );
  const leftOut = countries?.leftOut?.filter((code) => !chosen.includes(code));
  const added = [...(countries?.added ?? []), ...gone];
  return { ...event, countries: { ...countries, added, leftOut } };
}

const cldr = new Map<string, Intl.DisplayNames>();

/** The name that CLDR has. @param language that the machine knows names in */
function cldrName(code: string, language: string): string {
  const names = cldr.get(language) ?? new Intl.DisplayNames([language], { type: 'region' });
  cldr.set(language, names);
  return names.of(code) ?? code;
}

/** What a machine can name countries in: browsers lack Khmer, Lao and Burmese names, Node has them. */
const spokenBy = (language: string): string =>
  Intl.DisplayNames.supportedLocalesOf(language).length > 0 ? language : 'en';

/**
 * The name of a country, in English where the machine has none in the language; what is no country's code is left as it is.
 *
 * @param own what an event calls its places, in that language
 */
export function countryName(code: string, language: string, own?: OwnCountries): string {
  const named = [...(own?.renamed ?? []), ...(own?.added ?? [])].find((place) => place.code === code);
  if (named !== undefined) return named.title;
  if (!isPlace(code)) return code;
  const spoken = spokenBy(language);
  const fallback = code === ANOTHER_PLACE ? NAMES['en']?.[code] : undefined;
  return NAMES[spoken]?.[code] ?? fallback ?? cldrName(code, spoken);
}

/** All that a person may call a country in a language: by the event's name, by the reviewed one, or by that of CLDR. */
export const countryNames = (code: string, language: string, own?: OwnCountries): readonly string[] => [
  ...new Set([countryName(code, language, own), countryName(code, language)]),
  ...(isOwnCode(code) ? [] : [cldrName(code, spokenBy(language))]),
];

type Authored = Readonly<Record<string, string>>;

/** What an event calls its places in one of its languages. */
export function namesIn({ renamed, added, leftOut }: OwnCountries<Authored>, language: string): OwnCountries {
  const named = (places: readonly NamedPlace<Authored>[] = []) =>
    places.flatMap(({ code, title: { [language]: title } }) => (title === undefined ? [] : [{ code, title }]));
  return { renamed: named(renamed), added: named(added), leftOut };
}

/** Whose a name is in an event, by `nameIdentity`; of two, the country's, else the first that is added. */
function placeByName({ renamed, added = [] }: OwnCountries, language: string): ReadonlyMap<string, string> {
  const others = added.map(({ code, title }) => [nameIdentity(title), code] as const);
  const places = PLACE_CODES.flatMap((code) =>
    countryNames(code, language, { renamed }).map((name) => [nameIdentity(name), code] as const),
  );
  return new Map([...others.reverse(), ...places]);
}

/**
 * An event's list with the places that it added before and does not name any more, left out: people who chose one keep it, by its name.
 * Where that has become another's, its code tells them apart.
 *
 * @param languages of the event now, in each of which it has a name
 */
export function withFormerPlaces(
  own: OwnCountries<Authored> | undefined,
  before: OwnCountries<Authored> | undefined,
  languages: readonly string[],
): OwnCountries<Authored> | undefined {
  const gone = before?.added?.filter(({ code }) => !codesOf(own?.added).includes(code)) ?? [];
  if (gone.length === 0) return own;
  const taken = new Map(languages.map((language) => [language, placeByName(namesIn(own ?? {}, language), language)]));
  const kept = gone.map(({ code, title }) => {
    const names = languages.map((language) => {
      const name = title[language] ?? Object.values(title)[0] ?? code;
      return [language, taken.get(language)?.has(nameIdentity(name)) ? `${name} (${code})` : name] as const;
    });
    return { code, title: Object.fromEntries(names) };
  });
  return { ...own, added: [...(own?.added ?? []), ...kept], leftOut: [...(own?.leftOut ?? []), ...codesOf(kept)] };
}

/** Countries with their names in the order of a language, another place last. */
export function countriesByName(
  codes: readonly string[],
  language: string,
  own?: OwnCountries,
): (readonly [code: string, name: string])[] {
  const { compare } = new Intl.Collator(spokenBy(language));
  const isOther = (code: string): number => Number(code === ANOTHER_PLACE);
  return codes
    .map((code) => [code, countryName(code, language, own)] as const)
    .sort(([one, a], [other, b]) => isOther(one) - isOther(other) || compare(a, b));
}

const known: ReadonlySet<string> = new Set(COUNTRY_CODES);

export const isCountry = (code: string): boolean => known.has(code);

/** Whether a participant can come from there. */
export const isPlace = (code: string): boolean => isCountry(code) || code === ANOTHER_PLACE;

/** Codes that are neither a country's nor one that the event adds, each at its place in a list of codes. */
export const unknownCountries = (
  codes: readonly string[],
  path: Path,
  own?: OwnCountries<unknown>,
): DefinitionProblem[] =>
  codes.flatMap((code, index) =>
    isCountry(code) || codesOf(own?.added).includes(code) ? [] : [unknownCountry(code, [...path, index])],
  );

export const unknownCountry = (code: string, path: Path): DefinitionProblem => ({
  path,
  message: `"${code}" is not the ISO 3166-1 code of a country`,
});

/** What countries are called beside their reviewed names and those of CLDR: in passports, by officials, until lately, and for short. */
export const ALSO_CALLED: Readonly<Record<string, string[]>> = {
  AE: ['UAE', 'Emirates'],
  BN: ['Brunei', 'BRN'],
  BO: ['Bolivia'],
  CD: ['DRC', 'DR Congo', 'Congo DR', 'Congo DRC', 'Democratic Republic of Congo'],
  CG: ['Republic of the Congo', 'Republic of Congo', 'Congo Republic'],
  CI: ['Ivory Coast'],
  CN: ['PRC', 'P.R. China', 'PR China', "People's Republic of China"],
  CV: ['Cape Verde'],
  CZ: ['Czech Republic'],
  DE: ['Federal Republic of Germany'],
  FM: ['Micronesia'],
  GB: ['UK', 'U.K.', 'Great Britain', 'Britain', 'England', 'Scotland', 'Wales', 'Northern Ireland'],
  HK: ['Hong Kong', 'Hong Kong SAR'],
  ID: ['Republic of Indonesia', 'IDN', 'RI'],
  IR: ['Iran'],
  KH: ['Kingdom of Cambodia', 'Kampuchea', 'KHM', 'ព្រះរាជាណាចក្រកម្ពុជា', 'ស្រុកខ្មែរ'],
  KP: ['North Korea', 'DPRK', 'DPR Korea'],
  KR: ['South Korea', 'ROK', 'Korea, South', 'Korea, Republic of', 'Korea (South)'],
  LA: ['Laos', 'Lao', 'LAO', 'Lao P.D.R.', "Lao People's Democratic Republic"],
  MK: ['Macedonia'],
  MM: ['Burma', 'MMR', 'Union of Myanmar', 'Republic of the Union of Myanmar'],
  MO: ['Macau', 'Macao', 'Macau SAR', 'Macao SAR'],
  MY: ['MYS'],
  NL: ['Holland', 'The Netherlands'],
  PH: ['The Philippines', 'Republic of the Philippines', 'PHL', 'Pilipinas'],
  PS: ['Palestine'],
  RU: ['Russia'],
  SG: ['SGP', 'Republic of Singapore'],
  SY: ['Syria'],
  SZ: ['Swaziland'],
  TH: ['Kingdom of Thailand', 'THA', 'Siam'],
  TL: ['East Timor', 'Timor Leste', 'Timor', 'TLS'],
  TR: ['Turkey'],
  TW: ['Taiwan', 'Chinese Taipei'],
  TZ: ['Tanzania'],
  US: ['USA', 'U.S.A.', 'U.S.', 'United States of America', 'America'],
  VA: ['Vatican', 'Vatican City'],
  VE: ['Venezuela'],
  VN: ['Vietnam', 'VNM', 'Socialist Republic of Vietnam', 'Viêt Nam'],
};
