import { t, wordFor } from '../../words.ts';
import { ApiProblem, UnreachableError } from '../api/problem.ts';

/** What went wrong and what to do about it; nothing where nothing did. */
export function Failure({ error }: { readonly error: unknown }) {
  if (error === undefined) return null;
  return (
    <p class="note bad" role="alert">
      {failureText(error)}
    </p>
  );
}

export function failureText(error: unknown): string {
  if (error instanceof UnreachableError || error instanceof TypeError) return t('failure.unreachable');
  if (!(error instanceof ApiProblem)) return t('failure.unknown');
  const own = error.problem && wordFor('failure.problems', error.problem);
  if (own) return own;
  if (error.errors.length > 0) return error.errors.map(({ message }) => message).join(' ');
  if (error.problem !== undefined) return [error.message, error.detail].filter(Boolean).join('. ');
  return t('failure.unknown');
}
