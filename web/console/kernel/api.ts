import type { ProblemDocument, ProblemType } from '../../../shared/kernel/http/problem.schema.ts';
import { WHY_HEADER } from '../../../shared/kernel/why.ts';
import { LANGUAGE } from '../words.ts';
import type { AnswerOf, RequestOf, RouteKey } from './routes.ts';
import { type ConsoleSession, SignedOutError } from './session.ts';

/**
 * Calls a route of the contract as the member who is signed in.
 *
 * @throws SignedOutError, ApiProblem for what was refused, UnreachableError where no answer came
 */
export type Api = <Key extends RouteKey>(route: Key, wanted: RequestOf<Key>) => Promise<AnswerOf<Key>>;

export function makeApi(session: ConsoleSession): Api {
  return async (route, { params, query, body }) => {
    const [method = '', path = ''] = route.split(' ');
    const token = await session.accessToken();
    const why = session.why();
    const response = await fetch(addressOf(path, params, query), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(why !== undefined && { [WHY_HEADER]: encodeURIComponent(why) }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new UnreachableError();
    });
    if (response.status === 401) {
      session.drop();
      throw new SignedOutError();
    }
    if (!response.ok) throw new ApiProblem(response.status, await documentOf(response));
    return (isJson(response) ? response.json() : response.blob()) as never;
  };
}

type Values = Readonly<Record<string, unknown>> | undefined;

function addressOf(path: string, params: Values, query: Values): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params?.[name])));
  const given = Object.entries({ ...query, lang: LANGUAGE }).filter(([, value]) => value !== undefined && value !== '');
  return `${filled}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** API Gateway's own answers, and those of a network in between, are no problem documents. */
const documentOf = async (response: Response) => (isJson(response) ? response.json().catch(() => ({})) : {});

const isJson = (response: Response): boolean => /\bjson\b/.test(response.headers.get('content-type') ?? '');

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
