import type * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { OrganiserRole } from '../domain/organiser-role.ts';
import { CONTENT_TYPE } from './content-type.ts';
import { PROBLEMS, type ProblemType, problemDocument } from './problem.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';

/** The API as an OpenAPI 3.1 document, derived from the route table. */
export function openApiDocument() {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Plenary',
      version: '1',
      description:
        'Registration for multi-stakeholder events. Problems are RFC 9457 documents with a stable `type`; pages answer the same problems as HTML.',
    },
    paths: paths(),
    components: {
      securitySchemes: {
        registration: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token of the link that an attendee was mailed; in the path of a page, or as bearer token.',
        },
        guardian: {
          type: 'http',
          scheme: 'bearer',
          description: "The token of the link that a minor's guardian was mailed.",
        },
        feedback: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token that says that somebody attended, and opens nothing of their registration.',
        },
        organiser: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'An access token of the OpenID provider that `/api/console-config` names. It says who someone is; what they may do are their roles in the event.',
        },
      },
    },
  });
}

function paths(): ZodOpenApiPathsObject {
  const all: ZodOpenApiPathsObject = {};
  for (const [id, route] of Object.entries<Route>(ROUTES)) {
    all[route.path] = { ...all[route.path], [route.method.toLowerCase()]: operation(id, route) };
  }
  return all;
}

function operation(operationId: string, route: Route): ZodOpenApiOperationObject {
  return {
    operationId,
    summary: route.summary,
    tags: [route.function],
    ...(route.auth === 'organiser' && { description: allowed(route.roles) }),
    ...(route.auth !== 'public' && route.kind !== 'page' && { security: [{ [route.auth]: [] }] }),
    requestParams: {
      ...(route.params && { path: route.params }),
      ...(route.query && { query: route.query }),
      ...(route.headers && !isCredential(route.headers) && { header: route.headers }),
    },
    ...(route.body && {
      requestBody: {
        required: true,
        description: `At most ${(route.bodyLimit ?? 0) / 1024} KB`,
        content: {
          [CONTENT_TYPE[route.bodyFormat ?? 'json']]: {
            schema: route.body,
          },
          ...(route.orUpload && { [CONTENT_TYPE.upload]: { schema: route.body } }),
        },
      },
    }),
    responses: { ...successes(route), ...problems(route) },
  };
}

const allowed = (roles: readonly OrganiserRole[] | 'signed-in'): string =>
  roles === 'signed-in' ? 'Anyone who is signed in.' : `For the roles ${roles.join(', ')}.`;

/** OpenAPI describes the `Authorization` header as a security scheme, never as a parameter. */
const isCredential = (headers: z.ZodObject): boolean => 'authorization' in headers.shape;

const PAGES = {
  200: { description: 'A page', content: { 'text/html': {} } },
  303: { description: 'On to the next page' },
} as const;

function successes(route: Route): ZodOpenApiOperationObject['responses'] {
  if (route.kind === 'page') {
    return Object.fromEntries((route.statuses ?? [200]).map((status) => [status, PAGES[status]]));
  }
  if (route.kind === 'pdf') {
    return { 200: { description: 'A document', content: { 'application/pdf': {} } }, 303: PAGES[303] };
  }
  if (route.kind === 'csv') return { 200: { description: 'A table', content: { 'text/csv': {} } } };
  return Object.fromEntries(
    Object.entries(route.output ?? {}).map(([status, schema]) => [
      status,
      { description: 'Success', content: { 'application/json': { schema } } },
    ]),
  );
}

/** Problems that share a status share an entry, which names each type. */
function problems(route: Route): ZodOpenApiOperationObject['responses'] {
  const byStatus = new Map<number, ProblemType[]>();
  for (const type of [...route.errors, 'internal' as const]) {
    byStatus.set(PROBLEMS[type], [...(byStatus.get(PROBLEMS[type]) ?? []), type]);
  }
  const content =
    route.kind === 'page' || route.kind === 'pdf'
      ? { 'text/html': {} }
      : { 'application/problem+json': { schema: problemDocument } };
  return Object.fromEntries(
    [...byStatus].map(([status, types]) => [
      status,
      { description: types.map((type) => `\`urn:plenary:problem:${type}\``).join(', '), content },
    ]),
  );
}
