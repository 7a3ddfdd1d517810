import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LOCAL_AWS_ENVIRONMENT } from '../../local/aws.ts';
import { type Listening, listen, readBody } from '../../local/http.ts';
import { type LocalKeys, startKeys } from '../../local/keys.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { throughEdgeOnly } from '../../shared/kernel/http/handler.case.ts';
import { ORIGIN_KEY_HEADER } from '../../shared/kernel/http/viewer-request.ts';
import { resourcesOf, type Templates, templates } from './fixture.ts';

/** What CloudFormation hears back of a custom resource. */
interface Answered {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly NoEcho: boolean;
  readonly Data?: Readonly<Record<string, string>>;
  readonly Reason?: string;
}

let directory: string;
let keys: LocalKeys;
let cloudFormation: Listening;
let answers: { body: Answered; type: string | undefined }[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'plenary-test-'));
  keys = await startKeys({ directory });
  cloudFormation = await listen(async (request, response) => {
    const body = JSON.parse(String(await readBody(request, 4096)));
    answers.push({ body, type: request.headers['content-type'] });
    response.end();
  }, 0);
  for (const [name, value] of Object.entries({ ...LOCAL_AWS_ENVIRONMENT, AWS_ENDPOINT_URL_KMS: keys.endpoint }))
    vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await cloudFormation?.stop();
  await keys?.stop();
  rmSync(directory, { recursive: true });
});

type Properties = Readonly<Record<string, unknown>>;

/** The custom resource of a stack, and the code of the function that answers for it. */
function madeIn(template: Templates[keyof Templates]): { id: string; properties: Properties; code: string } {
  const [[id, { Properties: properties }] = ['', { Properties: {} }]] = resourcesOf(template, 'Custom::OriginKeys');
  const [functionId] = (properties['ServiceToken'] as unknown as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
  const functions = new Map(resourcesOf(template, 'AWS::Lambda::Function'));
  const code = functions.get(functionId ?? '')?.Properties['Code'] as { ZipFile: string } | undefined;
  return { id, properties, code: String(code?.ZipFile) };
}

/** Runs the code of a template as Lambda does, for what CloudFormation asks. */
async function ask(
  code: string,
  properties: Properties,
  RequestType = 'Create',
  PhysicalResourceId?: string,
): Promise<Answered> {
  answers = [];
  const module: { exports: { handler?: (event: object) => Promise<void> } } = { exports: {} };
  new Function('require', 'exports', code)(createRequire(import.meta.url), module.exports);
  await module.exports.handler?.({
    ...{
      RequestType,
      PhysicalResourceId,
      ResponseURL: `http://127.0.0.1:${cloudFormation.port}/`,
      ResourceProperties: properties,
    },
    ...{ StackId: 'stack', RequestId: 'request', LogicalResourceId: 'OriginKeys' },
  });
  const [{ body } = { body: undefined }] = answers;
  if (body === undefined) throw new Error('CloudFormation heard nothing');
  return body;
}

const withKey = (Generations: readonly string[], KeyId = keys.ids.secrets): Properties => ({ KeyId, Generations });

describe('the keys', () => {
  const { code } = madeIn(templates().Web);

  it('are 32 bytes, one for each generation, and the same whenever they are made', async () => {
    const made = await ask(code, withKey(['1', '2']));
    expect(made).toMatchObject({
      ...{ Status: 'SUCCESS', NoEcho: true, PhysicalResourceId: 'origin-keys-2' },
      ...{ StackId: 'stack', RequestId: 'request', LogicalResourceId: 'OriginKeys' },
    });
    const { Generation1 = '', Generation2 = '' } = made.Data ?? {};
    for (const each of [Generation1, Generation2]) expect(Buffer.from(each, 'base64url')).toHaveLength(32);
    expect(Generation1).not.toBe(Generation2);
    const again = await ask(code, withKey(['2', '3', '4']), 'Update');
    expect(again.Data).toMatchObject({ Generation2 });
    // What CloudFormation signed its address for.
    expect(answers[0]?.type).toBe('');
  });

  it('are of no other secret, whatever is asked for', async () => {
    const { Data } = await ask(code, withKey(['/../../secrets/v1']));
    expect(Object.keys(Data ?? {})).toEqual(['GenerationNaN']);
  });

  it('need nothing when they go, and say no more than the name of what failed', async () => {
    expect(await ask(code, withKey(['1'], 'no-such-key'), 'Delete')).toMatchObject({ Status: 'SUCCESS', Data: {} });
    const failed = await ask(code, withKey(['1'], 'no-such-key'));
    expect(failed).toMatchObject({ Status: 'FAILED', Reason: 'no keys: NotFoundException' });
    expect(failed.Data).toBeUndefined();
  });

  it('are not made of a generation further than one from that which is in force, up or down; going back is never refused', async () => {
    for (const far of ['1', '5']) {
      const refused = await ask(code, withKey([far]), 'Update', 'origin-keys-3');
      expect(refused).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'origin-keys-3' });
      expect(refused.Reason).toBe(
        `plenary:originKeyGeneration is raised or lowered by more than one: from 3 to ${far}`,
      );
      // CloudFormation undoes what failed: as before.
      expect(await ask(code, withKey(['3']), 'Update', 'origin-keys-3')).toMatchObject({ Status: 'SUCCESS' });
    }
    for (const near of ['2', '3', '4'])
      expect(await ask(code, withKey([near]), 'Update', 'origin-keys-3')).toMatchObject({
        ...{ Status: 'SUCCESS', PhysicalResourceId: `origin-keys-${near}` },
      });
    // Of functions, the highest of those that they take.
    expect(await ask(code, withKey(['2', '3', '4']), 'Update', 'origin-keys-3')).toMatchObject({ Status: 'SUCCESS' });
    expect(await ask(code, withKey(['3', '4', '5']), 'Update', 'origin-keys-3')).toMatchObject({ Status: 'FAILED' });
  });

  it('are never written to a log, and are in no output', async () => {
    const said: string[] = [];
    for (const method of ['log', 'info', 'warn', 'error'] as const)
      vi.spyOn(console, method).mockImplementation((...words) => void said.push(words.join(' ')));
    await ask(code, withKey(['1']));
    await ask(code, withKey(['1'], 'no-such-key'));
    vi.restoreAllMocks();
    expect(said).toEqual([]);
    for (const template of Object.values(templates()))
      expect(JSON.stringify(template.findOutputs('*'))).not.toMatch(/Generation|OriginKeys/);
  });

  it('are made by what may do nothing else', () => {
    const { Web, Api } = templates();
    for (const template of [Web, Api]) {
      const [[, role] = []] = resourcesOf(template, 'AWS::IAM::Role').filter(([id]) => id.startsWith('OriginKeys'));
      const policies: { PolicyDocument: { Statement: { Action: string; Resource: unknown }[] } }[] =
        role?.Properties['Policies'] ?? [];
      expect(policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)).toEqual([
        {
          ...{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] },
          Resource: { 'Fn::GetAtt': [expect.stringMatching(/^OriginKeysLog/), 'Arn'] },
        },
        {
          ...{ Effect: 'Allow', Action: 'kms:GenerateMac' },
          Resource: { 'Fn::ImportValue': expect.stringContaining('SecretsKey') },
        },
      ]);
      expect(role?.Properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });
});

