import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, type DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { type Config, projectConfig } from '../infra/config.ts';
import { isRecordOutput } from '../infra/stacks/dns.ts';
import type { EventDefinition } from '../shared/event/event.ts';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { RESTORED_TABLES, type RestoredTable, restoredName } from '../shared/kernel/dynamo/tables.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import { roleInvitationStore } from '../shared/team/invitation/role-invitation.store.ts';
import { invitationLink } from '../shared/team/invitation/role-invitation.ts';
import { holdsAny } from '../shared/team/role/organiser-role.ts';
import { roleStore } from '../shared/team/role/role.store.ts';
import { EXIT, UsageError } from './command.ts';
import { describe, readEvent } from './event-file.ts';
import { inviteOrganiser } from './invite-organiser.ts';
import { DeletedEventError, publishEvent } from './publish.ts';

interface Deployment {
  /** What `cdk deploy` is given besides. */
  readonly args: readonly string[];
  /** Address of the first owner. */
  readonly owner?: string | undefined;
  /** A folder of event definitions. */
  readonly events: string;
}

interface DeployDeps {
  /** The command that stands for `cdk`. */
  readonly cdk: readonly string[];
  readonly dynamodb: DynamoDBClient;
  /** See `zone.ts`. */
  readonly nameProblems: (config: Config) => Promise<readonly string[]>;
  readonly typeProblems: (config: Config) => Promise<readonly string[]>;
  readonly zoneProblems: (config: Config) => Promise<readonly string[]>;
  readonly say: (line: string) => void;
  /** Who reads what no log may have; absent where output goes elsewhere. */
  readonly terminal?: Terminal | undefined;
}

interface Terminal {
  readonly ask: (question: string) => Promise<string>;
  readonly show: (line: string) => void;
}

/** By stack, what `cdk deploy` says that it puts out. */
type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Deploys the system, publishes the events that its table does not have, and shows the first owner's link of each event that has none. All of
 * it may be repeated: an event that is there stays as it is, with what the console changed.
 *
 * @returns the exit code, which is cdk's where that failed: nothing is done after it
 * @throws Error that says what is wrong, before anything is deployed; and where an event has no owner, and there is nobody to be shown a link
 */
export async function deploySystem({ args, owner, events: folder }: Deployment, deps: DeployDeps): Promise<number> {
  const { say } = deps;
  if (optionValues(args, ['-O', OUTPUTS]).length > 0) throw new UsageError(`${OUTPUTS} is used by deploy itself`);
  if (owner !== undefined && !isAddress(owner)) throw new UsageError(`--owner ${owner}: expected an email address`);
  const config = projectConfig(optionValues(args, ['-c', '--context']));
  const found = await eventsIn(folder);
  await refuseMissingTables(config, deps);
  await refuseTakenNames(config, deps);
  const [code, outputs] = await deployed(deps.cdk, args);
  if (code !== EXIT.done) return code;
  const of = (stack: string) => outputs[`${config.name}-${stack}`] ?? {};
  const { RegistryTableName: tableName, OutboxTableName: outboxTable, AuditTableName: auditTable } = of('Data');
  const site = of('Web')['SiteUrl'];
  if (!(tableName && outboxTable && auditTable && site)) {
    say('cdk put out no tables and no address: nothing is published.');
    return EXIT.done;
  }
  for (const line of recordsIn(outputs)) say(line);
  const tables = { dynamodb: deps.dynamodb, tableName, outboxTable, auditTable };
  const there: EventDefinition[] = [];
  for (const { definition, warnings } of found) {
    // Nobody reads reports about children yet, or decides anything: organisers open it.
    const registration = { ...definition.registration, closed: true };
    try {
      const { changed, version } = await publishEvent({ ...definition, registration }, { ...tables, onlyNew: true });
      say(`${definition.id}: ${changed ? 'published, its registration closed' : `stays as it is, version ${version}`}`);
      if (changed) for (const line of warnings) say(line);
      there.push(definition);
    } catch (error) {
      if (!(error instanceof DeletedEventError)) throw error;
      say(error.message);
    }
  }
  for (const definition of there) await inviteOwner(definition, { tables, site, owner }, deps);
  return EXIT.done;
}

const OUTPUTS = '--outputs-file';

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

/** What arguments say by an option of these names: `-c a=b`, `-ca=b`, `--context=a=b`. */
export const optionValues = (args: readonly string[], names: readonly string[]): readonly string[] =>
  args.flatMap((each, at) => {
    if (names.includes(each)) return args[at + 1] ?? [];
    const name = names.find((start) => each.startsWith(start.startsWith('--') ? `${start}=` : start));
    return name === undefined ? [] : each.slice(name.length).replace(/^=/, '');
  });

interface FoundEvent {
  readonly definition: EventDefinition;
  /** What is hardly meant, each with its line. */
  readonly warnings: readonly string[];
}

