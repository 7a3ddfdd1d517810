import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteEvent } from '../../cli/delete-event.ts';
import { deploySystem } from '../../cli/deploy-system.ts';
import { loadEvent } from '../../cli/event-file.ts';
import { grantRoles } from '../../cli/grant-roles.ts';
import { publishEvent } from '../../cli/publish.ts';
import { LOCAL_AWS_ENVIRONMENT } from '../../local/aws.ts';
import { type LocalDatabase, startDatabase } from '../../local/database.ts';
import { readStored } from '../../shared/event/publish/stored-event.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { invitationId, roleInvitationStore } from '../../shared/team/invitation/role-invitation.store.ts';
import { roleStore } from '../../shared/team/role/role.store.ts';

const FORUM = 'asean-ict-forum';
const SITE = 'https://forum.test';

let directory: string;
let database: LocalDatabase;
let events: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-deployed-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

beforeEach(async () => {
  const folder = await mkdtemp(join(directory, 'system-'));
  database = await startDatabase({ directory: folder });
  events = join(folder, 'events');
  await mkdir(events);
  await cp(`events/${FORUM}.yaml`, join(events, `${FORUM}.yaml`));
  return () => database.stop();
});

/** Takes cdk's place: writes down what it was called with, and puts out what Data, Mail and Web do. */
async function cdk(code = 0, name = 'Plenary') {
  const calls = join(events, '../calls.json');
  const { registry, outbox, audit } = database.tables;
  const outputs = {
    [`${name}-Data`]: { RegistryTableName: registry, OutboxTableName: outbox, AuditTableName: audit },
    [`${name}-Mail`]: { MailFrom: 'registration@forum.test', DmarcRecord: '_dmarc.forum.test TXT "v=DMARC1; p=none"' },
    [`${name}-Web`]: { SiteUrl: SITE },
  };
  const script = `
    const { appendFileSync, writeFileSync } = require('node:fs');
    const args = process.argv.slice(1);
    appendFileSync(${JSON.stringify(calls)}, JSON.stringify(args) + '\\n');
    writeFileSync(args[args.indexOf('--outputs-file') + 1], ${JSON.stringify(JSON.stringify(outputs))});
    process.exit(${code});`;
  const called = async () =>
    (await readFile(calls, 'utf8').catch(() => '')).split('\n').flatMap((line) => (line ? [JSON.parse(line)] : []));
  return { command: [process.execPath, '-e', script, '--'], called };
}

interface Given {
  readonly args?: readonly string[];
  readonly owner?: string;
  readonly answer?: string;
  readonly isTerminal?: boolean;
  readonly code?: number;
  readonly name?: string;
  readonly nameProblems?: () => Promise<readonly string[]>;
  readonly typeProblems?: () => Promise<readonly string[]>;
  readonly zoneProblems?: () => Promise<readonly string[]>;
}

async function deploy({ args = [], owner, answer = '', isTerminal = true, code, name, ...given }: Given = {}) {
  const { command, called } = await cdk(code, name);
  const [said, shown]: [string[], string[]] = [[], []];
  const ask = async (question: string) => {
    shown.push(question);
    return answer;
  };
  const ended = await deploySystem(
    { args, owner, events },
    {
      ...{ cdk: command, dynamodb: database.client, say: (line: string) => said.push(line) },
      nameProblems: given.nameProblems ?? (async () => []),
      typeProblems: given.typeProblems ?? (async () => []),
      zoneProblems: given.zoneProblems ?? (async () => []),
      terminal: isTerminal ? { ask, show: (line) => shown.push(line) } : undefined,
    },
  ).catch((error: Error) => error);
  return { ended, said, shown, called: await called() };
}

const stores = () => ({
  client: documentClient(database.client),
  registry: database.tables.registry,
  system: realSystem,
});
const stored = () => readStored(stores(), FORUM);

