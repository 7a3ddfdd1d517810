import { DeleteCommand, DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, registerPeople } from '../../bench/people.ts';
import type { realDeps as realHousekeeping } from '../../functions/housekeeping/index.ts';
import { RESULT_STATES } from '../../shared/announcements/announcement.ts';
import { showMessage } from '../../shared/announcements/write/messages.case.ts';
import { countResults } from '../../shared/announcements/write/results.case.ts';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import { transact } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import type { Job } from '../../shared/mail/outbox/outbox-items.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { putRegistration } from '../../shared/registration/registration.store.ts';
import { changed } from '../../shared/registration/registration-state.store.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { registrationBy, scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { recordsOf } from '../support/stream.ts';
import { ask, grantTeam, type TeamMember } from '../support/team.ts';

/** More than are read at each look, of whom four are reached through a coordinator, and some are not meant. */
const MANY = 174;
const CANCELLED = 10;
const WRITTEN = MANY - 3 - CANCELLED;
const MINUTE = 60_000;
const DAY = 86_400_000;
const MESSAGE = 'm'.repeat(22);
const WORDS = { en: { subject: 'Bring your identity card', text: 'The hall checks who comes in.' } };
/** By the end of a reference: what became of a mail. One is pending still, one was claimed. */
const BECAME = [
  { state: 'sent', fate: { what: 'delivered', at: '2026-11-30T08:00:00.000Z' } },
  { state: 'sent', fate: { what: 'no-mailbox', at: '2026-11-30T08:00:00.000Z', code: '5.1.1' } },
  { state: 'sent', fate: { what: 'complained', at: '2026-11-30T08:00:00.000Z' } },
  { state: 'sent' },
  { state: 'failed', failure: 'superseded' },
  { state: 'failed', failure: 'MessageRejected' },
  { state: 'claimed' },
  {},
] as const;

let parts: Parts;
let documents: DynamoDBDocumentClient;
let housekeeping: ReturnType<typeof realHousekeeping>;
beforeAll(async () => {
  parts = await startParts();
  documents = DynamoDBDocumentClient.from(parts.database.client);
  housekeeping = (await import('../../functions/housekeeping/index.ts')).realDeps();
});
afterAll(() => parts?.stop());

async function set(table: 'registry' | 'outbox', Key: object, values: Record<string, unknown>): Promise<void> {
  const names = Object.keys(values);
  if (names.length === 0) return;
  await documents.send(
    new UpdateCommand({
      TableName: parts.database.tables[table],
      Key: { ...Key },
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
    }),
  );
}

/** A message to many, of whom some are minors and some reached through a coordinator; its mails are written. */
async function send(id: string) {
  const event = await openEvent(parts, id);
  const where = { endpoints: { dynamodb: parts.database.endpoint }, tables: parts.database.tables };
  const people = await registerPeople(where, id, MANY, (each) => ({ fullName: `Person ${each}` }));
  await grantTeam(parts, id);
  const change = ({ reference }: Registration, values: Record<string, unknown>) =>
    set('registry', registrationKey(id, reference), values);
  for (const each of people.slice(-CANCELLED)) await change(each, { status: 'cancelled' });
  for (const each of people.slice(0, 3)) await change(each, { ageBand: 'minor' });
  const delegation = { id: 'DELEGATION', member: 'member', throughCoordinator: true };
  for (const each of people.slice(2, 6)) await change(each, { delegation });
  const body = { segment: {}, words: WORDS, people: WRITTEN };
  const sent = await ask('organiser', 'sendMessage', { params: { eventId: id, messageId: MESSAGE }, body });
  expect(sent.status).toBe(200);
  return { event, people };
}

const registrationOf = async (id: string, person: Registration | undefined): Promise<Registration> => {
  const found = await registrationBy(parts, id, person?.reference ?? '');
  if (found === undefined) throw new Error('nobody is registered so');
  return found;
};

/** To another delegation, or to none. */
async function move(before: Registration, delegation: Registration['delegation']): Promise<void> {
  const { delegation: _, ...apart } = changed(before, {}, new Date());
  const next = { ...apart, ...(delegation && { delegation }) };
  const put = putRegistration(parts.database.tables.registry, before, next, FAR_AWAY, 'holder');
  await transact(documents, [put], realSystem);
}

const jobs = async (eventId: string, job: string) =>
  (await scan(parts, 'outbox', { having: { eventId, job } })) as unknown as Job[];
const mails = async (eventId: string) => scan(parts, 'outbox', { having: { eventId, announcement: MESSAGE } });
const kept = async (eventId: string) => scan(parts, 'registry', { having: { pk: `MAIL-RESULTS#${eventId}` } });
const headOf = async (eventId: string) =>
  (await scan(parts, 'registry', { having: { pk: `ANNOUNCEMENT#${eventId}` } }))[0]?.['results'];

async function doJobs(eventId: string, job: string): Promise<void> {
  const { handler } = await import('../../functions/housekeeping/index.ts');
  const due = await jobs(eventId, job);
  expect(await handler(recordsOf(due as never))).toEqual({ batchItemFailures: [] });
}

