import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ENVIRONMENT } from '../env.ts';
import { ORIGIN_KEY_HEADER } from './viewer-request.ts';

type Answer = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * Answers what came through CloudFront, which shows a key of ours (AB6): its rules and limits hold for everyone. Of anything else nothing is
 * looked at but that header.
 *
 * @throws Error where the environment names no keys, before anything is answered
 */
export function throughEdgeOnly(answer: Answer): Answer {
  let keys: readonly string[] | undefined;
  return async (event) => {
    keys ??= readKeys();
    return isOneOf(event.headers[ORIGIN_KEY_HEADER], keys) ? answer(event) : forbidden();
  };
}

/** In API Gateway's own words: it says nothing of whose it is. */
const forbidden = (): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 403,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({ message: 'Forbidden' }),
});

/** Characters; keys have 43. */
const SHORTEST_KEY = 32;

function readKeys(): readonly string[] {
  const keys: string[] = JSON.parse(process.env[ENVIRONMENT.originKeys] ?? '[]');
  if (keys.length === 0 || keys.some((key) => key.length < SHORTEST_KEY))
    throw new Error(`${ENVIRONMENT.originKeys} holds no keys`);
  return keys;
}

/** In a time that depends neither on which it is nor on how much of one was guessed. */
function isOneOf(sent: string | undefined, keys: readonly string[]): boolean {
  const given = digest(sent ?? '');
  return keys.map((key) => timingSafeEqual(given, digest(key))).includes(true);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
