import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MOST_LISTS } from '../../shared/checkin/list/list.ts';
import type { RouteId } from '../../shared/routes.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { aMoment, DAY, errorsOf, open, openDoors, problem, usual } from '../support/doors.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, ownSecret, sentScan } from '../support/phone.ts';
import { ask, type TeamMember } from '../support/team.ts';

/** After the event of 2 and 3 November 2027, in its time zone. */
const EVENT_END = Date.parse('2027-11-03T17:00:00+07:00');

const ONLINE = { mode: 'online' };

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

describe('the check-in lists of an event', () => {
  it('are the usual ones until somebody changes one, with the times at which they are open', async () => {
    const doors = await openDoors(parts, 'lists-usual');
    expect(await doors.show()).toMatchObject({
      revision: 0,
      conflicts: 0,
      handedOver: 0,
      lists: [
        { id: 'event', opens: '2027-11-01T01:00:00.000Z', closes: '2027-11-03T10:00:00.000Z' },
        { id: 'day-day-1', place: { kind: 'day', day: 'day-1' }, opens: '2027-11-01T23:00:00.000Z' },
        { id: 'day-day-2', counts: { came: 0, inside: 0 } },
      ],
    });
  });

  it('are made, changed and removed, each time on what was looked at', async () => {
    const doors = await openDoors(parts, 'lists-changed');
    const made = await doors.put('media', { name: 'Press  desk', categories: ['media'], capacity: 40, ...open });
    expect(made).toMatchObject({ status: 200, body: { revision: 1 } });
    expect(made.body.lists.map(({ id }: { id: string }) => id)).toEqual(['event', 'day-day-1', 'day-day-2', 'media']);
    expect(await doors.list('media')).toMatchObject({ name: 'Press desk', categories: ['media'], opens: open.opensAt });
    expect(await doors.put('media', { passing: 'in-and-out' })).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(await doors.list('media')).not.toHaveProperty('name');
    const late = await doors.put('media', { revision: 1 });
    expect(late).toMatchObject({ status: 409, body: { type: problem('out-of-date') } });
    expect(await doors.list('media')).toMatchObject({ passing: 'in-and-out' });
    const same = await doors.put('media', { passing: 'in-and-out', revision: 1 });
    expect(same, 'what is so already').toMatchObject({ status: 200, body: { revision: 2 } });
    const seenBefore = await doors.remove('media', 1);
    expect(seenBefore).toMatchObject({ status: 409, body: { type: problem('out-of-date') } });
    expect((await doors.ask('deleteCheckInList', { listId: 'media' })).status, 'without what was looked at').toBe(422);
    expect(await doors.list('media'), 'what somebody changed meanwhile').toMatchObject({ passing: 'in-and-out' });
    expect(await doors.remove('media')).toMatchObject({ status: 200, body: { revision: 3 } });
    expect(await doors.remove('media', 2), 'twice').toMatchObject({ status: 200, body: { revision: 3 } });
    expect(await doors.list('media')).toBeUndefined();
    expect(await doors.audit()).toEqual(['change-list media', 'change-list media', 'remove-list media']);
  });

  it('are changed once where two change them at the same moment', async () => {
    const doors = await openDoors(parts, 'lists-race');
    const body = (name: string) => ({ ...usual, name, revision: 0 });
    const puts = ['one', 'two', 'three'].map((id) => doors.ask('putCheckInList', { listId: id }, body(id)));
    const answers = await Promise.all(puts);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await doors.show()).lists).toHaveLength(4);
  });

  it.each([
    ['a day that is none', { place: { kind: 'day', day: 'day-9' } }, ['place.day unknown-option']],
    ['a session that is none', { place: { kind: 'session', session: 'nap' } }, ['place.session unknown-option']],
    ['a group that is none', { categories: ['media', 'pirates'] }, ['categories.1 unknown-option']],
    [
      'an end before its beginning',
      { opensAt: '2027-11-02T10:00:00Z', closesAt: '2027-11-02T10:00:00Z' },
      ['closesAt does-not-fit'],
    ],
    ['a beginning after its day', { opensAt: '2027-11-09T10:00:00Z' }, ['opensAt does-not-fit']],
    ['a name without end', { name: 'x'.repeat(81) }, ['name too-long']],
    ['a room for nobody', { capacity: 0 }, ['capacity wrong-type']],
    ['nobody who may come in', { modes: [] }, ['modes wrong-type']],
    ['no revision', { revision: undefined }, ['revision required']],
  ])('refuse %s, and stay as they are', async (what, change, errors) => {
    const doors = await openDoors(parts, `lists-bad-${what.replaceAll(' ', '-')}`.slice(0, 40));
    const answer = await doors.put('bad', change);
    expect(errorsOf(answer)).toEqual({ status: 422, errors });
    expect(await doors.show()).toMatchObject({ revision: 0 });
  });

  it('of sessions that people join online are always there, and belong to their sessions', async () => {
    const doors = await openDoors(parts, 'lists-sessions', {});
    const id = 'session-opening';
    const place = { kind: 'session', session: 'opening' };
    expect(await doors.list(id)).toMatchObject({ place, passing: 'again', expected: 0 });
    expect(await doors.remove(id)).toMatchObject({ status: 409, body: { type: problem('list-in-use') } });
    expect(errorsOf(await doors.put(id))).toEqual({ status: 422, errors: ['place does-not-fit'] });
    expect((await doors.put(id, { place, passing: 'in-and-out', capacity: 300 })).status).toBe(200);
    expect(await doors.list(id)).toMatchObject({ place, passing: 'in-and-out', capacity: 300 });
    const ids = (await doors.show()).lists.map((each: { id: string }) => each.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await doors.remove(id)).status, 'as long as there is no other of this session').toBe(409);
    expect((await doors.put('stage', { place })).status).toBe(200);
    expect((await doors.remove(id)).status).toBe(200);
    expect(await doors.list(id)).toBeUndefined();
  });

  it.each(['UPPER', '-x', 'x'.repeat(61), 'a b'])('refuse the id %s', async (listId) => {
    const doors = await openDoors(parts, 'lists-ids');
    const answer = await doors.put(listId);
    expect([404, 422]).toContain(answer.status);
    expect(await doors.show()).toMatchObject({ revision: 0 });
  });

  it(`are ${MOST_LISTS} at most`, async () => {
    const doors = await openDoors(parts, 'lists-many');
    for (let number = 4; number <= MOST_LISTS; number += 1)
      expect(
        (await doors.ask('putCheckInList', { listId: `list-${number}` }, { ...usual, revision: number - 4 })).status,
      ).toBe(200);
    expect(errorsOf(await doors.put('one-more'))).toEqual({ status: 422, errors: ['listId does-not-fit'] });
    expect((await doors.put('list-9', { name: 'Nine' })).status, 'but each may change').toBe(200);
  });

  it('stay, at their place, while a phone may scan for them', async () => {
    const doors = await openDoors(parts, 'lists-phone');
    await doors.put('event', open);
    const phone = await openPhone(parts, doors.id, { endsAt: Date.now() - 1 });
    expect(await doors.remove('event')).toMatchObject({ status: 409, body: { type: problem('list-in-use') } });
    const moved = await doors.put('event', { place: { kind: 'day', day: 'day-1' }, passing: 'again' });
    expect(errorsOf(moved)).toEqual({ status: 422, errors: ['place does-not-fit', 'passing does-not-fit'] });
    expect((await doors.put('event', { name: 'Main door', ...open })).status).toBe(200);
    await doors.ask('revokeDevice', { deviceId: phone.deviceId });
    expect((await doors.remove('event')).status).toBe(200);
  });

  it('stay, at their place, once they counted anybody', async () => {
    const doors = await openDoors(parts, 'lists-counted');
    await doors.put('event', open);
    const phone = await openPhone(parts, doors.id);
    const { ticket, reference } = await doors.holder('came@example.org');
    await phone.send([sentScan({ ticket, reference })]);
    await doors.ask('revokeDevice', { deviceId: phone.deviceId });
    expect((await doors.remove('event')).status).toBe(409);
    const answer = await doors.put('event', { passing: 'again', ...open });
    expect(errorsOf(answer)).toEqual({ status: 422, errors: ['passing does-not-fit'] });
  });
});