/** @throws Error with each mistake of each file */
async function eventsIn(folder: string): Promise<readonly FoundEvent[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const problems: string[] = [];
  const known = new Map<string, string>();
  const events: FoundEvent[] = [];
  for (const name of files) {
    const file = join(folder, name);
    const { definition, problems: wrong, warnings } = readEvent(await readFile(file, 'utf8'));
    problems.push(...describe(file, wrong));
    if (definition === undefined) continue;
    const other = known.get(definition.id);
    if (other) problems.push(`${file}: id: ${definition.id}: expected another one, which ${other} does not have`);
    known.set(definition.id, file);
    events.push({ definition, warnings: describe(file, warnings, 'warning: ') });
  }
  if (problems.length > 0) throw new Error([...problems, 'Nothing was deployed.'].join('\n'));
  return events;
}

/** A wrong moment would be deployed, and stop every request. */
async function refuseMissingTables({ name, tables }: Config, { dynamodb }: DeployDeps): Promise<void> {
  if (tables === undefined) return;
  const problems: string[] = [];
  for (const table of Object.keys(RESTORED_TABLES) as RestoredTable[]) {
    const TableName = restoredName(name, table, tables);
    const isThere = await dynamodb.send(new DescribeTableCommand({ TableName })).catch((error: unknown) => {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    });
    if (!isThere)
      problems.push(
        `plenary:tables = "${tables}": there is no table ${TableName}; expected what npm run restore printed`,
      );
  }
  if (problems.length > 0) throw new Error([...problems, 'Nothing was deployed.'].join('\n'));
}

async function refuseTakenNames(
  config: Config,
  { nameProblems, typeProblems, zoneProblems, say }: DeployDeps,
): Promise<void> {
  const alike = await nameProblems(config).catch((error: Error) => {
    say(
      `Which systems there are could not be asked (${error.name}). Cognito refuses a name that another has but for its capitals.`,
    );
    return [];
  });
  const taken = await zoneProblems(config).catch((error: Error) => {
    say(
      `The hosted zone could not be looked at (${error.name}). What it has already is not overwritten; the stack Dns fails then, after all others.`,
    );
    return [];
  });
  const missing = await typeProblems(config).catch((error: Error) => {
    say(
      `What CloudFormation makes in this region could not be asked (${error.name}). A stack fails by what it does not.`,
    );
    return [];
  });
  const problems = [...alike, ...taken, ...missing];
  if (problems.length > 0) throw new Error([...problems, 'Nothing was deployed.'].join('\n'));
}

/** Runs `cdk deploy`, in the same terminal. */
async function deployed(cdk: readonly string[], args: readonly string[]): Promise<[code: number, outputs: Outputs]> {
  const folder = await mkdtemp(join(tmpdir(), 'plenary-deploy-'));
  const file = join(folder, 'outputs.json');
  try {
    const code = await exitOf([...cdk, 'deploy', '--all', OUTPUTS, file, ...args]);
    return [code, code === EXIT.done ? JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) : {}];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function exitOf([command = '', ...args]: readonly string[]): Promise<number> {
  // Ctrl-C reaches the child as well, which ends what it began.
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  return new Promise<number>((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  }).finally(() => process.off('SIGINT', ignore));
}

/** Records that nobody makes in a hosted zone. */
function recordsIn(outputs: Outputs): readonly string[] {
  const found = Object.values(outputs).flatMap((stack) =>
    Object.entries(stack).flatMap(([name, value]) => (isRecordOutput(name) ? [`  ${value}`] : [])),
  );
  return found.length > 0 ? ['DNS needs these records, which are not made here; leave out what it has:', ...found] : [];
}

interface Owning {
  readonly tables: Parameters<typeof inviteOrganiser>[1];
  readonly site: string;
  readonly owner: string | undefined;
}

async function inviteOwner(
  { id: eventId }: EventDefinition,
  { tables, site, owner }: Owning,
  { terminal, say }: DeployDeps,
): Promise<void> {
  const stores = { client: documentClient(tables.dynamodb), registry: tables.tableName, system: realSystem };
  const members = await roleStore(stores).list(eventId);
  if (members.some(({ grants }) => holdsAny(grants, ['manage-team']))) return;
  const now = realSystem.now().getTime() / 1000;
  const made = (await roleInvitationStore(stores).list(eventId)).find(
    ({ grants, expiresAt }) => holdsAny(grants, ['manage-team']) && expiresAt > now,
  );
  if (made !== undefined) {
    const until = new Date(made.expiresAt * 1000).toISOString();
    say(
      `${eventId}: the link of its first owner was made before and works until ${until}. For another one: npm run organiser`,
    );
    return;
  }
  if (terminal === undefined) {
    throw new Error(
      `${eventId} has no owner yet, and a link that makes one is shown in a terminal and nowhere else: in one, run npm run deploy -- --owner ADDRESS`,
    );
  }
  const email = owner ?? (await askFor(eventId, terminal));
  const { token, expiresAt } = await inviteOrganiser({ eventId, label: email, email }, tables);
  terminal.show(`${eventId}: for ${email}, and nobody else, once and until ${expiresAt.toISOString()}:`);
  terminal.show(invitationLink(site.replace(/\/$/, ''), eventId, token));
}

/** @throws Error for no address, so that nobody is asked for ever */
async function askFor(eventId: string, { ask }: Terminal): Promise<string> {
  const answer = (await ask(`${eventId} has no owner yet. Email address of the first one: `)).trim();
  if (isAddress(answer)) return answer;
  throw new Error(`"${answer}" is no email address: run npm run deploy -- --owner ADDRESS`);
}
