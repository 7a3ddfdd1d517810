import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Route } from '../contract/route.ts';
import { InvalidInputError, ProblemError } from '../errors.ts';

const CONTENT_TYPE = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

/** The fields of a form, each with every value it was sent with, in order. */
export type FormFields = Readonly<Record<string, readonly string[]>>;

/**
 * Decodes the body of a request as its route says.
 *
 * @returns JSON as parsed, or form fields; its schema is not checked yet
 * @throws ProblemError 413, 415 or 400 with `malformed-body`
 */
export function decodeBody(route: Route, event: APIGatewayProxyEventV2): unknown {
  if (route.bodyFormat === undefined) return undefined;
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const limit = route.bodyLimit ?? 0;
  if (bytes.length > limit) throw new ProblemError('too-large', { kilobytes: limit / 1024 });
  const type = (event.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const expected = CONTENT_TYPE[route.bodyFormat];
  if (type !== expected) throw new ProblemError('unsupported-media-type', { expected });
  const text = utf8(bytes);
  return route.bodyFormat === 'json' ? parseJson(text) : parseForm(text);
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError('malformed-body');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, refusePrototype);
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    throw new ProblemError('malformed-body');
  }
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw unknownField(key);
  return value;
}

/** More fields than any form of ours has. */
const MOST_FIELDS = 500;

/**
 * Decoded leniently by `URLSearchParams`, which never throws; a broken escape stays as it was typed.
 *
 * @throws InvalidInputError for a field named `__proto__`
 */
function parseForm(text: string): FormFields {
  const fields: Record<string, string[]> = {};
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    if (count > MOST_FIELDS) throw new ProblemError('malformed-body');
    if (name === '__proto__') throw unknownField(name);
    if (Object.hasOwn(fields, name)) fields[name]?.push(value);
    else fields[name] = [value];
  }
  return fields;
}

const unknownField = (path: string) => new InvalidInputError([{ path, code: 'unknown-field' }]);
