import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  GetAliasCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { planRollback, pointAliases, readDeployed } from '../../cli/rollback/rollback.ts';

const formation = mockClient(CloudFormationClient);
const lambda = mockClient(LambdaClient);

interface Fake {
  /** Of each version, from the first. */
  readonly releases: readonly string[];
  /** Of each version, what it is told. */
  readonly variables?: readonly Readonly<Record<string, string>>[];
  live: number;
}

/** As Lambda has them: by name of the function. */
let functions: Record<string, Fake>;
/** Functions whose alias cannot be changed now. */
let broken: string[];

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'ap-southeast-1');
  for (const each of [formation, lambda]) each.reset();
  broken = [];
  // `doors` came with the release c; `site` is as old as the stack.
  functions = {
    doors: { releases: ['cccc'], live: 1 },
    outbox: { releases: ['bbbb', 'cccc'], live: 2 },
    site: { releases: ['aaaa', 'bbbb', 'cccc'], live: 3 },
  };
  const summaries = () => [
    { LogicalResourceId: 'Queue', ResourceType: 'AWS::SQS::Queue', PhysicalResourceId: 'https://sqs/queue' },
    ...Object.keys(functions).map((name) => ({
      ...{ LogicalResourceId: name, ResourceType: 'AWS::Lambda::Alias' },
      PhysicalResourceId: `arn:aws:lambda:ap-southeast-1:111122223333:function:${name}:live`,
    })),
  ];
  formation
    .on(ListStackResourcesCommand)
    .callsFake(({ NextToken }) =>
      NextToken
        ? { StackResourceSummaries: summaries().slice(2) }
        : { StackResourceSummaries: summaries().slice(0, 2), NextToken: 'more' },
    );
  lambda.on(GetAliasCommand).callsFake(({ FunctionName }) => ({
    FunctionVersion: String(functions[FunctionName]?.live),
    RevisionId: `${FunctionName} ${functions[FunctionName]?.live}`,
  }));
  lambda.on(ListVersionsByFunctionCommand).callsFake(({ FunctionName }) => ({
    Versions: [
      { Version: '$LATEST', Description: 'Plenary: it, release ffff' },
      ...(functions[FunctionName]?.releases ?? []).map((release, at) => ({
        Version: String(at + 1),
        Description: `Plenary: ${FunctionName}, release ${release}`,
        Environment: { Variables: functions[FunctionName]?.variables?.[at] ?? {} },
      })),
    ],
  }));
  lambda.on(UpdateAliasCommand).callsFake(({ FunctionName, FunctionVersion, RevisionId, Name }) => {
    const found = functions[FunctionName];
    if (found === undefined || broken.includes(FunctionName)) throw new Error('ServiceException: try again');
    if (Name !== 'live' || RevisionId !== `${FunctionName} ${found.live}`) throw new Error('PreconditionFailed');
    found.live = Number(FunctionVersion);
  });
});
afterAll(() => {
  vi.unstubAllEnvs();
  for (const each of [formation, lambda]) each.restore();
});

const rollback = async (to?: string, isDry = false) =>
  pointAliases(planRollback(await readDeployed('Plenary'), to), isDry);
const live = () => Object.fromEntries(Object.entries(functions).map(([name, each]) => [name, each.live]));