describe('counts', () => {
  it('say how many are expected by the rules of each list, and how many came, exactly, by group and mode', async () => {
    const doors = await openDoors(parts, 'counts');
    const [one, two] = [await doors.holder('one@example.org'), await doors.holder('two@example.org')];
    const press = await doors.holder('press@example.org', { category: 'media', days: ['day-1'] });
    await doors.holder('online@example.org', { mode: 'online' });
    await doors.holder('gone@example.org');
    await doors.press('gone@example.org', 'cancel');
    await doors.put('event', { ...open, passing: 'in-and-out' });
    await doors.put('media', { ...open, categories: ['media'] });
    const phones = [await openPhone(parts, doors.id), await openPhone(parts, doors.id)];
    const of = ({ ticket, reference }: typeof one, kind = 'in') => sentScan({ ticket, reference, kind });
    for (const phone of phones) await phone.send([of(one), of(press)]);
    await phones[0]?.send([of(two)]);
    await aMoment();
    await phones[1]?.send([of(two, 'out')]);

    const { lists } = await doors.show();
    const expected = Object.fromEntries(
      lists.map((each: { id: string; expected: number }) => [each.id, each.expected]),
    );
    expect(expected).toEqual({ event: 3, media: 1, 'day-day-1': 3, 'day-day-2': 2 });
    expect((await doors.list('event')).counts).toEqual({ came: 3, inside: 2 });
    expect(await doors.counts('event')).toEqual({
      list: 'event',
      at: expect.stringMatching(/^20\d\d-/),
      total: { came: 3, inside: 2 },
      parts: [
        { category: 'academia', mode: 'in-person', came: 2, inside: 1 },
        { category: 'media', mode: 'in-person', came: 1, inside: 1 },
      ],
    });
    const { steps } = (await doors.ask('showArrivals', { listId: 'event' })).body;
    expect(steps.reduce((sum: number, { came }: { came: number }) => sum + came, 0)).toBe(3);
    expect(Math.abs(Date.now() - Date.parse(steps[0].from))).toBeLessThan(10 * 60_000);
    expect((await doors.ask('showArrivals', { listId: 'media' })).body).toEqual({ steps: [] });
    expect((await doors.ask('showArrivals', { listId: 'nobody' })).status).toBe(404);
    expect(await doors.counts('media')).toMatchObject({ total: { came: 0, inside: 0 }, parts: [] });
    expect(await doors.ask('countCheckIns', { listId: 'nobody' })).toMatchObject({ status: 404 });
  });

  it('show nobody who was scanned and taken back', async () => {
    const doors = await openDoors(parts, 'counts-undone');
    await doors.put('event', open);
    const phone = await openPhone(parts, doors.id);
    const { ticket, reference } = await doors.holder('one@example.org');
    const scan = sentScan({ ticket, reference });
    await phone.send([scan, sentScan({ ticket, reference, kind: 'undo', undoes: scan.scanId })]);
    expect(await doors.counts('event')).toMatchObject({ total: { came: 0, inside: 0 }, parts: [] });
  });
});

