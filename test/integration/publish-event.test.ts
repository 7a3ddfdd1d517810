import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import timers from 'node:timers/promises';
import { promisify } from 'node:util';
import { GetCommand, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadEvent } from '../../cli/event-file.ts';
import { grantRoles } from '../../cli/grant-roles.ts';
import { publishEvent } from '../../cli/publish.ts';
import { LOCAL_AWS_ENVIRONMENT } from '../../local/aws.ts';
import { type LocalDatabase, startDatabase } from '../../local/database.ts';
import { eventStore } from '../../shared/event/event.store.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { joinTexts } from '../../shared/event/event-texts.ts';
import { definitionProblems } from '../../shared/event/publish/definition-problems.case.ts';
import { readStored } from '../../shared/event/publish/stored-event.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { eventKey, type ItemKey, registrationKey, textKey } from '../../shared/kernel/dynamo/keys.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { counterKey } from '../../shared/seats/counter.store.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';

const FILE = resolve('events/asean-ict-forum.yaml');
const FORUM = loadEvent(FILE);

let directory: string;
let database: LocalDatabase;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-publish-'));
  database = await startDatabase({ directory });
});

afterAll(async () => {
  await database?.stop();
  await rm(directory, { recursive: true, force: true });
});

const publish = (definition: EventDefinition) =>
  publishEvent(definition, {
    dynamodb: database.client,
    tableName: database.tables.registry,
    outboxTable: database.tables.outbox,
  });

/** Someone who may read reports, and a deputy: registration does not open without. */
async function grantReaders(eventId: string, reader: RoleGrant = { role: 'safeguarding', vettedUntil: '2099-12-31' }) {
  const table = { dynamodb: database.client, tableName: database.tables.registry };
  const people = { reader, deputy: { role: 'safeguarding', deputy: true } } as const;
  for (const [subject, grant] of Object.entries(people)) {
    const identity = { issuer: 'https://accounts.test', subject };
    await grantRoles({ eventId, identity, label: subject, grants: [grant] }, table);
  }
}

async function read(key: ItemKey): Promise<Record<string, unknown> | undefined> {
  const command = new GetCommand({ TableName: database.tables.registry, Key: key, ConsistentRead: true });
  return (await documentClient(database.client).send(command)).Item;
}

async function countersOfQuota(eventId: string, quota: string, most: number): Promise<Record<string, unknown>[]> {
  const ids = Array.from({ length: most }, (_, shard) => ({ quota, shard }));
  const found = await Promise.all(ids.map((id) => read(counterKey(eventId, id))));
  return found.filter((counter) => counter !== undefined);
}
const sum = (items: readonly Record<string, unknown>[], name: string): number =>
  items.reduce((total, item) => total + Number(item[name]), 0);

/** Each test has an event of its own. */
const forumAs = (id: string, changes: Partial<EventDefinition> = {}): EventDefinition => ({ ...FORUM, id, ...changes });

const ISLAND = { added: [{ code: 'XA', title: { en: 'Sample Island', km: 'កោះគំរូ' } }] };

const withSeats = (id: string, capacity: number): EventDefinition =>
  forumAs(id, { quotas: FORUM.quotas.map((quota) => (quota.id === 'in-person' ? { ...quota, capacity } : quota)) });

