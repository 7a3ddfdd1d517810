import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ticketHashOf } from '../../shared/checking-in/ticket-hash.ts';
import type { RouteId } from '../../shared/contract/routes.ts';
import { MOST_LISTS } from '../../shared/domain/check-in/list-problems.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { consentToken } from '../../shared/keys/consent-link.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, ownSecret, toldScan } from '../support/phone.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, type TeamMember } from '../support/team.ts';
import { completeFields, consentFields, youngSubmission } from '../support/young.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** After the event of 2 and 3 November 2027, in its time zone. */
const EVENT_END = Date.parse('2027-11-03T17:00:00+07:00');

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const usual = {
  modes: ['in-person'],
  signedUpOnly: false,
  passing: 'once',
  place: { kind: 'event' },
};
/** Open now, though the days of the event are far away. */
const open = { opensAt: new Date(Date.now() - DAY).toISOString(), closesAt: new Date(Date.now() + DAY).toISOString() };
/** No scan is of the same millisecond as the one before. */
const aMoment = () => new Promise((done) => setTimeout(done, 5));
const problem = (type: string) => `urn:plenary:problem:${type}`;

/** An event with its team, and what an organiser does about its doors. */
async function openDoors(id: string, changes: Partial<EventDefinition> = { sessions: [] }) {
  const event = await openEvent(parts, id, changes);
  await grantTeam(parts, id);
  const asked = (route: RouteId, params: object = {}, body?: unknown, who: TeamMember = 'organiser') =>
    ask(who, route, { params: { eventId: id, ...params }, ...(body !== undefined && { body }) });
  const show = async () => (await asked('showCheckIn')).body;
  const revision = async (): Promise<number> => (await show()).revision;
  return {
    ...event,
    ask: asked,
    show,
    list: async (listId: string) => (await show()).lists.find((each: { id: string }) => each.id === listId),
    put: async (listId: string, change: object = {}) =>
      asked('putCheckInList', { listId }, { ...usual, revision: await revision(), ...change }),
    remove: (listId: string) => asked('deleteCheckInList', { listId }),
    counts: async (listId: string) => (await asked('countCheckIns', { listId })).body,
    offer: (change: object = {}, who: TeamMember = 'organiser') =>
      asked('offerEnrolment', {}, { ...wanted(), ...change }, who),
    conflicts: async (who: TeamMember = 'organiser') => (await asked('listConflicts', {}, undefined, who)).body,
    decide: (ticket: string, body: object, listId = 'event') => asked('decideConflict', { listId, ticket }, body),
    async holder(email: string, sent: Record<string, unknown> = {}) {
      await event.register(email, sent);
      const registration = await event.registrationOf(email);
      return { ...registration, ticket: await ticketHashOf(registration) };
    },
    audit: () => auditOf(parts, id),
  };
}

const wanted = () => ({
  ...{ name: 'Hall, left door', lists: ['event'], maySearch: false },
  endsAt: new Date(Date.now() + 8 * HOUR).toISOString(),
});

const errorsOf = ({
  status,
  body,
}: {
  status?: number | undefined;
  body: { errors?: { path: string; code: string }[] };
}) => ({
  status,
  errors: body.errors?.map(({ path, code }) => `${path} ${code}`),
});

