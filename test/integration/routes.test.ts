import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { SAMPLE_EVENT } from '../../local/seed.ts';
import { type LocalSystem, startSystem } from '../../local/system.ts';
import { FOR_PEOPLE, methodsOf, type Route, routeKey } from '../../shared/kernel/route.ts';
import { ROUTES } from '../../shared/routes.ts';
import { submission } from '../support/forum.ts';
import { signIn } from '../support/sign-in.ts';

/*
 * What is at no path, or is there for other methods, asked of the running system: the bundles that are deployed, behind the routes that
 * are deployed.
 */

let directory: string;
let system: LocalSystem;
/** Of someone who runs the sample event. */
let organiser: string;
const lines: string[] = [];

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation((...said) => void lines.push(said.join(' ')));
  directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  system = await startSystem({ directory });
  organiser = (await signIn(system, 'organiser')).access_token;
});

afterAll(async () => {
  await system?.stop();
  vi.restoreAllMocks();
  await rm(directory, { recursive: true, force: true });
});

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(system.siteUrl + path, { redirect: 'manual', ...init });

const EVENT = `/e/${SAMPLE_EVENT}`;
/** In what is sent: it is in no line of a log. */
const CANARY = 'canary';
const PROBLEM = 'application/problem+json';

function expectSecure({ headers }: Response): void {
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('content-security-policy')).not.toContain('unsafe');
  expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
}

describe('nothing is there', () => {
  const NOWHERE = [
    '/nowhere',
    `${EVENT}/`,
    `${EVENT}/register/`,
    `${EVENT}/register/more`,
    '/e/',
    '/m/',
    '/%00',
    '//e/x',
  ];

  it.each(NOWHERE)('AB13: %s is the site’s own page, in the reader’s language, kept for a minute', async (path) => {
    const english = await ask(path, { headers: { 'accept-language': 'en-GB' } });
    const khmer = await ask(path, { headers: { 'accept-language': 'km,en;q=0.5' } });
    for (const answer of [english, khmer]) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
      expect(answer.headers.get('vary')).toContain('accept-language');
      expectSecure(answer);
    }
    const [inEnglish, inKhmer] = [await english.text(), await khmer.text()];
    expect(inEnglish).toContain('<html lang="en">');
    expect(inEnglish).toContain('This page does not exist');
    expect(inKhmer).toContain('<html lang="km">');
    expect(inKhmer).toContain('ទំព័រនេះមិនមានទេ');
    expect(await (await ask(`${path}?lang=km`)).text()).toContain('<html lang="km">');
  });

  it('of a personal link with something behind it, nothing is in the page that is kept', async () => {
    const answer = await ask('/m/forum.7K3M9QX2AB.AAAAAAAAAAAAAAAAAAAAAA/');
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('7K3M9QX2AB');
  });

  it('HEAD has the same headers, and no body', async () => {
    const [head, get] = [await ask('/nowhere', { method: 'HEAD' }), await ask('/nowhere')];
    expect([head.status, await head.text()]).toEqual([404, '']);
    for (const name of ['content-type', 'cache-control', 'content-security-policy']) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
    await get.text();
  });

  it('for whatever is sent there: a problem document that nobody keeps', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await ask('/nowhere', { method });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, PROBLEM]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toMatchObject({ type: 'urn:plenary:problem:not-found', status: 404 });
    }
  });

  it.each(['/api/nothing', '/api/events/forum/', '/api/organiser', '/api/organiser/forum'])(
    'below /api, at %s: a problem document',
    async (path) => {
      const answer = await ask(path, { headers: { 'accept-language': 'km' } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, PROBLEM]);
      expect(await answer.json()).toMatchObject({ type: 'urn:plenary:problem:not-found', title: 'ទំព័រនេះមិនមានទេ' });
      expectSecure(answer);
    },
  );

  it('where organisers act: 401 without a token, 404 with one', async () => {
    const below = `/api/organiser/events/${SAMPLE_EVENT}`;
    for (const path of ['/nothing', '/messages/x/y/z', '/badges/x', '/care', '/registrations/', '/feedback/']) {
      const stranger = await ask(below + path);
      expect([path, stranger.status, await stranger.text()]).toEqual([path, 401, '{"message":"Unauthorized"}']);
      const known = await ask(below + path, { headers: { authorization: `Bearer ${organiser}` } });
      expect([path, known.status, known.headers.get('content-type')]).toEqual([path, 404, PROBLEM]);
      expect(known.headers.get('cache-control')).toBe('no-store');
      await known.text();
    }
  });

  it('what cannot be decoded is refused by API Gateway', async () => {
    expect((await ask('/nowhere/%E0%A4%A')).status).toBe(400);
  });
});

