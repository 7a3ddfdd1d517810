import { hash, timingSafeEqual } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type * as z from 'zod';
import { ENVIRONMENT } from '../env.ts';
import { BusyError, InvalidInputError, ProblemError, ProofNeededError, SearchLockedError } from '../errors.ts';
import { fieldWords, type ProblemTranslate, problemWords } from '../i18n/problems.ts';
import { siteWords } from '../i18n/site.store.ts';
import { count, logged, logger } from '../log.store.ts';
import { METRICS } from '../metrics.ts';
import { DEFAULT_ROUTE, FOR_PEOPLE, type Route, type RouteTable, routeKey } from '../route.ts';
import { type Sender, senderOf } from './caller.case.ts';
import { type Finding, type FoundRoute, routeFinder } from './find-route.ts';
import { PROBLEMS, type ProblemDocument, type ProblemType } from './problem.schema.ts';
import { json, page, type Reply, toResult, withSecureHeaders } from './reply.ts';
import { type HttpRequest, parseRequest, requestLanguage } from './request.case.ts';
import { ORIGIN_KEY_HEADER } from './viewer-request.ts';

export type Handle<Row extends Route> = (request: HttpRequest<Row>) => Promise<Reply>;

/** The ids of those of some routes that are for organisers. */
export type GuardedIn<Table extends RouteTable> = {
  [Id in keyof Table]: Table[Id] extends { readonly auth: 'organiser' } ? Id : never;
}[keyof Table];

/** Whether nothing of a body or a query is looked at before it is known who sends it; a language is never refused. */
type IsGuarded<R> = R extends { readonly auth: 'public' }
  ? false
  : R extends { readonly auth: 'organiser' } | { readonly body: z.ZodType }
    ? true
    : R extends { readonly query: z.ZodObject<infer Query> }
      ? Exclude<keyof Query, 'lang'> extends never
        ? false
        : true
      : false;

/**
 * One handler for each route of a table: leaving one out does not compile, nor does a route for organisers whose
 * handler asks for no role, or one with a body or a query whose handler does not ask for the token first.
 */
export type Handlers<Table extends RouteTable> = {
  readonly [Id in keyof Table]: IsGuarded<Table[Id]> extends true ? Guarded<Table[Id]> : Handle<Table[Id]>;
};

/** A handler behind a guard, which sees who calls and where before anything else of the request is read. */
export interface Guarded<Row extends Route> {
  /** @throws ProblemError for a caller who may not pass */
  readonly admit: (sender: Sender) => Promise<Handle<Row>>;
}

/**
 * Shows a problem to a person. `path` is that of the request, without its query; none where nothing is there.
 *
 * @param correlationId by which the log finds the request
 */
export type ProblemPage = (
  problem: ProblemError,
  language: string,
  path: string | undefined,
  correlationId: string,
) => string;

type Handler = Handle<Route> | Guarded<Route>;

/** In logs: the contract's route. What fits none has no name, since its path and its method may hold anything. */
const nameOf = (finding: Finding, { requestContext }: APIGatewayProxyEventV2): string =>
  finding.kind === 'route' ? routeKey(finding.route, requestContext.http.method) : 'no route';

/**
 * The Lambda handler of a function that serves routes of the contract: which of them is meant is found by method and path, requests and
 * JSON answers are parsed by the route's schemas, problems become problem documents or pages, anything else an opaque 500.
 *
 * @param routes the function's own part of the contract: it bundles no other
 * @param start builds the handlers at the first request, so that a failing dependency is retried by the next one
 * @param problemPage for functions that answer people too; without it, the words of pages are not bundled
 */
