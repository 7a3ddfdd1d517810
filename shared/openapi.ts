import type * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { CONTENT_TYPE } from './kernel/http/body.ts';
import { PROBLEMS, type ProblemType, problemDocument } from './kernel/http/problem.schema.ts';
import { FOR_PEOPLE, type ForTicks, type Route, WORKBOOK } from './kernel/route.ts';
import { NAMES } from './openapi-names.ts';
import { shareParts, shareSchemas, type Tree } from './openapi-share.ts';
import { ABOUT, CREDENTIALS, LIMITS, PARAMETERS } from './openapi-words.ts';
import { ROUTES, type RouteId } from './routes.ts';

/** The API as an OpenAPI 3.1 document, derived from the route table; shapes that clients meet have names. */
export function openApiDocument(): Tree {
  const bearers = new Set(
    Object.values<Route>(ROUTES)
      .filter(isBearer)
      .map(({ auth }) => auth),
  );
  const document = createDocument({
    openapi: '3.1.0',
    info: { title: 'Plenary', version: '1', description: ABOUT },
    paths: paths(),
    components: {
      securitySchemes: Object.fromEntries(
        Object.entries(CREDENTIALS)
          .filter(([auth]) => bearers.has(auth as Route['auth']))
          .map(([auth, description]) => [
            auth,
            { type: 'http', scheme: 'bearer', ...(auth === 'organiser' && { bearerFormat: 'JWT' }), description },
          ]),
      ),
    },
  });
  // What JSON cannot say, the document does not say.
  const plain: Tree = JSON.parse(JSON.stringify(document));
  const shared = shareParts(shareSchemas(plain, NAMES), 'responses', responseName);
  return shareParts(shared, 'parameters', parameterName);
}

function paths(): ZodOpenApiPathsObject {
  const all: ZodOpenApiPathsObject = {};
  for (const [id, route] of Object.entries<Route>(ROUTES)) {
    all[route.path] = { ...all[route.path], [route.method.toLowerCase()]: operation(id as RouteId, route) };
  }
  return all;
}

function operation(operationId: RouteId, route: Route): ZodOpenApiOperationObject {
  const limits = LIMITS[operationId];
  const description = [
    ...(route.auth === 'organiser' ? [allowed(route)] : []),
    ...(limits === undefined ? [] : [`Answers 422 to what its schema allows, too: ${limits}`]),
  ].join(' ');
  return {
    operationId,
    summary: route.summary,
    ...(description !== '' && { description }),
    tags: [route.function],
    ...(isBearer(route) && { security: [{ [route.auth]: [] }] }),
    requestParams: {
      ...(route.params && { path: described(route.params, route) }),
      ...(route.query && { query: described(route.query, route) }),
      ...(route.headers && !isCredential(route.headers) && { header: described(route.headers, route) }),
    },
    ...(route.body && {
      requestBody: {
        required: true,
        description: `At most ${(route.bodyLimit ?? 0) / 1024} KB`,
        content: {
          [CONTENT_TYPE[route.bodyFormat ?? 'json']]: { schema: route.body },
          ...(route.orUpload && { [CONTENT_TYPE.upload]: { schema: route.body } }),
        },
      },
    }),
    responses: { ...successes(route), ...problems(route) },
  };
}

/** The token of a page is in its path, where OpenAPI knows no credential: its parameter says what it is. */
const isBearer = ({ auth, headers }: Route): boolean =>
  auth === 'organiser' || (headers !== undefined && isCredential(headers));

const described = (parts: z.ZodObject, { auth }: Route): z.ZodObject =>
  parts.extend(
    Object.fromEntries(
      Object.entries(parts.shape).map(([name, part]) => [
        name,
        part.meta({ description: name === 'token' && auth !== 'public' ? CREDENTIALS[auth] : PARAMETERS[name] }),
      ]),
    ),
  );

const allowed = ({ ticks, deputies }: ForTicks): string =>
  ticks === 'signed-in'
    ? 'Anyone who is signed in.'
    : `For holders of the tick ${ticks.join(' or ')}${deputies ? ', and for deputies' : ''}.`;

