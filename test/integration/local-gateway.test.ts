import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MANIFESTS } from '../../functions/manifests.ts';
import type { Authorize } from '../../local/gateway/authorizer.ts';
import { startGateway } from '../../local/gateway.ts';
import type { Listening } from '../../local/http.ts';
import type { FunctionName } from '../../shared/kernel/manifest.ts';

let assets: string;
let gateway: Listening;
/** What the function gets, by name, and what it answers next. */
let calls: { name: string; event: APIGatewayProxyEventV2 }[];
let answer: () => Promise<unknown>;

beforeAll(async () => {
  assets = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  await mkdir(join(assets, 'assets'));
  await writeFile(join(assets, 'assets/site-AAAA.css'), `body { color: red }${' '.repeat(2000)}`);
  await writeFile(join(assets, 'robots.txt'), 'User-agent: *');
  await mkdir(join(assets, 'console'));
  await writeFile(join(assets, 'console/index.html'), '<title>Console</title>');
  await mkdir(join(assets, 'checkin'));
  await writeFile(join(assets, 'checkin/index.html'), '<title>Check-in</title>');
  await writeFile(join(assets, 'checkin/sw.js'), 'self');
  const named = (name: string) => ({
    invoke: async (event: unknown) => {
      calls.push({ name, event: event as APIGatewayProxyEventV2 });
      return answer();
    },
  });
  const names = Object.keys(MANIFESTS) as FunctionName[];
  const functions = Object.fromEntries(names.map((name) => [name, named(name)])) as Record<
    FunctionName,
    ReturnType<typeof named>
  >;
  const authorize: Authorize = async (authorization) =>
    authorization === 'Bearer good' ? { iss: 'https://issuer.test', sub: 'someone' } : undefined;
  gateway = await startGateway({
    functions,
    authorize,
    assets,
    issuer: 'https://login.test/forum',
    originKey: 'current',
    port: 0,
  });
});

afterAll(async () => {
  await gateway.stop();
  await rm(assets, { recursive: true });
});

beforeEach(() => {
  calls = [];
  answer = async () => ({ statusCode: 200, body: '' });
});

const at = (path: string): string => `http://localhost:${gateway.port}${path}`;
const lastEvent = (): APIGatewayProxyEventV2 => calls.at(-1)?.event as APIGatewayProxyEventV2;

