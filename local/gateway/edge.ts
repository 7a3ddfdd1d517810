import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { normaliseRequest, ORIGIN_KEY_HEADER, type Sent } from '../../shared/kernel/http/viewer-request.ts';
import { REQUEST_LIMITS } from '../../shared/request-limits.ts';
import type { GatewayAnswer } from './answer.ts';

/**
 * Sends an answer as CloudFront does: compressed where the viewer takes it, with the headers every response gets.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
 */
export function sendThroughEdge(request: IncomingMessage, response: ServerResponse, answer: GatewayAnswer): void {
  const encoding = encodingFor(request, answer);
  const body = encoding === undefined ? answer.body : compressed(encoding, request.url?.split('?', 1)[0], answer);
  const headers = new Map<string, string[]>();
  for (const [name, value] of answer.headers) headers.set(name, [...(headers.get(name) ?? []), value]);
  for (const [name, values] of headers) response.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  for (const [name, value] of EVERY_RESPONSE) if (!response.hasHeader(name)) response.setHeader(name, value);
  if (isCompressible(answer)) response.appendHeader('vary', 'accept-encoding');
  if (encoding !== undefined) response.setHeader('content-encoding', encoding);
  if (answer.status !== 204 && answer.status !== 304) response.setHeader('content-length', body.length);
  response.writeHead(answer.status).end(request.method === 'HEAD' ? undefined : body);
}

const EVERY_RESPONSE = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
] as const;

/** Bytes between which CloudFront compresses. */
const SMALLEST = 1000;
const LARGEST = 10_000_000;
const STATUSES = [200, 403, 404];
const COMPRESSIBLE =
  /^(text\/(css|html|javascript|plain|xml)|application\/(json|javascript|manifest\+json|xml|wasm)|image\/(svg\+xml|x-icon))\b/;

/** Faster than the densest levels by far, and closer to what an edge does on the fly. */
const BROTLI_QUALITY = 5;
const COMPRESS = {
  br: (body: Buffer) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: (body: Buffer) => gzipSync(body),
};

/** Compressed copies of what never changes, by encoding and path. */
const copies = new Map<string, Buffer>();

function compressed(encoding: keyof typeof COMPRESS, path = '', { headers, body }: GatewayAnswer): Buffer {
  if (!headers.some(([name, value]) => name === 'cache-control' && value.endsWith('immutable')))
    return COMPRESS[encoding](body);
  const key = `${encoding} ${path}`;
  const copy = copies.get(key) ?? COMPRESS[encoding](body);
  copies.set(key, copy);
  return copy;
}

function isCompressible({ status, headers, body }: GatewayAnswer): boolean {
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  const encoded = headers.some(([name]) => name === 'content-encoding');
  return (
    STATUSES.includes(status) &&
    !encoded &&
    body.length >= SMALLEST &&
    body.length <= LARGEST &&
    COMPRESSIBLE.test(type)
  );
}

function encodingFor(request: IncomingMessage, answer: GatewayAnswer): 'br' | 'gzip' | undefined {
  if (!isCompressible(answer)) return undefined;
  const accepted = String(request.headers['accept-encoding'] ?? '')
    .split(',')
    .filter((each) => !/;\s*q=0(\.0+)?\s*$/.test(each))
    .map((each) => each.split(';', 1)[0]?.trim());
  return (['br', 'gzip'] as const).find((each) => accepted.includes(each));
}

/** Changes a request as CloudFront does before it reaches the API: by the function at its edge, then by the header of its origin. */
export function throughDistribution(request: IncomingMessage, originKey: string): void {
  normalise(request);
  request.headersDistinct[ORIGIN_KEY_HEADER] = [originKey];
}

function normalise(request: IncomingMessage): void {
  const [uri = '/', ...query] = (request.url ?? '/').split('?');
  const { 'accept-language': languages, cookie: cookieHeaders = [] } = request.headersDistinct;
  const { querystring, headers, cookies } = normaliseRequest(
    {
      uri,
      querystring: sentQuery(query.join('?')),
      headers: languages === undefined ? {} : { 'accept-language': sentAs(languages) },
      cookies: sentCookies(cookieHeaders),
    },
    REQUEST_LIMITS,
  );
  request.url = querystring === '' ? uri : `${uri}?${querystring}`;
  const wanted = headers['accept-language']?.value;
  if (wanted === undefined) delete request.headersDistinct['accept-language'];
  else request.headersDistinct['accept-language'] = [wanted];
  const kept = Object.entries(cookies).map(([name, { value }]) => `${name}=${value}`);
  if (kept.length === 0) delete request.headersDistinct['cookie'];
  else request.headersDistinct['cookie'] = [kept.join('; ')];
}

/** The cookies of a request as CloudFront's functions see them. */
export function sentCookies(headers: readonly string[]): Record<string, Sent> {
  const pairs = headers.flatMap((header) => header.split(';')).map((pair) => pair.trim().split('='));
  const named = pairs.filter(([name]) => name !== '');
  return Object.fromEntries(named.map(([name = '', ...value]) => [name, { value: value.join('=') }]));
}

/** The parameters of a query as CloudFront's functions see them: percent-encoded as they were sent. */
export function sentQuery(query: string): Record<string, Sent> {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&').filter((each) => each !== '')) {
    const [name = '', ...value] = pair.split('=');
    values.set(name, [...(values.get(name) ?? []), value.join('=')]);
  }
  return Object.fromEntries([...values].map(([name, each]) => [name, sentAs(each)]));
}

const sentAs = (values: readonly string[]): Sent => ({
  value: values[0] ?? '',
  ...(values.length > 1 && { multiValue: values.map((value) => ({ value })) }),
});
