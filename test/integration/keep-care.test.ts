import { BatchWriteCommand, DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { realDeps as realCare } from '../../functions/care/index.ts';
import { toCareNeedsItem } from '../../shared/care/care.schema.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { careEnd, retentionEnd } from '../../shared/event/event-times.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { CARE_ANSWERS, careForum } from '../support/care.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';
import { youngSubmission } from '../support/young.ts';

type Deps = ReturnType<typeof realCare>;

const DAY = 24 * 60 * 60;

let parts: Parts;
let documents: DynamoDBDocumentClient;
let deps: Deps;
let followEvents: typeof import('../../shared/announcements/follow-events.case.ts').followEvents;
beforeAll(async () => {
  parts = await startParts();
  documents = DynamoDBDocumentClient.from(parts.database.client);
  deps = (await import('../../functions/care/index.ts')).realDeps();
  ({ followEvents } = await import('../../shared/announcements/follow-events.case.ts'));
});
afterAll(() => parts?.stop());

/** The event of these tests, as it is published: on 2 and 3 November 2027, unless it is changed. */
const eventOf = (id: string, changes: Partial<EventDefinition> = {}): EventDefinition =>
  forum({
    ...careForum(),
    id,
    categories: forum().categories.map(({ approval: _, ...category }) => category),
    ...changes,
  });
const inYear = (id: string, year: string, changes: Partial<EventDefinition> = {}) =>
  eventOf(id, { days: forum().days.map((day) => ({ ...day, date: day.date.replace('2027', year) })), ...changes });

/** The timer of `care`, at an instant. */
const timer = (at: number, changes: Partial<Deps> = {}) =>
  asFunction('care', () =>
    followEvents({ ...deps, system: { ...deps.system, now: () => new Date(at * 1000) }, ...changes }),
  );
/** As it fires every five minutes: a publication is followed for good by the second. */
async function timers(at: number): Promise<void> {
  await timer(at);
  await timer(at + 300);
}

const careOf = async (id: string) =>
  (await scan(parts, 'care'))
    .map((item) => ({ of: String(item['pk']).split('#'), expiresAt: Number(item['expiresAt']) }))
    .filter(({ of: [, eventId] }) => eventId === id)
    .map(({ of: [kind = ''], expiresAt }) => ({ kind, expiresAt }));
const kindsOf = async (id: string) => [...new Set((await careOf(id)).map(({ kind }) => kind))].sort();
const endsOf = async (id: string): Promise<Record<string, number[]>> => {
  const ends: Record<string, Set<number>> = {};
  for (const { kind, expiresAt } of await careOf(id)) {
    ends[kind] ??= new Set();
    ends[kind].add(expiresAt);
  }
  return Object.fromEntries(Object.entries(ends).map(([kind, each]) => [kind, [...each]]));
};

/** What DynamoDB does by itself, and what stands in for it does not. */
async function forget(at: number): Promise<void> {
  for (const { pk, sk, expiresAt } of await scan(parts, 'care')) {
    if (Number(expiresAt) > at) continue;
    await documents.send(new DeleteCommand({ TableName: parts.database.tables.care, Key: { pk, sk } }));
  }
}

/** What is kept as long as registrations: a report is also where it is listed, watched and compared with those alike. */
const AS_LONG_AS_REGISTRATIONS = [
  'GUARDIAN',
  'REPORT-GROUPS',
  'REPORT-LIST',
  'REPORT-NOTICES',
  'REPORT-UNOPENED',
  'REPORTS',
];
const EVERYTHING = [...AS_LONG_AS_REGISTRATIONS, 'NEEDS'].sort();
const keptUntil = (care: number, registrations: number): Record<string, number[]> => ({
  NEEDS: [care],
  ...Object.fromEntries(AS_LONG_AS_REGISTRATIONS.map((kind) => [kind, [registrations]])),
});

/** Needs, a guardian and a report. */
async function openWithCare(id: string) {
  const event = await openEvent(parts, id, careForum());
  await event.register(`needs@${id}.example.org`, { answers: CARE_ANSWERS });
  const guardian = { name: 'Parent Sample', email: `parent@${id}.example.org`, language: 'en' };
  const young = postJson(youngSubmission({ email: `young@${id}.example.org`, guardian }));
  expect((await call('submitRegistration', { params: { eventId: id }, ...young })).statusCode).toBe(202);
  const report = postForm([['what', 'Someone follows children around']]);
  expect((await call('postReport', { params: { eventId: id }, ...report })).statusCode).toBe(303);
  expect(await kindsOf(id)).toEqual(EVERYTHING);
  return event;
}

const NOW = Math.floor(Date.now() / 1000);

describe('CS11: what is in Care, where an event moves', () => {
  it('outlives the old end, also while nobody knows the new dates, and is gone after the new one', async () => {
    const id = 'postponed-care';
    await openWithCare(id);
    await grantTeam(parts, id);
    const become = async (body: object) => {
      const { version } = (await ask('organiser', 'getEventStatus', { params: { eventId: id } })).body;
      const answer = await ask('organiser', 'changeEventStatus', {
        params: { eventId: id },
        body: { version, ...body },
      });
      expect(answer.status).toBe(200);
    };
    const old = eventOf(id);
    await timers(NOW);
    expect(await endsOf(id)).toEqual(keptUntil(careEnd(old), retentionEnd(old)));

    await become({ status: 'postponed' });
    await timers(NOW + DAY);
    await forget(careEnd(old) + DAY);
    expect(await kindsOf(id)).toEqual(EVERYTHING);

    await become({ status: 'scheduled', firstDay: '2028-11-02' });
    await timers(careEnd(old) + 2 * DAY);
    await forget(retentionEnd(old) + DAY);
    expect(await kindsOf(id)).toEqual(EVERYTHING);
    const moved = inYear(id, '2028');
    await forget(careEnd(moved) - 1);
    expect(await kindsOf(id)).toEqual(EVERYTHING);
    await forget(careEnd(moved));
    expect(await kindsOf(id)).toEqual(AS_LONG_AS_REGISTRATIONS);
    await forget(retentionEnd(moved));
    expect(await kindsOf(id)).toEqual([]);
  });

  it('follows the event’s file, too: other dates, longer and shorter', async () => {
    const id = 'published-care';
    await openWithCare(id);
    await openWithCare('neighbour-care');
    for (const event of [
      inYear(id, '2028'),
      eventOf(id, { retention: { registrationDays: 400, careDays: 90 } }),
      eventOf(id, { retention: { registrationDays: 20, careDays: 10 } }),
    ]) {
      await parts.publish(event);
      await timers(NOW);
      expect(await endsOf(id)).toEqual(keptUntil(careEnd(event), retentionEnd(event)));
    }
    expect(await endsOf('neighbour-care')).toMatchObject({ NEEDS: [careEnd(eventOf(id))] });
  });

  it('is not kept any longer once it was to be forgotten, though the table may still have it', async () => {
    const id = 'too-late-care';
    await openWithCare(id);
    const old = eventOf(id);
    await parts.publish(inYear(id, '2028'));
    await timers(careEnd(old));
    expect(await endsOf(id)).toMatchObject({
      NEEDS: [careEnd(old)],
      GUARDIAN: [retentionEnd(inYear(id, '2028'))],
    });
  });

  it('is looked through once for each publication, and surely after whoever was registering meanwhile', async () => {
    const id = 'meanwhile-care';
    await openWithCare(id);
    const [old, moved] = [careEnd(eventOf(id)), careEnd(inYear(id, '2028'))];
    const late = (reference: string) => write([needs(id, reference, old)]);
    await timers(NOW);
    await parts.publish(inYear(id, '2028'));
    await timer(NOW + 1000);
    await late('MEANWHILE1');
    // The same minute, as where two instances follow: too early to be the last.
    await timer(NOW + 1010);
    await late('MEANWHILE2');
    await timer(NOW + 1300);
    expect(await endsOf(id)).toMatchObject({ NEEDS: [moved] });
    await late('MEANWHILE3');
    await timer(NOW + 1600);
    expect((await endsOf(id))['NEEDS']?.sort()).toEqual([old, moved].sort());
  });

  it('follows the last of two publications, whichever was being followed as it came', async () => {
    const id = 'overtaken-care';
    await openWithCare(id);
    await parts.publish(inYear(id, '2028'));
    await timer(NOW);
    const last = inYear(id, '2029');
    const readRules: Deps['readRules'] = async (eventId) => {
      const read = await deps.readRules(eventId);
      if (eventId === id) await asFunction('housekeeping', () => parts.publish(last));
      return read;
    };
    await timer(NOW + 300, { readRules });
    expect((await endsOf(id))['NEEDS']).not.toEqual([careEnd(last)]);
    await timer(NOW + 600);
    expect(await endsOf(id)).toMatchObject({ NEEDS: [careEnd(last)], GUARDIAN: [retentionEnd(last)] });
  });

  it('comes back in no piece where it is deleted meanwhile', async () => {
    const id = 'deleted-care';
    await openWithCare(id);
    await parts.publish(inYear(id, '2028'));
    const keep: Deps['keptCare']['keep'] = async (item, until) => {
      if (item.pk.startsWith('NEEDS#')) {
        const Key = { pk: item.pk, sk: item.sk };
        await documents.send(new DeleteCommand({ TableName: parts.database.tables.care, Key }));
      }
      return deps.keptCare.keep(item, until);
    };
    await timer(NOW, { keptCare: { ...deps.keptCare, keep } });
    expect((await scan(parts, 'care')).filter(({ pk }) => String(pk).startsWith(`NEEDS#${id}#`))).toEqual([]);
    expect(await kindsOf(id)).toEqual(AS_LONG_AS_REGISTRATIONS);
  });

  it('is kept a thousand at a time, and the next run goes on', async () => {
    const id = 'crowded-care';
    await openEvent(parts, id, careForum());
    const [old, moved] = [careEnd(eventOf(id)), careEnd(inYear(id, '2028'))];
    await write(Array.from({ length: 1_050 }, (_, index) => needs(id, `${index}`.padStart(10, '0'), old)));
    await parts.publish(inYear(id, '2028'));
    const done = async () => (await careOf(id)).filter(({ expiresAt }) => expiresAt === moved).length;
    await timer(NOW);
    expect(await done()).toBe(1_000);
    await timer(NOW + 300);
    expect(await done()).toBe(1_050);
    await write([needs(id, 'AFTERWARDS', old)]);
    await timer(NOW + 600);
    expect(await done()).toBe(1_050);
  });

  it('is kept for other events where one fails', async () => {
    const ids = ['broken-care', 'whole-care'] as const;
    for (const id of ids) await openWithCare(id);
    for (const id of ids) await parts.publish(inYear(id, '2028'));
    const readRules: Deps['readRules'] = async (eventId) => {
      if (eventId === 'broken-care') throw new Error('not today');
      return deps.readRules(eventId);
    };
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await timer(NOW, { readRules });
    expect(logged.mock.calls.map(([line]) => JSON.parse(String(line)))).toMatchObject([
      { message: 'care not kept', eventId: 'broken-care' },
      { message: 'guardians not told', eventId: 'broken-care' },
      { message: 'reports not watched', eventId: 'broken-care' },
    ]);
    logged.mockRestore();
    expect(await endsOf('broken-care')).toMatchObject({ NEEDS: [careEnd(eventOf('broken-care'))] });
    expect(await endsOf('whole-care')).toMatchObject({ NEEDS: [careEnd(inYear('whole-care', '2028'))] });
  });
});

const needs = (eventId: string, reference: string, expiresAt: number) =>
  toCareNeedsItem(
    { eventId, reference, answers: { help: 'captions' }, edition: 'one', sentAt: '2026-11-26T00:00:00Z' },
    expiresAt,
  );

/** As an attendee who registered just before an event was published anew. */
async function write(items: readonly Record<string, unknown>[]): Promise<void> {
  for (let from = 0; from < items.length; from += 25) {
    const puts = items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [parts.database.tables.care]: puts } }));
  }
}