describe('the event of a request (payload format 2.0)', () => {
  it('says everything that the documentation names', async () => {
    await fetch(at('/e/forum/find?utm_source=mail&sent&lang=KM-kh&sent=%65n&tag=a'), {
      headers: {
        'User-Agent': 'test',
        'X-Mixed-Case': 'kept',
        cookie: 'one=1; sent=old; __Secure-sent=typed; two=2',
        'accept-language': 'fr, en;q=0.3, km-KH;q=0.7',
        'x-origin-key': 'of-a-viewer',
      },
    });
    expect(calls[0]?.name).toBe('site');
    expect(lastEvent()).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /e/{eventId}/find',
      rawPath: '/e/forum/find',
      rawQueryString: 'lang=km&sent=&sent=%65n',
      queryStringParameters: { lang: 'km', sent: ',en' },
      pathParameters: { eventId: 'forum' },
      cookies: ['__Secure-sent=typed'],
      headers: {
        'accept-language': 'km,en',
        'x-origin-key': 'current',
        'x-mixed-case': 'kept',
        'x-forwarded-for': '127.0.0.1',
        host: `localhost:${gateway.port}`,
      },
      requestContext: {
        domainName: 'localhost',
        http: { method: 'GET', path: '/e/forum/find', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
        routeKey: 'ANY /e/{eventId}/find',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      isBase64Encoded: false,
    });
    expect(lastEvent().headers).not.toHaveProperty('cookie');
    expect(lastEvent()).not.toHaveProperty('body');
  });

  it('leaves out what a request has not', async () => {
    await fetch(at('/api/registration'));
    for (const key of ['cookies', 'queryStringParameters', 'pathParameters', 'body']) {
      expect(lastEvent()).not.toHaveProperty(key);
    }
    expect(lastEvent().rawQueryString).toBe('');
  });

  it('decodes the path, but not a slash into a further segment', async () => {
    await fetch(at('/m/a%20b%2Fc%E1%9E%80'));
    expect(lastEvent()).toMatchObject({ pathParameters: { token: 'a b/cក' }, rawPath: '/m/a b/cក' });
  });

  it.each([
    ['application/json', '{"a":"ក"}', false],
    ['application/json; charset=utf-8', '{}', false],
    ['text/plain', 'ក', false],
    ['application/x-www-form-urlencoded', 'a=%E1%9E%80', true],
    ['multipart/form-data; boundary=x', 'ក', true],
    ['application/octet-stream', 'ក', true],
  ])('gives a body of %s as it should', async (type, body, isBase64Encoded) => {
    await fetch(at('/api/events/forum/registrations'), { method: 'POST', headers: { 'content-type': type }, body });
    expect(lastEvent().isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(lastEvent().body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()).toBe(body);
  });

  it('gives a body without a type in base64', async () => {
    await fetch(at('/api/events/forum/registrations'), { method: 'POST', body: Buffer.from('{}') });
    expect(lastEvent()).toMatchObject({ isBase64Encoded: true, body: 'e30=' });
  });

  it('joins a header that came twice', async () => {
    await new Promise<void>((resolve) => {
      const sent = request(at('/e/forum'), { headers: { 'x-twice': ['1', '2'] } }, (response) => {
        response.resume().on('end', resolve);
      });
      sent.end();
    });
    expect(lastEvent().headers['x-twice']).toBe('1,2');
  });
});

describe('the route of a request', () => {
  const ORGANISERS = '/api/organiser/events/{eventId}';

  it.each([
    ['GET', '/e/forum/register', 'ANY /e/{eventId}/register', 'site', { eventId: 'forum' }],
    ['POST', '/e/forum/register', 'POST /e/{eventId}/register', 'registration', { eventId: 'forum' }],
    ['DELETE', '/e/forum/register', 'ANY /e/{eventId}/register', 'site', { eventId: 'forum' }],
    ['GET', '/e/forum/report', 'ANY /e/{eventId}/report', 'care', { eventId: 'forum' }],
    ['GET', '/nowhere', '$default', 'site', undefined],
    ['DELETE', '/e/forum/', '$default', 'site', undefined],
    ['GET', '/e/', '$default', 'site', undefined],
    ['OPTIONS', '/api/registration', 'ANY /api/registration', 'attendee', undefined],
    ['GET', '/api/organiser/forum', '$default', 'site', undefined],
    ['GET', '/api/organiser/events/forum', `ANY ${ORGANISERS}`, 'team', { eventId: 'forum' }],
    [
      'GET',
      '/api/organiser/events/forum/people',
      `ANY ${ORGANISERS}/{proxy+}`,
      'organiser',
      { eventId: 'forum', proxy: 'people' },
    ],
    ['GET', '/api/organiser/events/forum/me', `ANY ${ORGANISERS}/me`, 'team', { eventId: 'forum' }],
    ['GET', '/api/organiser/events/forum/badges', `ANY ${ORGANISERS}/badges`, 'doors', { eventId: 'forum' }],
    [
      'POST',
      '/api/organiser/events/forum/messages/a%20b/stop',
      `ANY ${ORGANISERS}/messages/{proxy+}`,
      'messages',
      { eventId: 'forum', proxy: 'a b/stop' },
    ],
  ])('%s %s is %s of %s', async (method, path, routeKey, name, pathParameters) => {
    await fetch(at(path), { method, headers: { authorization: 'Bearer good' } });
    expect(calls).toMatchObject([{ name, event: { routeKey, requestContext: { routeKey, http: { method } } } }]);
    expect(lastEvent().pathParameters).toEqual(pathParameters);
  });

  it('asks for a token on every path below an event of organisers, whether or not there is anything', async () => {
    for (const path of ['/api/organiser/events/forum/nothing', '/api/organiser/events/forum/badges/nothing']) {
      expect((await fetch(at(path))).status).toBe(401);
    }
    expect(calls).toEqual([]);
  });
});

describe('the answer to a request', () => {
  it('carries status, headers, cookies and bytes of the function', async () => {
    answer = async () => ({
      statusCode: 201,
      headers: { 'X-Number': 5, 'content-type': 'image/png' },
      cookies: ['a=1; Secure', 'b=2'],
      body: Buffer.from([0, 255]).toString('base64'),
      isBase64Encoded: true,
    });
    const response = await fetch(at('/e/forum'));
    expect(response.status).toBe(201);
    expect(response.headers.get('x-number')).toBe('5');
    expect(response.headers.getSetCookie()).toEqual(['a=1; Secure', 'b=2']);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
  });

  it('takes a result without a status for JSON, and names the type of a body that has none', async () => {
    answer = async () => ({ hello: 'world' });
    const inferred = await fetch(at('/e/forum'));
    expect([inferred.status, inferred.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await inferred.json()).toEqual({ hello: 'world' });
    answer = async () => ({ statusCode: 200, body: 'text' });
    expect((await fetch(at('/e/forum'))).headers.get('content-type')).toMatch(/^text\/plain/);
  });

  it('sends no body to HEAD, yet calls the function', async () => {
    answer = async () => ({ statusCode: 200, headers: { 'content-type': 'text/html' }, body: 'page' });
    const response = await fetch(at('/e/forum'), { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(lastEvent()).toMatchObject({ routeKey: 'ANY /e/{eventId}', requestContext: { http: { method: 'HEAD' } } });
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('is compressed with %s from 1000 bytes on, for who takes it', async (encoding, decompress) => {
    const page = 'ក'.repeat(1000);
    answer = async () => ({ statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page });
    const { headers, bytes } = await rawGet('/e/forum', encoding);
    expect([headers['content-encoding'], headers['vary']]).toEqual([encoding, 'accept-encoding']);
    expect(decompress(bytes).toString()).toBe(page);
    expect((await rawGet('/e/forum', `${encoding};q=0`)).headers['content-encoding']).toBeUndefined();
    answer = async () => ({ statusCode: 200, headers: { 'content-type': 'text/html' }, body: 'short' });
    expect((await rawGet('/e/forum', encoding)).headers['content-encoding']).toBeUndefined();
  });
});

describe("the gateway's own answers", () => {
  const expectMessage = async (response: Response, status: number, message: string) => {
    expect([response.status, await response.text()]).toEqual([status, JSON.stringify({ message })]);
    expect(response.headers.get('content-type')).toBe('application/json');
  };

  it('400 for a path that cannot be decoded', async () => {
    await expectMessage(await fetch(at('/m/%E0%A4%A')), 400, 'Bad Request');
  });

  it('401 for a route of organisers without a valid token; its claims reach the function', async () => {
    const ask = (headers: Record<string, string>) => fetch(at('/api/organiser/events/forum/me'), { headers });
    for (const authorization of ['', 'Bearer bad']) {
      const response = await ask({ authorization });
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      await expectMessage(response, 401, 'Unauthorized');
    }
    expect(calls).toEqual([]);
    expect((await ask({ authorization: 'Bearer good' })).status).toBe(200);
    expect(lastEvent().requestContext).toMatchObject({
      authorizer: { jwt: { claims: { iss: 'https://issuer.test', sub: 'someone' } } },
    });
  });

  it('413 above 10 MB, whether announced or not; 10 MB pass', async () => {
    const post = (body: BodyInit, extra: object = {}) =>
      fetch(at('/api/events/forum/registrations'), { method: 'POST', body, ...extra });
    const limit = 10 * 1024 * 1024;
    expect((await post(Buffer.alloc(limit))).status).toBe(200);
    calls = [];
    await expectMessage(await post(Buffer.alloc(limit + 1)), 413, 'Request Entity Too Large');
    const stream = new Blob([Buffer.alloc(limit + 1)]).stream();
    await expectMessage(await post(stream, { duplex: 'half' }), 413, 'Request Entity Too Large');
    expect(calls).toEqual([]);
  });

  it('500 for a function that fails or answers what cannot be sent, and says nothing of why', async () => {
    answer = () => Promise.reject(new Error('secret'));
    await expectMessage(await fetch(at('/e/forum')), 500, 'Internal Server Error');
    answer = async () => ({ statusCode: 200, body: { not: 'a string' } });
    await expectMessage(await fetch(at('/e/forum')), 500, 'Internal Server Error');
    answer = async () => ({ statusCode: 'abc', body: '' });
    await expectMessage(await fetch(at('/e/forum')), 500, 'Internal Server Error');
  });
});

describe('static files', () => {
  it('have the headers of the bucket, and keep for ever where the name has a hash', async () => {
    const css = await fetch(at('/assets/site-AAAA.css'));
    expect(Object.fromEntries(css.headers)).toMatchObject({
      'content-type': 'text/css',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    expect(await css.text()).toContain('color: red');
    const robots = await fetch(at('/robots.txt'));
    expect(robots.headers.get('cache-control')).toBe('public, max-age=86400');
  });

  it.each(['/assets/none.css', '/assets/', '/assets/%2e%2e/robots.txt%00', '/assets/..%2f..%2f..%2f..%2fetc/passwd'])(
    '%s is not found',
    async (path) => {
      expect((await rawGet(path)).status).toBe(404);
      expect(calls).toEqual([]);
    },
  );
});

describe('the check-in app', () => {
  it.each(['/checkin/', '/checkin/?x=1', '/checkin/anything'])(
    'AB13: has its page at %s, with a camera and no code of others',
    async (path) => {
      const response = await fetch(at(path));
      expect(await response.text()).toBe('<title>Check-in</title>');
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval';");
      expect(response.headers.get('permissions-policy')).toContain('camera=(self)');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    },
  );

  it('has its service worker beside its page, where it may answer for it, and asks for it anew each time', async () => {
    const response = await fetch(at('/checkin/sw.js'));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/javascript']);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const bare = await fetch(at('/checkin'), { redirect: 'manual' });
    expect([bare.status, bare.headers.get('location')]).toEqual([308, '/checkin/']);
    expect((await fetch(at('/checkin/none.js'))).status).toBe(404);
    expect((await fetch(at('/checkin/'), { method: 'POST' })).status).toBe(405);
    expect((await fetch(at('/checkin/..%2f..%2fetc/passwd.txt'))).status).toBe(404);
    await fetch(at('/checkins'));
    expect(calls.map(({ event }) => event.routeKey)).toEqual(['$default']);
  });
});

describe('the console', () => {
  it.each(['/console', '/console/', '/console/?event=forum', '/console/e/forum/registrations/0123456789'])(
    '%s is its one page, never kept, which may talk to the provider',
    async (path) => {
      const page = await fetch(at(path));
      expect(await page.text()).toBe('<title>Console</title>');
      expect(page.headers.get('cache-control')).toBe('no-cache');
      expect(page.headers.get('content-security-policy')).toContain("connect-src 'self' https://login.test;");
      expect(calls).toEqual([]);
    },
  );

  it('is no form to send something to', async () => {
    expect((await fetch(at('/console/'), { method: 'POST' })).status).toBe(405);
    await fetch(at('/consoles'));
    expect(calls.map(({ event }) => event.routeKey)).toEqual(['$default']);
  });
});

/** Without `fetch`, which decompresses and resolves dots in paths by itself. */
function rawGet(path: string, encoding = 'identity') {
  return new Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }>((resolve, reject) => {
    const options = { port: gateway.port, host: '127.0.0.1', path, headers: { 'accept-encoding': encoding } };
    const sent = request(options, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) });
    });
    sent.on('error', reject).end();
  });
}
