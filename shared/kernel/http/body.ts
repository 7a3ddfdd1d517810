import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { InvalidInputError, ProblemError } from '../errors.ts';
import type { Route } from '../route.ts';

/** The fields of a form, each with every value it was sent with, in order. */
export type FormFields = Readonly<Record<string, readonly string[]>>;

/**
 * Decodes the body of a request as its route says.
 *
 * @returns JSON as parsed, or form fields, files as their bytes in base64; its schema is not checked yet
 * @throws ProblemError 413, 415 or 400 with `malformed-body`; 413 with `too-many-fields` where the route says how many it takes
 */
export async function decodeBody(route: Route, event: APIGatewayProxyEventV2): Promise<unknown> {
  if (route.bodyFormat === undefined) return undefined;
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf-8');
  const limit = route.bodyLimit ?? 0;
  if (bytes.length > limit) throw new ProblemError('too-large', { kilobytes: limit / 1024 });
  const sentType = event.headers['content-type'] ?? '';
  const type = sentType.split(';')[0]?.trim().toLowerCase();
  const expected = CONTENT_TYPE[route.bodyFormat];
  const isUpload = type === CONTENT_TYPE.upload && (route.orUpload || expected === type);
  if (type !== expected && !isUpload) throw new ProblemError('unsupported-media-type');
  try {
    if (isUpload) return fieldsOf(await parseUpload(bytes, sentType), route.mostFields);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return route.bodyFormat === 'json'
      ? JSON.parse(text, readValue)
      : fieldsOf(new URLSearchParams(text), route.mostFields);
  } catch (error) {
    throw error instanceof ProblemError ? error : new ProblemError('malformed-body');
  }
}

/** Half of a character, which no database takes, becomes what a form makes of it: U+FFFD. */
function readValue(key: string, value: unknown): unknown {
  if (key === '__proto__') throw unknownField(key);
  return typeof value === 'string' ? String(Buffer.from(value)) : value;
}

/** More fields than any form of ours has whose route names no limit of its own. */
const MOST_FIELDS = 800;

/** Parsed by the platform itself (`Response.formData`), which is fine for what is bounded by the route's limit. */
async function parseUpload(bytes: Buffer, type: string): Promise<[string, string][]> {
  const parts = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  return Promise.all(
    [...parts].map(
      async ([name, value]): Promise<[string, string]> => [
        name,
        typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()).toString('base64'),
      ],
    ),
  );
}

/**
 * Forms are decoded leniently by `URLSearchParams`, which never throws; a broken escape stays as it was typed.
 *
 * @param most of the route, whose people are told so; nobody else fills in a form of ours with too many
 * @throws InvalidInputError for a field named `__proto__`; ProblemError
 */
function fieldsOf(sent: Iterable<[string, string]>, most: number | undefined): FormFields {
  const fields: Record<string, string[]> = {};
  let count = 0;
  for (const [name, value] of sent) {
    count += 1;
    if (count > (most ?? MOST_FIELDS))
      throw most ? new ProblemError('too-many-fields', { most }) : new ProblemError('malformed-body');
    if (name === '__proto__') throw unknownField(name);
    if (Object.hasOwn(fields, name)) fields[name]?.push(value);
    else fields[name] = [value];
  }
  return fields;
}

const unknownField = (path: string) => new InvalidInputError([{ path, code: 'unknown-field' }]);

/** What a body says of itself, by the format that its route takes. */
export const CONTENT_TYPE = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  upload: 'multipart/form-data',
} as const;
