import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ProblemError } from '../errors.ts';
import { WORKBOOK } from '../route.ts';
import { csvOf } from '../text/csv.ts';

/**
 * What a handler answers: JSON that its route's schema will parse, a page, a table, a document, entries for a calendar, or the way to another
 * page.
 */
export type Reply = JsonReply | PageReply | TableReply | DocumentReply | CalendarReply | SeeOtherReply;

type Headers = Readonly<Record<string, string>> | undefined;

interface JsonReply {
  readonly kind: 'json';
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Headers;
}

interface PageReply {
  readonly kind: 'page';
  readonly status: number;
  readonly html: string;
  readonly headers?: Headers;
}

interface TableReply {
  readonly kind: 'csv';
  /** RFC 4180, in UTF-8. */
  readonly csv: string;
  /** Without its ending. */
  readonly name: string;
}

interface DocumentReply {
  readonly kind: 'pdf' | 'workbook';
  readonly bytes: Uint8Array;
  /** Without its ending. */
  readonly name: string;
}

interface CalendarReply {
  readonly kind: 'calendar';
  /** An iCalendar object (RFC 5545). */
  readonly calendar: string;
  /** With its ending. */
  readonly file: string;
}

interface SeeOtherReply {
  readonly kind: 'see-other';
  readonly location: string;
  readonly cookies: readonly string[];
}

export const json = (status: number, body: unknown): JsonReply => ({ kind: 'json', status, body });
export const page = (html: string, status = 200): PageReply => ({ kind: 'page', status, html });
export const table = (name: string, csv: string): TableReply => ({ kind: 'csv', name, csv });

/** Bytes of Lambda's answer, in which a body is a JSON string: its limit is 6 MB, and headers take some. */
const LARGEST = 6_000_000;

/** @throws ProblemError `export-too-large` for a body that Lambda cannot answer with */
export function requireRoom(body: string): void {
  if (Buffer.byteLength(JSON.stringify(body)) > LARGEST) throw new ProblemError('export-too-large');
}

/** A table of as many rows as there are people or texts. @throws ProblemError `export-too-large` */
export function tableOf(name: string, rows: readonly (readonly string[])[]): TableReply {
  const csv = csvOf(rows);
  requireRoom(csv);
  return table(name, csv);
}

export const document = (kind: DocumentReply['kind'], name: string, bytes: Uint8Array): DocumentReply => ({
  ...{ kind, name, bytes },
});
export const calendarReply = (file: string, calendar: string): CalendarReply => ({ kind: 'calendar', file, calendar });
export const seeOther = (location: string, cookies: readonly string[] = []): Reply => ({
  kind: 'see-other',
  location,
  cookies,
});

/**
 * For what is the same for everyone: CloudFront answers with it for a minute by itself, and once more while it asks anew, so that nobody waits
 * for that. A page is two minutes old then, in browsers that do the same three: a form that is shown after registration closed is refused
 * when it is sent.
 *
 * For a day it also answers with it where functions fail or do not answer, so that an outage shows yesterday's page of the event: when and where
 * it is. What may be wrong on it costs little meanwhile. Nobody can register either way, no seat is given by what a page says, and of a
 * cancelled or moved event everyone registered is told by mail. After a longer outage no page is better than one that nobody answers for.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
 */
const PUBLIC_CACHING = 'public, max-age=0, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400';

export const cachedBriefly = (reply: JsonReply | PageReply): Reply => ({
  ...reply,
  headers: { 'cache-control': PUBLIC_CACHING, vary: 'accept-language' },
});

const download = (type: string, file: string, body: string) => ({
  statusCode: 200,
  headers: {
    'content-type': type,
    'content-disposition': `attachment; filename="${file}"`,
    'cache-control': 'no-store',
  },
  body,
});

/** Their types and endings. */
const DOCUMENTS = {
  pdf: ['application/pdf', 'pdf'],
  workbook: [WORKBOOK, 'xlsx'],
} as const satisfies Record<DocumentReply['kind'], object>;

/** API Gateway's form of a reply; what no one said may be cached, may not. */
export function toResult(reply: Reply): APIGatewayProxyStructuredResultV2 {
  if (reply.kind === 'see-other') {
    return {
      statusCode: 303,
      headers: { location: reply.location, 'cache-control': 'no-store' },
      cookies: [...reply.cookies],
      body: '',
    };
  }
  if (reply.kind === 'csv') return download('text/csv; charset=utf-8', `${reply.name}.csv`, reply.csv);
  if (reply.kind === 'calendar') {
    return download('text/calendar; charset=utf-8; method=PUBLISH', reply.file, reply.calendar);
  }
  if ('bytes' in reply) {
    const [type, ending] = DOCUMENTS[reply.kind];
    const body = Buffer.from(reply.bytes).toString('base64');
    return { ...download(type, `${reply.name}.${ending}`, body), isBase64Encoded: true };
  }
  const [type, body] =
    reply.kind === 'json'
      ? [reply.status >= 400 ? 'application/problem+json' : 'application/json', JSON.stringify(reply.body)]
      : ['text/html; charset=utf-8', reply.html];
  return {
    statusCode: reply.status,
    headers: { 'content-type': type, 'cache-control': 'no-store', ...reply.headers },
    body,
  };
}

/** No inline script or style, nothing from elsewhere, no framing (AB13). */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const SECURE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'geolocation=(), camera=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
} as const;

export const withSecureHeaders = (result: APIGatewayProxyStructuredResultV2): APIGatewayProxyStructuredResultV2 => ({
  ...result,
  headers: { ...SECURE_HEADERS, ...result.headers },
});
