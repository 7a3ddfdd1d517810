import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { InvalidInputError } from '../errors.ts';
import { negotiateLanguage } from '../i18n/languages.ts';
import type { Route } from '../route.ts';
import type { FieldIssue } from '../text/field-problem.ts';
import { decodeBody } from './body.ts';
import type { PathParameters } from './find-route.ts';

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type Part<Row extends Route, Name extends string> = [Row] extends [Record<Name, infer Schema>]
  ? Output<Schema>
  : undefined;

/** A request whose every part was parsed by its route's schemas: `HttpRequest<typeof SITE_ROUTES.showHome>`. */
export interface HttpRequest<Row extends Route> {
  readonly params: Part<Row, 'params'>;
  readonly query: Part<Row, 'query'>;
  readonly headers: Part<Row, 'headers'>;
  readonly body: Part<Row, 'body'>;
  /** The language to answer in. */
  readonly language: string;
  readonly cookies: ReadonlyMap<string, string>;
  /** Without the query; it may hold a token: never log it. */
  readonly path: string;
}

/**
 * @param params of the path: those of the contract's route, not of API Gateway's
 * @throws ProblemError when a part cannot be read or does not fit
 */
export async function parseRequest<Row extends Route>(
  route: Row,
  params: PathParameters,
  event: APIGatewayProxyEventV2,
): Promise<HttpRequest<Row>> {
  return {
    params: parsePart(route.params, params),
    query: parsePart(route.query, event.queryStringParameters ?? {}),
    headers: parsePart(route.headers, event.headers),
    body: parsePart(route.body, await decodeBody(route, event)),
    language: requestLanguage(event),
    cookies: cookiesOf(event),
    path: event.rawPath,
  } as HttpRequest<Row>;
}

export const requestLanguage = (event: APIGatewayProxyEventV2): string =>
  negotiateLanguage(event.queryStringParameters?.['lang'], event.headers['accept-language']);

function parsePart(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new InvalidInputError(schemaIssues(parsed.error, value));
  return parsed.data;
}

function cookiesOf(event: APIGatewayProxyEventV2): ReadonlyMap<string, string> {
  const pairs = (event.cookies ?? []).map((cookie): [string, string] => {
    const equals = cookie.indexOf('=');
    return [cookie.slice(0, equals).trim(), cookie.slice(equals + 1).trim()];
  });
  return new Map(pairs);
}

/** What a schema found, in the terms in which the domain reports fields. */
function schemaIssues(error: z.ZodError, input: unknown): FieldIssue[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key): FieldIssue => ({ path: [...path, key].join('.'), code: 'unknown-field' }));
    }
    const code = isUnknownOption(issue) ? 'invalid_value' : issue.code;
    return [{ path: path.join('.') || 'body', code: codeOf(code, valueAt(input, path)) }];
  });
}

/** The field that tells the shapes of a body apart says none of them. */
const isUnknownOption = (issue: z.core.$ZodIssue): boolean => 'discriminator' in issue;

function codeOf(code: string, value: unknown): 'required' | 'unknown-option' | 'wrong-type' {
  if (value === undefined) return 'required';
  return code === 'invalid_value' ? 'unknown-option' : 'wrong-type';
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    input,
  );
}
