import type * as z from 'zod';
import { isNear } from '../../kernel/text/email-address.ts';
import type { DefinitionProblem } from '../../kernel/text/field-problem.ts';
import { clockTyped, dayTyped } from '../../kernel/text/zoned-time.ts';
import { groupProblems, readerProblems, withReadersOfGroups } from '../answer-readers.ts';
import type { EventDefinition } from '../event.ts';
import { authoredEvent } from './event-definition.schema.ts';
import { PART_CHECKS } from './event-problems.ts';

/** Finds what is wrong with a definition that fits the schema. */
export type Check = (definition: EventDefinition) => readonly DefinitionProblem[];

/** Nobody mends more than this at once, and finding what was meant takes time for each. */
export const MOST_PROBLEMS = 100;

type Issue = z.core.$ZodIssue;

export interface Fitted {
  /** Absent where there are problems. */
  readonly definition?: EventDefinition;
  readonly problems: readonly DefinitionProblem[];
}

/** Fits a plain value to the schema of an authored event, with defaults filled in, and has it checked. */
export function fitToSchema(value: unknown, checks: readonly Check[]): Fitted {
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
function besides(value: unknown, issues: readonly Issue[], checks: readonly Check[]): readonly DefinitionProblem[] {
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

/** Of what has to be there. */
export const IS_MISSING = 'is missing';
export const IS_EMPTY = 'is empty';

/** Zod's own words are replaced where an organiser would not know what to write instead. */
function wording(issue: z.core.$ZodRawIssue): string | undefined {
  const { code, input } = issue;
  if (code === 'invalid_format') return FORMATS[issue.format];
  if (code === 'too_small') return tooSmall(issue);
  // Read by `problemsOf`, which asks for the nearest of them.
  if (code === 'unrecognized_keys') return Object.keys((issue.inst as z.ZodObject).shape).join(' ');
  if (code === 'too_big') return `expected at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
  if (code !== 'invalid_type' && code !== 'invalid_value') return undefined;
  if (input === undefined) return IS_MISSING;
  if (input === null) return IS_EMPTY;
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
  if (minimum === 1 && origin in UNITS) return IS_EMPTY;
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
    return issue.keys.slice(0, MOST_PROBLEMS).map((key) => ({ path: [...path, key], message: amiss(key) }));
  }
  if (issue.code === 'invalid_key') {
    const remedy = 'as the name of a language; a text with a comma in { } needs quotes';
    return issue.issues.map((each) => ({ path, message: `${expectation(each)}, ${remedy}` }));
  }
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    return [{ path, message: 'expected kind: days with least, or kind: sessions with leastShare' }];
  }
  if (issue.code === 'invalid_union') return problemsOfCondition(issue.errors, path);
  return [
    {
      path,
      message: expectation(issue),
      ...(issue.code === 'custom' && { known: Intl.supportedValuesOf('timeZone') }),
    },
  ];
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

/** The one of some names that a word is nearly: but for its capitals, or a letter or two. Another number is another thing: `day-3`. */
export function didYouMean(word: string, known: readonly string[]): string {
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
export function writtenAs(value: string, said: string): string {
  const day = value.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  const meant =
    said === FORMATS['date']
      ? dayTyped(day)
      : said.startsWith('expected a time such as 09:00')
        ? clockTyped(value)
        : undefined;
  return meant === undefined ? '' : `: write ${meant}`;
}
