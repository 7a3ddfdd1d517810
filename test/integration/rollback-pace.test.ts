import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { planRollback, pointAliases, readDeployed } from '../../cli/rollback/rollback.ts';
import { HOST, listen, readBody } from '../../local/http.ts';

/** More than a system has. */
const FUNCTIONS = Array.from({ length: 24 }, (_, n) => `function-${n}`);
/** Calls a second that Lambda's control plane takes of an account, in each region. */
const CALLS = 15;

const live = new Map(FUNCTIONS.map((name) => [name, '2']));
let second = { at: 0, calls: 0 };
let refused = 0;
let server: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  server = await listen((request, response) => void answer(request, response), 0);
  for (const [name, value] of Object.entries({
    AWS_REGION: 'ap-southeast-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: `http://${HOST}:${server.port}`,
  }))
    vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, 100_000);
  const [, name = '', what = ''] = /functions\/([^/]+)\/(aliases|versions)/.exec(request.url ?? '') ?? [];
  if (what === '') {
    const members = FUNCTIONS.map(
      (each) =>
        `<member><ResourceType>AWS::Lambda::Alias</ResourceType><PhysicalResourceId>arn:aws:lambda:ap-southeast-1:111122223333:function:${each}:live</PhysicalResourceId></member>`,
    );
    const found = `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>`;
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      `<ListStackResourcesResponse><ListStackResourcesResult>${found}</ListStackResourcesResult></ListStackResourcesResponse>`,
    );
    return;
  }
  const at = Math.floor(performance.now() / 1000);
  second = { at, calls: second.at === at ? second.calls + 1 : 1 };
  const isTooMuch = second.calls > CALLS;
  if (isTooMuch) refused += 1;
  else if (request.method === 'PUT') live.set(name, JSON.parse(String(body)).FunctionVersion);
  const versions = ['aaaa', 'bbbb'].map((release, nth) => ({
    ...{ Version: `${nth + 1}`, Description: `Plenary: ${name}, release ${release}` },
  }));
  const said =
    what === 'versions' ? { Versions: versions } : { FunctionVersion: live.get(name), RevisionId: live.get(name) };
  response.writeHead(isTooMuch ? 429 : 200, {
    'content-type': 'application/json',
    ...(isTooMuch && { 'x-amzn-errortype': 'TooManyRequestsException' }),
  });
  response.end(JSON.stringify(isTooMuch ? { Type: 'User', message: 'Rate exceeded' } : said));
}

it('a rollback points all functions back within a minute, at the pace that Lambda allows', async () => {
  const begun = performance.now();
  const { failed, lines } = await pointAliases(planRollback(await readDeployed('Plenary')), false);
  expect([failed, lines.at(-1)]).toEqual([0, 'release aaaa: 24 changed, 0 left as they were, 0 failed']);
  expect([...new Set(live.values())]).toEqual(['1']);
  expect(refused).toBeGreaterThan(0);
  expect(performance.now() - begun).toBeLessThan(60_000);
});
