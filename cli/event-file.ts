import { readFileSync } from 'node:fs';
import providers from 'email-providers/all.json' with { type: 'json' };
import type * as z from 'zod';
import { tableProblems } from '../shared/delegation/delegation.ts';
import { groupProblems, readerProblems, withReadersOfGroups } from '../shared/event/answer-readers.ts';
import { authoredEvent } from '../shared/event/definition/event-definition.schema.ts';
import { PART_CHECKS } from '../shared/event/definition/event-problems.ts';
import type { EventDefinition } from '../shared/event/event.ts';
import { WHOLE_CHECKS } from '../shared/event/publish/definition-problems.case.ts';
import { pairsInOneRoom } from '../shared/event/sessions.ts';
import { formatDayAndMonth } from '../shared/kernel/i18n/formats.ts';
import { productLanguage } from '../shared/kernel/i18n/languages.ts';
import { MAIL } from '../shared/kernel/i18n/mail.store.ts';
import { definitionWords } from '../shared/kernel/i18n/problems.ts';
import { siteWords } from '../shared/kernel/i18n/site.store.ts';
import { translator } from '../shared/kernel/i18n/translator.store.ts';
import { isNear } from '../shared/kernel/text/email-address.ts';
import type { DefinitionProblem } from '../shared/kernel/text/field-problem.ts';
import { clockTyped, dayTyped, localDate, localWithOffset } from '../shared/kernel/text/zoned-time.ts';
import { SUBJECT_BYTES } from '../shared/mail/letter/letter.ts';
import { readYaml } from './yaml.ts';

/** Languages that an event is written in, but the site has no words of its own in: headings, buttons, mistakes. */
function languageProblems({ languages }: EventDefinition<unknown>): DefinitionProblem[] {
  return languages.flatMap((language, index) => {
    if (productLanguage(language)) return [];
    const message = `the site does not speak ${language} yet: pages in it would be shown in English; leave it out, or add it first (docs/architecture.md)`;
    return [{ path: ['languages', index], message }];
  });
}

/** What organisers write themselves leaves out the event where it is too long. */
const TYPED = ['organiser-message.subject', 'message-test.subject'];

/** Names of the event with which the longest subject of a mail would be too long, by language, and how much would do. */
function subjectProblems({ languages, title, shortTitle, days }: EventDefinition): DefinitionProblem[] {
  const [name, called] = shortTitle === undefined ? (['title', title] as const) : (['shortTitle', shortTitle] as const);
  const keys = Object.keys(MAIL.in('en')).filter((key) => key.endsWith('.subject') && !TYPED.includes(key));
  return languages.flatMap((language) => {
    const t = translator(MAIL, language);
    const date = formatDayAndMonth(days[0]?.date ?? '', language);
    const bytesOf = (event: string): number =>
      Math.max(...keys.map((key) => Buffer.byteLength(t(key, { event, date }))));
    const event = called[language] ?? '';
    if (bytesOf(event) < SUBJECT_BYTES) return [];
    const room = SUBJECT_BYTES - 1 - bytesOf('');
    const remedy = shortTitle === undefined ? 'give the event a shortTitle of no more than that' : 'shorten it';
    const message = `has ${Buffer.byteLength(event)} bytes, and subjects of mails have room for ${room}: ${remedy}`;
    return [{ path: [name, language], message }];
  });
}

/** Something to change in the file of an event; lines and columns count from 1. */
interface FileProblem {
  readonly line: number;
  readonly column: number;
  /** `questions.3.when.category.0`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** What the file says there, where that is short. */
  readonly value?: string | undefined;
}

/** Nobody mends more than this at once, and finding the line of each takes time. */
const MOST_PROBLEMS = 100;

/**
 * Reads an event that is known to be right.
 *
 * @param file the path of a YAML file
 * @param warn is told each warning with its line
 * @throws Error that names every problem with its line
 */
export function loadEvent(file: string, warn: (line: string) => void = () => undefined): EventDefinition {
  const { definition, problems, warnings } = readEvent(textOf(file));
  if (definition === undefined) throw new Error(describe(file, problems).join('\n'));
  for (const line of describe(file, warnings, 'warning: ')) warn(line);
  return definition;
}

/** @throws Error that names a file that cannot be read, and says why */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const why = { ENOENT: 'there is no such file', EISDIR: 'is a folder: name the file in it' }[code] ?? message;
    throw new Error(`${file}: ${why}`);
  }
}

/** What is wrong with the text of an event's file, in the order of its lines; nothing where it can be published. */
export const checkEvent = (source: string): readonly FileProblem[] => readEvent(source).problems;

/**
 * The event in the text of a file, or what is wrong with it.
 *
 * @param more finds what is wrong besides
 */
