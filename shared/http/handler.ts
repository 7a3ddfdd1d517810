import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Kind, methodsOf, type Route, routeKey } from '../contract/route.ts';
import type { ROUTES, RouteId } from '../contract/routes.ts';
import type { FunctionName } from '../env.ts';
import { BusyError, ProblemError } from '../errors.ts';
import { PROBLEMS_IN_WORDS } from '../i18n/problems.ts';
import { translator } from '../i18n/translator.ts';
import { logError } from '../log.ts';
import { type Sender, senderOf } from './caller.ts';
import { problemDocument } from './problem-document.ts';
import { json, page, type Reply, toResult } from './reply.ts';
import { type HttpRequest, parseRequest, requestLanguage } from './request.ts';
import { withSecureHeaders } from './secure-headers.ts';
import { throughEdgeOnly } from './through-edge.ts';

export type Handle<Id extends RouteId> = (request: HttpRequest<Id>) => Promise<Reply>;

type RoutesOf<F extends FunctionName> = {
  [Id in RouteId]: (typeof ROUTES)[Id]['function'] extends F ? Id : never;
}[RouteId];
/** The part of a function's routes that is for those who run an event. */
export type GuardedIn<F extends FunctionName> = {
  [Id in RoutesOf<F>]: (typeof ROUTES)[Id]['auth'] extends 'organiser' ? Id : never;
}[RoutesOf<F>];

/**
 * One handler for each of a function's routes: leaving one out does not compile, nor does a route for organisers whose
 * handler asks for no role.
 */
export type Handlers<F extends FunctionName> = {
  readonly [Id in RoutesOf<F>]: (typeof ROUTES)[Id]['auth'] extends 'organiser' ? Guarded<Id> : Handle<Id>;
};

/** A handler behind a guard, which sees who calls and where before anything else of the request is read. */
export interface Guarded<Id extends RouteId> {
  /** @throws ProblemError for whoever may not pass */
  readonly admit: (sender: Sender) => Promise<Handle<Id>>;
}

/** Shows a problem to a person. `path` is that of the request, without its query. */
export type ProblemPage = (problem: ProblemError, language: string, path: string) => string;

interface Found {
  readonly route: Route;
  readonly handle: Handle<RouteId> | Guarded<RouteId>;
}

/**
 * The Lambda handler of a function that serves routes of the contract: requests and JSON answers are parsed by
 * the route's schemas, problems become problem documents or pages, anything else an opaque 500.
 *
 * @param routes the function's own part of the contract: it bundles no other
 * @param start builds the handlers at the first request, so that a failing dependency is retried by the next one
 * @param problemPage for functions that answer people too; without it, the words of pages are not bundled
 */
export function httpHandler<F extends FunctionName>(
  routes: Pick<typeof ROUTES, RoutesOf<F>>,
  start: () => Handlers<F>,
  problemPage?: ProblemPage,
) {
  let table: ReadonlyMap<string, Found> | undefined;

  async function dispatch(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
    table ??= routeTable(routes, start());
    const found = table.get(event.routeKey);
    if (found === undefined) throw new Error(`no handler for ${event.routeKey}`);
    try {
      return toResult(parsedReply(found.route, await answer(found, event)));
    } catch (error) {
      return toResult(problemReply(found.route, asProblem(error, found.route, event.routeKey), event, problemPage));
    }
  }

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use({ after: secureAnswer })
    .use({ after: emptyHead })
    .handler(throughEdgeOnly(dispatch));
}

async function answer({ route, handle }: Found, event: APIGatewayProxyEventV2): Promise<Reply> {
  const admitted = typeof handle === 'function' ? handle : await handle.admit(senderOf(event));
  return admitted(await parseRequest(route, event));
}

type Answered = { event: APIGatewayProxyEventV2; response: APIGatewayProxyStructuredResultV2 | null };

function secureAnswer(request: Answered): void {
  if (request.response) request.response = withSecureHeaders(request.response);
}

/** HEAD is answered like GET, without the body. */
function emptyHead(request: Answered): void {
  if (request.response && request.event.requestContext.http.method === 'HEAD') request.response.body = '';
}

function routeTable(
  routes: Readonly<Record<string, Route>>,
  handlers: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, Found> {
  const entries = Object.entries(routes).flatMap(([id, route]) => {
    const handle = handlers[id];
    return methodsOf(route).map((method): [string, Found] => [
      routeKey(route, method),
      { route, handle: handle as Found['handle'] },
    ]);
  });
  return new Map(entries);
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
];

/** Nothing is wrong with a request that was throttled: the same one may succeed in seconds. */
function asProblem(error: unknown, { errors }: Route, key: string): ProblemError {
  if (error instanceof ProblemError) return error;
  logError('request failed', error, { routeKey: key });
  const isThrottled = error instanceof Error && THROTTLED.includes(error.name);
  return isThrottled && errors.includes('busy') ? new BusyError() : new ProblemError('internal');
}

/** What HTTP wants beside these statuses (RFC 9110). */
const PROBLEM_HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { 'www-authenticate': 'Bearer' },
  503: { 'retry-after': '2' },
};

/** Whoever asks for these reads a page where there is nothing to give. */
const FOR_PEOPLE: readonly Kind[] = ['page', 'pdf'];

function problemReply(
  route: Route,
  problem: ProblemError,
  event: APIGatewayProxyEventV2,
  problemPage?: ProblemPage,
): Reply {
  const language = requestLanguage(event);
  const t = translator(PROBLEMS_IN_WORDS, language);
  const document = problemDocument(problem, t);
  const reply =
    FOR_PEOPLE.includes(route.kind) && problemPage
      ? page(problemPage(problem, language, event.rawPath), document.status)
      : json(document.status, document);
  return { ...reply, headers: PROBLEM_HEADERS[document.status] };
}
