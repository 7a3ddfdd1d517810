import type { EventDefinition } from '../../event/event.ts';
import { CELLS, questionOf } from '../../event/questions.ts';
import { signUpSessions } from '../../event/sessions.ts';
import { formatDayAndMonth, languageName, monthNames } from '../../kernel/i18n/formats.ts';
import { ALSO_CALLED, countryName, countryNames, placesOffered } from '../../kernel/text/countries.ts';
import { isNear } from '../../kernel/text/email-address.ts';
import { type ComparedName, comparable, comparedName, DASHES } from '../../registration/list/search.ts';

/** Says of a cell that may stay empty that it does: no id begins with it. */
export const NONE = '-';

/** One of those that a cell may name. */
export interface CellOption {
  readonly id: string;
  /** In the language of the page. */
  readonly title: string;
}

interface NamedOption extends CellOption {
  /** Its titles, as they are written. */
  readonly titles: readonly string[];
  readonly names: readonly ComparedName[];
  /** What people call it besides. */
  readonly also: readonly ComparedName[];
}

/** A day as it is counted, or named by its date. */
interface CountedDay {
  readonly id: string;
  /** Of its title where the titles have numbers, else its place among the days; nothing where its title has none, and others have. */
  readonly number: string | undefined;
  readonly dayOfMonth: string;
  readonly year: string;
  /** What its month is called. */
  readonly months: readonly string[];
}

/** What the cells of a column choose from. */
export interface CellOptions {
  readonly options: readonly NamedOption[];
  /** Whether a cell may name several. */
  readonly several: boolean;
  /** Whether the beginning of a name is enough to go by: of two countries, one may begin as the other. */
  readonly byBeginning: boolean;
  /** Whether an id is said in so many words: of countries, people take CA for Cambodia. */
  readonly byId: boolean;
  /** Where they are counted: `1`, `Day 1`, `1-2`. */
  readonly counted: readonly CountedDay[];
  /** What was read, by how it is written: tables say the same in many rows. */
  readonly remembered: Map<string, CellReading | undefined>;
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
      return one(countries(context), { byBeginning: false, byId: false });
    case 'category':
      return one(titled(({ categories }) => categories));
    case 'mode':
      return one(titled(({ modes }) => modes, MODES));
    case 'days':
      return { ...one(days(context), { byBeginning: false }), several: true, counted: countedDays(context) };
    case 'sessions':
      return { ...one(titled(signUpSessions)), several: true };
    case 'language':
      return one(languages(context));
  }
  const question = questionOf(event, column);
  if (question === undefined) return undefined;
  switch (CELLS[question.type]) {
    case 'country':
      return one(countries(context), { byBeginning: false, byId: false });
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

const one = (options: readonly NamedOption[], { byBeginning = true, byId = true } = {}): CellOptions => ({
  options,
  several: false,
  byBeginning,
  byId,
  counted: [],
  remembered: new Map(),
});
const named = (id: string, title: string, others: readonly string[], also: readonly string[] = []): NamedOption => ({
  ...{ id, title, titles: [title, ...others] },
  names: compared([id, title, ...others]),
  also: compared(also),
});
const compared = (names: readonly string[]): readonly ComparedName[] =>
  [...new Set(names)].map(comparedName).filter((name) => name.words !== '');

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
  const counted = countedDays(context);
  return event.days.map(({ id, title, date }, index) => {
    const titles = elsewhere.flatMap((each) => each.days.find((day) => day.id === id)?.title ?? []);
    const dates = speaks(context).map((language) => formatDayAndMonth(date, language));
    const { number } = counted[index] ?? {};
    const counts = number === undefined ? [] : [number, `day ${number}`, `ថ្ងៃទី${number}`];
    return named(id, title, [...titles, ...dates, date], [...counts, ...dateWays(date)]);
  });
}

function countedDays(context: ReadingContext): readonly CountedDay[] {
  const { days } = context.event;
  const numbers = days.map(({ title }) => /\d+/.exec(comparable(title))?.[0]);
  const isTitled = numbers.some((number) => number !== undefined);
  return days.map(({ id, date }, index) => ({
    id,
    number: isTitled ? numbers[index] : String(index + 1),
    dayOfMonth: String(Number(date.slice(8))),
    year: date.slice(0, 4),
    months: speaks(context).flatMap((language) => {
      const names = monthNames(date, language).map(comparable);
      return [...names, ...names.map((name) => `ខែ${name}`)];
    }),
  }));
}