/** What a deployment of one generation runs, in each of the stacks that take part. */
interface Deployed {
  readonly exported: readonly string[];
  readonly web: { readonly sent: string; readonly imports: readonly string[] };
  readonly api: { readonly taken: readonly string[]; readonly imports: readonly string[] };
}

const deployments = new Map<number, Promise<Deployed>>();

function deployed(generation: number): Promise<Deployed> {
  const known = deployments.get(generation) ?? deploy(generation);
  deployments.set(generation, known);
  return known;
}

/** What stands in templates of one generation, with the values that the code in them really makes. */
async function deploy(generation: number): Promise<Deployed> {
  const { Data, Web, Api } = templates({ 'plenary:originKeyGeneration': String(generation) });
  const [[, distribution] = []] = resourcesOf(Web, 'AWS::CloudFront::Distribution');
  const origins: { OriginCustomHeaders?: { HeaderName: string; HeaderValue: unknown }[] }[] =
    distribution?.Properties['DistributionConfig']?.['Origins'] ?? [];
  const headers = origins.flatMap(({ OriginCustomHeaders = [] }) => OriginCustomHeaders);
  expect(headers.map(({ HeaderName }) => HeaderName)).toEqual([ORIGIN_KEY_HEADER]);
  const environments = resourcesOf(Api, 'AWS::Lambda::Function').flatMap(([, { Properties }]) => {
    const value: unknown = Properties['Environment']?.['Variables']?.[ENVIRONMENT.originKeys];
    return value === undefined ? [] : [value];
  });
  expect(environments.length).toBeGreaterThan(10);
  const [inWeb, inApi] = [await valuesOf(Web), await valuesOf(Api)];
  return {
    exported: Object.values(Data.findOutputs('*')).flatMap(({ Export }) => (Export ? [Export.Name] : [])),
    web: { sent: resolve(headers[0]?.HeaderValue, inWeb), imports: importsIn(Web) },
    api: { taken: environments.map((each) => resolve(each, inApi)), imports: importsIn(Api) },
  };
}

