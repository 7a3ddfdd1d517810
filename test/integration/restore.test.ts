import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { eraseElsewhere, restore } from '../../cli/restore/restore.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { generationOf, RESTORED_TABLES, type RestoredTable, restoredName } from '../../shared/kernel/dynamo/tables.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { pointInTime } from '../support/point-in-time.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { openEvent, quota } from '../support/self-service.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { outboxInserts } from '../support/stream.ts';
import { ask, auditOf, grantTeam } from '../support/team.ts';
import { timedMail } from '../support/timed-mail.ts';
import { DO_DUE_JOBS } from '../support/timers.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const NAME = 'Trial';
const TABLES = Object.keys(RESTORED_TABLES) as RestoredTable[];

/** As a deployment with `plenary:tables` does: other names, and new instances. */
function switchTo(tables: Parts['database']['tables']): Parts {
  for (const table of TABLES) process.env[ENVIRONMENT[table]] = tables[table];
  vi.resetModules();
  return { ...parts, database: { ...parts.database, tables } };
}

const sendAll = async (of: Parts): Promise<void> => {
  const { handler } = await import('../../functions/outbox/index.ts');
  const inserts = await outboxInserts(of);
  await asFunction('outbox', () => handler(inserts));
  // What was put off is looked for a minute later.
  shiftClock(61_000);
  await asFunction('outbox', () => handler({} as never));
  vi.unstubAllGlobals();
};