describe('npm run deploy', () => {
  it('runs cdk deploy for all stacks, publishes what the table lacks, and shows the first owner’s link', async () => {
    const args = ['-c', 'plenary:homeEvent=spring-forum', '--require-approval', 'never'];
    const file = join(events, `${FORUM}.yaml`);
    await writeFile(file, (await readFile(file, 'utf8')).replace(/(closesAt: .*)\+07:00/, '$1+08:00'));
    const { ended, said, shown, called } = await deploy({ args, owner: 'owner@forum.test' });
    expect(ended).toBe(0);
    expect(called).toEqual([['deploy', '--all', '--outputs-file', expect.any(String), ...args]]);
    expect((await stored())?.rules.registration.closed).toBe(true);
    expect(said.join('\n')).toContain('_dmarc.forum.test TXT "v=DMARC1; p=none"');
    expect(said.join('\n')).toContain(`${FORUM}: published, its registration closed`);
    expect(said.join('\n')).toMatch(/yaml:\d+:\d+ registration\.closesAt = .*: warning: clocks in/);
    const link = new URL(shown.at(-1) ?? '');
    expect(`${link.origin}${link.pathname}${link.search}`).toBe(`${SITE}/console/?event=${FORUM}`);
    // Nowhere but on the terminal.
    const token = new URLSearchParams(link.hash.slice(1)).get('invitation') ?? '';
    expect(said.join('\n')).not.toContain(token);
    const member = { eventId: FORUM, invitationId: invitationId(token), memberId: 'one', today: '2026-01-01' };
    const joined = await roleInvitationStore(stores()).redeem(member, () => []);
    expect(joined).toMatchObject({
      grants: [{ role: 'organiser' }],
      email: 'owner@forum.test',
      label: 'owner@forum.test',
    });
  });

  it('repeated, changes nothing: neither an event that was edited since, nor who owns it', async () => {
    await deploy({ owner: 'owner@forum.test' });
    const [made] = await roleInvitationStore(stores()).list(FORUM);
    const again = await deploy({ isTerminal: false });
    expect(again.ended).toBe(0);
    expect(again.said.join('\n')).toMatch(/the link of its first owner was made before and works until/);
    expect(await roleInvitationStore(stores()).list(FORUM)).toEqual([made]);

    const identity = { issuer: 'https://accounts.test', subject: 'owner' };
    const tables = { dynamodb: database.client, tableName: database.tables.registry };
    await grantRoles({ eventId: FORUM, identity, label: 'Owner', grants: [{ role: 'organiser' }] }, tables);
    const file = loadEvent(join(events, `${FORUM}.yaml`));
    // Edited: other words, and kept for longer.
    const edited = { ...file, title: { ...file.title, en: 'Edited' }, retention: { ...file.retention } };
    await publishEvent(
      { ...edited, registration: { ...edited.registration, closed: true } },
      { ...tables, outboxTable: database.tables.outbox },
    );
    const before = await stored();
    const last = await deploy({ isTerminal: false });
    expect(last).toMatchObject({ ended: 0, shown: [] });
    expect(last.said).toContain(`${FORUM}: stays as it is, version ${before?.version}`);
    expect(await stored()).toEqual(before);
    expect((await roleStore(stores()).list(FORUM)).length).toBe(1);
  });

  it('leaves out an event that was deleted, and makes no owner of it', async () => {
    await deploy({ owner: 'owner@forum.test' });
    const wait = async () => undefined;
    await deleteEvent(documentClient(database.client), database.tables, FORUM, { ...realSystem, wait });
    const again = await deploy({ owner: 'owner@forum.test' });
    expect(again).toMatchObject({ ended: 0, shown: [] });
    expect(again.said.at(-1)).toMatch(new RegExp(`^${FORUM}: was deleted on \\d{4}-.*, and stays so`));
    expect(await stored()).toBeUndefined();
  });

  it('asks at a terminal whose an event is, and takes no for an answer', async () => {
    const asked = await deploy({ answer: 'nobody' });
    expect(asked.shown).toEqual([expect.stringContaining('Email address of the first one')]);
    expect(asked.ended).toMatchObject({ message: expect.stringContaining('"nobody" is no email address') });
    expect((await deploy({ answer: ' owner@forum.test ' })).shown.at(-2)).toContain(
      'for owner@forum.test, and nobody else',
    );
  });

  it('makes no link where a log would have it, and says so once all else is done', async () => {
    const { ended } = await deploy({ owner: 'owner@forum.test', isTerminal: false });
    expect(ended).toMatchObject({ message: expect.stringContaining(`${FORUM} has no owner yet`) });
    expect(await stored()).toBeDefined();
    expect(await roleInvitationStore(stores()).list(FORUM)).toEqual([]);
  });

  it('ends with the exit code of cdk where that fails, and does nothing after it', async () => {
    expect(await deploy({ code: 3, owner: 'owner@forum.test' })).toMatchObject({ ended: 3, said: [], shown: [] });
    expect(await stored()).toBeUndefined();
  });

  it('reads the tables of the system that -c names', async () => {
    const { ended } = await deploy({ args: ['-c', 'plenary:name=Trial'], name: 'Trial', owner: 'owner@forum.test' });
    expect(ended).toBe(0);
    expect(await stored()).toBeDefined();
    expect((await deploy({ args: ['-cplenary:name=Other'] })).said.join()).toContain('nothing is published');
  });
});

