import { ApiProblem } from '../api/problem.ts';

/** What the API found wrong with one field, by the path that the contract gives it; also with one of its parts. */
export function fieldError(error: unknown, path: string): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  return error.errors.find((each) => isOf(path, each.path))?.message;
}

/** @example isOf('session.audience', 'session.audience.0') */
export const isOf = (field: string, path: string): boolean => path === field || path.startsWith(`${field}.`);
