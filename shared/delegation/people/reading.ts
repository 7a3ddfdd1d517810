import type { EventDefinition, Question, QuestionType } from '../../event/event.ts';
import { signUpSessions } from '../../event/sessions.ts';
import { formatDayAndMonth, languageName } from '../../kernel/i18n/formats.ts';
import { countryName, countryNames, placesOffered } from '../../kernel/text/countries.ts';
import { isNear } from '../../kernel/text/email-address.ts';
import { comparable } from '../../registration/list/search.ts';

/** Says of a cell that may stay empty that it does: no id begins with it. */
export const NONE = '-';

/** One of those that a cell may name. */
export interface CellOption {
  readonly id: string;
  /** In the language of the page. */
  readonly title: string;
}

interface NamedOption extends CellOption {
  /** What it is called, as it is compared: words with a space between them. */
  readonly names: readonly string[];
  /** What people call it besides. */
  readonly also: readonly string[];
}

/** What the cells of a column choose from. */
export interface CellOptions {
  readonly options: readonly NamedOption[];
  /** Whether a cell may name several. */
  readonly several: boolean;
  /** Whether the beginning of a name is enough to go by: of two countries, one may begin as the other. */
  readonly byBeginning: boolean;
  /** Whether they are counted: `1`, `Day 1`, `1-2`. */
  readonly counted: boolean;
}

/** What cells are read in the light of. */
export interface ReadingContext {
  /** In the language of the page. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  /** The same in its other languages: a table may be written in any of them. */
  readonly elsewhere: readonly EventDefinition<string>[];
  /** What stands for yes and for no in all of these, that of the page first. */
  readonly yesNo: readonly { readonly yes: string; readonly no: string }[];
}

/** What a cell means: `sure` where it is said in so many words, whatever their capitals, blanks and accents. */
interface CellReading {
  readonly ids: readonly string[];
  readonly sure: boolean;
}

/** Options of each column whose cells choose; nothing for one in which anything may be written. Made once a column. */
export function cellOptions(context: ReadingContext): (column: string) => CellOptions | undefined {
  const made = new Map<string, CellOptions | undefined>();
  return (column) => {
    if (!made.has(column)) made.set(column, optionsOf(column, context));
    return made.get(column);
  };
}

const ANSWER = 'answers.';

function optionsOf(column: string, context: ReadingContext): CellOptions | undefined {
  const { event, elsewhere } = context;
  const titled = (
    of: (each: EventDefinition<string>) => readonly CellOption[],
    also: Readonly<Record<string, readonly string[]>> = {},
  ) =>
    of(event).map(({ id, title }) => {
      const others = elsewhere.flatMap((each) => of(each).find((one) => one.id === id)?.title ?? []);
      return named(id, title, others, also[id]);
    });
  switch (column) {
    case 'country':
      return one(countries(context), { byBeginning: false });
    case 'category':
      return one(titled(({ categories }) => categories));
    case 'mode':
      return one(titled(({ modes }) => modes, MODES));
    case 'days':
      return { ...one(days(context), { byBeginning: false }), several: true, counted: true };
    case 'sessions':
      return { ...one(titled(signUpSessions)), several: true };
    case 'language':
      return one(languages(context));
  }
  const question = questionOf(event, column);
  if (question === undefined) return undefined;
  switch (CELLS[question.type]) {
    case 'country':
      return one(countries(context), { byBeginning: false });
    case 'yes-no':
      return one(yesNoIn(context), { byBeginning: false });
    case 'one':
    case 'several': {
      const options = titled(({ questions }) => questions.find(({ id }) => id === question.id)?.options ?? []);
      return { ...one(options), several: CELLS[question.type] === 'several' };
    }
    case 'text':
    case 'lines':
    case 'number':
      return undefined;
  }
}

/** The event's own question that a column answers. */
export const questionOf = (
  { questions }: Pick<EventDefinition<string>, 'questions'>,
  column: string,
): Question<string> | undefined => questions.find(({ id }) => column === ANSWER + id);

/** What a cell holds: words as they are written, a number, or a choice. */
type CellKind = 'text' | 'lines' | 'number' | 'country' | 'one' | 'several' | 'yes-no';

/** What it does in answer to each type of question. */
export const CELLS: Readonly<Record<QuestionType, CellKind>> = {
  text: 'text',
  'long-text': 'lines',
  email: 'text',
  phone: 'text',
  country: 'country',
  organisation: 'text',
  choice: 'one',
  'multi-choice': 'several',
  'yes-no': 'yes-no',
  number: 'number',
  date: 'text',
};