/** Does one that counts as if its time had come, and forgets it, but where it is to be done again. */
async function count(job: Job | undefined, after: number, over: object = {}): Promise<void> {
  if (job === undefined) throw new Error('there is nothing to count');
  const system = { ...housekeeping.system, now: () => new Date(Date.now() + after) };
  await countResults({ ...housekeeping, system, ...over }, job);
  await housekeeping.jobs.forget(job.id);
}

type Shown = Record<string, unknown> & { results: { reference: string; fullName: string }[]; next?: string };

const look = async (eventId: string, query: object = {}, who: TeamMember = 'vettedOrganiser'): Promise<Shown> => {
  const { status, body } = await ask(who, 'showMessage', { params: { eventId, messageId: MESSAGE }, query } as never);
  expect(status).toBe(200);
  return body;
};

/** The same of a message that nobody ever counted, which each look reads. */
async function readLive(eventId: string, query: object, grants: readonly object[]): Promise<Shown> {
  const { realDeps } = await import('../../functions/messages/index.ts');
  const deps = realDeps();
  const read: typeof deps.announcements.read = async (...of) => {
    const found = await deps.announcements.read(...of);
    return found && { ...found, results: undefined, createdAt: '2026-01-01T00:00:00.000Z' };
  };
  const show = showMessage({ ...deps, announcements: { ...deps.announcements, read } });
  const asked = { params: { eventId, messageId: MESSAGE }, query, language: 'en' };
  const { body } = (await show(asked as never, { id: 'member', grants } as never)) as { body: Shown };
  return JSON.parse(JSON.stringify(body));
}

const VETTED = [{ role: 'organiser', vettedUntil: '2099-12-31' }];
const told = ({ asOf: _, createdAt: __, ...shown }: Shown) => shown;

/** Every page of every state says what it says that is read at that moment. */
async function expectAsLive(
  eventId: string,
  states: readonly (string | undefined)[] = [undefined, ...RESULT_STATES],
): Promise<void> {
  for (const state of states) {
    let cursor: string | undefined;
    do {
      const query = { ...(state && { state }), ...(cursor && { cursor }) };
      const page = await look(eventId, query);
      expect(page['asOf']).toEqual(expect.any(String));
      expect(told(page)).toEqual(told(await readLive(eventId, query, VETTED)));
      cursor = page.next;
    } while (cursor !== undefined);
  }
  const unvetted = await look(eventId, {}, 'organiser');
  expect(told(unvetted)).toEqual(told(await readLive(eventId, {}, [{ role: 'organiser' }])));
}