/** OpenAPI describes the `Authorization` header as a security scheme, never as a parameter. */
const isCredential = (headers: z.ZodObject): boolean => 'authorization' in headers.shape;

const text = { schema: { type: 'string' } } as const;

const PAGES = {
  200: { description: 'Page', content: { 'text/html': text } },
  303: {
    description: 'See other page',
    headers: { location: { description: 'Its path', schema: { type: 'string' } } },
  },
} as const;

function successes(route: Route): ZodOpenApiOperationObject['responses'] {
  if (route.kind === 'page') {
    return Object.fromEntries((route.statuses ?? [200]).map((status) => [status, PAGES[status]]));
  }
  if (route.kind === 'pdf') {
    return { 200: { description: 'Document', content: { 'application/pdf': {} } }, 303: PAGES[303] };
  }
  if (route.kind === 'workbook') return { 200: { description: 'Workbook', content: { [WORKBOOK]: {} } } };
  if (route.kind === 'calendar') {
    return { 200: { description: 'Entries for a calendar', content: { 'text/calendar': text } }, 303: PAGES[303] };
  }
  if (route.kind === 'csv') {
    return {
      200: { description: 'Table, in UTF-8: the first line names the columns', content: { 'text/csv': text } },
    };
  }
  return Object.fromEntries(
    Object.entries(route.output ?? {}).map(([status, schema]) => [
      status,
      { description: 'Success', content: { 'application/json': { schema } } },
    ]),
  );
}

const GATEWAY_401 = {
  description: 'No valid access token: API Gateway answers by itself',
  headers: { 'www-authenticate': { schema: { type: 'string' } } },
  content: {
    'application/json': {
      schema: { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] },
    },
  },
} satisfies ZodOpenApiResponseObject;

/** Beside these statuses (RFC 9110). */
const HEADERS: Readonly<Record<number, object>> = {
  401: { headers: { 'www-authenticate': { schema: { type: 'string' } } } },
  503: { headers: { 'retry-after': { description: 'Seconds', schema: { type: 'integer' } } } },
};

const OF_EVERY_ROUTE = ['busy', 'internal'] as const satisfies ProblemType[];

/** Problems that share a status share an entry, which names each type. */
function problems(route: Route): ZodOpenApiOperationObject['responses'] {
  const byStatus = new Map<number, ProblemType[]>();
  for (const type of [...route.errors, ...OF_EVERY_ROUTE]) {
    byStatus.set(PROBLEMS[type], [...(byStatus.get(PROBLEMS[type]) ?? []), type]);
  }
  const content = FOR_PEOPLE.includes(route.kind)
    ? { 'text/html': text }
    : { 'application/problem+json': { schema: problemDocument } };
  return {
    ...(route.auth === 'organiser' && { 401: GATEWAY_401 }),
    ...Object.fromEntries(
      [...byStatus].map(([status, types]) => [
        status,
        {
          description: [...types]
            .sort()
            .map((type) => `\`urn:plenary:problem:${type}\``)
            .join(', '),
          ...HEADERS[status],
          content,
        },
      ]),
    ),
  };
}

/** `Registration` of what answers one; `NotFoundOrUnknownEvent`, and `NotFoundPage` where a page says so. */
function responseName({ description, content }: Tree): string {
  const [, schema] = /"#\/components\/schemas\/(\w+)"/.exec(JSON.stringify(content ?? {})) ?? [];
  const problems = [...String(description).matchAll(/problem:([a-z-]+)/g)].map(([, type = '']) => pascal(type));
  if (problems.length === 0) return schema ?? pascal(String(description).split(/[,:]/)[0] ?? '');
  return problems.join('Or') + ('text/html' in (content as Tree) ? 'Page' : '');
}

function parameterName({ name, in: place, description }: Tree): string {
  if (name === 'token') {
    const [auth = ''] = Object.entries(CREDENTIALS).find(([, words]) => words === description) ?? [];
    return `${pascal(auth)}Token`;
  }
  return name === 'lang' ? 'Language' : pascal(`${name}${place === 'query' ? '-query' : ''}`);
}

const pascal = (words: string): string =>
  words
    .split(/[^a-zA-Z0-9]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
