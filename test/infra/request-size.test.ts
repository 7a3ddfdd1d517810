import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Route } from '../../shared/kernel/route.ts';
import { WHY_HEADER } from '../../shared/kernel/why.ts';
import { ROUTES } from '../../shared/routes.ts';
import { allowanceOf } from './quotas/quota.ts';

/**
 * Bytes of the request line and the values of all headers that an HTTP API takes; no request for more reaches a function.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const LIMIT = 10_240;

/** A character of a script such as Khmer takes three bytes, and each of these three characters in an address. */
const BYTES_OF_CHARACTER = 9;

/** Ids have at most 60 characters, and references, languages and tokens of links no more; their schemas check more than a length. */
const LONGEST_NAME = 64;

/** Places in a list, which we make ourselves, and a header that is percent-encoded as it is: of letters that stand for themselves. */
const PLAIN = ['since', 'cursor', 'after', WHY_HEADER];

/** Access tokens of Cognito have about 1,100 bytes; those of other providers may name groups. */
const LONGEST_ACCESS_TOKEN = 2048;
/** Of a link or a device. */
const LONGEST_TOKEN = 256;

/** What browsers, and CloudFront on their way, add: agent, accepted types and languages, client hints, addresses. */
const OF_BROWSER_AND_EDGE = 2048;

/** The cookie of the thanks page, the only one there is: an address of 254 characters, percent-encoded. */
const THANKS_COOKIE = 1024;

interface Field {
  readonly maxLength?: number;
}

function bytesOf(schema: z.ZodObject | undefined, overhead: number): number {
  if (schema === undefined) return 0;
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties as Record<string, Field>).reduce((sum, [name, { maxLength }]) => {
    const bytes = PLAIN.includes(name) ? 1 : BYTES_OF_CHARACTER;
    const value = maxLength === undefined ? LONGEST_NAME : maxLength * bytes;
    return sum + name.length + overhead + value;
  }, 0);
}

function bytesOfRequest({ path, auth, params, query, headers }: Route): number {
  const line = path.length + bytesOf(params, 0) + bytesOf(query, 2) + 'DELETE  HTTP/1.1'.length;
  const token = auth === 'organiser' ? LONGEST_ACCESS_TOKEN : LONGEST_TOKEN;
  const cookies = path.endsWith('/thanks') ? THANKS_COOKIE : 0;
  return line + bytesOf(headers, 4) + token + cookies + OF_BROWSER_AND_EDGE;
}

describe('IN9: a request with the longest values fits into what API Gateway takes', () => {
  it.each(Object.entries<Route>(ROUTES))('%s', (_, route) => {
    expect(bytesOfRequest(route)).toBeLessThanOrEqual(allowanceOf({ limit: LIMIT }));
  });

  it('a query of more would not', () => {
    const query = z.strictObject({ q: z.string().max(1000) });
    expect(bytesOfRequest({ ...ROUTES.loadPeople, query })).toBeGreaterThan(allowanceOf({ limit: LIMIT }));
  });
});