/** The attributes of a stack's custom resource. */
async function valuesOf(template: Templates[keyof Templates]): Promise<(id: string, name: string) => string> {
  const made = madeIn(template);
  expect(made.properties['KeyId']).toEqual({ 'Fn::ImportValue': expect.stringContaining('SecretsKey') });
  const { Data = {} } = await ask(made.code, { ...made.properties, KeyId: keys.ids.secrets });
  return (id, name) => {
    const value = id === made.id ? Data[name] : undefined;
    if (value === undefined) throw new Error(`CloudFormation knows no ${id}.${name}`);
    return value;
  };
}

function resolve(value: unknown, attribute: (id: string, name: string) => string): string {
  if (typeof value === 'string') return value;
  const { 'Fn::GetAtt': get, 'Fn::Join': join } = value as {
    'Fn::GetAtt'?: string[];
    'Fn::Join'?: [string, unknown[]];
  };
  if (get) return attribute(get[0] ?? '', get[1] ?? '');
  if (join) return join[1].map((each) => resolve(each, attribute)).join(join[0]);
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}

const importsIn = (template: Templates[keyof Templates]): string[] => [
  ...new Set(
    [...JSON.stringify(template.toJSON()).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => `${name}`),
  ),
];

/** What requests through a distribution are answered with by functions, each with its own environment. */
async function refused({ sent }: Deployed['web'], { taken }: Deployed['api']): Promise<boolean> {
  const event = { headers: { [ORIGIN_KEY_HEADER]: sent } } as never;
  for (const environment of new Set(taken)) {
    vi.stubEnv(ENVIRONMENT.originKeys, environment);
    const { statusCode } = await throughEdgeOnly(async () => ({ statusCode: 200 }))(event);
    if (statusCode !== 200) return true;
  }
  return false;
}

const STACKS = ['data', 'web', 'api'] as const;
type State = Readonly<Record<(typeof STACKS)[number], 'old' | 'new'>>;

/** What can follow: any stack is updated or rolled back, whatever the others are. */
const nextOf = (state: State): State[] =>
  STACKS.map((stack) => ({ ...state, [stack]: state[stack] === 'old' ? 'new' : 'old' }));

/** Every state that some order of updates and rollbacks leads to. */
function everyState(): State[] {
  const reached = new Map<string, State>();
  const open: State[] = [{ data: 'old', web: 'old', api: 'old' }];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const name = JSON.stringify(state);
    if (reached.has(name)) continue;
    reached.set(name, state);
    open.push(...nextOf(state));
  }
  return [...reached.values()];
}

/** The states on the way between two generations in which a request is refused, or a stack lacks what it imports. */
async function failingBetween(before: number, after: number): Promise<State[]> {
  const generations = { old: await deployed(before), new: await deployed(after) };
  const failing: State[] = [];
  for (const state of everyState()) {
    const { exported } = generations[state.data];
    const { web } = generations[state.web];
    const { api } = generations[state.api];
    const fromData = [...web.imports, ...api.imports].filter((name) => name.startsWith('Plenary-Data:'));
    expect(fromData.some((name) => name.includes('SecretsKey'))).toBe(true);
    const lacking = fromData.filter((name) => !exported.includes(name));
    if (lacking.length > 0 || (await refused(web, api))) failing.push(state);
  }
  return failing;
}

describe('AB6: while the generation changes', () => {
  it('looks at all eight states of three stacks', () => expect(everyState()).toHaveLength(8));

  it.each([
    [1, 2],
    [2, 3],
    [3, 4],
    [2, 1],
    [3, 2],
    [2, 2],
  ])('from %i to %i, no order of updates and rollbacks refuses a request', async (before, after) => {
    expect(await failingBetween(before, after)).toEqual([]);
  });

  it.each([
    [1, 3],
    [4, 2],
  ])('from %i to %i at once, some would: one at a time is raised', async (before, after) => {
    expect((await failingBetween(before, after)).length).toBeGreaterThan(0);
  });

  it('once one stack was left behind, a second change would refuse: it waits until all are deployed', async () => {
    const [first, second, third] = [await deployed(1), await deployed(2), await deployed(3)];
    expect(await refused(second.web, first.api)).toBe(false);
    expect(await refused(third.web, first.api)).toBe(true);
    expect(await refused(third.web, second.api)).toBe(false);
  });

  it('one that leaked is refused once it was raised twice', async () => {
    const [leaked, next, last] = [await deployed(2), await deployed(3), await deployed(4)];
    expect(await refused(leaked.web, next.api)).toBe(false);
    expect(await refused(leaked.web, last.api)).toBe(true);
  });
});