export function readEvent(source: string, more: Find = () => []): ReadEvent {
  const yaml = readYaml(source);
  if (yaml.problems.length > 0)
    return { problems: inOrder(yaml.problems.map((each) => ({ ...each, path: '' }))), warnings: [] };
  const { definition, problems } = fitToSchema(yaml.value, [...CHECKS, more]);
  const placed = (found: readonly DefinitionProblem[]) =>
    inOrder(
      found.slice(0, MOST_PROBLEMS).map((problem) => {
        const { path, known = [] } = problem;
        const found = path.reduce<unknown>((inside, step) => Object(inside)[step], yaml.value);
        const said = definitionWords(problem, WORDS);
        const message = said + (didYouMean(String(found), known) || writtenAs(String(found), said));
        return { ...yaml.positionOf(path), path: path.join('.'), message, value: shown(found) };
      }),
    );
  const unlikely = definition ? WARNINGS.flatMap((find) => find(definition)) : [];
  return { ...(definition && { definition }), problems: placed(problems), warnings: placed(unlikely) };
}

interface ReadEvent {
  /** Absent where there are problems. */
  readonly definition?: EventDefinition;
  readonly problems: readonly FileProblem[];
  /** What may be meant, and hardly is: it is said, and published all the same. */
  readonly warnings: readonly FileProblem[];
}

/** A text, number or word of so many characters at most is shown with what is wrong with it. */
const LONGEST_SHOWN = 60;

function shown(value: unknown): string | undefined {
  const text = typeof value === 'object' ? undefined : JSON.stringify(value);
  return text !== undefined && text.length <= LONGEST_SHOWN ? text : undefined;
}

/** The one of some names that a word is nearly: but for its capitals, or a letter or two. Another number is another thing: `day-3`. */
function didYouMean(word: string, known: readonly string[]): string {
  const letters = (text: string) => text.replace(/\d/g, '');
  const isLike = (name: string, edits: number) =>
    isNear(word.toLowerCase(), name.toLowerCase(), edits) &&
    (word === letters(word) || letters(name) !== letters(word));
  const most = word.length > 5 ? 2 : 1;
  const meant = Array.from({ length: most + 1 }, (_, edits) => known.find((name) => isLike(name, edits)));
  const name = meant.find((each) => each !== undefined);
  return name === undefined ? '' : `; did you mean "${name}"?`;
}

/** How a time of day or a date is written that can be read, and was written otherwise: `9:00`, `2027/10/30`, `20271030`. */
function writtenAs(value: string, said: string): string {
  const day = value.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  const meant =
    said === FORMATS['date']
      ? dayTyped(day)
      : said.startsWith('expected a time such as 09:00')
        ? clockTyped(value)
        : undefined;
  return meant === undefined ? '' : `: write ${meant}`;
}

/** Who writes a definition reads English: it is in no page. */
export const WORDS = siteWords('en');

type Find = (definition: EventDefinition) => readonly DefinitionProblem[];

const CHECKS: readonly Find[] = [zoneProblems, languageProblems, subjectProblems, tableProblems, ...WHOLE_CHECKS];

const AREA = /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\//;
const PLACES = Intl.supportedValuesOf('timeZone').filter((zone) => AREA.test(zone));
/** Former names of places are none of the list. */
const PLACE = /^[A-Z][a-z]+(?:\/[A-Z][a-z]+(?:[_-](?:[A-Z][a-z]+|of|es|au))*)+$/;

/** Zones by whose clocks no place goes all year, and names that are not written as all programs read them. */
function zoneProblems({ timeZone }: EventDefinition<unknown>): DefinitionProblem[] {
  if (timeZone === 'UTC' || PLACES.includes(timeZone) || (AREA.test(timeZone) && PLACE.test(timeZone))) return [];
  const meant = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  const place = PLACES.includes(meant) ? meant : 'Asia/Phnom_Penh';
  const isSame = meant.toLowerCase() === timeZone.toLowerCase() && place === meant;
  const message = isSame ? `write ${meant}` : `is the zone of no place: write that of one, such as ${place}`;
  return [{ path: ['timeZone'], message }];
}

/** Times with an offset that is not that of clocks at the event then; in UTC they are clear. */
const offsetWarnings = ({ registration, timeZone }: EventDefinition<unknown>): DefinitionProblem[] =>
  (['opensAt', 'closesAt'] as const).flatMap((name) => {
    const written = registration[name];
    const local = localWithOffset(new Date(written), timeZone);
    const offset = local.slice(-'+07:00'.length);
    if (written.endsWith(offset) || /(?:Z|[+-]00:00)$/.test(written)) return [];
    const message = `clocks in ${timeZone} are at ${offset} then, and show ${local.slice(11, 16)}`;
    return [{ path: ['registration', name], message }];
  });