const arrived = async (email: string): Promise<readonly { readonly subject: string }[]> =>
  (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(email)}`)).json() as never;

it('CS20: loses its registrations, is restored, and mails nobody until somebody presses; erased people stay erased, and it can go back', async () => {
  const people = {
    erased: 'erased@example.org',
    stays: 'stays@example.org',
    waits: 'waits@example.org',
    late: 'late@example.org',
  };
  const event = await openEvent(parts, 'restored', { quotas: [quota('all', { capacity: 2 })] });
  await grantTeam(parts, event.id);
  await event.register(people.erased, { fullName: 'Unmistakable Name' });
  await event.register(people.stays);
  await event.register(people.waits);
  const { handler: housekeeping } = await import('../../functions/housekeeping/index.ts');
  const index = () => asFunction('housekeeping', () => housekeeping(DO_DUE_JOBS as never));
  await index();
  await sendAll(parts);
  const tokens = { erased: await event.tokenOf(people.erased), stays: await event.tokenOf(people.stays) };
  const { reference } = await event.registrationOf(people.erased);

  const at = new Date(Math.floor(Date.now() / 1000) * 1000);
  const backup = await pointInTime(parts, {
    at,
    from: new Date(at.getTime() - 60_000),
    to: new Date(at.getTime() + 60_000),
  });
  expect(JSON.stringify([...backup.copies])).toContain('Unmistakable');

  // What happens after that moment, and what is mailed of it or still waits.
  const erasing = postForm([
    ['action', 'erase'],
    ['confirm', 'yes'],
  ]);
  expect((await call('postRegistration', { params: { token: tokens.erased }, ...erasing })).statusCode).toBe(200);
  await event.doJobs();
  await sendAll(parts);
  const timed = await timedMail(parts);
  const dayBefore = '2027-11-01T03:00:00Z';
  await timed.both(event.id, dayBefore);
  const reminded = (await arrived(people.stays)).length;
  await event.press(people.stays, 'cancel');
  await event.register(people.late);
  expect(await event.registrationOf(people.waits)).toMatchObject({ status: 'confirmed' });
  const client = documentClient(parts.database.client);
  const { registry } = parts.database.tables;
  const { reference: kept } = await event.registrationOf(people.stays);
  for (const { pk, sk } of await scan(parts, 'registry')) {
    if (sk !== kept && /^(REGISTRATION|TOMBSTONE|WAITLIST|LOCK)#/.test(String(pk)))
      await client.send(new DeleteCommand({ TableName: registry, Key: { pk, sk } }));
  }
  const { Table } = await parts.database.client.send(new DescribeTableCommand({ TableName: registry }));
  await parts.database.client.send(
    new TagResourceCommand({ ResourceArn: Table?.TableArn, Tags: [{ Key: 'owner', Value: 'secretariat' }] }),
  );
  // Of a transaction of the last second the counter is not in the copy.
  const counter = backup.copies.get(registry)?.find(({ pk }) => pk?.S === `QUOTA#${event.id}#all##0`);
  Object.assign(counter ?? {}, { taken: { N: '1' } });

  const outputs = {
    ...Object.fromEntries(TABLES.map((table) => [`${RESTORED_TABLES[table]}TableName`, parts.database.tables[table]])),
    OutboxTableName: parts.database.tables.outbox,
    SecretsKeyArn: process.env[ENVIRONMENT.secretsKey] ?? '',
  };
  const said: string[] = [];
  const deps = (calls?: number) => ({
    db: backup.client(calls),
    kms: new KMSClient({}),
    outputs: async () => outputs,
    system: { ...realSystem, wait: async () => undefined },
    say: (line: string) => void said.push(line),
  });
  const run = (calls?: number) => restore(deps(calls), { name: NAME, to: at.toISOString() });
  // Killed after each of its calls, it goes on.
  let kills = 0;
  while (!(await run(kills).catch((error: Error) => (error.message === 'killed' ? false : Promise.reject(error)))))
    kills += 1;
  expect(kills).toBeGreaterThan(40);
  expect(said).toContain(
    `${event.id}#all##0: said 0 taken, 1 waiting; registrations hold 1 taken, 1 waiting: corrected`,
  );
  said.length = 0;
  expect(await run()).toBe(true);
  const generation = generationOf(at);
  expect(said).toContain(`  "plenary:tables": "${generation}"`);
  expect(said).toContain('counters that said something else than registrations: 0');
  expect(said.join()).toContain(`${event.id}: erased: 1`);

  const former = parts.database.tables;
  const named = Object.fromEntries(TABLES.map((table) => [table, restoredName(NAME, table, generation)]));
  const restored = switchTo({ ...former, ...named });
  for (const TableName of Object.values(named)) {
    const { Table } = await parts.database.client.send(new DescribeTableCommand({ TableName }));
    const { TimeToLiveDescription } = await parts.database.client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
    expect(backup.recovered).toContain(TableName);
    await expect(parts.database.client.send(new DeleteTableCommand({ TableName }))).rejects.toThrow('protected');
    const { Tags } = await parts.database.client.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }));
    expect(Tags).toEqual(TableName === named['registry'] ? [{ Key: 'owner', Value: 'secretariat' }] : []);
  }

  // Everyone is as they were then, but who was erased since.
  for (const table of TABLES) {
    const all = JSON.stringify(await scan(restored, table));
    expect(all).not.toContain('Unmistakable');
    if (table !== 'audit') expect(all).not.toContain(reference);
  }
  for (const table of ['registry', 'audit'] as const)
    expect((await scan(restored, table)).filter(({ pk }) => pk === `TOMBSTONE#${event.id}`)).toHaveLength(1);
  expect((await call('showRegistration', { params: { token: tokens.erased } })).statusCode).toBe(401);
  expect((await call('showRegistration', { params: { token: tokens.stays } })).body).toContain('value="cancel"');
  const before = await readRegistry(restored, event.id);
  expect(before.registrations.map(({ email, status }) => [email, status]).sort()).toEqual([
    [people.stays, 'confirmed'],
    [people.waits, 'waitlisted'],
  ]);

  // The seat of the erased one goes to who waits, and no more seats are given than there are.
  const { handler: anew } = await import('../../functions/housekeeping/index.ts');
  await asFunction('housekeeping', () => anew({} as never));
  const taken = await Promise.all(
    ['one', 'two'].map((name) =>
      call('submitRegistration', {
        params: { eventId: event.id },
        ...postJson(submission({ email: `${name}@example.org` })),
      }),
    ),
  );
  expect(taken.map(({ statusCode }) => statusCode)).toEqual([202, 202]);
  const after = await readRegistry(restored, event.id);
  expect(after.registrations.filter(({ status }) => status === 'confirmed')).toHaveLength(2);
  expect(after.counters.get('all##0')).toMatchObject({ capacity: 2, taken: 2, waiting: 2 });

  // Nobody is mailed before the press, and then nobody twice, or what is not so.
  const inboxes = async () => Promise.all(Object.values(people).map(arrived));
  const quiet = await inboxes();
  const again = await timedMail(restored);
  await again.tick(event.id, new Date(dayBefore));
  await sendAll(restored);
  expect(await inboxes()).toEqual(quiet);
  const status = await ask('organiser', 'getMailStatus', { params: { eventId: event.id } });
  expect(status.body).toMatchObject({ held: { restoredTo: at.toISOString() } });
  const params = { eventId: event.id };
  expect((await ask('viewer', 'releaseMail', { params })).status).toBe(403);
  for (const status of ['released', 'not-held'])
    expect((await ask('organiser', 'releaseMail', { params })).body).toEqual({ status });
  expect(await auditOf(restored, event.id)).toContain('release-mail');
  await sendAll(restored);
  const mails = await scan(restored, 'outbox', { having: { eventId: event.id } });
  const fateOf = (kind: string, of: string) =>
    mails
      .filter((each) => each['kind'] === kind && (each['to'] === of || each['reference'] === of))
      .map(({ state, failure }) => failure ?? state);
  const staying = after.registrations.find(({ email }) => email === people.stays)?.reference ?? '';
  expect(fateOf('cancelled', staying)).toEqual(['superseded']);
  expect(await arrived(people.late)).toHaveLength(0);
  expect(await arrived(people.stays)).toHaveLength(reminded);
  expect(await arrived(people.erased)).toEqual(quiet[0]);
  expect((await arrived(people.waits)).map(({ subject }) => subject).length).toBe((quiet[2]?.length ?? 0) + 1);

  // Back to the tables of before: what is in them is what was there, but of who was erased meanwhile, and nothing holds mail.
  const inUse = Object.fromEntries(
    TABLES.flatMap((table) => [
      [`${RESTORED_TABLES[table]}TableName`, named[table] ?? ''],
      [`ExportsOutputRef${RESTORED_TABLES[table]}748EE02D0A1B2C3D`, former[table]],
    ]),
  );
  const switched = { ...deps(), outputs: async () => ({ ...outputs, ...inUse }) };
  await expect(restore(switched, { name: NAME, to: at.toISOString() })).rejects.toThrow('in use already');
  await expect(eraseElsewhere(switched, { name: NAME, tables: generation })).rejects.toThrow('not in use');
  await expect(eraseElsewhere(switched, { name: NAME, tables: 'last' })).rejects.toThrow(
    '--erase-in last: expected first',
  );
  expect((await call('postRegistration', { params: { token: tokens.stays }, ...erasing })).statusCode).toBe(200);
  expect(JSON.stringify(await scan(parts, 'registry'))).toContain(people.stays);
  expect(await eraseElsewhere(switched, { name: NAME, tables: 'first' })).toBe(true);
  expect(JSON.stringify(await scan(parts, 'registry'))).not.toContain(people.stays);
  switchTo(former);
  expect((await call('showRegistration', { params: { token: tokens.stays } })).statusCode).toBe(401);
  expect((await ask('organiser', 'getMailStatus', { params })).body.held).toBeUndefined();
  await expect(run()).resolves.toBe(true);
  for (const TableName of Object.values(named)) {
    await parts.database.client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
    await parts.database.client.send(new DeleteTableCommand({ TableName }));
  }
}, 120_000);