describe('the check-in lists of an event', () => {
  it('are the usual ones until somebody changes one, with the times at which they are open', async () => {
    const doors = await openDoors('lists-usual');
    expect(await doors.show()).toMatchObject({
      revision: 0,
      conflicts: 0,
      lists: [
        { id: 'event', opens: '2027-11-01T01:00:00.000Z', closes: '2027-11-03T10:00:00.000Z' },
        { id: 'day-day-1', place: { kind: 'day', day: 'day-1' }, opens: '2027-11-01T23:00:00.000Z' },
        { id: 'day-day-2', counts: { came: 0, inside: 0 } },
      ],
    });
  });

  it('are made, changed and removed, each time on what was looked at', async () => {
    const doors = await openDoors('lists-changed');
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
    expect(await doors.remove('media')).toMatchObject({ status: 200, body: { revision: 3 } });
    expect(await doors.remove('media'), 'twice').toMatchObject({ status: 200, body: { revision: 3 } });
    expect(await doors.list('media')).toBeUndefined();
    expect(await doors.audit()).toEqual(['change-list media', 'change-list media', 'remove-list media']);
  });

  it('are changed once where two change them at the same moment', async () => {
    const doors = await openDoors('lists-race');
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
    const doors = await openDoors(`lists-bad-${what.replaceAll(' ', '-')}`.slice(0, 40));
    const answer = await doors.put('bad', change);
    expect(errorsOf(answer)).toEqual({ status: 422, errors });
    expect(await doors.show()).toMatchObject({ revision: 0 });
  });

  it('of sessions that people join online are always there, and belong to their sessions', async () => {
    const doors = await openDoors('lists-sessions', {});
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
    const doors = await openDoors('lists-ids');
    const answer = await doors.put(listId);
    expect([404, 422]).toContain(answer.status);
    expect(await doors.show()).toMatchObject({ revision: 0 });
  });

  it(`are ${MOST_LISTS} at most`, async () => {
    const doors = await openDoors('lists-many');
    for (let number = 4; number <= MOST_LISTS; number += 1)
      expect(
        (await doors.ask('putCheckInList', { listId: `list-${number}` }, { ...usual, revision: number - 4 })).status,
      ).toBe(200);
    expect(errorsOf(await doors.put('one-more'))).toEqual({ status: 422, errors: ['listId does-not-fit'] });
    expect((await doors.put('list-9', { name: 'Nine' })).status, 'but each may change').toBe(200);
  });

  it('stay, at their place, while a phone may scan for them', async () => {
    const doors = await openDoors('lists-phone');
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
    const doors = await openDoors('lists-counted');
    await doors.put('event', open);
    const phone = await openPhone(parts, doors.id);
    const { ticket, reference } = await doors.holder('came@example.org');
    await phone.send([toldScan({ ticket, reference })]);
    await doors.ask('revokeDevice', { deviceId: phone.deviceId });
    expect((await doors.remove('event')).status).toBe(409);
    const answer = await doors.put('event', { passing: 'again', ...open });
    expect(errorsOf(answer)).toEqual({ status: 422, errors: ['passing does-not-fit'] });
  });
});

describe('counts', () => {
  it('say how many are expected by the rules of each list, and how many came, exactly, by group and mode', async () => {
    const doors = await openDoors('counts');
    const [one, two] = [await doors.holder('one@example.org'), await doors.holder('two@example.org')];
    const press = await doors.holder('press@example.org', { category: 'media', days: ['day-1'] });
    await doors.holder('online@example.org', { mode: 'online' });
    await doors.holder('gone@example.org');
    await doors.press('gone@example.org', 'cancel');
    await doors.put('event', { ...open, passing: 'in-and-out' });
    await doors.put('media', { ...open, categories: ['media'] });
    const phones = [await openPhone(parts, doors.id), await openPhone(parts, doors.id)];
    const of = ({ ticket, reference }: typeof one, kind = 'in') => toldScan({ ticket, reference, kind });
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
    const doors = await openDoors('counts-undone');
    await doors.put('event', open);
    const phone = await openPhone(parts, doors.id);
    const { ticket, reference } = await doors.holder('one@example.org');
    const scan = toldScan({ ticket, reference });
    await phone.send([scan, toldScan({ ticket, reference, kind: 'undo', undoes: scan.scanId })]);
    expect(await doors.counts('event')).toMatchObject({ total: { came: 0, inside: 0 }, parts: [] });
  });
});

