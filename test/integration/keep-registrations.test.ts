import { BatchWriteCommand, GetCommand, ScanCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { attendanceChunkKey, joinedKey } from '../../shared/checkin/check-in-keys.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import { PARTS } from '../../shared/event/publish/retention.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { eventKey, type ItemKey, lockKey, registrationKey, versionKey } from '../../shared/kernel/dynamo/keys.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { makeReference } from '../../shared/kernel/text/reference.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';

/* What keeps an event's items until another time: in parts, of which another run goes on with those that are left. */

const MINUTE = 60_000;

let parts: Parts;
let house: typeof import('../../functions/housekeeping/index.ts');
let job: typeof import('../../shared/jobs.ts');

beforeAll(async () => {
  parts = await startParts();
  house = await import('../../functions/housekeeping/index.ts');
  job = await import('../../shared/jobs.ts');
});
afterAll(() => parts?.stop());

const inYear = (id: string, year: string): EventDefinition =>
  forum({ id, days: forum().days.map((day) => ({ ...day, date: day.date.replace('2027', year) })) });

/** Registrations and locks of an event that then moves by a year, with a job that is to follow. @returns their keys */
async function moved(id: string, people: number): Promise<ItemKey[]> {
  await parts.publish(inYear(id, '2027'));
  const references = Array.from({ length: people }, () => makeReference(realSystem.random(9)));
  const keys: ItemKey[] = [
    ...references.flatMap((reference) => [registrationKey(id, reference), lockKey(id, reference)]),
    attendanceChunkKey(id, 'recent'),
    joinedKey(id, 'event', '2027-11-02T09:00:00.000Z', 'ticket'),
  ];
  const expiresAt = retentionEnd(inYear(id, '2027'));
  const client = documentClient(parts.database.client);
  for (let from = 0; from < keys.length; from += 25) {
    const some = keys.slice(from, from + 25).map((key) => ({ PutRequest: { Item: { ...key, v: 1, expiresAt } } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [parts.database.tables.registry]: some } }));
  }
  const { writeDefinition } = await import('../../shared/event/publish/write-definition.case.ts');
  const { readStored } = await import('../../shared/event/publish/stored-event.case.ts');
  const { splitTexts } = await import('../../shared/event/event-texts.ts');
  const { publishing } = house.realDeps();
  await writeDefinition(publishing, splitTexts(inYear(id, '2028')), await readStored(publishing, id));
  return keys;
}

/** Housekeeping as it is some time later, with what its instance reads and writes. */
function instance(minutes: number, options: { readonly tick?: number; readonly fallsAfter?: number } = {}) {
  const { tick = 0, fallsAfter = Number.POSITIVE_INFINITY } = options;
  const client = documentClient(parts.database.client);
  const asked = { scans: 0, stamps: 0 };
  const send = client.send.bind(client) as (command: unknown) => Promise<never>;
  client.send = (async (command: unknown) => {
    if (asked.stamps > fallsAfter) throw new Error('the function was stopped');
    if (command instanceof ScanCommand) asked.scans += 1;
    const answer = await send(command);
    const [first] = command instanceof TransactWriteCommand ? (command.input.TransactItems ?? []) : [];
    if (first?.Update?.UpdateExpression?.includes('expiresAt = :until')) asked.stamps += 1;
    return answer;
  }) as never;
  const deps = house.realDeps(client);
  let at = Date.now() + minutes * MINUTE;
  const now = () => {
    at += tick;
    return new Date(at);
  };
  return { asked, deps: { ...deps, system: { ...deps.system, now } } };
}

const jobs = async () => (await scan(parts, 'outbox')).filter((item) => item['job'] === 'keep');

/** Does what is to be done, as timer and stream do, one after another. @returns what each run asked for */
async function runAll(options: Parameters<typeof instance>[1] = {}) {
  const runs = [];
  for (let minute = 1; minute < 60; minute += 1) {
    const waiting = await jobs();
    if (waiting.length === 0) return runs;
    const { asked, deps } = instance(minute, options);
    for (const { id } of waiting) await asFunction('housekeeping', () => job.doJob(deps, String(id)));
    runs.push(asked);
  }
  throw new Error('it never ends');
}