const roomWarnings = ({ sessions, languages: [language = ''] }: EventDefinition): DefinitionProblem[] =>
  pairsInOneRoom(sessions, ({ room }) => room?.[language]?.trim() ?? '').map(([{ id, start, end }, later]) => ({
    path: ['sessions', sessions.indexOf(later), 'room'],
    message: `"${id}" is there at the same time, from ${start} to ${end}`,
  }));

const PROVIDERS = new Set(providers);
const domainWarnings = ({ categories }: EventDefinition<unknown>): DefinitionProblem[] =>
  categories.flatMap(({ trustedDomains = [] }, index) =>
    trustedDomains.flatMap((domain, at) => {
      const message = 'anyone can have an address there, and nobody who has waits for a decision';
      return PROVIDERS.has(domain) ? [{ path: ['categories', index, 'trustedDomains', at], message }] : [];
    }),
  );

const dayWarnings = ({ days, timeZone }: EventDefinition<unknown>): DefinitionProblem[] =>
  days.flatMap(({ date }, index) =>
    date < localDate(new Date(), timeZone) ? [{ path: ['days', index, 'date'], message: 'is over already' }] : [],
  );

const WARNINGS: readonly Find[] = [dayWarnings, offsetWarnings, domainWarnings, roomWarnings];

const inOrder = (problems: readonly FileProblem[]): FileProblem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MOST_PROBLEMS);

/** One line for each problem, in the notation that editors turn into links. */
export function describe(file: string, problems: readonly FileProblem[], kind = ''): string[] {
  return problems.map(
    ({ line, column, path, message, value }) =>
      `${file}:${line}:${column} ${path === '' ? '' : `${path}${value === undefined ? '' : ` = ${value}`}: `}${kind}${message}`,
  );
}

type Issue = z.core.$ZodIssue;

interface Fitted {
  /** Absent where there are problems. */
  readonly definition?: EventDefinition;
  readonly problems: readonly DefinitionProblem[];
}

/** Fits a plain value to the schema of an authored event, with defaults filled in, and has it checked. */
function fitToSchema(value: unknown, checks: readonly Find[]): Fitted {
  const fitted = authoredEvent.safeParse(value, { error: wording });
  if (!fitted.success) {
    const { issues } = fitted.error;
    return { problems: [...issues.flatMap((issue) => problemsOf(issue)), ...besides(value, issues, checks)] };
  }
  const { questionGroups, questions, ...rest } = fitted.data;
  const definition = { ...rest, questions: withReadersOfGroups(questions, questionGroups) };
  const ofGroups = groupProblems(fitted.data);
  // Questions have the readers of their group: the same is not said twice.
  const others = ofGroups.length === 0 ? checks : checks.filter((check) => check !== readerProblems);
  const problems = [...ofGroups, ...[...PART_CHECKS, ...others].flatMap((check) => check(definition))];
  return problems.length > 0 ? { problems } : { definition, problems };
}

/** A part that a check needs, and that does not fit the schema. */
const UNFIT = Symbol();
const NOTHING = { name: {}, address: {}, title: {}, codes: [] };
/** Have nothing in them, and stand for such parts where each part is looked at alone; an empty list does for all others. */
const STANDS: Readonly<Record<string, unknown>> = {
  ...{ title: {}, tagline: {}, host: {}, secretariat: NOTHING, venue: NOTHING, featuredCountries: NOTHING },
  ...{ shortTitle: undefined, safeguarding: undefined, countries: undefined, minors: undefined, feedback: undefined },
};

/**
 * What is wrong with the parts that do fit the schema, where others do not: whoever mends a file wants to know all of it at once. A check
 * that needs one of the others waits for it.
 */
function besides(value: unknown, issues: readonly Issue[], checks: readonly Find[]): readonly DefinitionProblem[] {
  if (typeof value !== 'object' || value === null) return [];
  const known = withoutUnknown(value, issues);
  const parts = Object.entries(authoredEvent.unwrap().shape).map(([name, schema]) => {
    const { data, success } = schema.safeParse(known[name]);
    return [name, success ? data : UNFIT] as const;
  });
  const fit = Object.fromEntries(parts.filter(([, data]) => data !== UNFIT));
  const unfit = new Set<PropertyKey>(parts.filter(([, data]) => data === UNFIT).map(([name]) => name));
  const stand = Object.fromEntries([...unfit].map((name) => [name, name in STANDS ? STANDS[String(name)] : []]));
  // Complete as far as a check reads it.
  const whole = { ...stand, ...fit } as unknown as EventDefinition;
  const alone = unfit.has('languages') ? [] : PART_CHECKS.flatMap((check) => check(whole));
  const strict = new Proxy(fit as unknown as EventDefinition, {
    get(target, name) {
      if (unfit.has(name)) throw UNFIT;
      return Reflect.get(target, name);
    },
  });
  return [
    ...alone.filter(({ path: [part = ''] }) => !unfit.has(part)),
    ...checks.flatMap((check) => {
      try {
        return check(strict);
      } catch (error) {
        if (error === UNFIT) return [];
        throw error;
      }
    }),
  ];
}

