import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  GetAliasCommand,
  LambdaClient,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { LIVE_ALIAS, RELEASE_PATTERN } from '../../shared/kernel/manifest.ts';
import { resourcesIn } from '../stacks.ts';

interface Version {
  readonly number: number;
  /** Of the deployment that made it; all functions of one have the same. */
  readonly release: string;
  /** Tables, keys, queue and sender that it is told of, by the variable that tells it. */
  readonly reaches: Readonly<Record<string, string>>;
}

/** A function as Lambda has it. */
export interface DeployedFunction {
  readonly name: string;
  /** The version that it runs. */
  readonly live: number;
  /** Of its alias: whoever changes that meanwhile is not overwritten. */
  readonly revision: string | undefined;
  /** The oldest first, one at least. */
  readonly versions: readonly Version[];
}

interface Move {
  readonly of: DeployedFunction;
  /** Nothing where that release did not have the function: what it has of today, nothing of then calls. */
  readonly to: number | undefined;
}

export interface RollbackPlan {
  readonly release: string;
  readonly moves: readonly Move[];
}

/** A version keeps what it was told, and its role is that of today: what it was told of then, it may not reach any more. */
const REACHED = [
  ...(['registry', 'outbox', 'audit', 'care', 'feedback', 'wakeUps'] as const),
  ...(['secretsKey', 'feedbackKey', 'ticketKey', 'mailFrom', 'configurationSet'] as const),
].map((name) => ENVIRONMENT[name]);

/** Calls of Lambda's control plane are limited to 15 a second; the SDK waits longer each time. */
const ATTEMPTS = 10;

const lambda = () => new LambdaClient({ maxAttempts: ATTEMPTS });

/**
 * Asks what a system runs, with the credentials and in the region of the environment.
 *
 * @throws Error where it has no function with an alias
 */
export async function readDeployed(stage: string): Promise<DeployedFunction[]> {
  const StackName = `${stage}-Api`;
  const resources = await resourcesIn(new CloudFormationClient({ maxAttempts: ATTEMPTS }), StackName);
  const aliases = resources.filter(({ ResourceType }) => ResourceType === 'AWS::Lambda::Alias');
  // `arn:aws:lambda:<region>:<account>:function:<name>:live`
  const names = aliases.map(({ PhysicalResourceId = '' }) => PhysicalResourceId.split(':')[6] ?? '');
  if (names.length === 0)
    throw new Error(`${StackName} has no function that could be put back: deploy this version first`);
  const client = lambda();
  return await Promise.all(names.sort().map((name) => readFunction(client, name)));
}

async function readFunction(client: LambdaClient, name: string): Promise<DeployedFunction> {
  const { FunctionVersion, RevisionId: revision } = await client.send(
    new GetAliasCommand({ FunctionName: name, Name: LIVE_ALIAS }),
  );
  const versions: Version[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName: name }))
    for (const { Version = '', Description = '', Environment: { Variables = {} } = {} } of Versions) {
      if (Version === '$LATEST') continue;
      const reaches = Object.fromEntries(REACHED.flatMap((name) => (Variables[name] ? [[name, Variables[name]]] : [])));
      versions.push({ number: Number(Version), release: releaseIn(Description), reaches });
    }
  versions.sort((one, other) => one.number - other.number);
  return { name, live: Number(FunctionVersion), revision, versions };
}

const releaseIn = (description: string): string => RELEASE_PATTERN.exec(description)?.[1] ?? '';

/**
 * Which version each function is to run.
 *
 * @param to a release, or `newest`; by default the one before the newest
 * @throws Error where there is none, where an older one runs than that, or where that one used what roles of today do not open
 */
export function planRollback(functions: readonly DeployedFunction[], to?: string): RollbackPlan {
  // A function that came later has fewer: the one with the longest history knows all releases.
  const [longest] = [...functions].sort((one, other) => other.versions.length - one.versions.length);
  const history = longest?.versions.map(({ release }) => release) ?? [];
  const known = `there are, the newest last: ${[...new Set(history)].slice(-10).join(', ')}`;
  const release = to === 'newest' || to === undefined ? history.at(to === 'newest' ? -1 : -2) : to;
  if (release === undefined) throw new Error(`there is no release before this one: ${known}`);
  if (!history.includes(release)) throw new Error(`there is no release ${release}: ${known}`);
  const moves = functions.map((of) => ({ of, to: versionOf(of, release, to === undefined) }));
  if (to === undefined && moves.some(({ of, to: target }) => target !== undefined && of.live < target))
    throw new Error(`an earlier release than ${release} runs already: name one by --to; ${known}`);
  const lost = [...new Set(moves.flatMap(outOfReach))];
  if (lost.length > 0)
    throw new Error(
      `release ${release} used another ${lost.join(', ')}, which roles of today do not open: deploy that version, with the configuration of today`,
    );
  return { release, moves };
}

/** Variables by which a version was told of something else than the newest is, which the roles are for. */
function outOfReach({ of: { versions }, to }: Move): readonly string[] {
  const [then, now] = [versions.find(({ number }) => number === to)?.reaches ?? {}, versions.at(-1)?.reaches ?? {}];
  return Object.keys(then).filter((name) => name in now && then[name] !== now[name]);
}

/** The newest version of a release; where that is deployed again later, `isBefore` leaves the newest of all out. */
const versionOf = ({ versions }: DeployedFunction, release: string, isBefore: boolean): number | undefined =>
  (isBefore ? versions.slice(0, -1) : versions).filter((each) => each.release === release).at(-1)?.number;

/**
 * Points each alias to its version, all at once.
 *
 * @returns a line for each function, and how many of them failed: run again, it changes these alone
 */
export async function pointAliases(
  { release, moves }: RollbackPlan,
  isDry: boolean,
): Promise<{ readonly lines: readonly string[]; readonly failed: number }> {
  const client = lambda();
  const settled = await Promise.all(moves.map((move) => pointAlias(client, move, isDry)));
  const count = (outcome: Outcome) => settled.filter((each) => each.outcome === outcome).length;
  const [changed, failed] = [count('changed'), count('failed')];
  const summary = isDry
    ? `release ${release}: ${changed} would change; nothing was changed`
    : `release ${release}: ${changed} changed, ${moves.length - changed - failed} left as they were, ${failed} failed${failed > 0 ? ': run this again' : ''}`;
  return { lines: [...settled.map(({ line }) => line), summary], failed };
}

type Outcome = 'changed' | 'kept' | 'failed';

async function pointAlias(
  client: LambdaClient,
  { of: { name, live, revision }, to }: Move,
  isDry: boolean,
): Promise<{ readonly outcome: Outcome; readonly line: string }> {
  if (to === undefined) return { outcome: 'kept', line: `${name}: stays at ${live}, that release did not have it` };
  if (to === live) return { outcome: 'kept', line: `${name}: runs ${live} already` };
  const line = `${name}: ${live} -> ${to}`;
  if (isDry) return { outcome: 'changed', line };
  try {
    const alias = { FunctionName: name, Name: LIVE_ALIAS, FunctionVersion: String(to) };
    await client.send(new UpdateAliasCommand({ ...alias, ...(revision && { RevisionId: revision }) }));
    return { outcome: 'changed', line };
  } catch (error) {
    return { outcome: 'failed', line: `${line} failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}