describe('another method', () => {
  const paths = [...new Set(Object.values<Route>(ROUTES).map(({ path }) => path))];
  const example = (path: string): string => path.replace('{eventId}', SAMPLE_EVENT).replace(/\{\w+\}/g, 'x');

  it.each(paths)('B1: of %s is 405 with every method that it has', async (path) => {
    const fits = (pattern: string) => new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
    const rows = Object.values<Route>(ROUTES).filter((route) => fits(route.path).test(example(path)));
    const allowed = rows.flatMap(methodsOf);
    const isConsole = rows.some(({ auth }) => auth === 'organiser');
    const headers: Record<string, string> = isConsole ? { authorization: `Bearer ${organiser}` } : {};
    const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter(
      (each) => !allowed.includes(each),
    );
    for (const method of others) {
      const answer = await ask(example(path), { method, headers });
      expect([method, answer.status]).toEqual([method, 405]);
      expect(answer.headers.get('allow')?.split(', ').sort()).toEqual([...new Set(allowed)].sort());
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const isPage = rows.some(({ kind }) => FOR_PEOPLE.includes(kind));
      expect(answer.headers.get('content-type')).toBe(isPage ? 'text/html; charset=utf-8' : PROBLEM);
      const body = await answer.text();
      if (method === 'HEAD') expect(body).toBe('');
      else expect(body).toContain('method-not-allowed');
    }
  });

  it('is said to people on a page in their language, and to programs in a problem document', async () => {
    const page = await ask(EVENT, { method: 'POST', headers: { 'accept-language': 'km' } });
    expect(await page.text()).toContain('មិនអាចធ្វើដូច្នេះនៅអាសយដ្ឋាននេះបានទេ');
    expectSecure(page);
    const document = await ask('/api/registration', { method: 'POST' });
    expect(await document.json()).toMatchObject({
      type: 'urn:plenary:problem:method-not-allowed',
      title: 'That cannot be done at this address',
      status: 405,
    });
  });
});

interface RequestLine {
  readonly message: string;
  readonly correlationId: string;
  readonly routeKey: string;
  readonly status: number;
}

/** What functions say of the requests that they answered, from the so-manieth line on. */
const requestLines = (from: number): RequestLine[] =>
  lines
    .slice(from)
    .filter((line) => line.includes('"message":"request"'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))));

