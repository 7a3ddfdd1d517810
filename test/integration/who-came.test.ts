import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { meterDatabase } from '../../bench/cost/metered-database.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { addMark, type MarksByTicket } from '../../shared/checkin/attendance/attendance-index.store.ts';
import { exportWhoCame, listWhoCame } from '../../shared/checkin/attendance/who-came.case.ts';
import { exportHandedOut, listHandedOut } from '../../shared/checkin/handout/handed-out.case.ts';
import type { AttendanceTable } from '../../shared/checkin/review/people.schema.ts';
import { tellJoined, tellOthers } from '../../shared/checkin/roster/check-in-feed.store.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { CROCKFORD } from '../../shared/kernel/text/crockford.ts';
import { makeReference } from '../../shared/kernel/text/reference.ts';
import { type IndexedPerson, indexedRow, rowsIn, shapeOf } from '../../shared/registration/people/person.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { call, postForm } from '../support/call.ts';
import { errorsOf, open, openDoors, problem, usual } from '../support/doors.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, scanId, sentScan } from '../support/phone.ts';
import { scan } from '../support/registry.ts';
import { rosterPeople } from '../support/roster-people.ts';
import { ask, type TeamMember } from '../support/team.ts';

let parts: Parts;

beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(async () => {
  vi.useRealTimers();
  await parts.empty();
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const [FIRST, SECOND] = forum().days;
/** The opening begins then. */
const BEGINS = Date.parse(`${FIRST?.date}T09:00:00+07:00`);
const NEXT_DAY = Date.parse(`${SECOND?.date}T09:00:00+07:00`);
const at = (time: number) => vi.useFakeTimers({ now: time, toFake: ['Date'] });

type Doors = Awaited<ReturnType<typeof openDoors>>;
interface Row {
  readonly reference: string;
  readonly fullName: string;
  readonly status: string;
  readonly mode?: string;
  readonly cameAt?: string;
  readonly leftAt?: string;
}

const lookAt = (doors: Doors, listId: string, day?: string, who: TeamMember = 'organiser') => {
  const query: Record<string, string> = day === undefined ? {} : { day };
  const what = { params: { eventId: doors.id, listId }, query };
  return { table: () => ask(who, 'listWhoCame', what), file: () => ask(who, 'exportWhoCame', what) };
};
const rowsOf = async (...about: Parameters<typeof lookAt>): Promise<readonly Row[]> => {
  const { status, body } = await lookAt(...about).table();
  expect(status).toBe(200);
  return body.people;
};
const brief = (rows: readonly Row[]) => rows.map(({ fullName, status }) => `${fullName}: ${status}`);

/** Three adults who registered for other days and ways, and a phone at every door. */
async function forumWith(id: string, made: Readonly<Record<string, object>> = {}) {
  const doors = await openDoors(parts, id, {});
  const holder = (name: string, sent: Record<string, unknown>) =>
    doors.holder(`${name.toLowerCase()}@example.org`, { fullName: `${name} Sample`, ...sent });
  const both = await holder('Bopha', { country: 'TH', days: ['day-1', 'day-2'] });
  const first = await holder('Anan', { country: 'TH', days: ['day-1'] });
  const home = await holder('Chan', { country: 'KH', mode: 'online', days: ['day-1'] });
  at(BEGINS - 90 * MINUTE);
  for (const [list, terms] of Object.entries(made)) {
    expect((await doors.put(list, { ...usual, ...terms })).status).toBe(200);
  }
  const lists = ['event', 'day-day-1', 'day-day-2', ...Object.keys(made)];
  const phone = await openPhone(parts, id, { lists, endsAt: NEXT_DAY + 8 * HOUR });
  const scanned = async (of: { ticket: string; reference?: string }, list: string, time: number, more: object = {}) => {
    at(time + 1000);
    const { reference } = of;
    const sent = sentScan({ ticket: of.ticket, ...(reference && { reference }), list, scannedAt: time, ...more });
    const told = { ...sent, correctedAt: time };
    const { answers } = await phone.send([told]);
    expect(answers).toMatchObject([{ result: 'kept' }]);
    return told;
  };
  return { doors, both, first, home, scanned, phone };
}

describe('CI13: who came to a list on a day', () => {
  it('is everyone who came or was expected there, in the order of their names, and once it is over without a check-in', async () => {
    const { doors, both, first, home, scanned } = await forumWith('who-came');
    at(BEGINS - HOUR);
    expect(brief(await rowsOf(doors, 'day-day-1'))).toEqual(['Anan Sample: not-yet', 'Bopha Sample: not-yet']);
    await scanned(both, 'day-day-1', BEGINS + MINUTE);
    // Who registered to attend online and stands at the door came to it.
    await scanned(home, 'day-day-1', BEGINS + 2 * MINUTE);
    const told = await rowsOf(doors, 'day-day-1');
    expect(brief(told)).toEqual(['Anan Sample: not-yet', 'Bopha Sample: came', 'Chan Sample: came']);
    expect(told[1]).toMatchObject({
      reference: both.reference,
      ...{ mode: 'in-person', cameAt: new Date(BEGINS + MINUTE).toISOString() },
    });
    expect(brief(await rowsOf(doors, 'day-day-2'))).toEqual(['Bopha Sample: not-yet']);
    at(BEGINS + 24 * HOUR);
    expect(brief(await rowsOf(doors, 'day-day-1'))[0]).toBe('Anan Sample: no-check-in');
    expect(first.reference).toBe((await rowsOf(doors, 'day-day-1'))[0]?.reference);
  });

  it('CI13: of the entrance is told by day, and counts for the day’s list: nobody came on a day for a scan of another', async () => {
    const { doors, both, scanned } = await forumWith('by-day', {
      media: { name: 'Press desk', passing: 'in-and-out' },
    });
    await scanned(both, 'event', BEGINS + MINUTE);
    await scanned(both, 'media', BEGINS + 2 * MINUTE);
    await scanned(both, 'media', BEGINS + 12 * HOUR, { kind: 'out' });
    at(NEXT_DAY);
    const bopha = async (list: string, day?: string) =>
      (await rowsOf(doors, list, day)).find(({ reference }) => reference === both.reference);
    expect(await bopha('event', 'day-1')).toMatchObject({ status: 'came' });
    expect(await bopha('event', 'day-2')).toMatchObject({ status: 'not-yet' });
    expect(await bopha('day-day-1')).toMatchObject({ status: 'came', cameAt: new Date(BEGINS + MINUTE).toISOString() });
    expect(await bopha('day-day-2')).toMatchObject({ status: 'not-yet' });
    const came = async (list: string) => (await doors.list(list)).counts.came;
    expect([await came('event'), await came('day-day-1'), await came('day-day-2')]).toEqual([1, 1, 0]);
    // On the second day it is no second time, and both of their days count.
    await scanned(both, 'event', NEXT_DAY + MINUTE);
    at(NEXT_DAY + 2 * MINUTE);
    expect(await doors.show()).toMatchObject({ conflicts: 0 });
    expect([await came('event'), await came('day-day-1'), await came('day-day-2')]).toEqual([1, 1, 1]);
    expect(await bopha('event', 'day-2')).toMatchObject({
      ...{ status: 'came', cameAt: new Date(NEXT_DAY + MINUTE).toISOString() },
    });
    const left = new Date(BEGINS + 12 * HOUR).toISOString();
    expect(await bopha('media', 'day-1')).toMatchObject({ status: 'came', leftAt: left });
    expect(await bopha('media', 'day-2')).toMatchObject({ status: 'not-yet' });
    expect(await bopha('media')).toMatchObject({ status: 'came', leftAt: left });
    // Who comes on the first day alone is not expected on the second.
    const names = async (day?: string) => (await rowsOf(doors, 'event', day)).map(({ fullName }) => fullName);
    expect(await names('day-1')).toEqual(['Anan Sample', 'Bopha Sample']);
    expect(await names('day-2')).toEqual(['Bopha Sample']);
  });

  it('leaves nobody under 18 in it, for anyone, and tells organisers how many came that are not named', async () => {
    const { doors, both, scanned } = await forumWith('who-came-young');
    const young = await rosterPeople(parts, doors.id).enter({
      ...{ fullName: 'Young Canary', badgeName: 'Young Canary', ageBand: 'minor', minor: {}, country: 'TH' },
    });
    await scanned({ ticket: ticketHashOf(young), reference: young.reference }, 'day-day-1', BEGINS + MINUTE);
    await scanned(both, 'day-day-1', BEGINS + MINUTE);
    for (const who of ['organiser', 'vettedOrganiser', 'thailand'] as const) {
      const { table, file } = lookAt(doors, 'day-day-1', undefined, who);
      const [{ body }, { body: text }] = [await table(), await file()];
      expect(brief(body.people), who).toEqual(['Anan Sample: not-yet', 'Bopha Sample: came']);
      expect(body.unnamed, who).toBe(who === 'thailand' ? undefined : 1);
      expect(JSON.stringify(body) + text).not.toMatch(/Young|Canary/);
      expect(JSON.stringify(body) + text).not.toContain(young.reference);
    }
  });

  it('is told to organisers, to focal points of their own people, to nobody else; and of closed sessions to organisers alone', async () => {
    const doors = await openDoors(parts, 'who-may', {});
    await doors.holder('th@example.org', { fullName: 'From TH', country: 'TH' });
    await doors.holder('la@example.org', { fullName: 'From LA', country: 'LA' });
    for (const [list, session] of Object.entries({ closed: 'consultation', staffs: 'opening' })) {
      expect((await doors.put(list, { ...usual, ...open, place: { kind: 'session', session } })).status).toBe(200);
    }
    const named = async (who: TeamMember) =>
      (await rowsOf(doors, 'event', undefined, who)).map((each) => each.fullName);
    expect(await named('organiser')).toEqual(['From LA', 'From TH']);
    expect(await named('thailand')).toEqual(['From TH']);
    for (const who of ['care', 'safeguarding', 'deputy'] as const) {
      const { table, file } = lookAt(doors, 'event', undefined, who);
      expect([(await table()).status, (await file()).status], who).toEqual([403, 403]);
    }
    for (const [who, status] of [
      ['organiser', 200],
      ['thailand', 404],
    ] as const) {
      const { table, file } = lookAt(doors, 'closed', undefined, who);
      expect([(await table()).status, (await file()).status], who).toEqual([status, status]);
    }
    expect((await lookAt(doors, 'staffs', undefined, 'thailand').table()).status).toBe(200);
  });

  it('is a file with local times, harmless to spreadsheets, that is noted: who, how many, which columns, of which list', async () => {
    const { doors, both, scanned } = await forumWith('who-came-file');
    vi.useRealTimers();
    await doors.register('formula@example.org', {
      ...{ fullName: '=1+1 Sample', badgeName: '@sum', nativeName: 'សុខា', organisation: 'A, "B"', country: 'TH' },
      days: ['day-1'],
    });
    await scanned(both, 'day-day-1', BEGINS + MINUTE);
    const { status, body, headers } = await lookAt(doors, 'day-day-1', undefined, 'thailand').file();
    expect(status).toBe(200);
    expect(headers['content-disposition']).toContain(`filename="who-came-file-day-day-1-who-came.csv"`);
    const [head, ...rows] = body.split('\r\n');
    const columns =
      'reference honorific fullName badgeName nativeName organisation country category mode cameAt leftAt status';
    expect(head).toBe(`\uFEFF${columns.replaceAll(' ', ',')}`);
    expect(rows.find((row: string) => row.includes('sum'))).toContain(`'=1+1 Sample,'@sum,សុខា,"A, ""B""",TH,`);
    expect(rows.find((row: string) => row.startsWith(both.reference))).toMatch(
      new RegExp(`,in-person,${FIRST?.date}T09:01\\+07:00,,came$`),
    );
    expect(rows.find((row: string) => row.includes('Anan'))).toMatch(/,,,,not-yet$/);
    const noted = await scan(parts, 'audit', { having: { eventId: doors.id } });
    expect(noted).toMatchObject([
      { action: 'export', about: 'day-day-1', people: 3, columns: columns.split(' '), by: expect.any(String) },
    ]);
    await lookAt(doors, 'event', 'day-2').table();
    const again = await scan(parts, 'audit', { having: { eventId: doors.id, action: 'load-people' } });
    expect(again).toMatchObject([{ about: 'event', people: 1 }]);
  });

  it('is refused for a list and a day that there are not, and nobody of an event that has nobody', async () => {
    const doors = await openDoors(parts, 'who-came-none', {});
    await openDoors(parts, 'who-came-other', {}).then((other) => other.put('elsewhere', open));
    await doors.put('removed', open);
    await doors.remove('removed');
    for (const list of ['nowhere', 'elsewhere', 'removed']) {
      const { table, file } = lookAt(doors, list);
      const answers = [await table(), await file()];
      for (const answer of answers)
        expect(answer, list).toMatchObject({ status: 404, body: { type: problem('not-found') } });
    }
    const refused = async (list: string, day: string) => errorsOf(await lookAt(doors, list, day).table());
    expect(await refused('event', 'day-9')).toEqual({ status: 422, errors: ['day unknown-option'] });
    expect(await refused('day-day-1', 'day-2')).toEqual({ status: 422, errors: ['day does-not-fit'] });
    expect(await refused('event', 'd'.repeat(101))).toMatchObject({ status: 422 });
    expect((await lookAt(doors, 'NO LIST').file()).status).toBe(422);
    expect(await rowsOf(doors, 'day-day-1', 'day-1')).toEqual([]);
    expect((await lookAt(doors, 'event').file()).body.trim().split('\r\n')).toHaveLength(1);
    const missing = { params: { eventId: 'no-event', listId: 'event' } };
    expect((await ask('organiser', 'listWhoCame', missing)).status).toBe(403);
  });

  it('still tells who came to a session that is not in the programme any more', async () => {
    const { doors, both, scanned } = await forumWith('who-came-gone', {
      panel: { place: { kind: 'session', session: 'opening' }, passing: 'again' },
    });
    await scanned(both, 'panel', BEGINS + MINUTE);
    await parts.publish(forum({ id: doors.id, questions: [], sessions: [] }));
    expect(brief(await rowsOf(doors, 'panel'))).toEqual(['Bopha Sample: came']);
    expect((await lookAt(doors, 'panel', undefined, 'thailand').table()).status).toBe(404);
  });
});

interface Loaded {
  readonly people: AttendanceTable;
  readonly total: number;
  readonly cursor: string;
  readonly next?: string;
  readonly parts: readonly {
    readonly place: { readonly kind: string; readonly day?: string; readonly session?: string };
  }[];
  readonly lists: readonly { readonly id: string; readonly title?: string }[];
}
const load = async (id: string, query: Record<string, string> = {}, who: TeamMember = 'organiser') => {
  const { status, body } = await ask(who, 'loadAttendance', { params: { eventId: id }, query });
  expect(status).toBe(200);
  return body as Loaded;
};

describe('CI13: attendance by person', () => {
  it('is for each who came or is expected by event, day and session, at which list, how and when, and left when', async () => {
    const { doors, both, first, home, scanned } = await forumWith('load-attendance', {
      media: { name: 'Press desk', passing: 'in-and-out' },
      hall: { place: { kind: 'session', session: 'opening' }, passing: 'again' },
    });
    await scanned(both, 'event', BEGINS + MINUTE);
    await scanned(both, 'media', BEGINS + 2 * MINUTE);
    await scanned(both, 'media', BEGINS + 30 * MINUTE, { kind: 'out' });
    await scanned(home, 'hall', BEGINS + 3 * MINUTE);
    const { people, parts: all, total, lists } = await load(doors.id);
    expect(total).toBe(3);
    expect(lists.map(({ id }) => id)).toEqual(expect.arrayContaining(['event', 'media', 'hall']));
    const places = all.map(({ place }) => place.day ?? place.session ?? place.kind);
    expect(places.slice(0, 3)).toEqual(['event', 'day-1', 'day-2']);
    const letters = (reference: string, ...of: string[]) =>
      of.map((each) => people.presences[people.references.indexOf(reference)]?.[places.indexOf(each)]).join('');
    expect(letters(both.reference, 'event', 'day-1', 'day-2', 'opening')).toBe('ccee');
    expect(letters(first.reference, 'event', 'day-1', 'day-2')).toBe('ee-');
    expect(letters(home.reference, 'event', 'day-1', 'opening')).toBe('ccc');
    const row = people.references.indexOf(both.reference);
    expect(people.came['media']).toEqual({
      ...{
        rows: [row],
        cameAt: [BEGINS + 2 * MINUTE],
        left: [row],
        leftAt: [BEGINS + 30 * MINUTE],
        online: [],
        byHand: [],
      },
    });
  });

  it('is told within five seconds of a scan to who follows by cursor, and of nobody else', async () => {
    const { doors, both, first, scanned } = await forumWith('follow-attendance');
    at(BEGINS);
    const before = await load(doors.id);
    at(BEGINS + 60_000);
    const quiet = await load(doors.id, { cursor: before.cursor });
    await scanned(both, 'event', BEGINS + 61_000);
    at(BEGINS + 64_000);
    const news = await load(doors.id, { cursor: quiet.cursor });
    expect(news.people.references).toEqual([both.reference]);
    expect(Object.keys(news.people.came)).toEqual(['event', 'day-day-1']);
    at(BEGINS + 180_000);
    expect(
      (await load(doors.id, { cursor: (await load(doors.id, { cursor: news.cursor })).cursor })).people.references,
    ).toEqual([]);
    // Older than a quarter of an hour, it begins anew.
    at(BEGINS + 30 * MINUTE);
    const all = (await load(doors.id, { cursor: news.cursor })).people.references;
    expect(all).toHaveLength(3);
    const after = [both.reference, first.reference].sort()[0] ?? '';
    expect((await load(doors.id, { after, cursor: before.cursor })).cursor).toBe(before.cursor);
    expect((await load(doors.id, { after })).people.references).not.toContain(after);
    const rest = all.filter((reference: string) => reference > after).length;
    vi.useRealTimers();
    const noted = await scan(parts, 'audit', { having: { eventId: doors.id, action: 'load-people' } });
    // What was told by a cursor is among them, for its holder may have made it up.
    expect(noted.map(({ people }) => people).sort()).toEqual([1, rest, rest, 3, 3]);
    expect(noted[0]).toMatchObject({ about: 'attendance', people: expect.any(Number) });
  });

  it('is of adults within reach alone, and of closed sessions to organisers alone', async () => {
    const { doors, both, first, home, scanned } = await forumWith('who-loads', {
      closed: { place: { kind: 'session', session: 'consultation' }, passing: 'again' },
    });
    const young = await rosterPeople(parts, doors.id).enter({
      ...{ fullName: 'Young Canary', badgeName: 'Young Canary', ageBand: 'minor', minor: {}, country: 'TH' },
    });
    await scanned({ ticket: ticketHashOf(young), reference: young.reference }, 'event', BEGINS + MINUTE);
    await scanned(both, 'closed', BEGINS + MINUTE);
    const organiser = await load(doors.id);
    expect([...organiser.people.references].sort()).toEqual([both, first, home].map((each) => each.reference).sort());
    expect(organiser.people.came['closed']?.rows).toHaveLength(1);
    expect(organiser.lists.find(({ id }) => id === 'closed')?.title, 'not its id').toMatch(/^Consultation of /);
    const focal = await load(doors.id, {}, 'thailand');
    expect([...focal.people.references].sort()).toEqual([both, first].map((each) => each.reference).sort());
    expect(focal.people.came).toEqual({});
    expect(JSON.stringify([focal.parts, focal.lists])).not.toMatch(/closed|consultation/);
    expect(JSON.stringify([organiser, await load(doors.id, {}, 'vettedOrganiser')])).not.toContain(young.reference);
    for (const who of ['care', 'safeguarding', 'deputy'] as const) {
      expect((await ask(who, 'loadAttendance', { params: { eventId: doors.id } })).status, who).toBe(403);
    }
    for (const query of [{ after: 'no' }, { cursor: 'yesterday' }] as Record<string, string>[]) {
      expect((await ask('organiser', 'loadAttendance', { params: { eventId: doors.id }, query })).status).toBe(422);
    }
  });
});

describe('RE11: who came to a list and was given something, of more people than an answer holds', () => {
  const MOST_BYTES = 6_000_000;
  const MANY = 45_000;

  it('is too large for one answer, and told in parts of which each fits, is noted, and has nobody twice', async () => {
    const doors = await openDoors(parts, 'who-came-huge', {});
    const { id } = doors;
    const terms = { name: 'Headset', often: 'any', isLent: true, revision: (await doors.show()).revision };
    expect((await doors.ask('putHandout', { listId: 'headset' }, terms)).status).toBe(200);
    const model = await doors.holder('model@example.org', { fullName: 'Model Sample' });
    const { realDeps } = await import('../../functions/doors/index.ts');
    const deps = realDeps();
    const { rules } = splitTexts(forum({ id, questions: [] }));
    const [people, marks]: [Map<string, IndexedPerson>, MarksByTicket] = [new Map(), new Map()];
    for (let n = 0; n < MANY; n += 1) {
      const reference = makeReference(deps.system.random(9));
      const ticket = Buffer.from(deps.system.random(16)).toString('base64url');
      const named = {
        ...model,
        reference,
        fullName: `Person ${n % 997} of ${n}`,
        organisation: 'Ministry of Children',
      };
      people.set(reference, indexedRow(rules, named, ticket) as IndexedPerson);
      for (const list of ['event', 'headset']) {
        const mark = { scanId: scanId(), device: '7K3M9QX2', kind: 'in' as const, correctedAt: BEGINS + n };
        addMark(marks, { list, ticket, mark });
      }
    }
    addMark(marks, {
      ...{ list: 'event', ticket: 'of-nobody-here-00' },
      mark: { scanId: scanId(), device: '7K3M9QX2', kind: 'in', correctedAt: BEGINS },
    });
    const now = deps.system.now();
    const at = new Date(now.getTime() + HOUR).toISOString();
    const rows = { shape: shapeOf(rules), people, minors: new Map(), isMadeUp: false, orders: new Map() };
    deps.peopleMemory.set(id, { ...rows, cursor: at, goneUpTo: now.toISOString() });
    deps.attendanceMemory.set(id, { marks, cursor: at, from: now.getTime(), since: '', told: new Map() });
    const caller = { id: 'm', grants: [{ role: 'organiser' }] } as never;
    const look = async (route: Look, listId: string, query: object) => {
      const wanted = { params: { eventId: id, listId }, query, language: 'en' } as never;
      const reply = await asFunction('doors', () => route(deps)(wanted, caller));
      const { body, csv } = reply as { body: Told; csv?: string };
      expect(Buffer.byteLength(JSON.stringify(JSON.stringify(csv ?? body)))).toBeLessThan(MOST_BYTES);
      return { body, csv };
    };
    for (const [listed, exported, list] of [
      [listWhoCame, exportWhoCame, 'event'],
      [listHandedOut, exportHandedOut, 'headset'],
    ] as const) {
      for (const route of [listed, exported]) {
        await expect(look(route, list, {})).rejects.toMatchObject({ type: 'export-too-large' });
      }
      const seen: string[] = [];
      for (const part of CROCKFORD) {
        const { body } = await look(listed, list, { part });
        seen.push(...body.people.map(({ reference }) => reference));
        expect('unnamed' in body, 'told once').toBe(part === '0');
      }
      expect(seen).toEqual([...people.keys()].sort());
      const { csv = '' } = await look(exported, list, { part: 'Z' });
      const lines = csv.split('\r\n').slice(1, -1);
      const inPart = seen.filter((reference) => reference.startsWith('Z'));
      expect(lines.map((line) => line.slice(0, 10))).toEqual(inPart);
      const noted = await scan(parts, 'audit', { having: { eventId: id, about: list } });
      const looks = noted.filter(({ action }) => action === 'load-people').map((each) => Number(each['people']));
      expect(looks).toHaveLength(CROCKFORD.length);
      expect(looks.reduce((sum, each) => sum + each, 0)).toBe(MANY);
      expect(noted.filter(({ action }) => action === 'export')).toMatchObject([{ people: inPart.length }]);
    }
    const { body } = await look(listWhoCame, 'event', { part: '0' });
    expect(body.unnamed).toBe(1);
  });

  it('is a part also of a small event, which is noted whoever made it up, and of nobody out of reach', async () => {
    const { doors, both, first, home } = await forumWith('who-came-parts');
    const letter = both.reference.slice(0, 1);
    const partOf = (part: string, who: TeamMember = 'organiser') =>
      ask(who, 'listWhoCame', { params: { eventId: doors.id, listId: 'event' }, query: { part } });
    const inPart = [both, first, home].filter(({ reference }) => reference.startsWith(letter));
    const rows: readonly Row[] = (await partOf(letter)).body.people;
    expect(rows.map(({ reference }) => reference)).toEqual(
      inPart
        .filter(({ mode }) => mode !== 'online')
        .map(({ reference }) => reference)
        .sort(),
    );
    const own = (await partOf(home.reference.slice(0, 1), 'thailand')).body.people;
    expect(own.map(({ reference }: Row) => reference)).not.toContain(home.reference);
    for (const part of ['I', 'O', '00', 'a', '!']) {
      expect((await partOf(part)).status, part).toBe(422);
      const handed = { params: { eventId: doors.id, listId: 'event' }, query: { part } };
      for (const route of ['exportWhoCame', 'listHandedOut', 'exportHandedOut'] as const)
        expect((await ask('organiser', route, handed)).status, `${route} ${part}`).toBe(422);
    }
    vi.useRealTimers();
    const noted = await scan(parts, 'audit', { having: { eventId: doors.id, action: 'load-people' } });
    expect(noted.map(({ people }) => people).sort()).toEqual([own.length, rows.length].sort());
  });
});

/** What is asked about a list, as a function answers it. */
type Look = typeof listWhoCame | typeof exportWhoCame | typeof listHandedOut | typeof exportHandedOut;
interface Told {
  readonly people: readonly Row[];
  readonly unnamed?: unknown;
}

describe('RE11: who came to a list, of a thousand people', () => {
  it('is read from the people index and what was told of scans, never from every registration', async () => {
    const meter = await meterDatabase(parts.database.endpoint);
    const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
    try {
      const doors = await openDoors(parts, 'who-came-many', {});
      const { id } = doors;
      const people = rosterPeople(parts, id, { questions: [] });
      const entered: Registration[] = [];
      for (let n = 0; n < 1_000; n += 20) {
        const some = Array.from({ length: 20 }, (_, each) => people.enter({ fullName: `Person ${n + each}` }));
        entered.push(...(await Promise.all(some)));
      }
      at(people.clock.now + 24 * HOUR);
      const { realDeps: housekeeping } = await import('../../functions/housekeeping/index.ts');
      const { makePeople } = await import('../../shared/registration/people/keep-people.case.ts');
      const job = { eventId: id, job: 'make-people' } as never;
      await asFunction('housekeeping', () => makePeople(housekeeping(), job));
      const table = parts.database.tables.registry;
      const marks = (list: string, device: string) =>
        entered.slice(0, 900).map((each) => ({
          ...{ list, ticket: ticketHashOf(each) },
          mark: { scanId: scanId(), device, kind: 'in' as const, correctedAt: BEGINS },
        }));
      const direct = documentClient(parts.database.client);
      for (const [list, device] of [
        ['day-day-1', '7K3M9QX2'],
        ['media', '7K3M9QX3'],
      ] as const) {
        const all = marks(list, device);
        for (let n = 0; n < all.length; n += 20) {
          const about = { eventId: id, device, at: new Date(BEGINS + n), batch: `${n}` };
          await tellOthers(direct, table, about, all.slice(n, n + 20), 2 ** 32);
        }
      }
      await Promise.all(
        marks('session-opening', 'online').map((joined) => tellJoined(direct, table, id, joined, 2 ** 32)),
      );
      const { realDeps } = await import('../../functions/doors/index.ts');
      at(people.clock.now + 25 * HOUR);
      await keep(id);
      const deps = realDeps(documentClient(client));
      const caller = { id: 'm', grants: [{ role: 'organiser' }] } as never;
      const cost = async (listId: string) => {
        meter.take();
        const wanted = { params: { eventId: id, listId }, query: {}, language: 'en' } as never;
        const reply = await asFunction('doors', () => listWhoCame(deps)(wanted, caller));
        const { people: rows } = (reply as { body: { people: readonly Row[] } }).body;
        expect(rows.filter(({ status }) => status === 'came')).toHaveLength(900);
        return Math.ceil(meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0));
      };
      const units = {
        cold: await cost('day-day-1'),
        warm: await cost('day-day-1'),
        joined: await cost('session-opening'),
      };
      // An index of 1,000 people, and 1,800 scans of two lists; 900 joined online.
      expect(units.cold).toBeLessThanOrEqual(75);
      expect(units.warm).toBeLessThanOrEqual(52);
      expect(units.joined).toBeLessThanOrEqual(96);
    } finally {
      client.destroy();
      await meter.stop();
    }
  }, 120_000);

  it('is told also of who joined online before it was noted beside the list', async () => {
    const { doors, home } = await forumWith('who-joined');
    const token = await doors.tokenOf('chan@example.org');
    at(BEGINS + MINUTE);
    await call('postJoin', { params: { token, sessionId: 'opening' }, ...postForm([['action', 'join']]) });
    const came = async () => (await rowsOf(doors, 'session-opening')).filter(({ status }) => status === 'came');
    const told = await came();
    expect(told).toMatchObject([
      { reference: home.reference, mode: 'online', cameAt: new Date(BEGINS + MINUTE).toISOString() },
    ]);
    const direct = documentClient(parts.database.client);
    const TableName = parts.database.tables.registry;
    const items = await scan(parts, 'registry', { partitions: [`CHECK-IN-FEED#${doors.id}#`] });
    expect(items).toHaveLength(1);
    for (const { pk, sk } of items) await direct.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    expect(await came()).toEqual(told);
  });
});

/** What may happen of one of the people; `who` and `list` are places. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constantFrom('in', 'out', 'undo'), who: fc.nat(2), list: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('join'), who: fc.nat(2), list: fc.constant(0) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('replace', 'carry'), who: fc.nat(2), list: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constantFrom('substitute', 'erase'), who: fc.nat(2), list: fc.nat(2) }),
  },
);
const LISTS = ['event', 'media', 'session-opening'];

describe('CI13: what is told of a list', () => {
  it('is what is told of each of its people, whatever was scanned, joined, taken back, replaced or erased', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        run += 1;
        vi.useRealTimers();
        const doors = await openDoors(parts, `who-agrees-${run}`, {});
        const emails = [0, 1, 2].map((n) => `n${n}@example.org`);
        for (const email of emails) await doors.holder(email, { fullName: `Is ${email}`, country: 'TH' });
        let now = BEGINS - 10 * MINUTE;
        at(now);
        await doors.put('media', { ...usual, name: 'Press desk', passing: 'in-and-out' });
        await doors.put('session-opening', { ...usual, place: { kind: 'session', session: 'opening' } });
        const phones = [
          await openPhone(parts, doors.id, { lists: LISTS }),
          await openPhone(parts, doors.id, { lists: LISTS }),
        ];
        const tickets = new Map<string, string[]>();
        const last = new Map<string, { scanId: string; phone: number; ticket: string; list: string; at: number }>();
        const gone = new Set<string>();
        for (const [n, { what, who, list: place }] of steps.entries()) {
          const email = emails[who] ?? '';
          if (gone.has(email)) continue;
          now += 20_000;
          at(now);
          const { reference, revision, ticketId } = await doors.registrationOf(email);
          const ticket = ticketHashOf({ ticketId });
          const known = tickets.get(email) ?? [];
          if (!known.includes(ticket)) tickets.set(email, [...known, ticket]);
          const list = LISTS[place] ?? 'event';
          const phone = n % 2;
          // Every third is of a ticket that they had before: a phone without a network does not know better.
          const scanned = n % 3 === 0 ? (tickets.get(email)?.[0] ?? ticket) : ticket;
          if (what === 'in' || what === 'out') {
            const sent = sentScan({ ticket: scanned, reference, list, kind: what, scannedAt: now, correctedAt: now });
            await phones[phone]?.send([sent]);
            last.set(email, { scanId: sent.scanId, phone, ticket: scanned, list, at: now });
          }
          const before = last.get(email);
          if (what === 'undo' && before !== undefined) {
            const undo = {
              kind: 'undo',
              undoes: before.scanId,
              scannedAt: before.at + 1000,
              correctedAt: before.at + 1000,
            };
            await phones[before.phone]?.send([sentScan({ ticket: before.ticket, list: before.list, ...undo })]);
          }
          if (what === 'join') {
            const token = await doors.tokenOf(email);
            await call('postJoin', { params: { token, sessionId: 'opening' }, ...postForm([['action', 'join']]) });
          }
          if (what === 'replace') await doors.ask('replaceTicket', { reference }, { revision });
          if (what === 'carry') await doors.doJobs();
          if (n % 4 === 0) await keep(doors.id);
          if (what === 'substitute') {
            const other = { fullName: `Other ${n}`, email: `other${n}@example.org`, position: 'Adviser', revision };
            const { status } = await doors.ask('substituteRegistration', { reference }, other);
            expect(status).toBe(200);
            gone.add(email);
          }
          if (what === 'erase') {
            await doors.press(email, 'erase', [['confirm', 'yes']]);
            gone.add(email);
          }
        }
        const people = rowsIn((await doors.ask('loadPeople')).body.people);
        const [one, all]: [string[], string[]] = [[], []];
        for (const { reference } of people) {
          const { came } = (await doors.ask('showAttendance', { reference })).body;
          for (const { list, name: _, ...stay } of came) one.push(JSON.stringify([list, reference, told(stay)]));
        }
        for (const list of new Set([...LISTS, 'day-day-1', 'day-day-2'])) {
          for (const row of await rowsOf(doors, list)) {
            if (row.status === 'came') all.push(JSON.stringify([list, row.reference, told(row)]));
          }
        }
        expect(all.sort()).toEqual(one.sort());
        const { people: table } = (await doors.ask('loadAttendance')).body as { people: AttendanceTable };
        const [loaded, wanted] = [
          cameIn(table),
          one.filter((row) => people.some((each) => row.includes(each.reference))),
        ];
        expect(loaded.sort()).toEqual(wanted.sort());
      }),
      { numRuns: 8 },
    );
  }, 240_000);
});

/** Where people came, as one person's attendance is told. */
const cameIn = ({ references, came }: AttendanceTable): string[] =>
  Object.entries(came).flatMap(([list, { rows, cameAt, left: gone, leftAt, online }]) =>
    rows.map((row, n) => {
      const [at, left] = [cameAt[n] ?? 0, leftAt[gone.indexOf(row)]];
      const mode = online.includes(row) ? 'online' : 'in-person';
      const stay = { mode, cameAt: new Date(at).toISOString(), ...(left && { leftAt: new Date(left).toISOString() }) };
      return JSON.stringify([list, references[row], told(stay)]);
    }),
  );

/** Has housekeeping bring the index of attendance up to date. */
async function keep(eventId: string): Promise<void> {
  const { realDeps } = await import('../../functions/housekeeping/index.ts');
  const { keepAttendance } = await import('../../shared/checkin/attendance/keep-attendance.case.ts');
  await asFunction('housekeeping', () => keepAttendance(realDeps(), eventId, () => true));
}

const told = ({ mode, cameAt, leftAt }: Partial<Row>) => ({ mode, cameAt, leftAt });