describe('AU7: letting a phone in', () => {
  it('gives a code and a link whose secret no server sees, which one phone takes', async () => {
    const doors = await openDoors('phones');
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
      { id: body.deviceId, name: 'Hall, left door', standing: 'active', maySearch: true },
    ]);
    expect(await doors.audit()).toEqual([`offer-device ${body.deviceId}`]);
  });

  it('is taken back for the very next request, once and for all', async () => {
    const doors = await openDoors('phones-revoked');
    await doors.put('event', open);
    const [kept, lost] = [await openPhone(parts, doors.id), await openPhone(parts, doors.id)];
    const first = await doors.ask('revokeDevice', { deviceId: lost.deviceId });
    expect(first.status).toBe(200);
    expect((await lost.send([toldScan()])).status).toBe(401);
    expect((await kept.send([toldScan()])).status).toBe(200);
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

  it('CS13: shows children on no phone of anyone who may not see them, nor beyond whoever was vetted', async () => {
    const doors = await openDoors('phones-vetted');
    const vetted = { vettedUntil: '2027-11-03' };
    expect(await doors.offer(vetted)).toMatchObject({ status: 403, body: { type: problem('not-vetted') } });
    const { status, body } = await doors.offer(vetted, 'vettedOrganiser');
    expect(status).toBe(201);
    const taken = await call('enrolDevice', postJson({ code: body.code, secret: ownSecret() }));
    expect(JSON.parse(taken.body ?? '').device.isVetted).toBe(true);
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
    const doors = await openDoors('phones-bad');
    expect(errorsOf(await doors.offer(change))).toEqual({ status: 422, errors });
    expect(await doors.audit()).toEqual([]);
  });
});