describe('who joins a session online', () => {
  afterEach(() => vi.useRealTimers());

  it('is on its curve and in its numbers, and in no room until they come to the door', async () => {
    const doors = await openDoors(parts, 'counts-online', {});
    const [both, home] = [await doors.holder('both@example.org'), await doors.holder('home@example.org', ONLINE)];
    const tokens = [await doors.tokenOf('both@example.org'), await doors.tokenOf('home@example.org')];
    const session = forum().sessions.find(({ id }) => id === 'opening');
    const day = forum().days.find(({ id }) => id === session?.day);
    vi.useFakeTimers({ now: Date.parse(`${day?.date}T${session?.start}:00+07:00`), toFake: ['Date'] });
    const list = 'session-opening';
    const terms = { place: { kind: 'session', session: 'opening' }, passing: 'in-and-out', capacity: 40 };
    expect((await doors.put(list, terms)).status).toBe(200);
    const phone = await openPhone(parts, doors.id, { lists: [list] });
    for (const token of tokens)
      expect(
        (await call('postJoin', { params: { token, sessionId: 'opening' }, ...postForm([['action', 'join']]) })).body,
      ).toContain('meet.example.org');
    expect((await doors.list(list)).counts).toEqual({ came: 2, inside: 0 });
    vi.setSystemTime(Date.now() + 20 * 60_000);
    const scanned = { ticket: both.ticket, reference: both.reference, list };
    expect((await phone.send([sentScan(scanned)])).answers).toEqual([{ result: 'kept' }]);
    expect((await doors.list(list)).counts, 'each once').toEqual({ came: 2, inside: 1 });
    expect(await doors.show()).toMatchObject({ conflicts: 0 });
    const parted = (await doors.counts(list)).parts.map(({ mode, came }: Record<string, unknown>) => [mode, came]);
    expect(parted).toEqual([['online', 2]]);
    const { steps } = (await doors.ask('showArrivals', { listId: list })).body;
    expect(steps).toMatchObject([
      { came: 0, online: 2 },
      { came: 1, online: 0 },
    ]);
    expect(home.mode).toBe('online');
  });
});

