import { t } from '../../words.ts';
import { ApiProblem } from '../api/problem.ts';

/** Says what is wrong with fields before anything is sent. @throws ApiProblem as the API would answer */
export function refuse(messages: Readonly<Record<string, string>>): never {
  const errors = Object.entries(messages).map(([path, message]) => ({ path, code: 'required', message }));
  throw new ApiProblem(422, { errors });
}

/**
 * Says at once which fields are empty, all of them.
 *
 * @param typed by the path of the field
 * @throws ApiProblem
 */
export function requireTyped(typed: Readonly<Record<string, string>>): void {
  const empty = Object.keys(typed).filter((path) => typed[path]?.trim() === '');
  if (empty.length > 0) refuse(Object.fromEntries(empty.map((path) => [path, t('common.required')])));
}
