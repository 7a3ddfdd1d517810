import { ApiProblem } from '../api/problem.ts';
import { words } from '../words.ts';

/**
 * Says at once which fields are empty, all of them, as the API would of each in turn.
 *
 * @param typed by the path of the field
 * @throws ApiProblem with an error for each
 */
export function requireTyped(typed: Readonly<Record<string, string>>): void {
  const empty = Object.keys(typed).filter((path) => typed[path]?.trim() === '');
  if (empty.length === 0) return;
  const errors = empty.map((path) => ({ path, code: 'required', message: words.required }));
  throw new ApiProblem(422, { errors });
}