const one = (options: readonly NamedOption[], { byBeginning = true } = {}): CellOptions => ({
  options,
  several: false,
  byBeginning,
  counted: false,
});
const named = (id: string, title: string, others: readonly string[], also: readonly string[] = []): NamedOption => ({
  id,
  title,
  names: compared([id, title, ...others]),
  also: compared(also),
});
const compared = (names: readonly string[]): readonly string[] => [...new Set(names.map(words))].filter(Boolean);

/** `បាទ/ចាស` is said one way or the other. */
const yesNoIn = ({ yesNo }: ReadingContext): NamedOption[] =>
  (['yes', 'no'] as const).map((id) =>
    named(id, yesNo[0]?.[id] ?? id, [...yesNo.flatMap((said) => [said[id], ...said[id].split('/')]), ...YES_NO[id]]),
  );
const YES_NO = { yes: ['yes', 'y', 'true', '1', 'x', '✓'], no: ['no', 'n', 'false', '0'] } as const;

/** What people write of how they take part, in English and Khmer. */
const MODES: Readonly<Record<string, string[]>> = {
  'in-person': [
    ...['onsite', 'on site', 'physical', 'physically', 'face to face', 'f2f', 'in the room', 'offline'],
    ...['ផ្ទាល់', 'ដោយផ្ទាល់', 'ចូលរួមផ្ទាល់', 'ចូលរួមដោយផ្ទាល់'],
  ],
  online: [
    ...['on line', 'virtual', 'virtually', 'remote', 'remotely', 'zoom', 'via zoom', 'webinar'],
    ...['អនឡាញ', 'អនឡាញន៍', 'តាមអនឡាញ', 'ពីចម្ងាយ'],
  ],
};

const speaks = ({ event, language }: ReadingContext): string[] => [...new Set([language, 'en', ...event.languages])];

function days(context: ReadingContext): NamedOption[] {
  const { event, elsewhere } = context;
  return event.days.map(({ id, title, date }, index) => {
    const titles = elsewhere.flatMap((each) => each.days.find((day) => day.id === id)?.title ?? []);
    const dates = speaks(context).map((language) => formatDayAndMonth(date, language));
    const number = index + 1;
    return named(
      id,
      title,
      [...titles, ...dates, date],
      [`${number}`, `day ${number}`, `ថ្ងៃទី${number}`, ...dateWays(date)],
    );
  });
}