describe('a rollback', () => {
  it('points each function to its version of the release before, and leaves one that release did not have', async () => {
    expect(await rollback()).toEqual({
      lines: [
        'doors: stays at 1, that release did not have it',
        'outbox: 2 -> 1',
        'site: 3 -> 2',
        'release bbbb: 2 changed, 1 left as they were, 0 failed',
      ],
      failed: 0,
    });
    expect(live()).toEqual({ doors: 1, outbox: 1, site: 2 });
  });

  it('goes back no further by itself; by name it does, and forward again to the newest', async () => {
    await rollback();
    expect((await rollback()).lines.at(-1)).toBe('release bbbb: 0 changed, 3 left as they were, 0 failed');
    expect((await rollback('aaaa')).lines.at(-1)).toBe('release aaaa: 1 changed, 2 left as they were, 0 failed');
    expect(live()).toEqual({ doors: 1, outbox: 1, site: 1 });
    await expect(rollback()).rejects.toThrow(/an earlier release than bbbb runs already.*aaaa, bbbb, cccc$/);
    await rollback('newest');
    expect(live()).toEqual({ doors: 1, outbox: 2, site: 3 });
  });

  it('that fails half-way says which function is as it was, and is finished by the same command', async () => {
    broken = ['outbox'];
    const half = await rollback();
    expect(half.failed).toBe(1);
    expect(half.lines).toContain('outbox: 2 -> 1 failed: ServiceException: try again');
    expect(half.lines.at(-1)).toBe('release bbbb: 1 changed, 1 left as they were, 1 failed: run this again');
    expect(live()).toEqual({ doors: 1, outbox: 2, site: 2 });
    broken = [];
    expect((await rollback()).lines).toContain('site: runs 2 already');
    expect(live()).toEqual({ doors: 1, outbox: 1, site: 2 });
  });

  it('takes the release before the newest also where the newest is one that was deployed again', async () => {
    functions = { site: { releases: ['aaaa', 'bbbb', 'aaaa'], live: 3 } };
    expect((await rollback()).lines).toContain('site: 3 -> 2');
    functions = { site: { releases: ['bbbb', 'aaaa', 'bbbb', 'aaaa'], live: 4 } };
    expect((await rollback()).lines).toContain('site: 4 -> 3');
    expect((await rollback('aaaa')).lines).toContain('site: 3 -> 4');
  });

  it('is refused where there is none, for a release that never was, and where no function has an alias', async () => {
    await expect(rollback('dddd')).rejects.toThrow(/there is no release dddd: there are.*aaaa, bbbb, cccc$/);
    functions = { site: { releases: ['aaaa'], live: 1 } };
    await expect(rollback()).rejects.toThrow('there is no release before this one');
    functions = {};
    await expect(rollback()).rejects.toThrow('Plenary-Api has no function that could be put back');
    formation.on(ListStackResourcesCommand).rejects(Object.assign(new Error('gone'), { name: 'ValidationError' }));
    await expect(rollback()).rejects.toThrow('Plenary-Api has no function that could be put back');
    expect(lambda.commandCalls(UpdateAliasCommand)).toEqual([]);
  });

  it('is refused for a release that used other tables or keys, which its role may not reach any more', async () => {
    const told = (REGISTRY_TABLE: string, TICKET_KEY_ID: string, HOME_EVENT = 'one') => ({
      ...{ REGISTRY_TABLE, TICKET_KEY_ID, HOME_EVENT },
    });
    const variables = [told('first', 'one'), told('Plenary-Registry-20261201T090000Z', 'two')];
    functions = {
      site: { releases: ['aaaa', 'bbbb'], live: 2, variables },
      outbox: {
        releases: ['aaaa', 'bbbb'],
        live: 2,
        variables: variables.map(({ TICKET_KEY_ID }) => ({ TICKET_KEY_ID })),
      },
    };
    await expect(rollback()).rejects.toThrow(
      /^release aaaa used another TICKET_KEY_ID, REGISTRY_TABLE, which roles of today do not open: deploy that version/,
    );
    expect(live()).toEqual({ site: 2, outbox: 2 });
    // Where it was done before all the same, the way forward is open.
    for (const each of Object.values(functions)) each.live = 1;
    await rollback('newest');
    expect(live()).toEqual({ site: 2, outbox: 2 });
    functions = {
      site: {
        releases: ['aaaa', 'bbbb'],
        live: 2,
        variables: [told('first', 'one', 'two'), told('first', 'one')],
      },
    };
    await rollback();
    expect(live()).toEqual({ site: 1 });
  });

  it('changes nothing where it is only asked, nor where somebody changed an alias meanwhile', async () => {
    expect((await rollback(undefined, true)).lines.at(-1)).toBe('release bbbb: 2 would change; nothing was changed');
    expect(live()).toEqual({ doors: 1, outbox: 2, site: 3 });
    const plan = planRollback(await readDeployed('Plenary'));
    functions['site'] = { releases: ['aaaa', 'bbbb', 'cccc', 'dddd'], live: 4 };
    expect((await pointAliases(plan, false)).lines).toContain('site: 3 -> 2 failed: PreconditionFailed');
    expect(functions['site'].live).toBe(4);
  });
});

it.each([
  ['rollback', []],
  ['game-day', []],
  ['prove-iam', []],
  ['canary', []],
  ['warm', ['--table', 'Registry', '--write-units', '8000']],
  ['restore', ['--to', '2026-12-01T09:00:00Z']],
])('%s refuses a name that no system can have, and asks AWS for nothing', async (command, more) => {
  const { argv } = process;
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  process.argv = [...argv.slice(0, 2), '--stage', 'My Forum', ...more];
  await import(`../../cli/${command}.ts`);
  const code = process.exitCode;
  Object.assign(process, { argv, exitCode: undefined });
  expect([code, String(printed.mock.calls)]).toEqual([
    2,
    expect.stringContaining('--stage = "My Forum": expected a capital, then at most 19 letters or digits'),
  ]);
  printed.mockRestore();
  expect(formation.calls()).toEqual([]);
});
