import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { chooseRoute } from '../../local/gateway/choose-route.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { ORIGIN_KEY_HEADER } from '../../shared/kernel/http/viewer-request.ts';
import type { Identity } from '../../shared/kernel/identity.store.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import { asFunction } from './permissions.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<unknown>;

export interface Call {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly cookies?: string[];
  readonly body?: string | Buffer;
  readonly method?: string;
  /** Whom API Gateway's authorizer found in a valid token. */
  readonly caller?: Identity;
}

/**
 * Calls a route as API Gateway would, on the function that serves it, in this process. Set the environment first:
 * a function reads it when it is first called.
 */
export async function call(id: RouteId, what: Call = {}): Promise<APIGatewayProxyStructuredResultV2> {
  const { handler } = await import(`../../functions/${ROUTES[id].function}/index.ts`);
  return callHandler(handler, id, what);
}

/**
 * Calls a function's handler as API Gateway would for one of its routes (payload format 2.0), but for `pathParameters`: functions find
 * them in the path.
 */
export async function callHandler(
  handler: Handler,
  id: RouteId,
  what: Call = {},
): Promise<APIGatewayProxyStructuredResultV2> {
  const answer = await asFunction(ROUTES[id].function, () => handler(eventOf(id, what), {} as Context));
  const { headers = {}, ...rest } = answer as APIGatewayProxyStructuredResultV2;
  // Each answer has an id of its own, which no test that compares two of them is about.
  const { 'x-correlation-id': _, ...same } = headers;
  requireDeclared(id, answer as APIGatewayProxyStructuredResultV2);
  return { ...rest, headers: same };
}

/** What may be wrong with any request, with one that API Gateway would not have sent there, or with names in a path. */
const UNDECLARED = ['busy', 'internal', 'not-found', 'method-not-allowed', 'invalid-input'];

/** A program can branch on every problem that it meets: the contract names it. */
function requireDeclared(id: RouteId, { body = '' }: APIGatewayProxyStructuredResultV2): void {
  const [, problem] = /^\{"type":"urn:plenary:problem:([a-z-]+)"/.exec(body) ?? [];
  const declared: readonly string[] = [...ROUTES[id].errors, ...UNDECLARED];
  if (problem !== undefined && !declared.includes(problem))
    throw new Error(`${id} answers ${problem}, which it does not declare`);
}

/** The event of a request that came through CloudFront, unless its headers name another key. */
export function eventOf(id: RouteId, what: Call = {}): APIGatewayProxyEventV2 {
  const route = ROUTES[id];
  const method = what.method ?? route.method;
  const chosen = chooseRoute(method, route.path);
  if (chosen === undefined || chosen === 'malformed') throw new Error(`API Gateway has no route for ${id}`);
  const rawPath = route.path.replace(/\{(\w+)\}/g, (_, name: string) => what.params?.[name] ?? '');
  return {
    version: '2.0',
    routeKey: chosen.route.key,
    rawPath,
    rawQueryString: new URLSearchParams(what.query).toString(),
    headers: { [ORIGIN_KEY_HEADER]: originKeys()[1] ?? '', ...what.headers },
    ...(what.cookies && { cookies: what.cookies }),
    ...(what.query && { queryStringParameters: what.query }),
    requestContext: {
      ...(what.caller && { authorizer: { jwt: { claims: claimsOf(what.caller), scopes: null } } }),
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: randomUUID(),
    },
    ...(what.body !== undefined && { body: Buffer.from(what.body as string).toString('base64') }),
    isBase64Encoded: what.body !== undefined,
  } as unknown as APIGatewayProxyEventV2;
}

/** What functions are told that CloudFront shows: the one before, the current and the next. */
export const originKeys = (): string[] => JSON.parse(process.env[ENVIRONMENT.originKeys] ?? '[]');

const claimsOf = ({ issuer, subject }: Identity) => ({ iss: issuer, sub: subject, client_id: 'console' });

export const postJson = (body: unknown, headers: Record<string, string> = {}): Pick<Call, 'body' | 'headers'> => ({
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});

export const postForm = (
  fields: [string, string][],
  headers: Record<string, string> = {},
): Pick<Call, 'body' | 'headers'> => ({
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
});

/** A form with files, as a browser sends it. */
export async function postUpload(
  fields: readonly (readonly [string, string | Blob])[],
): Promise<Pick<Call, 'body' | 'headers'>> {
  const form = new FormData();
  for (const [name, value] of fields) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, 'people.csv');
  }
  const sent = new Response(form);
  return {
    body: Buffer.from(await sent.arrayBuffer()),
    headers: { 'content-type': sent.headers.get('content-type') ?? '' },
  };
}