async function endsOf(keys: readonly ItemKey[]): Promise<unknown[]> {
  const items = await scan(parts, 'registry');
  const byKey = new Map(items.map((item) => [`${item['pk']} ${item['sk']}`, item['expiresAt']]));
  return [...new Set(keys.map(({ pk, sk }) => byKey.get(`${pk} ${sk}`)))];
}

async function attributesOf(key: ItemKey): Promise<Record<string, unknown> | undefined> {
  const command = new GetCommand({ TableName: parts.database.tables.registry, Key: key, ConsistentRead: true });
  return (await documentClient(parts.database.client).send(command)).Item;
}

it('waits until nobody writes by the version before any more, also where it was asked for earlier', async () => {
  const keys = await moved('early', 3);
  const [first] = await jobs();
  const { asked, deps } = instance(0);
  // What an earlier publication left over is done again now, and this one is seconds old.
  const { keepRegistrations } = await import('../../shared/registration/change/keep-registrations.case.ts');
  await asFunction('housekeeping', () => keepRegistrations(deps, 'early'));
  expect(asked).toEqual({ scans: 0, stamps: 0 });
  const { publishedAt } = (await attributesOf(versionKey('early'))) ?? {};
  const wanted = new Date(Date.parse(String(publishedAt)) + 35_000).toISOString();
  expect((await jobs()).map(({ notBefore }) => notBefore)).toEqual([first?.['notBefore'], wanted]);
  await runAll();
  expect(await endsOf(keys)).toEqual([retentionEnd(inYear('early', '2028'))]);
});

it('does in several runs what one has no time for: each part once, each item once', async () => {
  const keys = await moved('long', 400);
  // A second passes with each look at the clock: after fifteen looks, a run is over.
  const runs = await runAll({ tick: 1000 });
  expect(await endsOf(keys)).toEqual([retentionEnd(inYear('long', '2028'))]);
  expect(runs.length).toBeGreaterThan(4);
  for (const { scans } of runs) expect(scans).toBeLessThanOrEqual(17);
  const sum = (of: 'scans' | 'stamps') => runs.reduce((all, run) => all + run[of], 0);
  // A part in which the time was over is read again, of both tables.
  expect(sum('scans')).toBeLessThanOrEqual(2 * PARTS + runs.length);
  expect(sum('stamps')).toBe(keys.length + 2);
  expect(await attributesOf(eventKey('long'))).toMatchObject({ keptUntil: retentionEnd(inYear('long', '2028')) });
});

it('goes on where it was stopped in the middle: what was done is neither read nor written again', async () => {
  const keys = await moved('stopped', 200);
  const [{ id } = {}] = await jobs();
  const fallen = instance(1, { fallsAfter: 250 });
  await expect(asFunction('housekeeping', () => job.doJob(fallen.deps, String(id)))).rejects.toThrow('was stopped');
  expect(await endsOf(keys)).toHaveLength(2);
  const done = Number((await attributesOf(versionKey('stopped')))?.['registryParts']);
  expect(done).toBeGreaterThan(PARTS / 3);
  expect(fallen.asked.scans).toBe(done + 1);
  const before = fallen.asked.stamps;
  // It is still there: the run that was stopped could not forget it.
  const [after, ...more] = await runAll();
  expect(more).toEqual([]);
  expect(after?.scans).toBe(PARTS - done + PARTS);
  expect(before + Number(after?.stamps)).toBe(keys.length + 2);
  expect(await endsOf(keys)).toEqual([retentionEnd(inYear('stopped', '2028'))]);
});

it('is shared by two at once, and begins anew for a publication with other dates', async () => {
  const keys = await moved('shared', 100);
  const [{ id } = {}] = await jobs();
  const both = [instance(1), instance(1)];
  await Promise.all(both.map(({ deps }) => asFunction('housekeeping', () => job.doJob(deps, String(id)))));
  expect(await endsOf(keys)).toEqual([retentionEnd(inYear('shared', '2028'))]);
  await parts.publish(inYear('shared', '2029'));
  await runAll();
  expect(await endsOf(keys)).toEqual([retentionEnd(inYear('shared', '2029'))]);
  expect(await attributesOf(versionKey('shared'))).toMatchObject({ registryParts: PARTS, feedbackParts: PARTS });
});
