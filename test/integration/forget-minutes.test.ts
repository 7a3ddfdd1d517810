import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { stepOfLane } from '../../shared/checkin/attendance/arrivals.ts';
import { fromAttendanceChunkItem } from '../../shared/checkin/attendance/attendance-index.store.ts';
import { forgetMinutes } from '../../shared/checkin/attendance/forget-minutes.case.ts';
import { LANES } from '../../shared/checkin/scan/keep-scan.case.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { minutesEnd } from '../../shared/event/event-times.ts';
import { FOLLOWED } from '../../shared/event/job.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { TABLES, type TableName } from '../../shared/kernel/dynamo/tables.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { encodeCrockford } from '../../shared/kernel/text/crockford.ts';
import { fromPeopleChunkItem } from '../../shared/registration/people/people.store.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { call, postForm } from '../support/call.ts';
import { openDoors, usual } from '../support/doors.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, scanId, sentScan } from '../support/phone.ts';
import { scan } from '../support/registry.ts';
import { ask } from '../support/team.ts';
import { DO_DUE_JOBS } from '../support/timers.ts';
import { withSend } from '../support/with-send.ts';

/* Thirty days after an event nothing says at which minute anyone came or left, wherever it was kept, and all that rests on it goes on. */

let parts: Parts;
let house: typeof import('../../functions/housekeeping/index.ts');