describe('publishEvent', () => {
  it('leaves an event cancelled where the file does not say whether it takes place', async () => {
    const event = forumAs('called-off');
    await publish(event);
    expect(await publish({ ...event, status: 'cancelled' })).toMatchObject({ announced: 'event-cancelled' });
    expect(await publish(event)).toMatchObject({ changed: false });
    const reworded = await publish({ ...event, host: { en: 'Another host', km: 'ម្ចាស់ផ្ទះផ្សេង' } });
    expect(reworded).toMatchObject({ changed: true });
    expect(reworded.announced).toBeUndefined();
    const store = eventStore({
      client: documentClient(database.client),
      registry: database.tables.registry,
      system: realSystem,
    });
    expect((await store.readEvent('called-off', 'en'))?.event).toMatchObject({
      host: 'Another host',
      status: 'cancelled',
    });
    expect(await publish({ ...event, status: 'scheduled' })).toMatchObject({ changed: true });
  });

  it('says what people may have chosen that is no longer offered, once, and keeps the names of places that were added', async () => {
    const event = forumAs('dropped', { countries: ISLAND });
    expect((await publish(event)).dropped).toBeUndefined();
    const without = <Part extends { readonly id: string }>(parts: readonly Part[], ...ids: string[]): readonly Part[] =>
      parts.filter(({ id }) => !ids.includes(id));
    const { countries: _, ...others } = event;
    const less: EventDefinition = {
      ...others,
      countries: { leftOut: ['XK'] },
      categories: without(event.categories, 'ngo'),
      days: without(event.days, 'day-1'),
      sessions: without(event.sessions, 'industry-first-steps', 'opening'),
      questions: without(event.questions, 'companyReach').map((question) => ({
        ...question,
        ...(question.id === 'interpretation' && { options: without(question.options ?? [], 'khmer') }),
      })),
    };
    const gone = (part: string, id: string, name: string, shown = id) => ({ part, id, name, shown });
    expect((await publish(less)).dropped).toEqual([
      gone('categories', 'ngo', 'Non-governmental organisation (NGO)'),
      gone('days', 'day-1', 'First day'),
      gone(
        'sessions',
        'industry-first-steps',
        'Where to begin: child online protection in small companies and start-ups',
      ),
      gone('questions.interpretation', 'khmer', 'Khmer'),
      gone('countries', 'XK', 'Kosovo', 'Kosovo'),
      gone('countries', 'XA', 'Sample Island', 'Sample Island'),
    ]);
    expect(await publish(less)).toEqual({ version: 2, changed: false, overfull: [] });
    expect((await publish({ ...less, host: { en: 'Another host', km: 'ម្ចាស់ផ្ទះផ្សេង' } })).dropped).toBeUndefined();
  });

  it('keeps the name of a place that it adds no more, in what the console may change', async () => {
    const version = await publish(forumAs('places', { countries: ISLAND }));
    const now = { added: [{ code: 'XB', title: { en: 'Sample Island', km: 'កោះ' } }] };
    expect(await publish(forumAs('places', { countries: now }))).toMatchObject({
      version: version.version + 1,
      dropped: [{ id: 'XA', name: 'Sample Island', shown: 'Sample Island (XA)' }],
    });
    const { client: dynamodb, tables } = database;
    const stored = await readStored({ client: documentClient(dynamodb), registry: tables.registry }, 'places');
    if (stored === undefined) throw new Error('there is no such event');
    const kept = joinTexts(stored.rules, stored.texts);
    expect(kept.countries).toEqual({
      added: [...now.added, { code: 'XA', title: { en: 'Sample Island (XA)', km: 'កោះគំរូ' } }],
      leftOut: ['XA'],
    });
    expect(definitionProblems(kept)).toEqual([]);
    // What is added anew is offered again, by its name of now.
    expect(await publish(forumAs('places', { countries: ISLAND }))).toMatchObject({ dropped: [{ id: 'XB' }] });
  });

  it('makes the event readable in each of its languages, with empty counters', async () => {
    const event = forumAs('readable');
    expect(await publish(event)).toEqual({ version: 1, changed: true, overfull: [] });

    const store = eventStore({
      client: documentClient(database.client),
      registry: database.tables.registry,
      system: realSystem,
    });
    const khmer = await store.readEvent('readable', 'km');
    expect(khmer?.event.host).toBe(FORUM.host.km);
    expect(khmer?.event.sessions[1]?.abstract).toBe(FORUM.sessions[1]?.abstract?.km);
    expect((await store.readEvent('readable', 'th'))?.event.title).toBe(FORUM.title.en);
    expect(await read(counterKey('readable', { quota: 'media-in-person', shard: 0 }))).toEqual({
      ...counterKey('readable', { quota: 'media-in-person', shard: 0 }),
      ...{
        v: 1,
        capacity: 15,
        taken: 0,
        waiting: 0,
        open: 15,
        kept: 0,
        openings: 0,
        counters: 2,
        seats: 30,
        version: 1,
      },
    });
    expect(await countersOfQuota('readable', 'in-person', 64)).toHaveLength(16);
  });

  it('changes nothing when the same event is published again, whatever version its author writes', async () => {
    await publish(forumAs('again'));
    const before = await read(eventKey('again'));
    expect(await publish(forumAs('again'))).toEqual({ version: 1, changed: false, overfull: [] });
    expect(await publish(forumAs('again', { version: 7 }))).toEqual({ version: 1, changed: false, overfull: [] });
    expect(await read(eventKey('again'))).toEqual(before);
  });

  it('raises the version with each change of rules or words, and at least to the authored one', async () => {
    await publish(forumAs('versions'));
    const otherWords = { title: { ...FORUM.title, km: 'វេទិកា' } };
    expect(await publish(forumAs('versions', otherWords))).toMatchObject({ version: 2, changed: true, overfull: [] });
    expect(await read(textKey('versions', 'km'))).toMatchObject({
      version: 2,
      texts: expect.stringContaining('"title":"វេទិកា"'),
    });
    expect(await publish(forumAs('versions', { version: 7 }))).toMatchObject({
      version: 7,
      changed: true,
      overfull: [],
    });
    expect(await read(eventKey('versions'))).toMatchObject({
      version: 7,
      definition: expect.stringContaining('"version":7'),
    });
  });

  it('keeps the seats that are taken when the capacity changes', async () => {
    await publish(withSeats('seats', 400));
    const key = counterKey('seats', { quota: 'in-person', shard: 0 });
    await documentClient(database.client).send(
      new UpdateCommand({
        TableName: database.tables.registry,
        Key: key,
        // Beyond what this one had: 373 of them are missing at no other.
        UpdateExpression: 'SET taken = :taken, waiting = :waiting, #open = :none, kept = :lacking',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':taken': 398, ':waiting': 2, ':none': 0, ':lacking': 25 - 398 },
      }),
    );
    await publish(withSeats('seats', 450));
    const raised = await countersOfQuota('seats', 'in-person', 64);
    expect(raised).toHaveLength(18);
    expect(raised[0]).toMatchObject({ taken: 398, waiting: 2 });
    expect(sum(raised, 'capacity')).toBe(450);
    expect(sum(raised, 'open') + sum(raised, 'kept')).toBe(450 - 398);
    const { overfull } = await publish(withSeats('seats', 10));
    expect(overfull).toEqual([{ quota: 'in-person', capacity: 10, taken: 398 }]);
    const lowered = await countersOfQuota('seats', 'in-person', 64);
    expect(lowered[0]).toMatchObject({ taken: 398, waiting: 2 });
    expect([lowered.length, sum(lowered, 'capacity')]).toEqual([18, 10]);
    expect(lowered.filter(({ open }) => Number(open) > 0)).toEqual([]);
  });

  it('takes away the words of a language that the event no longer speaks', async () => {
    await publish(forumAs('languages'));
    await publish(forumAs('languages', { languages: ['en'] }));
    expect(await read(textKey('languages', 'km'))).toBeUndefined();
    expect(await read(textKey('languages', 'en'))).toBeDefined();
  });

  it('lets rivals who publish at once follow one another, and loses nobody', async () => {
    const results = await Promise.all([401, 402, 403].map((capacity) => publish(withSeats('rivals', capacity))));
    expect(results.map(({ version }) => version).sort()).toEqual([1, 2, 3]);
    const rules = await read(eventKey('rivals'));
    const last = results.findIndex(({ version }) => version === 3);
    expect(rules).toMatchObject({ version: 3 });
    const counters = await countersOfQuota('rivals', 'in-person', 64);
    expect([counters.length, sum(counters, 'capacity')]).toEqual([17, 401 + last]);
  });

  it('refuses an item that DynamoDB would not hold, by name, and writes nothing', async () => {
    const long = 'ក'.repeat(200_000);
    const event = forumAs('large', { tagline: { en: 'short', km: long } });
    await expect(publish(event)).rejects.toThrow(/^EVENT#large TEXT#km takes \d+ bytes; DynamoDB holds 409600$/);
    expect(await read(eventKey('large'))).toBeUndefined();
  });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the script as npm does. */
async function runAlone(...args: string[]): Promise<Ended> {
  const env = { ...process.env, ...LOCAL_AWS_ENVIRONMENT };
  try {
    const output = await promisify(execFile)(resolve('node_modules/.bin/tsx'), ['cli/event.ts', ...args], { env });
    return { code: 0, ...output };
  } catch (error) {
    return error as Ended;
  }
}

/** Runs the script in this process, where a pause is said and takes no time. */
async function run(...args: string[]): Promise<Ended> {
  const said = { stdout: [] as string[], stderr: [] as string[] };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((line) => void said.stdout.push(`${line}\n`)),
    vi.spyOn(console, 'error').mockImplementation((line) => void said.stderr.push(`${line}\n`)),
    vi.spyOn(timers, 'setTimeout').mockImplementation(async (pause) => console.log(`PAUSE of ${pause} ms`) as never),
  ];
  syncBuiltinESMExports();
  const { argv } = process;
  for (const [name, value] of Object.entries(LOCAL_AWS_ENVIRONMENT)) vi.stubEnv(name, value);
  process.argv = [...argv.slice(0, 2), ...args];
  vi.resetModules();
  await import('../../cli/event.ts');
  const code = Number(process.exitCode);
  Object.assign(process, { argv, exitCode: undefined });
  for (const spy of spies) spy.mockRestore();
  syncBuiltinESMExports();
  return { code, stdout: said.stdout.join(''), stderr: said.stderr.join('') };
}

/** Where it is done, as a command line says it. */
function inTables(): readonly string[] {
  const { registry, outbox, audit } = database.tables;
  return ['--table', registry, '--outbox', outbox, '--audit', audit, '--endpoint', database.endpoint];
}

/** What owners see of what was done in a terminal. */
const notedOf = async (id: string): Promise<unknown[]> =>
  ((await documentClient(database.client).send(new ScanCommand({ TableName: database.tables.audit }))).Items ?? [])
    .filter(({ eventId, by }) => eventId === id && by === 'command-line')
    .map(({ action }) => action);

describe('npm run event', () => {
  it('sums up an event that is right', async () => {
    const { code, stdout } = await runAlone('check', FILE);
    expect(code).toBe(0);
    expect(stdout).toBe(
      `${FILE}: "ASEAN ICT Forum on Child Online Protection", version 1, 2027-11-02 to 2027-11-03, en km, ` +
        '10 categories, 15 questions, 4 quotas, 14 sessions\n',
    );
  });

  it('names the line of what is wrong and exits with 1', async () => {
    const file = join(directory, 'wrong.yaml');
    await writeFile(file, 'id: wrong\nversion: many\n');
    const { code, stderr } = await runAlone('check', file);
    expect(code).toBe(1);
    expect(stderr).toContain(`${file}:2:10 version = "many": expected a number\n`);
  });

  const NOWHERE = ['--table', 'x', '--endpoint', 'undefined'];
  it.each([
    ...[[[]], [['check']], [['check', '--fast', FILE]], [['publish', FILE]], [['delete', FILE]], [['people', 'x']]],
    [['check', FILE, ...NOWHERE]],
  ])('explains itself and exits with 2 when it is called with %j', async (args) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain('Usage: npm run event -- check FILE...');
  });

  it('deletes the event that is confirmed and no other, in tables that are all named, and never publishes it again', async () => {
    await publish(forumAs('deleted', {}));
    const { care, feedback } = database.tables;
    const tables = [...inTables(), '--care', care, '--feedback', feedback];
    const without = await run('delete', 'deleted', '--confirm', 'deleted', ...inTables());
    expect(without).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('delete needs --table, --outbox, --audit'),
    });
    const other = await run('delete', 'deleted', '--confirm', 'other', ...tables);
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('--confirm other: expected deleted') });
    expect(
      await readStored({ client: documentClient(database.client), registry: database.tables.registry }, 'deleted'),
    ).toBeDefined();
    const { code, stdout } = await run('delete', 'deleted', '--confirm', 'deleted', ...tables);
    expect(code).toBe(0);
    expect(stdout).toMatch(/PAUSE of 3\d{4} ms\ndeleted: \d+ items are deleted\n$/);
    await expect(publish(forumAs('deleted', {}))).rejects.toThrow('deleted: was deleted on');
    expect(await run('delete', 'deleted', '--confirm', 'deleted', ...tables)).toMatchObject({ code: 1 });
  });

  it('RE11: has the index of people made anew of an event that there is', async () => {
    await publish(forumAs('peopled', {}));
    const { outbox } = database.tables;
    const { code, stdout } = await run('people', 'peopled', ...inTables());
    expect([code, stdout]).toEqual([0, 'peopled: the index of its people is being made anew\n']);
    const jobs = (await documentClient(database.client).send(new ScanCommand({ TableName: outbox }))).Items ?? [];
    expect(jobs.filter(({ eventId }) => eventId === 'peopled')).toMatchObject([{ job: 'make-people' }]);
    expect(await notedOf('peopled')).toEqual(['make-people']);
    const { code: failed, stderr } = await run('people', 'nowhere', ...inTables());
    expect([failed, stderr]).toEqual([1, 'there is no event "nowhere"\n']);
  });

  it('shows what is published as a file, which changes nothing where it is published', async () => {
    await publish(forumAs('shown', { tagline: { en: 'no: "quotes"', km: 'ថ្ងៃ' } }));
    await grantReaders('shown');
    const shown = await run('show', 'shown', '--table', database.tables.registry, '--endpoint', database.endpoint);
    const file = join(directory, 'shown.yaml');
    await writeFile(file, shown.stdout);
    const { quotas, ...written } = forumAs('shown', { tagline: { en: 'no: "quotes"', km: 'ថ្ងៃ' } });
    // Its seats are counted at as many counters as they ask for.
    const counted = quotas.map((quota) => ({ ...quota, shards: expect.any(Number) }));
    expect([shown.code, loadEvent(file)]).toEqual([0, { ...written, quotas: counted }]);
    expect((await run('publish', file, ...inTables())).stdout).toBe('shown: version 1 was published already\n');
    const { code, stderr } = await run(
      'show',
      'nowhere',
      '--table',
      database.tables.registry,
      '--endpoint',
      database.endpoint,
    );
    expect([code, stderr]).toEqual([1, 'there is no event "nowhere"\n']);
  });

  it('exits with 2 where it was called wrongly', async () => expect(await runAlone()).toMatchObject({ code: 2 }));

  it('publishes to the table and endpoint that are given', async () => {
    const args = ['publish', FILE, ...inTables()];
    await grantReaders(FORUM.id);
    expect(await runAlone(...args)).toMatchObject({
      code: 0,
      stdout: 'asean-ict-forum: version 1 is published\n',
      stderr: '',
    });
    expect((await runAlone(...args)).stdout).toBe('asean-ict-forum: version 1 was published already\n');
    expect(await read(eventKey(FORUM.id))).toMatchObject({ version: 1 });
  });

  describe('CS17, CS23: opens registration for an event only', () => {
    /** The forum under an id of its own, with lines of its file replaced. */
    const file = async (id: string, ...changes: readonly (readonly [string | RegExp, string])[]): Promise<string> => {
      const path = join(directory, `${id}.yaml`);
      const source = (await readFile(FILE, 'utf8')).replace('id: asean-ict-forum', `id: ${id}`);
      await writeFile(
        path,
        changes.reduce((text, [old, text_]) => text.replace(old, text_), source),
      );
      return path;
    };
    const table = () => ['--table', database.tables.registry, '--endpoint', database.endpoint];
    const put = (...args: string[]) =>
      run('publish', ...args, '--outbox', database.tables.outbox, '--audit', database.tables.audit, ...table());
    const WITHOUT_DEPUTY = [/ {2}# Nobody of the secretariat[\s\S]*?(?= {2}# As they are dialled)/, ''] as const;
    const definitionOf = async (id: string) => String((await read(eventKey(id)))?.['definition']);

    it('that names a deputy', async () => {
      const refused = await run('check', await file('no-deputy', WITHOUT_DEPUTY));
      expect([refused.code, refused.stderr]).toEqual([
        1,
        expect.stringMatching(/\.yaml:\d+:\d+ safeguarding\.deputy: registration cannot be open/),
      ]);
    });

    it('of which somebody vetted may read the reports', async () => {
      const path = await file('unread');
      await grantReaders('unread', { role: 'safeguarding' });
      for (const refused of [await run('check', path, ...table()), await put(path)]) {
        expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('nobody would read reports')]);
      }
      expect(await read(eventKey('unread'))).toBeUndefined();
      expect(await put(path, '--closed')).toMatchObject({ code: 0 });
      expect(await definitionOf('unread')).toContain('"closed":true');
      await grantReaders('unread');
      expect(await put(path)).toMatchObject({ code: 0 });
      expect(await definitionOf('unread')).not.toContain('"closed":true');
    });

    it('and changes one that is open only where it loses nobody whom reports reach, and shuts it otherwise', async () => {
      await publish(forumAs('open-before'));
      await grantReaders('open-before');
      const before = await definitionOf('open-before');
      const path = await file('open-before', WITHOUT_DEPUTY, ['version: 1', 'version: 5']);
      const refused = await put(path);
      expect([refused.code, refused.stderr]).toEqual([
        1,
        expect.stringMatching(/safeguarding\.deputy: registration cannot be open[\s\S]*Publish it with --closed/),
      ]);
      expect(await definitionOf('open-before')).toBe(before);
      expect(await put(path, '--closed')).toMatchObject({ code: 0, stderr: '' });
      expect(await definitionOf('open-before')).toContain('"closed":true');
    });

    it('and where nobody reads any more what is reported of one that is open, publishes no other file of it', async () => {
      await publish(forumAs('unread-now'));
      const path = await file('unread-now', ['version: 1', 'version: 5']);
      const refused = await put(path);
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('nobody would read reports')]);
      await grantReaders('unread-now');
      expect(await put(path)).toMatchObject({ code: 0 });
    });

    it('that is called off, or says so: nobody can register for it', async () => {
      await publish(forumAs('called-off', { status: 'cancelled' }));
      const path = await file('called-off', WITHOUT_DEPUTY, ['version: 1', 'version: 5']);
      expect(await put(path)).toMatchObject({ code: 0 });
    });
  });

  it('warns of what is hardly meant, and publishes it: of days that are over, only where the event is new', async () => {
    const file = join(directory, 'warned.yaml');
    const source = (await readFile(FILE, 'utf8')).replace('id: asean-ict-forum', 'id: warned');
    const over = source.replace('opensAt: 2026-', 'opensAt: 2019-').replaceAll('date: 2027-', 'date: 2020-');
    await writeFile(file, over.replace('closesAt: 2027-10-22T23:59:00+07', 'closesAt: 2020-10-22T23:59:00+08'));
    const days = [
      /days\.0\.date = "2020-11-02": warning: is over already/,
      /days\.1\.date = .*: warning: is over already/,
    ];
    const offset =
      /registration\.closesAt = .*: warning: clocks in Asia\/Phnom_Penh are at \+07:00 then, and show 22:59/;
    const warned = async (...args: string[]) => {
      const { code, stderr } = await run(...args);
      return [code, ...stderr.trim().split('\n')];
    };
    const said = (...lines: RegExp[]) => [0, ...lines.map((line) => expect.stringMatching(line))];
    expect(await warned('check', file)).toEqual(said(...days, offset));
    expect(await warned('publish', file, ...inTables())).toEqual(said(...days, offset));
    expect(await warned('publish', file, ...inTables())).toEqual(said(offset));
  });

  it('says how many registrations it keeps until another time, and why that takes a while', async () => {
    const written = async (year: string) => {
      const file = join(directory, `held-in-${year}.yaml`);
      const source = (await readFile(FILE, 'utf8')).replace('id: asean-ict-forum', 'id: moved');
      await writeFile(file, source.replaceAll('date: 2027-11', `date: ${year}-11`));
      return ['publish', file, ...inTables()];
    };
    await grantReaders('moved');
    await run(...(await written('2027')));
    const Item = { ...registrationKey('moved', 'A'), expiresAt: Math.floor(Date.parse('2099-01-01') / 1000) };
    await documentClient(database.client).send(new PutCommand({ TableName: database.tables.registry, Item }));
    expect((await run(...(await written('2028')))).stdout.split('\n')).toEqual([
      'moved: its end has moved; waiting 35 seconds for those who are registering right now',
      'PAUSE of 35000 ms',
      'moved: version 2 is published',
      'moved: everyone who is registered is mailed "event-rescheduled"',
      'moved: days.day-1.date: "2027-11-02" becomes "2028-11-02"',
      'moved: days.day-2.date: "2027-11-03" becomes "2028-11-03"',
      'moved: registrations and address locks now kept until 2029-05-02T10:00:00.000Z: 3',
      '',
    ]);
  });

  it('says what is no longer offered, as it is checked and as it is published', async () => {
    const { registry, outbox } = database.tables;
    const file = join(directory, 'less.yaml');
    const source = (await readFile(FILE, 'utf8')).replace('id: asean-ict-forum', 'id: less');
    const title = '{ en: Sample Island, km: កោះគំរូ }';
    const tables = ['--table', registry, '--endpoint', database.endpoint];
    await grantReaders('less');
    await writeFile(file, `${source}countries:\n  added: [{ code: XA, title: ${title} }]\n`);
    expect((await run('check', file, ...tables)).stdout.split('\n')).toHaveLength(2);
    await run('publish', file, ...tables, '--outbox', outbox, '--audit', database.tables.audit);
    expect(await notedOf('less')).toEqual(['publish']);
    await writeFile(file, source.replace('      - id: khmer\n', '      - id: cambodian\n'));
    const lines = [
      'questions.interpretation.options.khmer: {"id":"khmer","title":{"en":"Khmer","km":"ភាសាខ្មែរ"}} becomes nothing',
      'questions.interpretation.options.cambodian: nothing becomes {"id":"cambodian","title":{"en":"Khmer","km":"ភាសាខ្មែរ"}}',
      'countries.leftOut: nothing becomes ["XA"]',
      '"Khmer" (questions.interpretation: khmer) is no longer offered: people who chose it keep it, and lists say "khmer"',
      '"Sample Island" (countries: XA) is no longer offered: people who chose it keep it, and lists say "Sample Island"',
    ];
    const checked = await run('check', file, ...tables);
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    expect(checked.stdout.split('\n').slice(1)).toEqual([...lines.map((line) => `${file}: ${line}`), '']);
    expect(
      (await run('publish', file, ...tables, '--outbox', outbox, '--audit', database.tables.audit)).stdout.split('\n'),
    ).toEqual(['less: version 2 is published', ...lines.map((line) => `less: ${line}`), '']);
  });

  it('EV1: refuses a file that is older than what is published, says what it would replace, and publishes it once it states the version', async () => {
    const publishAs = async (version: number, source: string) => {
      const file = join(directory, 'outdated.yaml');
      await writeFile(file, source.replace('id: asean-ict-forum\nversion: 1', `id: outdated\nversion: ${version}`));
      return run('publish', file, ...inTables());
    };
    const source = await readFile(FILE, 'utf8');
    await grantReaders('outdated');
    await publishAs(1, source);
    const [first, ...others] = FORUM.quotas;
    if (first === undefined) throw new Error('the forum has no quotas');
    // As the console does, once.
    await publish(forumAs('outdated', { quotas: [{ ...first, capacity: first.capacity + 1 }, ...others] }));
    const before = await read(eventKey('outdated'));

    const refused = await publishAs(1, source.replace(/^host:\n {2}en: .*/m, 'host:\n  en: Another host'));
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(
      'outdated: version 2 is published, and this file says version 1. It would replace:\n' +
        `host.en: ${JSON.stringify(FORUM.host['en'])} becomes "Another host"\n` +
        'quotas.in-person.capacity: 401 becomes 400\n',
    );
    expect(await read(eventKey('outdated'))).toEqual(before);
    expect(await publishAs(2, source)).toMatchObject({
      code: 0,
      stdout: 'outdated: version 3 is published\n' + 'outdated: quotas.in-person.capacity: 401 becomes 400\n',
    });
    expect(await publishAs(1, source)).toMatchObject({
      code: 0,
      stdout: 'outdated: version 3 was published already\n',
    });
  });
});