/** A copy without the fields that the schema does not know: what is left is judged as if they had never been there. */
function withoutUnknown(value: object, issues: readonly Issue[]): Readonly<Record<string, unknown>> {
  const copy = structuredClone(value);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const inside = issue.path.reduce<object>((around, step) => Reflect.get(around, step), copy);
    for (const key of issue.keys) Reflect.deleteProperty(inside, key);
  }
  return copy as Record<string, unknown>;
}

/** Zod's own words are replaced where an organiser would not know what to write instead. */
function wording(issue: z.core.$ZodRawIssue): string | undefined {
  const { code, input } = issue;
  if (code === 'invalid_format') return FORMATS[issue.format];
  if (code === 'too_small') return tooSmall(issue);
  // Read by `problemsOf`, which asks for the nearest of them.
  if (code === 'unrecognized_keys') return Object.keys((issue.inst as z.ZodObject).shape).join(' ');
  if (code === 'too_big') return `expected at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
  if (code !== 'invalid_type' && code !== 'invalid_value') return undefined;
  if (input === undefined) return 'is missing';
  if (input === null) return 'is empty';
  if (code === 'invalid_value') return `expected ${issue.values.join(' or ')}`;
  const format = typeof input === 'number' && issue.inst ? formatOf(issue.inst as z.core.$ZodType) : undefined;
  return format ?? `expected ${TYPES[issue.expected] ?? issue.expected}`;
}

/** What a text of some format is to be like. */
export function formatOf({ _zod: { def } }: z.core.$ZodType): string | undefined {
  const { format = '', checks: [first] = [] } = def as Partial<z.core.$ZodStringFormatDef>;
  const says = first?._zod.def.error?.({} as never);
  return FORMATS[format] ?? (says ? `expected ${says}` : undefined);
}

function tooSmall({ minimum, inclusive, origin }: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string {
  if (minimum === 1 && origin in UNITS) return 'is empty';
  return `expected ${inclusive ? 'at least' : 'more than'} ${minimum}${UNITS[origin] ?? ''}`;
}

const FORMATS: Readonly<Record<string, string>> = {
  date: 'expected a date such as 2027-11-02',
  datetime: 'expected a time with its offset, such as 2027-10-22T23:59:00+07:00',
  email: 'expected an email address',
  url: 'expected an address that begins with https://',
};

const UNITS: Readonly<Record<string, string>> = { array: ' of them', string: ' characters' };

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'fields, each with its name',
  record: 'the text in each language, such as { en: Media }',
  string: 'a text, in quotes if it looks like a number',
};

function problemsOf(issue: Issue, around: readonly PropertyKey[] = []): DefinitionProblem[] {
  const path = [...around, ...issue.path].map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(' ');
    const amiss = (key: string) => `there is no field "${key}" here${didYouMean(key, known)}`;
    return issue.keys.map((key) => ({ path: [...path, key], message: amiss(key) }));
  }
  if (issue.code === 'invalid_key') {
    const remedy = 'as the name of a language; a text with a comma in { } needs quotes';
    return issue.issues.map((each) => ({ path, message: `${expectation(each)}, ${remedy}` }));
  }
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    return [{ path, message: 'expected kind: days with least, or kind: sessions with leastShare' }];
  }
  if (issue.code === 'invalid_union') return problemsOfCondition(issue.errors, path);
  return [{ path, message: expectation(issue), ...(issue.code === 'custom' && { known: PLACES }) }];
}

/** Conditions are the only union: the kind that was meant is the one whose fields are all known. */
function problemsOfCondition(kinds: readonly (readonly Issue[])[], path: readonly (string | number)[]) {
  const meant = kinds.find((issues) =>
    issues.every(({ code, path }) => code !== 'unrecognized_keys' || path.length > 0),
  );
  if (meant !== undefined) return meant.flatMap((issue) => problemsOf(issue, path));
  return [
    {
      path,
      message:
        'expected a condition: one of category, mode, country, session, question with in, all, any, not; several go into all',
    },
  ];
}

/** The contract words what it expects, not a sentence: `HH:MM, 24 hours`. */
function expectation(issue: Issue): string {
  const isOurs = issue.code === 'custom' || (issue.code === 'invalid_format' && issue.format === 'regex');
  return isOurs ? `expected ${issue.message}` : issue.message;
}