export function httpHandler<Table extends RouteTable>(
  routes: Table,
  start: () => Handlers<Table>,
  problemPage?: ProblemPage,
) {
  const find = routeFinder(routes);
  let handlers: Readonly<Record<string, Handler>> | undefined;

  function handlerOf(id: string): Handler {
    handlers ??= start() as unknown as Readonly<Record<string, Handler>>;
    const handler = handlers[id];
    if (handler === undefined) throw new Error(`no handler of ${id}`);
    return handler;
  }

  function dispatch(event: APIGatewayProxyEventV2, context?: Context): Promise<APIGatewayProxyStructuredResultV2> {
    const { requestId: correlationId, http } = event.requestContext;
    const finding = find(http.method, event.rawPath);
    const routeKey = nameOf(finding, event);
    let problem: ProblemType | undefined;
    const tell = (end?: { readonly result: APIGatewayProxyStructuredResultV2 }) => {
      // What is thrown here, API Gateway answers with 500.
      const status = end?.result.statusCode ?? 500;
      return { about: { routeKey, status, problem }, hasFailed: status >= 500 };
    };
    return logged('request', { correlationId, ...(context && { context }) }, tell, async () => {
      const handler = finding.kind === 'route' ? handlerOf(finding.id) : undefined;
      const result = await resultOf(finding, handler, event, (type) => {
        problem = type;
      });
      return { ...result, headers: { ...result.headers, [CORRELATION_ID]: correlationId } };
    });
  }

  async function resultOf(
    finding: Finding,
    handler: Handler | undefined,
    event: APIGatewayProxyEventV2,
    noteProblem: (type: ProblemType) => void,
  ): Promise<APIGatewayProxyStructuredResultV2> {
    try {
      if (finding.kind !== 'route' || handler === undefined) throw unserved(finding);
      return toResult(parsedReply(finding.route, await answer(handler, finding, event)));
    } catch (error) {
      const problem = asProblem(error, finding, event);
      noteProblem(problem.type);
      if (REFUSED.includes(problem.type)) count(METRICS.tokenRefused);
      return toResult(problemReply(finding, problem, event, problemPage));
    }
  }

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use({ after: secureAnswer })
    .use({ after: emptyHead })
    .handler(throughEdgeOnly(dispatch));
}

/**
 * What is counted so that guessing shows: that it happened, and nothing of whom or what; the log's lines have the problem. All 401s and 403s
 * are, by the gateway's log.
 */
const REFUSED: readonly ProblemType[] = [
  ...(['link-not-valid', 'link-replaced', 'address-link-not-valid', 'confirm-link-not-valid'] as const),
  ...(['role-invitation-not-valid', 'token-not-valid', 'device-unknown', 'device-revoked'] as const),
  ...(['enrolment-not-valid', 'enrolment-expired', 'enrolment-taken'] as const),
];

/** What is in each line of the log about a request; a reader who asks for help can say it. API Gateway made it, and logs it too. */
const CORRELATION_ID = 'x-correlation-id';

async function answer(handler: Handler, { route, params }: FoundRoute, event: APIGatewayProxyEventV2): Promise<Reply> {
  const admitted = typeof handler === 'function' ? handler : await handler.admit(senderOf(event, params));
  return admitted(await parseRequest(route, params, event));
}

const unserved = ({ kind }: Finding): ProblemError =>
  new ProblemError(kind === 'unknown-path' ? 'not-found' : 'method-not-allowed');

type Answered = { event: APIGatewayProxyEventV2; response: APIGatewayProxyStructuredResultV2 | null };

function secureAnswer(request: Answered): void {
  if (request.response) request.response = withSecureHeaders(request.response);
}

/** HEAD is answered like GET, without the body. */
function emptyHead(request: Answered): void {
  if (request.response && request.event.requestContext.http.method === 'HEAD') request.response.body = '';
}

/** An undeclared field cannot leave: the body is what its schema made of it. */
function parsedReply(route: Route, reply: Reply): Reply {
  if (reply.kind !== 'json') return reply;
  const schema = route.output?.[reply.status];
  if (schema === undefined) throw new Error(`${route.method} ${route.path} declares no answer ${reply.status}`);
  return { ...reply, body: schema.parse(reply.body) };
}

/** What services of AWS say where they are asked faster than they answer, and the SDK's own tries did not help. */
const THROTTLED: readonly string[] = [
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
  // What else holds the one item that is asked for goes on.
  'TransactionConflictException',
];

/** Nothing is wrong with a request that was throttled: the same one may succeed in seconds. */
function asProblem(error: unknown, finding: Finding, event: APIGatewayProxyEventV2): ProblemError {
  if (error instanceof ProblemError) return error;
  logger.error('request failed', { error, routeKey: nameOf(finding, event) });
  const isThrottled = error instanceof Error && THROTTLED.includes(error.name);
  return isThrottled ? new BusyError() : new ProblemError('internal');
}

/** What HTTP wants beside these statuses (RFC 9110). */
const PROBLEM_HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { 'www-authenticate': 'Bearer' },
  503: { 'retry-after': '2' },
};

