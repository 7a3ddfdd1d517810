import { ApiProblem } from '../api/problem.ts';

/** What the API found wrong with one field, by the path that the contract gives it. */
export function fieldError(error: unknown, path: string): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  return error.errors.find((each) => each.path === path)?.message;
}