/** `2 Nov`, `November 2`, `02 Nov 2027`. */
function dateWays(date: string): string[] {
  const [year = '', , day = ''] = date.split('-');
  const number = String(Number(day));
  return monthNames(date, 'en').flatMap((month) => [
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
    placesOffered(event.countries).map((code) => {
      const names = [
        ...spoken.flatMap((each) => countryNames(code, each, event.countries)),
        ...own.map((names) => countryName(code, language, names)),
      ];
      const title = countryName(code, language, event.countries);
      const isSaid = (name: string): boolean => !DOUBTFUL.includes(comparable(name));
      const also = [code, ...[title, ...names].filter((name) => !isSaid(name)), ...(ALSO_CALLED[code] ?? [])];
      return { id: code, title, titles: [], names: compared([title, ...names].filter(isSaid)), also: compared(also) };
    });
  if (countriesIn.size >= MOST_REMEMBERED) countriesIn.clear();
  countriesIn.set(key, made);
  return made;
}

/** What two countries are called. */
const DOUBTFUL: readonly string[] = ['congo'];

/** A handful of events and languages. */
const MOST_REMEMBERED = 20;

/** What was chosen from a list, as a cell keeps it: it is no guess, whatever its ids look like. */
export const chosenCell = (ids: readonly string[], { options }: CellOptions): string =>
  ids.length > 0 && ids.every((id) => options.some((option) => option.id === id))
    ? CHOSEN + ids.join('; ')
    : ids.join('; ');
const CHOSEN = '=';

/**
 * Reads a cell that chooses. Where nothing is said in so many words, it is what exactly one option is like: by how its name begins, or
 * with as many letters mistyped as its length leaves no doubt about; digits are never taken for others.
 *
 * @returns nothing where no option is meant, or more than one may be
 */
export function readCell(text: string, offered: CellOptions): CellReading | undefined {
  const { remembered } = offered;
  if (!remembered.has(text)) remembered.set(text, readAnew(text, offered));
  return remembered.get(text);
}

function readAnew(text: string, offered: CellOptions): CellReading | undefined {
  const { options, several } = offered;
  const ids = text.startsWith(CHOSEN) ? text.slice(CHOSEN.length).split('; ', options.length + 1) : [];
  if (ids.length > 0 && ids.every((id) => options.some((option) => option.id === id))) return { ids, sure: true };
  const whole = readOne(text, offered);
  const alone = whole && { ids: [whole.id], sure: whole.sure };
  return whole?.sure || !several || text.length > LONGEST_CHOICE ? alone : (readSeveral(text, offered) ?? alone);
}

/** UTF-16 units: more than all titles of a question. */
const LONGEST_CHOICE = 5_000;
/** Parts that a cell may have beyond its options, as when one is said twice. */
const SPARE_PARTS = 5;

function readSeveral(text: string, offered: CellOptions): CellReading | undefined {
  // Titles have commas too: they part only what no semicolon or bar does.
  const parts = readParts(text, /[;|]/.test(text) ? /[;|]/ : /,/, offered);
  if (parts?.sure) return parts;
  const ids = offered.options.map(({ id }) => id);
  const { words: typed } = comparedName(text.slice(0, LONGEST_NAME));
  if (ALL.includes(typed) || (BOTH.includes(typed) && ids.length === 2)) return { ids, sure: false };
  const days = readDays(text, offered.counted);
  if (days) return { ids: ids.filter((id) => days.has(id)), sure: false };
  // Whether a number counts days or is a date cannot be told from its part alone.
  if (offered.counted.length > 0 && LONE_NUMBER.test(text)) return undefined;
  return parts ?? readParts(text, LOOSELY, offered, false);
}

function readParts(text: string, separator: RegExp, offered: CellOptions, sure = true): CellReading | undefined {
  const parts = text.split(separator).filter((part) => part.trim() !== '');
  if (parts.length < 2 || parts.length > offered.options.length + SPARE_PARTS) return undefined;
  const meant = new Set<string>();
  let isSure = sure;
  for (const part of parts) {
    const read = readOne(part, offered);
    if (read === undefined) return undefined;
    meant.add(read.id);
    isSure &&= read.sure;
  }
  return { ids: offered.options.map(({ id }) => id).filter((id) => meant.has(id)), sure: isSure };
}

const ALL: readonly string[] = ['all', 'all days', 'all of them', 'every day', 'everything', 'ទាំងអស់', 'គ្រប់ថ្ងៃ'];
const BOTH: readonly string[] = [
  ...['both', 'both days', 'both of them', 'two days', '2 days', 'ទាំងពីរ', 'ទាំងពីរថ្ងៃ', 'ថ្ងៃទាំងពីរ'],
];
const LOOSELY = /[;|,/&+]|\band\b|និង/i;

const DAY = /^(?:days?|ថ្ងៃទី|ថ្ងៃ)$/;
const TO = /^(?:-|to|until|till|ដល់)$/;
const AND = /^(?:[;|,&+/]|and|និង)$/;
const DAY_TOKEN = /\d+|[\p{L}\p{M}]+|[^\s.]|(?<=\d)\.(?=\d)/gu;
const dayTokens = (text: string): string[] =>
  comparable(text)
    .replace(DASHES, '-')
    .replace(/(\d)(?:st|nd|rd|th)\b/g, '$1')
    .match(DAY_TOKEN) ?? [];
const LONE_NUMBER = /(?:^|[;|,/&+]|and|និង)\s*\d+\s*(?:$|[;|,/&+]|and|និង)/i;

/** Days by their numbers, or by their dates where a month is named; nothing where any word of it is not understood. */
function readDays(text: string, counted: readonly CountedDay[]): ReadonlySet<string> | undefined {
  const tokens = counted.length === 0 || text.length > LONGEST_NAME ? [] : dayTokens(text);
  const named = [...new Set(tokens.filter((token) => counted.some(({ months }) => months.includes(token))))];
  const candidates = counted.filter(({ months }) => named.every((token) => months.includes(token)));
  const isYear = (token: string): boolean => named.length > 0 && counted.some(({ year }) => year === token);
  const meant = new Set<string>();
  let last = -1;
  let between: 'range' | 'slash' | 'day' | undefined;
  for (const token of tokens) {
    if (named.includes(token) || isYear(token)) continue;
    if (/^\d/.test(token)) {
      const number = String(Number(token));
      const found = candidates.filter((day) => (named.length > 0 ? day.dayOfMonth : day.number) === number);
      const at = counted.findIndex(({ id }) => id === found[0]?.id);
      if (found.length !== 1 || ((between === 'range' || between === 'slash') && at <= last)) return undefined;
      for (const { id } of counted.slice(between === 'range' ? last : at, at + 1)) meant.add(id);
      last = at;
      between = undefined;
    } else if (DAY.test(token) && between !== 'day') between ??= 'day';
    else if (TO.test(token) && last >= 0 && between === undefined) between = 'range';
    else if (AND.test(token) && between === undefined) between = token === '/' ? 'slash' : undefined;
    else return undefined;
  }
  return between === undefined && meant.size > 0 ? meant : undefined;
}

/** UTF-16 units: of more, no name is meant. */
const LONGEST_NAME = 300;

function readOne(
  text: string,
  { options, byBeginning, byId, several, counted }: CellOptions,
): { readonly id: string; readonly sure: boolean } | undefined {
  const written = text.length > LONGEST_NAME ? '' : text.trim();
  const typed = comparedName(written);
  if (written === '') return undefined;
  const isNot = NOT.test(typed.words);
  const isSame = ({ solid }: ComparedName): boolean => solid !== '' && solid === typed.solid;
  const isAlmost = ({ loose }: ComparedName): boolean => loose !== '' && loose === typed.loose;
  const isBegun = ({ words }: ComparedName): boolean =>
    byBeginning &&
    (!isNot || NOT.test(words)) &&
    ((typed.words.length >= LEAST_BEGINNING && begins(words, typed.words)) ||
      // What goes on may name another.
      (!several && words.length >= LEAST_BEGINNING && begins(typed.words, words)));
  const isLike = ({ words, solid, digits }: ComparedName): boolean =>
    (!isNot || NOT.test(words)) &&
    digits === typed.digits &&
    isNear(typed.solid, solid, Math.min(editsIn(typed.solid), editsIn(solid)));
  const tries = [
    ({ id }: NamedOption) => byId && id === written,
    ({ titles }: NamedOption) => titles.includes(written),
    ({ names }: NamedOption) => names.some(isSame),
    ({ names, also }: NamedOption) => also.some(isSame) || names.some(isAlmost) || also.some(isAlmost),
    ({ names, also }: NamedOption) => names.some(isBegun) || also.some(isBegun),
    // Of a short date, `not 3` would be a near miss.
    ({ names, also }: NamedOption) => names.some(isLike) || (counted.length === 0 && also.some(isLike)),
  ];
  for (const [index, isIt] of tries.entries()) {
    const [first, another] = options.filter(isIt);
    if (first && another) return undefined;
    if (first) return { id: first.id, sure: index < SURE_TRIES };
  }
  return undefined;
}
const SURE_TRIES = 3;

/** Says that what follows is not meant: no option is like it. */
const NOT = /(?:^| )(?:not?|none|except|without|neither|nor|never|but|មិន|លើកលែង)(?: |$)/;

/** Letters: a word of fewer begins too much. */
const LEAST_BEGINNING = 4;
const begins = (whole: string, part: string): boolean => `${whole} `.startsWith(`${part} `);

/** How many letters of a word may be mistyped. */
const editsIn = ({ length }: string): number => (length < 4 ? 0 : length < 7 ? 1 : 2);
