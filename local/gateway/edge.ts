import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Answer } from './answer.ts';

/**
 * Sends an answer as CloudFront does: compressed where the viewer takes it, with the headers every response gets.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
 */
export function sendThroughEdge(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const encoding = encodingFor(request, answer);
  const body = encoding === undefined ? answer.body : COMPRESS[encoding](answer.body);
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

function isCompressible({ status, headers, body }: Answer): boolean {
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

function encodingFor(request: IncomingMessage, answer: Answer): 'br' | 'gzip' | undefined {
  if (!isCompressible(answer)) return undefined;
  const accepted = String(request.headers['accept-encoding'] ?? '')
    .split(',')
    .filter((each) => !/;\s*q=0(\.0+)?\s*$/.test(each))
    .map((each) => each.split(';', 1)[0]?.trim());
  return (['br', 'gzip'] as const).find((each) => accepted.includes(each));
}
