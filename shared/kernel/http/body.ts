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
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const limit = route.bodyLimit ?? 0;
  if (bytes.length > limit) throw new ProblemError('too-large', { kilobytes: limit / 1024 });
  const sentType = event.headers['content-type'] ?? '';
  const type = sentType.split(';')[0]?.trim().toLowerCase();
  const expected = CONTENT_TYPE[route.bodyFormat];
  const isUpload = type === CONTENT_TYPE.upload && (route.orUpload || expected === type);
  if (type !== expected && !isUpload) throw new ProblemError('unsupported-media-type');
  if (isUpload) return fieldsOf(await parseUpload(bytes, sentType), route.mostFields);
  const text = utf8(bytes);
  return route.bodyFormat === 'json' ? parseJson(text) : fieldsOf(new URLSearchParams(text), route.mostFields);
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

/** More fields than any form of ours has whose route names no limit of its own. */
const MOST_FIELDS = 800;

/** Parsed by the platform itself (`Response.formData`), which is fine for what is bounded by the route's limit. */
async function parseUpload(bytes: Buffer, type: string): Promise<[string, string][]> {
  try {
    const parts = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
    return await Promise.all(
      [...parts].map(async ([name, value]): Promise<[string, string]> => {
        if (typeof value === 'string') return [name, value];
        return [name, Buffer.from(await value.arrayBuffer()).toString('base64')];
      }),
    );
  } catch {
    throw new ProblemError('malformed-body');
  }
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
    if (most !== undefined && count > most) throw new ProblemError('too-many-fields', { most });
    if (count > (most ?? MOST_FIELDS)) throw new ProblemError('malformed-body');
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