function problemReply(
  finding: Finding,
  problem: ProblemError,
  event: APIGatewayProxyEventV2,
  problemPage?: ProblemPage,
): Reply {
  const language = requestLanguage(event);
  const t = siteWords(language);
  const document = problemDocument(problem, t);
  // It may be cached: nothing of the path that was tried is in it.
  const path = finding.kind === 'unknown-path' ? undefined : event.rawPath;
  const reply =
    problemPage && isForPeople(finding, event)
      ? page(problemPage(problem, language, path, event.requestContext.requestId), document.status)
      : json(document.status, document);
  return { ...reply, headers: { ...PROBLEM_HEADERS[document.status], ...headersOf(finding, problem, event) } };
}

function isForPeople(finding: Finding, event: APIGatewayProxyEventV2): boolean {
  if (finding.kind !== 'unknown-path') return FOR_PEOPLE.includes(finding.route.kind);
  return isRead(event) && !event.rawPath.startsWith('/api/');
}

const isRead = ({ requestContext }: APIGatewayProxyEventV2): boolean =>
  ['GET', 'HEAD'].includes(requestContext.http.method);

function headersOf(
  finding: Finding,
  { type }: ProblemError,
  event: APIGatewayProxyEventV2,
): Readonly<Record<string, string>> {
  if (finding.kind === 'other-method' && type === 'method-not-allowed') return { allow: finding.allow.join(', ') };
  const isNobodys = finding.kind === 'unknown-path' && event.routeKey === DEFAULT_ROUTE && type === 'not-found';
  return isNobodys && isRead(event) ? KEPT_FOR_A_MINUTE : {};
}

/** So that a client that asks for many paths that are not there reaches the function once for each. */
const KEPT_FOR_A_MINUTE = { 'cache-control': 'public, max-age=60', vary: 'accept-language' } as const;

type Answer = (event: APIGatewayProxyEventV2, context?: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * Answers what came through CloudFront, which shows a key of ours (AB6): its rules and limits hold for everyone. Of anything else nothing is
 * looked at but that header.
 *
 * @throws Error where the environment names no keys, before anything is answered
 */
export function throughEdgeOnly(answer: Answer): Answer {
  let keys: readonly Buffer[] | undefined;
  return async (event, context) => {
    keys ??= readKeys().map(digest);
    return isOneOf(event.headers[ORIGIN_KEY_HEADER], keys) ? answer(event, context) : forbidden();
  };
}

/** In API Gateway's own words: it says nothing of whose it is. */
const forbidden = (): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 403,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({ message: 'Forbidden' }),
});

/** Characters; keys have 43. */
const SHORTEST_KEY = 32;

function readKeys(): readonly string[] {
  const keys: string[] = JSON.parse(process.env[ENVIRONMENT.originKeys] ?? '[]');
  if (keys.length === 0 || keys.some((key) => key.length < SHORTEST_KEY))
    throw new Error(`${ENVIRONMENT.originKeys} holds no keys`);
  return keys;
}

/** In a time that depends neither on which it is nor on how much of one was guessed. */
function isOneOf(sent: string | undefined, keys: readonly Buffer[]): boolean {
  const given = digest(sent ?? '');
  return keys.map((key) => timingSafeEqual(given, key)).includes(true);
}

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/**
 * A handler behind a token: nothing of what was sent is decoded for a caller who holds none.
 *
 * @param open finds what the sender's token opens
 */
export const guarded = <Row extends Route, Held>(
  open: (sender: Sender) => Promise<Held>,
  handle: (request: HttpRequest<Row>, held: Held) => Promise<Reply>,
): Guarded<Row> => ({
  admit: async (sender) => {
    const held = await open(sender);
    return (request) => handle(request, held);
  },
});

/** The token of a link: `/m/{token}`. */
export const linkToken = ({ params }: Sender): string => params['token'] ?? '';

/** The RFC 9457 form of a problem, in the reader's language. */
function problemDocument(problem: ProblemError, t: ProblemTranslate): ProblemDocument {
  const { title, detail } = problemWords(problem, t);
  return {
    type: `urn:plenary:problem:${problem.type}`,
    title,
    status: PROBLEMS[problem.type],
    detail,
    ...(problem instanceof InvalidInputError && { errors: displayedIssues(problem, t) }),
    ...(problem instanceof ProofNeededError && { challenge: problem.challenge }),
    ...(problem instanceof SearchLockedError && { lock: problem.lock }),
  };
}

/** The fields that have to change, with words for people. */
export const displayedIssues = (problem: InvalidInputError, t: ProblemTranslate) =>
  problem.issues.map(({ path, ...issue }) => ({ path, code: issue.code, message: fieldWords(issue, t) }));
