import type * as z from 'zod';
import { authoredEvent } from '../shared/contract/event-definition.ts';
import type { DefinitionProblem } from '../shared/domain/definition-problems.ts';
import type { EventDefinition } from '../shared/domain/event.ts';

type Issue = z.core.$ZodIssue;

export interface Fitted {
  /** Absent where there are problems. */
  readonly definition?: EventDefinition;
  readonly problems: readonly DefinitionProblem[];
}

/** Fits a plain value to the schema of an authored event, with defaults filled in. */
export function fitToSchema(value: unknown): Fitted {
  const fitted = authoredEvent.safeParse(value, { error: wording });
  if (fitted.success) return { definition: fitted.data, problems: [] };
  return { problems: fitted.error.issues.flatMap((issue) => problemsOf(issue)) };
}

/** Zod's own words are replaced where an organiser would not know what to write instead. */
function wording(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_format') return EXPECTED[issue.format];
  const isMissing =
    issue.input === undefined && ['invalid_type', 'invalid_value', 'invalid_union'].includes(issue.code);
  return isMissing ? 'is missing' : undefined;
}

const EXPECTED: Readonly<Record<string, string>> = {
  date: 'expected a date such as 2027-11-02',
  datetime: 'expected a time with its offset, such as 2027-10-22T23:59:00+07:00',
  email: 'expected an e-mail address',
  url: 'expected an address that begins with https://',
};

function problemsOf(issue: Issue, around: readonly PropertyKey[] = []): DefinitionProblem[] {
  const path = [...around, ...issue.path].map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: `there is no field "${key}" here` }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map((each) => ({ path, message: expectation(each) }));
  }
  if (issue.code === 'invalid_union') return problemsOfCondition(issue.errors, path);
  return [{ path, message: expectation(issue) }];
}

/** Conditions are the only union: the kind that was meant is the one whose fields are all known. */
function problemsOfCondition(kinds: readonly (readonly Issue[])[], path: readonly (string | number)[]) {
  const meant = kinds.find((issues) =>
    issues.every(({ code, path }) => code !== 'unrecognized_keys' || path.length > 0),
  );
  if (meant !== undefined) return meant.flatMap((issue) => problemsOf(issue, path));
  return [{ path, message: 'expected a condition: one of category, mode, question with in, all, any, not' }];
}

/** The contract words what it expects, not a sentence: `HH:MM, 24 hours`. */
function expectation(issue: Issue): string {
  const isOurs = issue.code === 'custom' || (issue.code === 'invalid_format' && issue.format === 'regex');
  return isOurs ? `expected ${issue.message}` : issue.message;
}