describe('nothing is deployed', () => {
  it.each<[string, Given, string]>([
    [
      'for wrong configuration',
      { args: ['-c', 'plenary:name=My Forum'] },
      'plenary:name = "My Forum": expected a capital',
    ],
    ['for an owner without an address', { owner: 'owner' }, '--owner owner: expected an email address'],
    ['where outputs go elsewhere', { args: ['--outputs-file=x'] }, '--outputs-file is used by deploy itself'],
    [
      'with restored tables that are not there',
      { args: ['-c', 'plenary:tables=20261201T090000Z'] },
      'plenary:tables = "20261201T090000Z": there is no table Plenary-Care-20261201T090000Z; expected what npm run restore',
    ],
    [
      'over what the zone has',
      { zoneProblems: async () => ['forum.test has a record A already'] },
      'forum.test has a record',
    ],
    [
      'under a name that is taken',
      { nameProblems: async () => ['PLENARY is deployed'] },
      'PLENARY is deployed\nNothing was',
    ],
    [
      'where CloudFormation lacks what it makes',
      { typeProblems: async () => ['plenary:monthlyBudget: CloudFormation makes no budgets'] },
      'makes no budgets\nNothing was',
    ],
  ])('%s', async (_, given, message) => {
    const { ended, called } = await deploy(given);
    expect(ended).toMatchObject({ message: expect.stringContaining(message) });
    expect(called).toEqual([]);
  });

  it('for an event that is wrong: each mistake is named with file, line, key, value and what is allowed', async () => {
    const file = join(events, 'broken.yaml');
    const text = await readFile(join(events, `${FORUM}.yaml`), 'utf8');
    await writeFile(file, text.replace(/^timeZone: .*$/m, 'timeZone: Mars/Olympus'));
    const { ended, called } = await deploy();
    expect(String(ended)).toMatch(/broken\.yaml:\d+:\d+ timeZone = "Mars\/Olympus": expected /);
    expect(called).toEqual([]);
  });

  it('for two events of one name', async () => {
    await cp(join(events, `${FORUM}.yaml`), join(events, 'copy.yaml'));
    const { ended, called } = await deploy();
    expect(String(ended)).toContain(`copy.yaml: id: ${FORUM}: expected another one`);
    expect(called).toEqual([]);
  });

  it('but for the zone and systems that may not be looked at: cdk overwrites nothing by itself', async () => {
    const denied = async () => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    const { ended, said } = await deploy({
      nameProblems: denied,
      typeProblems: denied,
      zoneProblems: denied,
      owner: 'owner@forum.test',
    });
    expect(ended).toBe(0);
    expect(said[0]).toContain('could not be asked (AccessDenied)');
    expect(said[1]).toContain('could not be looked at (AccessDenied)');
    expect(said[2]).toContain('could not be asked (AccessDenied)');
  });
});

it('as a command, it says what it takes, and what is missing', async () => {
  const run = async (args: readonly string[], env: Record<string, string> = {}) =>
    promisify(execFile)(resolve('node_modules/.bin/tsx'), ['cli/deploy.ts', ...args], {
      env: { PATH: process.env['PATH'] ?? '', HOME: directory, ...env },
    }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error) => error as { code: number; stdout: string; stderr: string },
    );
  expect(await run(['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: npm run deploy') });
  expect(await run(['--owner'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--owner needs a value') });
  expect(await run([])).toMatchObject({ code: 1, stderr: expect.stringContaining('no region: export AWS_REGION') });
  const wrong = await run(['-c', 'plenary:monthlyBudget=-1'], LOCAL_AWS_ENVIRONMENT);
  expect(wrong).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('plenary:monthlyBudget = "-1": expected an amount'),
  });
}, 60_000);