/** @param reference of a ticket that was replaced, as a hash */
async function carryOver(eventId: string, reference: string): Promise<void> {
  const { realDeps } = await import('../../functions/housekeeping/index.ts');
  const { transferAttendance } = await import('../../shared/checkin/review/carry-check-ins.case.ts');
  const job = { eventId, job: 'carry-check-ins', reference } as never;
  await asFunction('housekeeping', () => transferAttendance(realDeps(), job));
}

describe('CI13: where one attendee came', () => {
  afterEach(() => vi.useRealTimers());

  it('is told by list, in the room and online, with when they came and left', async () => {
    const doors = await openDoors(parts, 'came', {});
    const { ticket, reference } = await doors.holder('came@example.org', { country: 'TH' });
    const token = await doors.tokenOf('came@example.org');
    const where = async (who: TeamMember = 'organiser') => doors.ask('showAttendance', { reference }, undefined, who);
    expect(await where()).toMatchObject({ status: 200, body: { came: [] } });
    const [day] = forum().days;
    const begins = Date.parse(`${day?.date}T09:00:00+07:00`);
    vi.useFakeTimers({ now: begins - 90 * 60_000, toFake: ['Date'] });
    await doors.put('media', { ...usual, name: 'Press desk', passing: 'in-and-out' });
    const lists = ['event', 'media', 'day-day-1'];
    const phone = await openPhone(parts, doors.id, { lists });
    vi.setSystemTime(begins);
    const at = (minutes: number, more: object) => {
      const correctedAt = begins - 60 * 60_000 + minutes * 60_000;
      return sentScan({ ticket, reference, scannedAt: correctedAt, correctedAt, ...more });
    };
    const mistaken = at(1, { list: 'event' });
    const undone = at(1.5, { list: 'event', kind: 'undo', undoes: mistaken.scanId });
    const [inFirst, out, inAgain] = [
      at(5, { list: 'media' }),
      at(10, { list: 'media', kind: 'out' }),
      at(3, { list: 'day-day-1' }),
    ];
    const { answers } = await phone.send([mistaken, undone, inFirst, out, inAgain]);
    expect(answers.map(({ result }: { result: string }) => result)).toEqual(Array(5).fill('kept'));
    await call('postJoin', { params: { token, sessionId: 'opening' }, ...postForm([['action', 'join']]) });
    const instant = (minutes: number) => new Date(begins + (minutes - 60) * 60_000).toISOString();
    const day1 = { list: 'day-day-1', name: 'First day', mode: 'in-person', cameAt: instant(3) };
    const press = { list: 'media', name: 'Press desk', mode: 'in-person', cameAt: instant(5) };
    const joined = { list: 'session-opening', name: 'Opening of the Forum', mode: 'online', cameAt: instant(60) };
    expect((await where()).body.came).toEqual([day1, { ...press, leftAt: instant(10) }, joined]);
    await phone.send([at(20, { list: 'media' })]);
    expect((await where()).body.came, 'who came back').toEqual([day1, press, joined]);
    expect(await where('thailand'), 'in reach').toMatchObject({ status: 200 });
    expect(await where('laos'), 'beyond it').toMatchObject({ status: 404, body: { type: problem('not-found') } });
    expect((await where('care')).status).toBe(403);
    const nobody = await doors.ask('showAttendance', { reference: 'ZZZ' });
    expect(nobody).toMatchObject({ status: 404, body: { type: problem('not-found') } });
  });

  it('is told with what desks and members said of who had no ticket, and which desk, also once the ticket was replaced', async () => {
    const doors = await openDoors(parts, 'came-said');
    for (const list of ['event', 'hall']) expect((await doors.put(list, { ...usual, ...open })).status).toBe(200);
    const someone = await doors.holder('said@example.org');
    const { reference } = someone;
    const desk = await openPhone(parts, doors.id, { lists: ['event'], name: 'Main desk', maySearch: true });
    const door = await openPhone(parts, doors.id, { lists: ['event'] });
    const scan = sentScan({ ticket: someone.ticket, reference, list: 'event', reason: 'paper-list' });
    expect((await door.send([scan])).answers, 'no desk').toEqual([{ result: 'refused', why: 'not-a-desk' }]);
    for (const result of ['kept', 'known']) expect((await desk.send([scan])).answers).toEqual([{ result }]);
    const body = { lines: [reference], at: new Date(Date.now() - 1000).toISOString(), step: 'mark' };
    const marked = await doors.ask('markCame', { listId: 'hall' }, { ...body, why: 'The speaker’s host saw them.' });
    expect(marked.body.lines).toMatchObject([{ status: 'marked' }]);
    const told = async () => {
      const { came } = (await doors.ask('showAttendance', { reference })).body;
      return Object.fromEntries(came.map((each: Record<string, unknown>) => [each['list'], each['said']]));
    };
    const said = {
      event: { why: 'paper-list', desk: 'Main desk' },
      hall: { why: 'The speaker’s host saw them.', by: { label: 'organiser', isYou: true, isMember: true } },
    };
    expect(await told()).toEqual(said);
    const before = await doors.list('event');
    expect(before.counts).toEqual({ came: 1, inside: 1 });
    const { revision } = await doors.registrationOf('said@example.org');
    expect((await doors.ask('replaceTicket', { reference }, { revision })).status).toBe(200);
    await carryOver(doors.id, someone.ticket);
    expect(await told(), 'of another ticket').toEqual(said);
    expect((await doors.list('event')).counts).toEqual(before.counts);
  });

  it('is told of closed sessions to organisers alone, and of those that nobody knows any more', async () => {
    const title = 'Consultation of ASEAN Member States and ASEAN bodies';
    const doors = await openDoors(parts, 'came-closed', {});
    const { ticket, reference } = await doors.holder('closed@example.org', { country: 'TH' });
    const places = { 'session-closed': 'consultation', staffs: 'consultation', 'session-open': 'opening' };
    const closed = forum().sessions.find(({ audience }) => audience !== undefined);
    expect(closed).toMatchObject({ id: places.staffs, title: { en: title } });
    for (const [list, session] of Object.entries(places)) {
      const name = list === 'staffs' ? { name: 'Room 2' } : {};
      const made = await doors.put(list, { ...usual, ...open, ...name, place: { kind: 'session', session } });
      expect(made.status).toBe(200);
    }
    const lists = Object.keys(places);
    const phone = await openPhone(parts, doors.id, { lists });
    const sent = lists.map((list, index) => {
      const at = Date.now() - 1000 + index;
      return sentScan({ ticket, reference, list, scannedAt: at, correctedAt: at });
    });
    expect((await phone.send(sent)).answers.map(({ result }: { result: string }) => result)).toEqual(
      Array(3).fill('kept'),
    );
    const toldTo = async (who: TeamMember) => (await doors.ask('showAttendance', { reference }, undefined, who)).body;
    const { came } = await toldTo('organiser');
    const named = came.map(({ list, name }: { list: string; name: string }) => [list, name]).toSorted();
    expect(named).toEqual([
      ['session-closed', title],
      ['session-open', 'Opening of the Forum'],
      ['staffs', 'Room 2'],
    ]);
    const told = await toldTo('thailand');
    expect(told.came).toMatchObject([{ list: 'session-open', name: 'Opening of the Forum' }]);
    expect(JSON.stringify(told)).not.toMatch(/session-closed|staffs|Room 2|onsultation/);
  });

  it('is in the room where a door scanned them, and online where they joined, however they registered and whatever ticket they have', async () => {
    const doors = await openDoors(parts, 'came-how', {});
    const home = await doors.holder('home@example.org', ONLINE);
    const both = await doors.holder('both@example.org');
    const token = await doors.tokenOf('both@example.org');
    await doors.put('event', open);
    const phone = await openPhone(parts, doors.id);
    expect((await phone.send([sentScan({ ticket: home.ticket, reference: home.reference })])).status).toBe(200);
    const where = async (reference: string): Promise<string[][]> =>
      (await doors.ask('showAttendance', { reference })).body.came.map((each: Record<string, string>) => [
        each['list'],
        each['mode'],
      ]);
    expect(await where(home.reference)).toEqual([['event', 'in-person']]);
    const session = forum().sessions.find(({ id }) => id === 'opening');
    const day = forum().days.find(({ id }) => id === session?.day);
    vi.useFakeTimers({ now: Date.parse(`${day?.date}T${session?.start}:00+07:00`), toFake: ['Date'] });
    await call('postJoin', { params: { token, sessionId: 'opening' }, ...postForm([['action', 'join']]) });
    const joined = [['session-opening', 'online']];
    expect(await where(both.reference)).toEqual(joined);
    const { revision } = await doors.registrationOf('both@example.org');
    expect((await doors.ask('replaceTicket', { reference: both.reference }, { revision })).status).toBe(200);
    expect(await where(both.reference), 'before it is carried over').toEqual(joined);
    const { ticketId } = await doors.registrationOf('both@example.org');
    expect(ticketId).not.toBe(both.ticketId);
    await carryOver(doors.id, both.ticket);
    expect(await where(both.reference), 'once it is').toEqual(joined);
  });
});

