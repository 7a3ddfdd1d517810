import type { ProblemDocument, ProblemType } from '../../../../shared/kernel/http/problem.schema.ts';

const PREFIX = 'urn:plenary:problem:';

/** What the API refused, in its own words (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly problem: ProblemType | undefined;
  readonly detail: string | undefined;
  readonly errors: NonNullable<ProblemDocument['errors']>;

  constructor(status: number, document: Partial<ProblemDocument>) {
    super(document.title ?? `status ${status}`);
    this.status = status;
    this.problem = document.type?.startsWith(PREFIX) ? (document.type.slice(PREFIX.length) as ProblemType) : undefined;
    this.detail = document.detail;
    this.errors = document.errors ?? [];
  }
}

/** No answer came at all. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

export const isProblem = (error: unknown, type: ProblemType): boolean =>
  error instanceof ApiProblem && error.problem === type;
