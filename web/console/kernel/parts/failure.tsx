import { words } from '../../words.ts';
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
  if (error instanceof UnreachableError || error instanceof TypeError) return words.failure.unreachable;
  if (!(error instanceof ApiProblem)) return words.failure.unknown;
  const own = error.problem && words.failure.problems[error.problem as keyof typeof words.failure.problems];
  if (own) return own;
  if (error.errors.length > 0) return error.errors.map(({ message }) => message).join(' ');
  if (error.problem !== undefined) return [error.message, error.detail].filter(Boolean).join('. ');
  return words.failure.unknown;
}
