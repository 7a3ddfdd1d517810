import type * as z from 'zod';
import type { FieldIssue } from '../text/field-problem.ts';

/** What a schema found, in the terms in which the domain reports fields. */
export function schemaIssues(error: z.ZodError, input: unknown): FieldIssue[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key): FieldIssue => ({ path: [...path, key].join('.'), code: 'unknown-field' }));
    }
    const code = isUnknownOption(issue) ? 'invalid_value' : issue.code;
    return [{ path: path.join('.') || 'body', code: codeOf(code, valueAt(input, path)) }];
  });
}

/** The field that tells the shapes of a body apart says none of them. */
const isUnknownOption = (issue: z.core.$ZodIssue): boolean => 'discriminator' in issue;

function codeOf(code: string, value: unknown): 'required' | 'unknown-option' | 'wrong-type' {
  if (value === undefined) return 'required';
  return code === 'invalid_value' ? 'unknown-option' : 'wrong-type';
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    input,
  );
}