describe('the page of a message to many', () => {
  it('says what reading each mail says, in every state, page and order, and who was erased is none', async () => {
    const id = 'results-many';
    const { event, people } = await send(id);
    await doJobs(id, 'announce');
    // Nobody counted yet: all wait, and nobody is named.
    const first = await look(id);
    expect(first).toMatchObject({
      written: WRITTEN,
      counts: { waiting: WRITTEN, sent: 0 },
      results: [],
      forgotten: 0,
    });
    expect(first['asOf']).toBe(first['createdAt']);
    for (const [nth, { id: mail }] of (await mails(id)).entries())
      await set('outbox', { id: mail }, BECAME[nth % BECAME.length] ?? {});
    const [job] = await jobs(id, 'count-results');
    await count(job, 0);
    await expectAsLive(id);
    const all = await look(id);
    expect(new Set(Object.values(all['counts'] as object))).not.toContain(WRITTEN);
    const names = all.results.map(({ fullName }) => fullName);
    expect(names).toEqual([...names].sort(new Intl.Collator('en').compare));

    // What stopped is told at once, and what had left by then once it is counted.
    const pending = (await mails(id)).filter(({ state }) => state === 'pending');
    await set('outbox', { id: pending[0]?.['id'] }, { state: 'sent' });
    expect((await ask('organiser', 'stopMessage', { params: { eventId: id, messageId: MESSAGE } })).status).toBe(200);
    expect((await look(id))['counts']).toMatchObject({ stopped: pending.length });
    await doJobs(id, 'count-results');
    expect((await look(id))['counts']).toMatchObject({ stopped: pending.length - 1 });
    await expectAsLive(id);

    // One leaves the coordinator, and one comes to them, whose own mail is nobody's any more.
    const { delegation } = await registrationOf(id, people[4]);
    await move(await registrationOf(id, people[4]), undefined);
    await move(await registrationOf(id, people[60]), delegation && { ...delegation, member: 'other' });
    expect(await look(id)).toMatchObject({ forgotten: 1 });
    await expectAsLive(id);

    // Erased between two looks; nothing that is kept ever named anybody.
    const gone = people[40] as Registration;
    await event.press(gone.email, 'erase', [['confirm', 'yes']]);
    const after = await look(id);
    expect(after).toMatchObject({ forgotten: 2 });
    await expectAsLive(id);
    const stored = JSON.stringify([await kept(id), await headOf(id)]);
    for (const { reference } of people) expect(stored).not.toContain(reference);
    const { id: mailOfSome } = (await mails(id))[0] ?? {};
    expect(stored).not.toContain(mailOfSome);
  }, 120_000);

  it.each(['damaged', 'missing'])('reads each mail where what was counted is %s, and counts anew', async (lost) => {
    const id = `results-${lost}`;
    await send(id);
    await doJobs(id, 'announce');
    for (const [nth, { id: mail }] of (await mails(id)).entries())
      await set('outbox', { id: mail }, BECAME[nth % BECAME.length] ?? {});
    await count((await jobs(id, 'count-results'))[0], 2 * MINUTE);
    const [{ pk, sk, results } = {}] = await kept(id);
    const Key = { pk, sk };
    const bytes = Uint8Array.from(results as Uint8Array, (byte, place) => (place === 20 ? byte ^ 1 : byte));
    if (lost === 'damaged') await set('registry', Key, { results: bytes });
    else await documents.send(new DeleteCommand({ TableName: parts.database.tables.registry, Key }));
    const shown = await look(id);
    expect(shown).not.toHaveProperty('asOf');
    expect(shown['counts']).toMatchObject({ arrived: Math.ceil(WRITTEN / BECAME.length) });
    expect(told(shown)).toEqual(told(await readLive(id, {}, VETTED)));
    // Once mails are forgotten too, none is asked for.
    const deps = (await import('../../functions/messages/index.ts')).realDeps();
    const now = () => new Date(Date.now() + 400 * DAY);
    const mail = { ...deps.mail, outcomes: () => Promise.reject(new Error('mails are read')) };
    const show = showMessage({ ...deps, mail, system: { ...deps.system, now } });
    const asked = { params: { eventId: id, messageId: MESSAGE }, query: {}, language: 'en' };
    expect(await show(asked as never, { id: 'member', grants: [{ role: 'organiser' }] } as never)).toMatchObject({
      body: { counts: { arrived: 0 }, asOf: expect.any(String) },
    });
    await count((await jobs(id, 'count-results'))[0], 5 * MINUTE);
    await expectAsLive(id, [undefined]);
  });

  it('is counted once at a time, however often its job begins, is killed or done, and not for ever', async () => {
    const id = 'results-jobs';
    await send(id);
    await doJobs(id, 'announce');
    const [job] = await jobs(id, 'count-results');
    // Killed after some of it was kept, and before that was noted.
    const { client, announcements, mail } = housekeeping;
    const sendNot = async (command: { input: { UpdateExpression?: string } }) => {
      if (command.input.UpdateExpression?.includes('results')) throw new Error('killed');
      return client.send(command as never);
    };
    const { resultsStore } = await import('../../shared/announcements/write/results.store.ts');
    const given = { client: { send: sendNot }, registry: parts.database.tables.registry, system: realSystem };
    await expect(count(job, 0, { results: resultsStore(given as never) })).rejects.toThrow('killed');
    expect([(await kept(id)).length, await headOf(id), (await jobs(id, 'count-results')).length]).toEqual([
      1,
      undefined,
      1,
    ]);
    // By two at once, and once more by one who began as well.
    await Promise.all([count(job, 10), count(job, 20)]);
    await count({ ...(job as Job), id: 'another' }, 30);
    const pending = await jobs(id, 'count-results');
    expect((await headOf(id)) as object).toMatchObject({ written: WRITTEN, places: 1 });
    expect(pending.length).toBeLessThanOrEqual(2);
    // Whoever is late finds that it was counted, and asks for the same.
    let after = 2 * MINUTE;
    for (const each of pending) await count(each, after);
    expect(await jobs(id, 'count-results')).toHaveLength(1);
    await expectAsLive(id, [undefined]);

    const items = await mails(id);
    for (const { id: mail } of items) await set('outbox', { id: mail }, BECAME[0]);
    let counts = 0;
    const reads: number[] = [];
    const counting = {
      mail: { ...mail, outcomes: (ids: string[]) => reads.push(ids.length) && mail.outcomes(ids, false) },
    };
    for (let [next] = await jobs(id, 'count-results'); next !== undefined; [next] = await jobs(id, 'count-results')) {
      after = Date.parse(next.notBefore ?? '') - Date.now();
      await count(next, after, counting);
      counts += 1;
      if (counts === 1)
        await set('outbox', { id: items[0]?.['id'] }, { fate: { ...BECAME[0].fate, what: 'complained' } });
    }
    expect(after).toBeGreaterThan(3 * DAY);
    expect(counts).toBeLessThan(45);
    expect(reads.every((each) => each === WRITTEN)).toBe(true);
    expect((await look(id))['counts']).toMatchObject({ arrived: WRITTEN - 1, unwanted: 1 });
    expect(await announcements.read(id, MESSAGE)).toMatchObject({
      results: { isWhole: true, quietSince: expect.any(String) },
    });
  }, 120_000);
});