describe('what is logged', () => {
  it('IN7: each route of the contract is named in one line of each of its requests', async () => {
    const from = lines.length;
    const asked: string[] = [];
    for (const route of Object.values<Route>(ROUTES)) {
      const path = route.path.replace('{eventId}', 'nowhere').replace(/\{\w+\}/g, `${CANARY}-x`);
      for (const method of methodsOf(route)) {
        const { status, headers, body } = await ask(`${path}?lang=${CANARY}`, { method, headers: asOrganiser() });
        await body?.cancel();
        asked.push(`${headers.get('x-correlation-id')} ${routeKey(route, method)} ${status}`);
      }
    }
    const named = () => requestLines(from).map((line) => `${line.correlationId} ${line.routeKey} ${line.status}`);
    await expect.poll(() => named().length).toBeGreaterThanOrEqual(asked.length);
    expect(named().sort()).toEqual(asked.sort());
    expect(new Set(requestLines(from).map(({ correlationId }) => correlationId)).size).toBe(asked.length);
    for (const line of requestLines(from)) {
      const { problem: _, calls: __, ...rest } = line as RequestLine & { problem?: string; calls?: object[] };
      const always = [
        'coldStart',
        'correlationId',
        'durationMs',
        'level',
        'message',
        'routeKey',
        'status',
        'timestamp',
      ];
      expect(Object.keys(rest).sort()).toEqual(always);
    }
    expectUnsaid(CANARY, organiser);
  });

  it('IN5, IN7: of 200 unknown paths with addresses and tokens in them, nothing: they are no route', async () => {
    const from = lines.length;
    const paths = Object.values<Route>(ROUTES).map(({ path }) => path);
    const words = fc.constantFrom(`${CANARY}@example.org`, `${CANARY}.7K3M9QX2AB.${'A'.repeat(22)}`, `${CANARY}'";,%`);
    const unknown = fc.record({
      path: fc.constantFrom('', '/api', '/api/organiser', ...paths),
      more: fc.array(words, { minLength: 6, maxLength: 8 }),
      method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
    });
    const asked = fc.sample(unknown, { numRuns: 200, seed: 200 });
    for (const { path, more, method } of asked) {
      const segments = more.map(encodeURIComponent);
      const inPath = path.replace(/\{\w+\}/g, encodeURIComponent(CANARY));
      const query = new URLSearchParams({ q: more.join(), lang: CANARY });
      const { status, body } = await ask(`${inPath}/${segments.join('/')}?${query}`, {
        method,
        headers: asOrganiser(),
      });
      await body?.cancel();
      expect([method, inPath, status]).toEqual([method, inPath, 404]);
    }
    await expect.poll(() => requestLines(from).length).toBeGreaterThanOrEqual(asked.length);
    expect(requestLines(from).map((line) => [line.routeKey, line.status])).toEqual(asked.map(() => ['no route', 404]));
    expectUnsaid(CANARY, organiser);
  });

  it('IN7: a method that a path has not is no route either', async () => {
    const from = lines.length;
    for (const method of ['DELETE', 'OPTIONS', 'PUT']) await ask(`/m/${CANARY}`, { method });
    await expect.poll(() => requestLines(from).length).toBe(3);
    for (const line of requestLines(from)) expect(line).toMatchObject({ routeKey: 'no route', status: 405 });
    expectUnsaid(CANARY);
  });

  const asOrganiser = () => ({ authorization: `Bearer ${organiser}` });
  const expectUnsaid = (...secrets: string[]): void =>
    expect(lines.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);

  it('AU1: names the contract’s route where API Gateway has fewer, and holds no token', async () => {
    const email = 'canary@example.org';
    const sent = await ask(`/api/events/${SAMPLE_EVENT}/registrations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(submission({ email })),
    });
    expect(sent.status).toBe(202);
    const token = await mailedToken(email);
    const [, reference = '', proof = ''] = token.split('.');
    await spoilRegistrations(email);
    const page = await ask(`/m/${token}`);
    const shown = await ask(`/api/organiser/events/${SAMPLE_EVENT}/registrations/${reference}`, {
      headers: { authorization: `Bearer ${organiser}` },
    });
    expect([page.status, shown.status]).toEqual([500, 500]);
    const keys = () =>
      lines.flatMap((line) =>
        line.includes('{"level":"ERROR"') ? [JSON.parse(line.slice(line.indexOf('{'))).routeKey] : [],
      );
    await expect
      .poll(keys)
      .toEqual(
        expect.arrayContaining(['GET /m/{token}', 'GET /api/organiser/events/{eventId}/registrations/{reference}']),
      );
    expectUnsaid(proof, organiser, email, `/m/${token}`);
  });

  async function mailedToken(to: string): Promise<string> {
    const tokenIn = async (): Promise<string | undefined> => {
      const mails = (await (await fetch(`${system.mailboxUrl}/messages?to=${to}`)).json()) as { text: string }[];
      return /\/m\/([\w.-]+)/.exec(mails[0]?.text ?? '')?.[1];
    };
    await expect.poll(tokenIn, { interval: 200 }).toBeDefined();
    return (await tokenIn()) ?? '';
  }

  /** Leaves a registration that no schema accepts. */
  async function spoilRegistrations(email: string): Promise<void> {
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb }),
    );
    const TableName = system.tables.registry;
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    for (const { pk, sk } of Items.filter((item) => item['email'] === email)) {
      await client.send(
        new UpdateCommand({
          TableName,
          Key: { pk, sk },
          UpdateExpression: 'SET #mode = :odd',
          ExpressionAttributeNames: { '#mode': 'mode' },
          ExpressionAttributeValues: { ':odd': email },
        }),
      );
    }
    client.destroy();
  }
});