beforeAll(async () => {
  parts = await startParts();
  house = await import('../../functions/housekeeping/index.ts');
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const [FIRST, SECOND] = forum().days;
const BEGINS = Date.parse(`${FIRST?.date}T09:00:00+07:00`);
const ENDED = minutesEnd(splitTexts(forum()).rules).getTime();
const ONLINE = forum().sessions.find(({ meetingUrl }) => meetingUrl !== undefined);
const JOINS = Date.parse(
  `${[FIRST, SECOND].find(({ id } = { id: '' } as never) => id === ONLINE?.day)?.date}T${ONLINE?.start}:00+07:00`,
);
const at = (time: number) => vi.useFakeTimers({ now: time, toFake: ['Date'] });
const FILE = 'F'.repeat(22);

/** Instants that an item says, epoch milliseconds, however it writes them. */
function instantsIn(item: Record<string, unknown>): readonly number[] {
  const chunk = item['marks'] instanceof Uint8Array ? fromAttendanceChunkItem(item) : undefined;
  const people = item['hash'] !== undefined && chunk === undefined ? fromPeopleChunkItem(item) : undefined;
  const rows = people && [...people.people, ...people.minors];
  const text = JSON.stringify(rows ?? (chunk ? { ...chunk, marks: [...chunk.marks.values()] } : item));
  const [device, lane] = String(item['sk']).split('#');
  return [
    ...(text.match(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g) ?? []).map((iso) => Date.parse(iso)),
    ...(text.match(/\b1[89]\d{11}\b/g) ?? []).map(Number),
    ...[...text.matchAll(/"(?:[\w-]+ [\w-]{22} )?[iou][A-Z]? ?([a-z0-9]{8}) /g)].map(([, time = '']) =>
      Number.parseInt(time, 36),
    ),
    ...(device === 'online' && String(item['pk']).startsWith('CHECK-IN-COUNT')
      ? [stepOfLane(Number(lane), LANES)]
      : []),
  ];
}

/** Kinds of items, by the first word of their keys, in which any of some minutes is said, in all tables but that of who did what. */
async function kindsSaying(eventId: string, minutes: readonly number[]): Promise<readonly string[]> {
  const wanted = new Set(minutes.flatMap((time) => [time, time + MINUTE].map((each) => Math.floor(each / MINUTE))));
  const steps = new Set(minutes.map((time) => Math.floor(time / (5 * MINUTE)) * 5));
  const found = new Set<string>();
  for (const table of (Object.keys(TABLES) as TableName[]).filter((each) => each !== 'audit')) {
    for (const item of await scan(parts, table)) {
      if (!JSON.stringify(item).includes(eventId)) continue;
      const kind = `${table} ${String(item['pk'] ?? item['kind'] ?? item['job']).split('#')[0]}`;
      const isCount = kind.endsWith('CHECK-IN-COUNT');
      const says = (time: number) => (isCount ? steps : wanted).has(Math.floor(time / MINUTE));
      if (instantsIn(item).some(says)) found.add(kind);
    }
  }
  return [...found].sort();
}

/** An event of which everything is kept that says a minute, and the minutes that it says. */
async function attended(id: string) {
  const doors = await openDoors(parts, id, { sessions: forum().sessions });
  const both = await doors.holder('both@example.org', { fullName: 'Bopha Sample', days: ['day-1', 'day-2'] });
  const twice = await doors.holder('twice@example.org', { fullName: 'Twice Sample', days: ['day-1', 'day-2'] });
  const undone = await doors.holder('undone@example.org', { fullName: 'Undone Sample' });
  const byHand = await doors.holder('hand@example.org', { fullName: 'Hand Sample' });
  const online = await doors.holder('online@example.org', { fullName: 'Online Sample', mode: 'online' });
  await doors.put('media', { ...usual, name: 'Press desk', passing: 'in-and-out' });
  at(BEGINS - 2 * HOUR);
  const endsAt = BEGINS + 40 * HOUR;
  const lists = ['event', 'media', 'day-day-1'];
  const phone = await openPhone(parts, id, { lists, endsAt, name: 'Left door' });
  const other = await openPhone(parts, id, { lists, endsAt, name: 'Right door' });
  const desk = await openPhone(parts, id, { lists, endsAt, name: 'Desk', maySearch: true });
  const minutes: number[] = [];
  const made = (of: { ticket: string; reference: string }, time: number, more: object = {}) => {
    minutes.push(time);
    return {
      ...sentScan({ ticket: of.ticket, reference: of.reference, ...more }),
      ...{ scannedAt: time + 7_000, correctedAt: time + 5_000 },
    };
  };
  const scanned = async (by: typeof phone, each: ReturnType<typeof made>) => {
    at(each.correctedAt + 20_000);
    expect((await by.send([each])).answers).toMatchObject([{ result: 'kept' }]);
    return each;
  };
  const first = await scanned(phone, made(both, BEGINS + 3 * MINUTE));
  await scanned(phone, made(both, BEGINS + 8 * MINUTE, { list: 'media' }));
  await scanned(phone, made(both, BEGINS + 64 * MINUTE, { list: 'media', kind: 'out' }));
  await scanned(phone, made(twice, BEGINS + 13 * MINUTE));
  await scanned(other, made(twice, BEGINS + 18 * MINUTE));
  const mistake = await scanned(phone, made(undone, BEGINS + 23 * MINUTE));
  await scanned(phone, { ...made(undone, BEGINS + 23 * MINUTE), kind: 'undo', undoes: mistake.scanId } as never);
  await scanned(other, made({ ticket: scanId(), reference: '' }, BEGINS + 26 * MINUTE, { reference: undefined }));
  // Who is not registered is entered at a desk.
  const ticketId = encodeCrockford(realSystem.random(12));
  const walkIn = {
    ticketId,
    isAdult: true,
    fullName: 'Walks In',
    organisation: 'Sample',
    country: 'KH',
    category: 'ngo',
  };
  await scanned(
    desk,
    made({ ticket: ticketHashOf({ ticketId }), reference: '' }, BEGINS + 73 * MINUTE, { reference: undefined, walkIn }),
  );
  // A member notes of what was signed, later, when it was.
  minutes.push(BEGINS + 33 * MINUTE);
  at(BEGINS + 90 * MINUTE);
  const marked = await ask('organiser', 'markCame', {
    params: { eventId: id, listId: 'event' },
    body: {
      ...{ lines: [byHand.reference], why: 'The list was signed.', step: 'mark' },
      at: new Date(BEGINS + 33 * MINUTE).toISOString(),
    },
  });
  expect(marked.body.lines).toMatchObject([{ status: 'marked' }]);
  // A phone is lost: what it sends later waits for a person, and so does what it saved in a file.
  at(BEGINS + 100 * MINUTE);
  await doors.ask('revokeDevice', { deviceId: other.deviceId });
  at(BEGINS + 110 * MINUTE);
  const late = made(both, BEGINS + 105 * MINUTE, { list: 'day-day-1' });
  expect((await other.send([late])).answers).toMatchObject([{ doubt: 'after-shut-out' }]);
  const held = made(undone, BEGINS + 43 * MINUTE, { list: 'day-day-1' });
  const body = { device: other.deviceId, entries: 1, isLast: true, scans: [held] };
  expect((await doors.ask('bringHandOver', { handOverId: FILE }, body)).status).toBe(200);
  const join = async () =>
    call('postJoin', {
      params: { token: await doors.tokenOf('online@example.org'), sessionId: ONLINE?.id ?? '' },
      ...postForm([['action', 'join']]),
    });
  minutes.push(JOINS + 6 * MINUTE);
  at(JOINS + 6 * MINUTE + 11_000);
  expect((await join()).statusCode).toBe(200);
  at(JOINS + HOUR);
  // Too few for a note: each event is noted within an hour.
  const { changedEvents } = house.realDeps();
  await asFunction('housekeeping', async () => {
    for (const what of FOLLOWED) await changedEvents.note(what, id);
    await house.handler(DO_DUE_JOBS);
  });
  return { doors, both, twice, undone, byHand, online, phone, other, minutes, first, late, held };
}

type Handed = { readonly ticket: string; readonly reference: string };

interface Named {
  readonly list: string;
  readonly ticket: string;
}

/** Of lists on one day it is not kept which was the first. */
const inOrder = (all: readonly Record<string, string>[]) =>
  all.toSorted((a, b) => ((a['list'] ?? '') < (b['list'] ?? '') ? -1 : 1));

type Attended = Awaited<ReturnType<typeof attended>>;

/** What of it is told of people and lists. */
async function toldOf({ doors, both, byHand, online, undone, twice }: Attended) {
  const people = [both, byHand, online, undone, twice];
  const attendances = await Promise.all(
    people.map(async ({ reference }) => inOrder((await doors.ask('showAttendance', { reference })).body.came)),
  );
  const { came, presences, references } = (await ask('organiser', 'loadAttendance', { params: { eventId: doors.id } }))
    .body.people;
  const files = await Promise.all(
    ['event', 'media', 'day-day-1'].map((listId) =>
      ask('organiser', 'exportWhoCame', { params: { eventId: doors.id, listId }, query: {} }),
    ),
  );
  const steps = (await doors.ask('showArrivals', { listId: 'event' })).body;
  const counts = await Promise.all(['event', 'media'].map((list) => doors.counts(list)));
  return {
    ...{ attendances, came, presences, references, files: files.map(({ body }) => body as string), steps },
    counts: counts.map(({ total, parts: of }) => ({ total, of })),
    conflicts: (await doors.conflicts()).conflicts.toSorted((a: Named, b: Named) => (a.ticket < b.ticket ? -1 : 1)),
    // When a phone was shut out, and its file brought, is no attendance.
    handOvers: (await doors.ask('listHandOvers')).body.handOvers.map(({ before, after }: Record<string, unknown>) => ({
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    })),
  };
}

/** Housekeeping, of one event. */
const forgets = (id: string, client = documentClient(parts.database.client)) => {
  const deps = house.realDeps(client);
  return forgetMinutes({ ...deps, digestWriter: { ...deps.digestWriter, events: async () => [id] } });
};

/** What the stream has housekeeping do. */
async function doJobs(id: string): Promise<void> {
  const { doJob } = await import('../../shared/jobs.ts');
  for (const { job, id: jobId } of await scan(parts, 'outbox', { having: { eventId: id } })) {
    if (job === 'make-people') await doJob(house.realDeps(), String(jobId));
  }
}

const WITH_MINUTES = [
  ...['ATTENDANCE', 'CHECK-IN', 'CHECK-IN-COUNT', 'CHECK-IN-DOUBT', 'CHECK-IN-FEED', 'DEVICE'],
  ...['HAND-OVER', 'HELD-SCAN', 'PEOPLE', 'REGISTRATION', 'SCAN'],
].map((kind) => `registry ${kind}`);

describe('CI13: thirty days after an event', () => {
  it('no minute is left of who came and left, in any table, and days and modes are as they were', async () => {
    const all = await attended('minutes-gone');
    const { doors, minutes, both } = all;
    expect(await kindsSaying(doors.id, minutes)).toEqual(WITH_MINUTES);
    const membersOfMarks = async () =>
      (await scan(parts, 'registry', { having: { device: 'by-hand' } }))
        .filter(({ pk }) => String(pk).startsWith(`SCAN#${doors.id}#`))
        .map(({ by, reason }) => [by, reason]);
    expect(await membersOfMarks()).toEqual([[expect.any(String), 'The list was signed.']]);
    const before = await toldOf(all);
    expect(JSON.stringify(before.attendances)).toContain('"label":"organiser"');
    at(ENDED - MINUTE);
    await forgets(doors.id);
    expect(await kindsSaying(doors.id, minutes)).toEqual(WITH_MINUTES);
    // Not told any more from the very moment on, though nothing is written yet.
    at(ENDED);
    const told = await toldOf(all);
    expect(JSON.stringify(told)).not.toMatch(/T0[123]:|T09:|T10:/);
    expect(JSON.stringify(told), 'who marked by hand').not.toContain('label');
    await forgets(doors.id);
    expect(await kindsSaying(doors.id, minutes), 'who writes at that moment is waited for').toEqual(WITH_MINUTES);

    at(ENDED + MINUTE);
    await asFunction('housekeeping', () => house.handler({ source: 'aws.events' } as never));
    await doJobs(doors.id);
    expect(await kindsSaying(doors.id, minutes)).toEqual([]);
    const after = await toldOf(all);
    expect(after).toEqual(told);
    expect(await membersOfMarks()).toEqual([[undefined, 'The list was signed.']]);
    // Who came where, in which way, and who left, is what it was.
    expect(after.presences).toEqual(before.presences);
    const lists = (of: typeof before) => Object.entries<{ rows: unknown }>(of.came).map(([id, { rows }]) => [id, rows]);
    expect(lists(after)).toEqual(lists(before));
    expect(after.counts).toEqual(before.counts);
    const plain = (of: typeof before) =>
      of.attendances.map((came) =>
        came.map(({ list, mode, isByHand, leftAt }: Record<string, unknown>) => [list, mode, isByHand, !leftAt]),
      );
    expect(plain(after)).toEqual(plain(before));
    expect(after.attendances[0]).toMatchObject([
      { list: 'day-day-1', mode: 'in-person', cameAt: FIRST?.date },
      { list: 'event', mode: 'in-person', cameAt: FIRST?.date },
      { list: 'media', mode: 'in-person', cameAt: FIRST?.date, leftAt: FIRST?.date },
    ]);
    expect(after.files[1]).toContain(`${both.reference},`);
    expect(after.files[1]).toContain(`in-person,${FIRST?.date},${FIRST?.date},came`);
    expect(after.steps).toMatchObject({ daysOnly: true, steps: [{ from: `${FIRST?.date}T05:00:00.000Z` }] });
    const asked = (of: typeof before) =>
      of.conflicts.map(({ ticket, scans }: Named & { scans: { scanId: string }[] }) => [
        ticket,
        scans.map(({ scanId: each }) => each),
      ]);
    expect(asked(after)).toEqual(asked(before));
    expect(after.handOvers).toEqual(told.handOvers);
  });

  it('no minute is left of what was handed out: who has what, and too often, is what it was, by the day', async () => {
    const id = 'minutes-handouts';
    const doors = await openDoors(parts, id, { sessions: [] });
    const people = [];
    for (const name of ['Has', 'Twice', 'Daily', 'Erased'])
      people.push(await doors.holder(`${name.toLowerCase()}@example.org`, { fullName: `${name} Sample` }));
    const [has, twice, daily, erased] = people as readonly Handed[] as [Handed, Handed, Handed, Handed];
    for (const [listId, rules] of [
      ['headset', { name: 'Headset', often: 'any', isLent: true }],
      ['lunch', { name: 'Lunch', often: 'daily', isLent: false }],
    ] as const) {
      const { revision } = await doors.show();
      expect((await doors.ask('putHandout', { listId }, { revision, ...rules })).status).toBe(200);
    }
    at(BEGINS - 2 * HOUR);
    const lists = ['headset', 'lunch'];
    const endsAt = BEGINS + 40 * HOUR;
    const phone = await openPhone(parts, id, { lists, endsAt, name: 'Desk one' });
    const minutes: number[] = [];
    const made = ({ ticket, reference }: Handed, time: number, more: object = {}) => {
      minutes.push(time);
      const times = { scannedAt: time + 7_000, correctedAt: time + 5_000 };
      return { ...sentScan({ ticket, reference, list: 'headset', ...more }), ...times };
    };
    const DAY_LATER = 24 * HOUR;
    const scans = [
      ...[made(has, BEGINS + 3 * MINUTE), made(twice, BEGINS + 13 * MINUTE), made(twice, BEGINS + 23 * MINUTE)],
      ...[made(twice, BEGINS + 33 * MINUTE, { kind: 'out' }), made(erased, BEGINS + 43 * MINUTE)],
      ...[made(daily, BEGINS + 53 * MINUTE, { list: 'lunch' })],
      ...[63, 73].map((later) => made(daily, BEGINS + DAY_LATER + later * MINUTE, { list: 'lunch' })),
    ];
    at(BEGINS + DAY_LATER + 80 * MINUTE);
    expect((await phone.send(scans)).answers.map(({ result }: { result: string }) => result)).toEqual(
      scans.map(() => 'kept'),
    );
    await asFunction('housekeeping', () => house.handler(DO_DUE_JOBS));
    expect(await kindsSaying(id, minutes)).toEqual(expect.arrayContaining(['registry CHECK-IN', 'registry SCAN']));
    vi.useRealTimers();
    await doors.press('erased@example.org', 'erase', [['confirm', 'yes']]);
    const late = made(has, BEGINS + 83 * MINUTE, { kind: 'out' });
    const told = async () => ({
      headset: (await doors.ask('listHandedOut', { listId: 'headset' })).body,
      lunch: (await doors.ask('listHandedOut', { listId: 'lunch' })).body,
      file: (await doors.ask('exportHandedOut', { listId: 'headset' })).body,
      pages: await Promise.all(
        [has, twice, daily].map(async ({ reference }) => (await doors.ask('showAttendance', { reference })).body),
      ),
      counts: (await doors.show()).handouts.map(({ counts }: { counts: object }) => counts),
    });
    at(ENDED + MINUTE);
    await forgets(id);
    const { doJob } = await import('../../shared/jobs.ts');
    for (const { id: jobId } of await scan(parts, 'outbox', { having: { eventId: id } }))
      if (jobId !== undefined) await doJob(house.realDeps(), String(jobId)).catch(() => undefined);
    expect(await kindsSaying(id, minutes)).toEqual([]);
    const after = await told();
    expect(JSON.stringify(after)).not.toMatch(/T\d\d:|Erased/);
    const [first, second] = [FIRST?.date, SECOND?.date];
    expect(after.headset.people).toMatchObject([
      { fullName: 'Has Sample', given: 1, givenAt: first, isOut: true },
      {
        fullName: 'Twice Sample',
        given: 2,
        beyond: 1,
        scans: [{ at: first }, { at: first }, { kind: 'out', at: first }],
      },
    ]);
    expect(after.headset.unnamed, 'of who was erased, the number').toEqual({ people: 1, out: 1, beyond: 0 });
    expect(after.lunch.people, 'one day of two').toMatchObject([{ given: 3, beyond: 1, givenAt: second }]);
    expect(after.pages).toMatchObject([
      { handouts: [{ isOut: true, givenAt: first }] },
      { handouts: [{ given: 2, backAt: first }] },
      { handouts: [{ given: 3, beyond: 1 }] },
    ]);
    expect(after.counts).toEqual([
      { people: 3, out: 2 },
      { people: 1, out: 0 },
    ]);
    const registry = JSON.stringify(await scan(parts, 'registry'));
    expect(registry).not.toContain(erased.reference);
    // A phone that was off for a month: what it has is kept by the day.
    expect((await phone.send([late])).answers).toMatchObject([{ result: 'kept' }]);
    expect(await kindsSaying(id, minutes)).toEqual([]);
    expect((await told()).headset.people[0]).not.toHaveProperty('isOut');
  });

  it('it is as good as done once wherever it is stopped, and done again', async () => {
    const all = await attended('minutes-stopped');
    const { doors, minutes } = all;
    at(ENDED + MINUTE);
    const told = await toldOf(all);
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    for (let stop = 1; stop < 40; stop += 3) {
      let writes = 0;
      const client = withSend(documentClient(parts.database.client), (command, pass) => {
        if (/TransactWrite|Update|Put/.test(command.constructor.name)) writes += 1;
        return writes > stop ? Promise.reject(new Error('cut')) : pass();
      });
      await forgets(doors.id, client);
    }
    vi.restoreAllMocks();
    await forgets(doors.id);
    await doJobs(doors.id);
    expect(await kindsSaying(doors.id, minutes)).toEqual([]);
    expect(await toldOf(all)).toEqual(told);
    // Without the note of how far it is, all of it is done anew, and nothing changes.
    const registry = async () =>
      (await scan(parts, 'registry')).filter((item) => /^(CHECK-IN|SCAN|HELD|HAND|DEVICE)/.test(String(item['pk'])));
    const before = await registry();
    await documentClient(parts.database.client).send(
      new UpdateCommand({
        TableName: parts.database.tables.registry,
        Key: { pk: `EVENT#${doors.id}`, sk: 'VERSION' },
        UpdateExpression: 'REMOVE minuteParts',
      }),
    );
    await forgets(doors.id);
    expect(await registry()).toEqual(before);
    expect(await kindsSaying(doors.id, minutes)).toEqual([]);
  });

  it('what cannot be read keeps nobody else with their minutes', async () => {
    const { doors, minutes } = await attended('minutes-damaged');
    const client = documentClient(parts.database.client);
    const damaged = [
      [`CHECK-IN-FEED#${doors.id}`, `${new Date(BEGINS).toISOString()}#phone#batch`],
      [`CHECK-IN#${doors.id}#ticket`, 'event'],
      [`SCAN#${doors.id}#scan`, 'SCAN'],
      [`HELD-SCAN#${doors.id}#file`, 'scan'],
      [`CHECK-IN-DOUBT#${doors.id}`, 'event#ticket'],
      [`HAND-OVER#${doors.id}`, 'other'],
    ];
    for (const [pk, sk] of damaged) {
      const Item = { pk, sk, v: 1, marks: 'none', expiresAt: 4_000_000_000 };
      await client.send(new PutCommand({ TableName: parts.database.tables.registry, Item }));
    }
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    at(ENDED + MINUTE);
    await forgets(doors.id);
    logged.mockRestore();
    await doJobs(doors.id);
    expect(await kindsSaying(doors.id, minutes)).toEqual([]);
  });

  it('an undo that comes when its scan has lost its minute takes it back, together with it or after', async () => {
    const { doors, minutes, phone, both, twice } = await attended('minutes-undone');
    const listed = async (of: { reference: string }) =>
      (await doors.ask('showAttendance', { reference: of.reference })).body.came.map((each: Named) => each.list);
    const scanned = (of: { ticket: string; reference: string }, time: number) => {
      minutes.push(time);
      const one = sentScan({ ticket: of.ticket, reference: of.reference, list: 'media' });
      const made = { ...one, scannedAt: time, correctedAt: time };
      const times = { scannedAt: time + 20_000, correctedAt: time + 20_000 };
      return [made, { ...made, scanId: scanId(), kind: 'undo', undoes: made.scanId, ...times }];
    };
    const [first, undo] = scanned(twice, BEGINS + 47 * MINUTE);
    at(BEGINS + 48 * MINUTE);
    expect((await phone.send([first])).answers).toMatchObject([{ result: 'kept' }]);
    at(ENDED + MINUTE);
    await forgets(doors.id);
    expect(await listed(twice)).toContain('media');
    const { total } = await doors.counts('media');
    expect((await phone.send([undo, ...scanned(both, BEGINS + 49 * MINUTE)])).answers).toMatchObject(
      Array(3).fill({ result: 'kept' }),
    );
    for (const of of [both, twice])
      expect(await listed(of)).toEqual(['event', 'day-day-1', 'media'].slice(0, of === both ? 3 : 2));
    expect((await doors.counts('media')).total).toEqual({ came: total.came - 1, inside: total.inside - 1 });
    await doJobs(doors.id);
    expect(await kindsSaying(doors.id, minutes)).toEqual([]);
  });

  it('what a phone or a member brings in later is kept by the day too, once, and what it sends again is known', async () => {
    const all = await attended('minutes-late');
    const { doors, minutes, phone, other, both, online, first, held } = all;
    at(ENDED + MINUTE);
    const own = { ticket: both.ticket, reference: both.reference };
    // Before anything is forgotten, and after it.
    const early = { ...sentScan({ ...own, list: 'day-day-1' }), scannedAt: 0, correctedAt: 0 };
    const late = [
      { ...early, scannedAt: BEGINS + 51 * MINUTE, correctedAt: BEGINS + 51 * MINUTE },
      { ...early, scanId: scanId(), scannedAt: BEGINS + 53 * MINUTE, correctedAt: BEGINS + 53 * MINUTE, list: 'media' },
    ];
    minutes.push(BEGINS + 51 * MINUTE, BEGINS + 53 * MINUTE);
    expect((await phone.send([late[0]])).answers).toMatchObject([{ result: 'kept' }]);
    await forgets(doors.id);
    await doJobs(doors.id);
    expect(await kindsSaying(doors.id, minutes)).toEqual([]);
    expect((await phone.send([late[1]])).answers).toMatchObject([{ result: 'kept' }]);
    const counts = await doors.counts('event');
    expect((await phone.send([first, ...late])).answers).toMatchObject(Array(3).fill({ result: 'known' }));
    expect((await phone.send([{ ...first, kind: 'out' }])).answers).toMatchObject([{ result: 'refused' }]);
    expect((await doors.counts('event')).total).toEqual(counts.total);
    // Of a phone that was shut out nothing is believed any more; of what it held, a person says that it counts.
    const more = sentScan({ ...own, list: 'event' });
    const sent = { ...more, scannedAt: BEGINS + 55 * MINUTE, correctedAt: BEGINS + 55 * MINUTE };
    minutes.push(BEGINS + 55 * MINUTE);
    expect((await other.send([sent, held])).answers).toMatchObject([{ doubt: 'after-shut-out' }, expect.anything()]);
    const decided = await doors.ask('decideHandOver', { handOverId: FILE }, { part: 'before', decision: 'count' });
    expect(decided.body.handOvers.find(({ id }: { id: string }) => id === FILE)).toMatchObject({
      before: { counted: 1, refused: 0, from: FIRST?.date, to: FIRST?.date },
    });
    minutes.push(BEGINS + 57 * MINUTE);
    const mark = (step: string) =>
      ask('organiser', 'markCame', {
        params: { eventId: doors.id, listId: 'event' },
        body: {
          ...{ lines: [online.reference], why: 'The list was found.', step },
          at: new Date(BEGINS + 57 * MINUTE).toISOString(),
        },
      });
    expect((await mark('mark')).body.lines).toMatchObject([{ status: 'marked' }]);
    expect((await mark('look')).body.lines).toMatchObject([{ status: 'came', cameAt: FIRST?.date, isByHand: true }]);
    const marks = await scan(parts, 'registry', { having: { reason: 'The list was found.' } });
    expect(
      marks.map(({ by }) => by),
      'which member it was is kept no longer than minutes',
    ).toEqual([undefined]);
    expect(await kindsSaying(doors.id, minutes)).toEqual([]);
    expect((await mark('take-back')).body.lines).toMatchObject([{ status: 'taken-back' }]);
    expect((await mark('look')).body.lines).toMatchObject([{ status: 'ready' }]);
    at(ENDED + 2 * MINUTE);
    await asFunction('housekeeping', () => house.handler(DO_DUE_JOBS));
    expect(await kindsSaying(doors.id, minutes)).toEqual([]);
    const { came } = (await doors.ask('showAttendance', { reference: both.reference })).body;
    expect(inOrder(came).map(({ list, cameAt, leftAt }) => [list, cameAt, leftAt])).toEqual([
      ['day-day-1', FIRST?.date, undefined],
      ['event', FIRST?.date, undefined],
      ['media', FIRST?.date, undefined],
    ]);
  });
});