describe('CI5: what a person has to look at', () => {
  /** Somebody whose ticket came in at two doors, a second apart. */
  async function twoDoors(id: string) {
    const doors = await openDoors(id);
    await doors.put('event', open);
    const holder = await doors.holder('twice@example.org', { fullName: 'Sokha Twice' });
    const about = { ticket: holder.ticket, reference: holder.reference };
    const endsAt = Date.now() + HOUR;
    const left = await openPhone(parts, id, { name: 'Left door', endsAt });
    const right = await openPhone(parts, id, { name: 'Right door', endsAt });
    const scan = (more: object = {}) => toldScan({ ...about, ...more });
    const [first, second] = [scan({ correctedAt: Date.now() }), scan({ correctedAt: Date.now() + 2000 })];
    await left.send([first]);
    await aMoment();
    await right.send([second]);
    return { doors, holder, left, right, scan, first, second };
  }

  it('names the person, the doors and the scans, until somebody decided, and counts them', async () => {
    const { doors, holder, first, second } = await twoDoors('inbox');
    expect((await doors.show()).conflicts).toBe(1);
    const inbox = await doors.conflicts();
    expect(inbox).toEqual({
      decisions: [],
      conflicts: [
        {
          ...{ list: 'event', ticket: holder.ticket, reference: holder.reference, name: 'Sokha Twice' },
          scans: [
            {
              ...{ scanId: first.scanId, device: 'Left door', kind: 'in', at: expect.any(String) },
              ...{ isConflict: false, isDecided: false },
            },
            {
              ...{ scanId: second.scanId, device: 'Right door', kind: 'in', at: expect.any(String) },
              ...{ isConflict: true, isDecided: false },
            },
          ],
        },
      ],
    });
    const said = { decision: 'same-person', scans: [second.scanId], note: 'Came back for a bag.' };
    const answer = await doors.decide(holder.ticket, said);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(await doors.conflicts());
    expect(answer.body).toEqual({
      conflicts: [],
      decisions: [
        {
          list: 'event',
          ticket: holder.ticket,
          ...said,
          at: expect.any(String),
          by: expect.stringMatching(/^[\w-]{43}$/),
        },
      ],
    });
    expect(await doors.show()).toMatchObject({ conflicts: 0 });
    expect((await doors.list('event')).counts, 'no scan is changed').toEqual({ came: 1, inside: 1 });
  });

  it('is decided once, however often and by however many it is sent', async () => {
    const { doors, holder, second } = await twoDoors('inbox-once');
    const said = { decision: 'mistake', scans: [second.scanId] };
    const answers = await Promise.all([1, 2, 3, 4].map(() => doors.decide(holder.ticket, said)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await doors.conflicts()).decisions).toHaveLength(1);
    const other = await doors.decide(holder.ticket, { ...said, decision: 'someone-else' });
    expect(other).toMatchObject({ status: 409, body: { type: problem('out-of-date') } });
    expect((await doors.conflicts()).decisions).toHaveLength(1);
    expect((await doors.audit()).filter((line) => line === 'decide-conflict event')).toHaveLength(1);
  });

  it('is decided by one where two decide otherwise at the same moment', async () => {
    const { doors, holder, second } = await twoDoors('inbox-race');
    const of = (decision: string) => doors.decide(holder.ticket, { decision, scans: [second.scanId] });
    const answers = await Promise.all(['same-person', 'someone-else', 'mistake', 'let-in'].map(of));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await doors.conflicts()).decisions).toHaveLength(1);
  });

  it('comes again with a scan that nobody had seen, and shows what was decided', async () => {
    const { doors, holder, left, scan, second } = await twoDoors('inbox-again');
    await doors.decide(holder.ticket, { decision: 'same-person', scans: [second.scanId] });
    await aMoment();
    const third = scan({ correctedAt: Date.now() + 4000 });
    await left.send([third]);
    const { conflicts } = await doors.conflicts();
    expect(conflicts).toHaveLength(1);
    const decided = conflicts[0].scans.map((each: { scanId: string; isDecided: boolean }) => [
      each.scanId,
      each.isDecided,
    ]);
    expect(decided).toEqual(
      expect.arrayContaining([
        [second.scanId, true],
        [third.scanId, false],
      ]),
    );
    const both = { decision: 'mistake', scans: [second.scanId, third.scanId] };
    expect((await doors.decide(holder.ticket, both)).status, 'one is decided').toBe(409);
    expect((await doors.decide(holder.ticket, { ...both, scans: [third.scanId] })).status).toBe(200);
    expect((await doors.conflicts()).conflicts).toEqual([]);
  });

  it('is nothing any more once the scan is taken back', async () => {
    const { doors, holder, right, scan, second } = await twoDoors('inbox-undone');
    await right.send([scan({ kind: 'undo', undoes: second.scanId, correctedAt: Date.now() })]);
    expect((await doors.conflicts()).conflicts).toEqual([]);
    expect((await doors.decide(holder.ticket, { decision: 'mistake', scans: [second.scanId] })).status).toBe(404);
  });

  it('is also what staff let pass against the rules, and a ticket of nobody, without a name', async () => {
    const doors = await openDoors('inbox-doubts');
    await doors.put('event', open);
    const online = await doors.holder('online@example.org', { mode: 'online' });
    const phone = await openPhone(parts, doors.id);
    const unknown = toldScan();
    await phone.send([toldScan({ ticket: online.ticket, reference: online.reference }), unknown]);
    const { conflicts } = await doors.conflicts();
    const doubts = conflicts.map(({ name, scans: [scan] }: { name?: string; scans: { doubt: string }[] }) => [
      name,
      scan?.doubt,
    ]);
    expect(doubts).toHaveLength(2);
    expect(doubts).toEqual(
      expect.arrayContaining([
        ['Somchai Sample', 'other-mode'],
        [undefined, 'unknown-ticket'],
      ]),
    );
    const decided = { decision: 'let-in', scans: [unknown.scanId] };
    expect((await doors.decide(unknown.ticket, decided)).status).toBe(200);
    expect((await doors.conflicts()).conflicts).toHaveLength(1);
  });

  it.each([
    ['a ticket that nobody scanned', { ticket: 'n'.repeat(22) }, {}, 404],
    ['another list', { listId: 'day-day-1' }, {}, 404],
    ['a ticket that is none', { ticket: 'short' }, {}, 422],
    ['a scan that was not seen', {}, { scans: ['s'.repeat(22)] }, 409],
    ['no scan', {}, { scans: [] }, 422],
    ['a decision that is none', {}, { decision: 'forget it' }, 422],
    ['a note without end', {}, { note: 'x'.repeat(501) }, 422],
  ])('cannot be decided for %s', async (what, where, change, status) => {
    const id = `inbox-bad-${what.replaceAll(' ', '-')}`.slice(0, 40);
    const { doors, holder, second } = await twoDoors(id);
    const at = { listId: 'event', ticket: holder.ticket, ...where };
    const answer = await doors.ask('decideConflict', at, { decision: 'mistake', scans: [second.scanId], ...change });
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(await doors.conflicts()).toMatchObject({ decisions: [], conflicts: [{}] });
  });

  it('CS13, CS14, CS15: names someone under 18 to those only who were vetted, and not where that they looked cannot be noted', async () => {
    const doors = await openDoors('inbox-young');
    await doors.put('event', open);
    const email = 'dara@young.example.org';
    await call('submitRegistration', { params: { eventId: doors.id }, ...postJson(youngSubmission({ email })) });
    const young = await doors.registrationOf(email);
    const consent = { token: await consentToken(young, doors.deps.secrets) };
    await call('postConsent', { params: consent, ...postForm(consentFields()) });
    const page = { token: await doors.tokenOf(email) };
    await call('postComplete', { params: page, ...postForm(completeFields({ fullName: 'Dara Young' })) });
    const { reference, status, ticketId } = await doors.registrationOf(email);
    expect(status).toBe('confirmed');
    const phone = await openPhone(parts, doors.id);
    await phone.send([toldScan({ ticket: await ticketHashOf({ ticketId }), reference })]);

    const hidden = await doors.conflicts();
    expect(hidden.conflicts).toMatchObject([{ reference, scans: [{ doubt: 'hold' }] }]);
    expect(JSON.stringify(hidden)).not.toContain('Dara');
    expect(await doors.audit()).not.toContain('list-minors');
    expect((await doors.conflicts('vettedOrganiser')).conflicts).toMatchObject([{ name: 'Dara Young' }]);
    expect(await doors.audit()).toContain('list-minors');

    const { realDeps } = await import('../../functions/doors/deps.ts');
    const { listConflicts } = await import('../../functions/doors/conflicts.ts');
    const request = { params: { eventId: doors.id }, language: 'en' } as never;
    const vetted = { id: 'someone', grants: [{ role: 'organiser', vettedUntil: '2099-12-31' }] } as const;
    const look = (auditTable: string) => listConflicts({ ...realDeps(), auditTable })(request, vetted);
    expect(await look(realDeps().auditTable)).toMatchObject({ status: 200 });
    await expect(look('no-such-table')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('names nobody who came in the place of whoever was scanned', async () => {
    const { doors, holder } = await twoDoors('inbox-substituted');
    const { revision } = await doors.registrationOf('twice@example.org');
    const body = { fullName: 'Other Person', position: 'Adviser', email: 'next@example.org', revision };
    const params = { reference: holder.reference };
    expect((await doors.ask('substituteRegistration', params, body)).status).toBe(200);
    const { conflicts } = await doors.conflicts();
    expect(conflicts).toMatchObject([{ reference: holder.reference }]);
    expect(conflicts[0]).not.toHaveProperty('name');
  });
});

it('AU8: is for organisers alone, and of their own event', async () => {
  await openDoors('strangers');
  const routes: RouteId[] = ['showCheckIn', 'listDevices', 'listConflicts'];
  for (const route of routes) {
    for (const who of ['thailand', 'safeguarding', 'care'] as const)
      expect((await ask(who, route, { params: { eventId: 'strangers' } })).status).toBe(403);
    expect((await ask('organiser', route, { params: { eventId: forum().id } })).status).toBe(403);
  }
});