/** `2 Nov`, `November 2`, `02 Nov 2027`. */
function dateWays(date: string): string[] {
  const [year = '', , day = ''] = date.split('-');
  const number = String(Number(day));
  const months = (['short', 'long'] as const).map((month) =>
    new Intl.DateTimeFormat('en', { month, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`)),
  );
  return months.flatMap((month) => [
    ...[`${number} ${month}`, `${month} ${number}`, `${day} ${month}`],
    ...[`${number} ${month} ${year}`, `${month} ${number} ${year}`],
  ]);
}

function languages(context: ReadingContext): NamedOption[] {
  const spokenNames = speaks(context).map((language) => new Intl.DisplayNames([language], { type: 'language' }));
  return context.event.languages.map((id) =>
    named(
      id,
      languageName(id),
      spokenNames.flatMap((names) => names.of(id) ?? []),
    ),
  );
}

/** By the languages in which their names are known, and what events call otherwise: some 250 of them are worth making once. */
const countriesIn = new Map<string, readonly NamedOption[]>();

function countries(context: ReadingContext): readonly NamedOption[] {
  const { event, language, elsewhere } = context;
  const spoken = speaks(context);
  const own = [event, ...elsewhere].map((each) => each.countries);
  const key = JSON.stringify([language, spoken, own]);
  const made =
    countriesIn.get(key) ??
    placesOffered(event.countries).map((code) =>
      named(
        code,
        countryName(code, language, event.countries),
        [
          ...spoken.flatMap((each) => countryNames(code, each, event.countries)),
          ...own.map((names) => countryName(code, language, names)),
        ],
        ALSO_CALLED[code],
      ),
    );
  if (countriesIn.size >= MOST_REMEMBERED) countriesIn.clear();
  countriesIn.set(key, made);
  return made;
}

/** A handful of events and languages. */
const MOST_REMEMBERED = 20;

/** What countries are called beside their reviewed names and those of CLDR: in passports, by officials, until lately, and for short. */
const ALSO_CALLED: Readonly<Record<string, string[]>> = {
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

/**
 * Reads a cell that chooses. Where nothing is said in so many words, it is what exactly one option is like: by how its name begins, or
 * with as many letters mistyped as its length leaves no doubt about; digits are never taken for others.
 *
 * @returns nothing where no option is meant, or more than one may be
 */
export function readCell(text: string, offered: CellOptions): CellReading | undefined {
  const whole = readOne(text, offered);
  const alone = whole && { ids: [whole.id], sure: whole.sure };
  return whole?.sure || !offered.several ? alone : (readSeveral(text, offered) ?? alone);
}

function readSeveral(text: string, offered: CellOptions): CellReading | undefined {
  // Titles have commas too: they part only what no semicolon or bar does.
  const parts = readParts(text, /[;|]/.test(text) ? /[;|]/ : /,/, offered);
  if (parts?.sure) return parts;
  const ids = offered.options.map(({ id }) => id);
  const typed = words(text);
  if (ALL.includes(typed) || (BOTH.includes(typed) && ids.length === 2)) return { ids, sure: false };
  const [, from, to] = (offered.counted && RANGE.exec(typed)) || [];
  if (from !== undefined && to !== undefined) {
    const meant = ids.slice(Number(from) - 1, Number(to));
    return Number(from) < Number(to) && Number(to) <= ids.length ? { ids: meant, sure: false } : undefined;
  }
  return parts ?? readParts(text, LOOSELY, offered, false);
}

function readParts(text: string, separator: RegExp, offered: CellOptions, sure = true): CellReading | undefined {
  const parts = text.split(separator).filter((part) => part.trim() !== '');
  const read = parts.map((part) => readOne(part, offered));
  if (parts.length < 2 || !read.every((each) => each !== undefined)) return undefined;
  const meant = new Set(read.map(({ id }) => id));
  const ids = offered.options.map(({ id }) => id).filter((id) => meant.has(id));
  return { ids, sure: sure && read.every((each) => each.sure) };
}

const ALL: readonly string[] = ['all', 'all days', 'all of them', 'every day', 'everything', 'ទាំងអស់', 'គ្រប់ថ្ងៃ'];
const BOTH: readonly string[] = [
  'both',
  'both days',
  'both of them',
  'two days',
  '2 days',
  'ទាំងពីរ',
  'ទាំងពីរថ្ងៃ',
  'ថ្ងៃទាំងពីរ',
];
/** As words: what stood between the numbers is a space. */
const RANGE = /^(?:days? )?(\d) (?:to |until )?(?:day )?(\d)$/;
const LOOSELY = /[;|,/&+]|\band\b|និង/i;

/** UTF-16 units: of more, no name is meant. */
const LONGEST_NAME = 300;

function readOne(
  text: string,
  { options, byBeginning, several }: CellOptions,
): { readonly id: string; readonly sure: boolean } | undefined {
  const typed = text.length > LONGEST_NAME ? '' : words(text);
  if (typed === '') return undefined;
  const [whole, number, edits] = [solid(typed), digits(typed), editsIn(solid(typed))];
  const isSame = (name: string): boolean => solid(name) === whole;
  const isBegun = (name: string): boolean =>
    byBeginning &&
    ((typed.length >= LEAST_BEGINNING && begins(name, typed)) ||
      // What goes on may name another.
      (!several && name.length >= LEAST_BEGINNING && begins(typed, name)));
  const isLike = (name: string): boolean =>
    digits(name) === number && isNear(whole, solid(name), Math.min(edits, editsIn(solid(name))));
  const tries = [
    ({ names }: NamedOption) => names.some(isSame),
    ({ also }: NamedOption) => also.some(isSame),
    ({ names, also }: NamedOption) => names.some(isBegun) || also.some(isBegun),
    ({ names, also }: NamedOption) => names.some(isLike) || also.some(isLike),
  ];
  for (const [index, isIt] of tries.entries()) {
    const [first, another] = options.filter(isIt);
    if (first && another) return undefined;
    if (first) return { id: first.id, sure: index === 0 };
  }
  return undefined;
}

/** Letters: a word of fewer begins too much. */
const LEAST_BEGINNING = 4;
const begins = (whole: string, part: string): boolean => `${whole} `.startsWith(`${part} `);

/** How many letters of a word may be mistyped. */
const editsIn = ({ length }: string): number => (length < 4 ? 0 : length < 7 ? 1 : 2);

const words = (text: string): string =>
  comparable(text)
    .split(/[^\p{L}\p{M}\p{N}✓]+/u)
    .filter(Boolean)
    .join(' ');
const solid = (name: string): string => name.replaceAll(' ', '');
const digits = (name: string): string => name.replace(/\D/g, '');
