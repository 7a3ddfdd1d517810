import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LOCAL_AWS_ENVIRONMENT } from '../../local/aws.ts';
import { type Listening, listen } from '../../local/http.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { ORIGIN_KEY_HEADER } from '../../shared/kernel/http/viewer-request.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import { eventOf } from '../support/call.ts';

/*
 * Calls straight to the API: none of what functions talk to is there, but for an address that counts who comes.
 */

const TAKEN = ['before', 'current', 'next'].map((name) => name.padEnd(43, '-'));
const [BEFORE = '', CURRENT = '', NEXT = ''] = TAKEN;
const OUTDATED = 'outdated'.padEnd(43, '-');

let aws: Listening;
let connections = 0;

beforeAll(async () => {
  aws = await listen((_, response) => {
    connections += 1;
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end('{"__type":"ValidationException"}');
  }, 0);
  for (const [name, value] of Object.entries(LOCAL_AWS_ENVIRONMENT)) vi.stubEnv(name, value);
  for (const service of ['DYNAMODB', 'KMS', 'SES', 'SESV2'])
    vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, `http://127.0.0.1:${aws.port}`);
  vi.stubEnv(ENVIRONMENT.originKeys, JSON.stringify(TAKEN));
});
beforeEach(() => {
  connections = 0;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws?.stop();
});

/** What a function reads of a request before it answers, by name. */
function watched(event: APIGatewayProxyEventV2): { event: APIGatewayProxyEventV2; read: Set<string> } {
  const read = new Set<string>();
  const watch = <T extends object>(what: T, prefix: string): T =>
    new Proxy(what, {
      get(target, name, receiver) {
        if (typeof name === 'string') read.add(`${prefix}${name}`);
        const value: unknown = Reflect.get(target, name, receiver);
        return typeof value === 'object' && value !== null ? watch(value, `${prefix}${String(name)}.`) : value;
      },
    });
  return { event: watch(event, ''), read };
}

async function answerOf(id: RouteId, event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { handler } = await import(`../../functions/${ROUTES[id].function}/index.ts`);
  return handler(event, {} as Context);
}

/** A request that carries whatever its route may read, and a token that API Gateway found valid. */
const request = (id: RouteId, headers: Record<string, string>): APIGatewayProxyEventV2 =>
  eventOf(id, {
    params: { eventId: 'forum', token: 'token', reference: '7K3M9QX2AB' },
    query: { lang: 'km' },
    headers: { authorization: 'Bearer token', 'content-type': 'application/json', ...headers },
    cookies: ['sent=1'],
    body: '{"',
    caller: { issuer: 'https://accounts.test', subject: 'someone' },
  });

describe('AB6: what did not come through CloudFront', () => {
  it.each(Object.keys(ROUTES) as RouteId[])('is refused by %s before anything else of it is looked at', async (id) => {
    const { [ORIGIN_KEY_HEADER]: _, ...without } = request(id, {}).headers;
    const keys = [
      '',
      'wrong',
      OUTDATED,
      CURRENT.slice(1),
      `${CURRENT}x`,
      `${CURRENT},${CURRENT}`,
      JSON.stringify(TAKEN),
    ];
    const sent = [
      { ...request(id, {}), headers: without },
      ...keys.map((key) => request(id, { [ORIGIN_KEY_HEADER]: key })),
    ];
    for (const each of sent) {
      const { event, read } = watched(each);
      const answer = await answerOf(id, event);
      expect(answer).toMatchObject({
        statusCode: 403,
        headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
        body: '{"message":"Forbidden"}',
      });
      // The method, since HEAD is answered without a body.
      const allowed = ['headers', `headers.${ORIGIN_KEY_HEADER}`, 'requestContext', 'requestContext.http'];
      expect([...read].filter((name) => ![...allowed, 'requestContext.http.method'].includes(name))).toEqual([]);
    }
    expect(connections).toBe(0);
  });

  it('needs nothing but the keys: what else functions read of their environment is missing here', () => {
    for (const name of [ENVIRONMENT.registry, ENVIRONMENT.secretsKey]) expect(process.env[name]).toBeUndefined();
  });

  it('is what came without one of three keys; with one, functions begin to work', async () => {
    vi.stubEnv(ENVIRONMENT.registry, 'registry');
    for (const name of [ENVIRONMENT.homeEvent, ENVIRONMENT.mailFrom, ENVIRONMENT.siteUrl]) vi.stubEnv(name, 'any');
    for (const name of [ENVIRONMENT.oidcIssuer, ENVIRONMENT.oidcClientId, ENVIRONMENT.oidcScope])
      vi.stubEnv(name, 'any');
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    for (const key of [BEFORE, CURRENT, NEXT]) {
      connections = 0;
      expect((await answerOf('showEvent', request('showEvent', { [ORIGIN_KEY_HEADER]: key }))).statusCode).toBe(500);
      expect(connections).toBeGreaterThan(0);
    }
    vi.restoreAllMocks();
  });

  it.each(['[]', '["short"]', '[""]', ''])('nothing passes where the environment names %j', async (value) => {
    const sent = ['', 'short', CURRENT].map((key) => request('showEvent', { [ORIGIN_KEY_HEADER]: key }));
    vi.resetModules();
    vi.stubEnv(ENVIRONMENT.originKeys, value);
    for (const each of sent) await expect(answerOf('showEvent', each)).rejects.toThrow();
    vi.stubEnv(ENVIRONMENT.originKeys, JSON.stringify(TAKEN));
  });
});
