import type * as z from 'zod';
import type { MESSAGE_ROUTES } from '../../../shared/announcements/messages.routes.ts';
import type { CARE_ROUTES } from '../../../shared/care/care.routes.ts';
import type { CHECK_IN_ROUTES } from '../../../shared/checkin/check-in.routes.ts';
import type { SITE_ROUTES } from '../../../shared/event/site.routes.ts';
import type { FEEDBACK_RESULTS_ROUTES } from '../../../shared/feedback/result/feedback-results.routes.ts';
import type { ProblemDocument, ProblemType } from '../../../shared/kernel/http/problem.schema.ts';
import { WHY_HEADER } from '../../../shared/kernel/why.ts';
import type { SAFEGUARDING_ROUTES } from '../../../shared/minors/safeguarding.routes.ts';
import type { ORGANISER_ROUTES } from '../../../shared/organiser-routes.ts';
import type { AUDIT_ROUTES } from '../../../shared/team/audit/audit.routes.ts';
import type { TEAM_ROUTES } from '../../../shared/team-routes.ts';
import { LANGUAGE } from '../words.ts';
import { type ConsoleSession, SignedOutError } from './session.ts';

/**
 * Calls a route of the contract as the member who is signed in.
 *
 * @throws SignedOutError, ApiProblem for what was refused, UnreachableError where no answer came
 */
export type Api = <Key extends RouteKey>(route: Key, wanted: RequestOf<Key>) => Promise<AnswerOf<Key>>;

/** Milliseconds that this machine's clock is ahead of the server's, by what the last answer to a member said, in whole seconds. */
let ahead = 0;
/** When it is that by this machine's clock: epoch milliseconds. @param instant by the server's, ISO 8601 */
export const byThisClock = (instant: string): number => Date.parse(instant) + ahead;

/** @param now epoch milliseconds, by this machine's clock */
export function makeApi(session: ConsoleSession, now: () => number): Api {
  return async (route, { params, query, body, signal }) => {
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
      ...(signal && { signal }),
    }).catch(() => {
      throw new UnreachableError();
    });
    // What is for everyone may have been kept on its way.
    const date = path.split('/')[2] === 'organiser' && response.headers.get('date');
    if (date) ahead = now() - Date.parse(date);
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

type Table = typeof ORGANISER_ROUTES &
  typeof TEAM_ROUTES &
  typeof MESSAGE_ROUTES &
  typeof CHECK_IN_ROUTES &
  typeof SAFEGUARDING_ROUTES &
  typeof CARE_ROUTES &
  typeof FEEDBACK_RESULTS_ROUTES &
  typeof AUDIT_ROUTES &
  Pick<typeof SITE_ROUTES, 'getEvent'>;
type KeyOf<Route> = Route extends { readonly method: infer M extends string; readonly path: infer P extends string }
  ? `${M} ${P}`
  : never;

/** Routes by method and path, from the contract's types alone: a path that it does not know does not compile. */
type Routes = { [Id in keyof Table as KeyOf<Table[Id]>]: Table[Id] };
export type RouteKey = keyof Routes;

type Part<Route, Name extends string> = Route extends { readonly [N in Name]: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : undefined;

type ParamsOf<Key extends RouteKey> = Part<Routes[Key], 'params'>;
export type QueryOf<Key extends RouteKey> = Part<Routes[Key], 'query'>;
export type BodyOf<Key extends RouteKey> = Unchanged<Part<Routes[Key], 'body'>>;
export type AnswerOf<Key extends RouteKey> = Routes[Key] extends { readonly output: infer Output }
  ? { [Status in keyof Output]: Output[Status] extends z.ZodType ? z.output<Output[Status]> : never }[keyof Output]
  : Blob;

/** What is sent is only read: lists that may not be changed will do. */
type Unchanged<T> = unknown extends T ? T : { readonly [Name in keyof T]: Unchanged<T[Name]> };

/** What a call needs beside its route. */
export type RequestOf<Key extends RouteKey> = {
  readonly params: ParamsOf<Key>;
  readonly query?: QueryOf<Key>;
  /** Calls it off: no answer comes then. */
  readonly signal?: AbortSignal;
} & (BodyOf<Key> extends undefined ? { readonly body?: undefined } : { readonly body: BodyOf<Key> });