describe('AU7: letting a phone in', () => {
  it('gives a code and a link whose secret no server sees, which one phone takes', async () => {
    const doors = await openDoors(parts, 'phones');
    const { status, body } = await doors.offer({ maySearch: true, lists: ['event', 'day-day-1', 'event'] });
    expect(status).toBe(201);
    const link = new URL(body.link);
    expect([link.pathname, link.search, link.hash]).toEqual(['/checkin/', '', `#code=${body.code}`]);
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(9 * 60_000);
    expect((await doors.ask('listDevices')).body.devices).toEqual([]);
    const taken = await call('enrolDevice', postJson({ code: body.code, secret: ownSecret() }));
    expect(JSON.parse(taken.body ?? '')).toMatchObject({
      device: { eventId: 'phones', id: body.deviceId, lists: ['event', 'day-day-1'], maySearch: true, isVetted: false },
    });
    expect((await doors.ask('listDevices')).body.devices).toMatchObject([
      {
        ...{ id: body.deviceId, name: 'Hall, left door', standing: 'active', maySearch: true },
        by: { label: 'organiser', isYou: true, isMember: true },
      },
    ]);
    expect(await doors.audit()).toEqual([`offer-device ${body.deviceId}`]);
  });

  it('is for the lists that are left where one was removed meanwhile, and for none where none is', async () => {
    const doors = await openDoors(parts, 'phones-lists');
    await doors.put('press', { name: 'Press desk' });
    const [both, press] = [await doors.offer({ lists: ['press', 'event'] }), await doors.offer({ lists: ['press'] })];
    expect((await doors.remove('press')).status).toBe(200);
    const enrol = async (code: string) => {
      const { statusCode, body = '' } = await call('enrolDevice', postJson({ code, secret: ownSecret() }));
      return { status: statusCode, body: JSON.parse(body) };
    };
    expect(await enrol(both.body.code)).toMatchObject({ status: 200, body: { device: { lists: ['event'] } } });
    expect(await enrol(press.body.code)).toMatchObject({ status: 409, body: { type: problem('enrolment-expired') } });
    expect((await doors.ask('listDevices')).body.devices).toMatchObject([{ lists: ['event'] }]);
    expect((await doors.put('press', { name: 'Press desk' })).status).toBe(200);
    expect((await doors.remove('press')).status, 'no phone scans for another of that name').toBe(200);
  });

  it('is taken back for the very next request, once and for all', async () => {
    const doors = await openDoors(parts, 'phones-revoked');
    await doors.put('event', open);
    const [kept, lost] = [await openPhone(parts, doors.id), await openPhone(parts, doors.id)];
    const first = await doors.ask('revokeDevice', { deviceId: lost.deviceId });
    expect(first.status).toBe(200);
    expect(await lost.roster()).toMatchObject({ status: 401, type: problem('device-revoked') });
    // What it scans from then on waits for a person, and counts nowhere (CI15).
    const afterwards = { answers: [{ result: 'kept', doubt: 'after-shut-out' }], isRevoked: true };
    expect(await lost.send([sentScan()])).toMatchObject({ status: 200, ...afterwards });
    expect((await doors.list('event')).counts.came).toBe(0);
    const sent = await kept.send([sentScan()]);
    expect([sent.status, sent.isRevoked]).toEqual([200, undefined]);
    const standings = (body: { devices: { id: string; standing: string; revokedAt?: string }[] }) =>
      Object.fromEntries(body.devices.map(({ id, standing, revokedAt }) => [id, [standing, revokedAt]]));
    const { [lost.deviceId]: before, [kept.deviceId]: other } = standings(first.body);
    expect([before, other]).toEqual([
      ['revoked', expect.any(String)],
      ['active', undefined],
    ]);
    const again = await doors.ask('revokeDevice', { deviceId: lost.deviceId });
    expect([again.status, standings(again.body)[lost.deviceId]]).toEqual([200, before]);
    expect((await doors.ask('revokeDevice', { deviceId: '00000000' })).status).toBe(404);
    expect((await doors.ask('revokeDevice', { deviceId: 'nothing' })).status).toBe(422);
    expect((await doors.audit()).filter((line) => line.startsWith('revoke'))).toEqual([
      `revoke-device ${lost.deviceId}`,
    ]);
  });

  it('CS13: shows children alone, and to nobody beyond whoever was vetted', async () => {
    const doors = await openDoors(parts, 'phones-vetted');
    const several = await doors.offer({ vettedUntil: '2027-11-03', phones: 2 }, 'vettedOrganiser');
    expect(errorsOf(several)).toEqual({ status: 422, errors: ['phones does-not-fit'] });
    const short = await doors.offer({ vettedUntil: '2027-11-02' }, 'vettedOrganiser');
    expect(errorsOf(short)).toEqual({ status: 422, errors: ['vettedUntil does-not-fit'] });
  });

  it.each([
    ['lists that are none', { lists: ['event', 'nobody'] }, ['lists.1 unknown-option']],
    ['no list', { lists: [] }, ['lists wrong-type']],
    ['a shift that is over', { endsAt: new Date(Date.now() - 1).toISOString() }, ['endsAt in-the-past']],
    ['a shift long after', { endsAt: new Date(EVENT_END + 15 * DAY).toISOString() }, ['endsAt does-not-fit']],
    ['no name', { name: ' ' }, ['name required']],
    ['a name that cannot be seen', { name: '\u200b' }, ['name required']],
    ['a date that is none', { endsAt: 'tomorrow' }, ['endsAt wrong-type']],
  ])('refuses %s, each with its field', async (_, change, errors) => {
    const doors = await openDoors(parts, 'phones-bad');
    expect(errorsOf(await doors.offer(change))).toEqual({ status: 422, errors });
    expect(await doors.audit()).toEqual([]);
  });
});

it('AU8: is for organisers alone, and of their own event', async () => {
  await openDoors(parts, 'strangers');
  const routes: RouteId[] = ['showCheckIn', 'listDevices', 'listConflicts'];
  for (const route of routes) {
    for (const who of ['thailand', 'safeguarding', 'care'] as const)
      expect((await ask(who, route, { params: { eventId: 'strangers' } })).status).toBe(403);
    expect((await ask('organiser', route, { params: { eventId: forum().id } })).status).toBe(403);
  }
});
