import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { aMoment, errorsOf, open, openDoors, problem, usual } from '../support/doors.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { scan } from '../support/registry.ts';
import { rosterPeople } from '../support/roster-people.ts';
import type { TeamMember } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const CATEGORY = forum().categories[0]?.id;
const HEADSET = { name: 'Headset', often: 'any', isLent: true };

/** Doors of an event that hands something out, and what organisers do about it. */
async function desksOf(id: string) {
  const doors = await openDoors(parts, id);
  await doors.put('event', open);
  const make = async (listId: string, change: object = {}) =>
    doors.ask('putHandout', { listId }, { ...HEADSET, revision: (await doors.show()).revision, ...change });
  const handout = async (listId: string) =>
    (await doors.show()).handouts.find((each: { id: string }) => each.id === listId);
  const who = async (listId = 'headset', member: TeamMember = 'organiser') =>
    doors.ask('listHandedOut', { listId }, undefined, member);
  /** Later than the one before, and than the phone was let in. */
  const scanned = async (of: { ticket: string; reference?: string }, change: object = {}) => {
    await aMoment();
    const now = Date.now();
    const { ticket, reference } = of;
    return sentScan({ ...{ ticket, reference, list: 'headset', scannedAt: now, correctedAt: now }, ...change });
  };
  return { doors, make, handout, who, scanned };
}

describe('what is handed out', () => {
  it('is made and changed beside check-in lists, with what is wrong said by its field, and stays as it was used', async () => {
    const { doors, make, handout } = await desksOf('handout-made');
    expect((await make('headset')).status).toBe(200);
    expect(await handout('headset')).toEqual({ id: 'headset', ...HEADSET, counts: { people: 0, out: 0 } });
    expect((await make('headset', { revision: 99 })).status, 'as it is').toBe(200);
    expect((await make('headset', { name: 'Earphones', revision: 99 })).status).toBe(409);
    const wrong = async (listId: string, change: object) => errorsOf(await make(listId, change));
    expect(await wrong('badge', { name: ' ' })).toEqual({ status: 422, errors: ['name required'] });
    expect(await wrong('badge', { name: 'x'.repeat(81) })).toEqual({ status: 422, errors: ['name too-long'] });
    expect(await wrong('badge', { categories: ['nobody'] })).toEqual({
      ...{ status: 422, errors: ['categories.0 unknown-option'] },
    });
    expect(await wrong('event', {}), 'a door').toEqual({ status: 422, errors: ['listId does-not-fit'] });
    expect(await wrong('badge', { often: 'hourly' })).toMatchObject({ status: 422 });
    const asDoor = await doors.put('headset');
    expect(errorsOf(asDoor)).toEqual({ status: 422, errors: ['listId does-not-fit'] });
    expect((await make('badge', { name: 'Badge', often: 'once', isLent: false })).status).toBe(200);
    expect((await doors.remove('badge')).status).toBe(200);
    expect((await make('lunch', { name: 'Lunch', often: 'daily', isLent: false })).status).toBe(200);
    const phone = await openPhone(parts, doors.id, { lists: ['headset'] });
    expect(await wrong('headset', { isLent: false, often: 'once' })).toEqual({
      ...{ status: 422, errors: ['often does-not-fit', 'isLent does-not-fit'] },
    });
    expect((await make('headset', { name: 'Earphones', categories: [CATEGORY] })).status).toBe(200);
    expect((await doors.remove('headset')).body.type).toBe(problem('list-in-use'));
    expect((await doors.show()).lists.map((each: { id: string }) => each.id)).not.toContain('headset');
    expect((await phone.roster()).setup.handouts).toMatchObject([{ id: 'headset', name: 'Earphones' }]);
    for (const who of ['viewer', 'thailand', 'care'] as const) {
      expect((await doors.ask('putHandout', { listId: 'x' }, { ...HEADSET, revision: 0 }, who)).status, who).toBe(403);
    }
    expect(await doors.audit()).toEqual(expect.arrayContaining(['change-list headset', 'remove-list badge']));
  });

  it('is offered to a phone for which it is chosen, apart from doors, so that an app that knows of none opens none', async () => {
    const { doors, make } = await desksOf('handout-phone');
    await make('headset');
    const offered = await doors.offer({ lists: ['event', 'headset'] });
    expect(offered.status).toBe(201);
    const both = await openPhone(parts, doors.id, { lists: ['event', 'headset'] });
    const { setup, device } = await both.roster();
    expect(device.lists).toEqual(['event', 'headset']);
    expect(setup.doors.map(({ id }: { id: string }) => id)).toEqual(['event']);
    expect(setup.handouts).toMatchObject([
      { id: 'headset', passing: 'in-and-out', handout: { often: 'any', isLent: true } },
    ]);
    const door = await openPhone(parts, doors.id, { lists: ['event'] });
    expect((await door.roster()).setup).not.toHaveProperty('handouts');
    const one = sentScan({ list: 'headset' });
    expect((await door.send([one])).answers).toEqual([{ result: 'refused', why: 'unknown-list' }]);
  });

  it('CI3, CI4: is counted once for each who got it, whatever order scans come in and however often, and out until it is back', async () => {
    const { doors, make, handout, who, scanned } = await desksOf('handout-counts');
    await make('headset');
    const [one, two] = [
      await doors.holder('one@example.org', { fullName: 'One Sample' }),
      await doors.holder('two@example.org', { fullName: 'Two Sample' }),
    ];
    const [left, right] = [
      await openPhone(parts, doors.id, { lists: ['headset'] }),
      await openPhone(parts, doors.id, { lists: ['headset'] }),
    ];
    const given = await scanned(one);
    const back = await scanned(one, { kind: 'out' });
    const again = await scanned(one);
    const twice = await scanned(two);
    await left.send([again]);
    await left.send([back, twice]);
    // Another phone gave as well, without a network.
    await right.send([given, await scanned(two), given]);
    await right.send([given]);
    expect(await handout('headset')).toMatchObject({ counts: { people: 2, out: 2 } });
    await right.send([await scanned(two, { kind: 'out' })]);
    expect(await handout('headset')).toMatchObject({ counts: { people: 2, out: 1 } });
    const { people } = (await who()).body;
    expect(people).toMatchObject([
      { fullName: 'One Sample', given: 2, isOut: true, givenAt: new Date(again.correctedAt).toISOString() },
      { fullName: 'Two Sample', given: 2 },
    ]);
    expect(people[1]).not.toHaveProperty('isOut');
    expect((await doors.show()).conflicts, 'nobody came in twice').toBe(0);
  });

  it('lists whom two phones gave it to without a network, when and at which, also of those who are not named', async () => {
    const { doors, make, who, scanned } = await desksOf('handout-doubt');
    await make('badge', { name: 'Badge', often: 'once', isLent: false });
    await make('headset');
    const [one, two] = [
      await doors.holder('one@example.org', { fullName: 'One Sample' }),
      await doors.holder('two@example.org', { fullName: 'Two Sample' }),
    ];
    const nobody = { ticket: 'n'.repeat(22) };
    const lists = ['badge', 'headset'];
    const [left, right] = [
      await openPhone(parts, doors.id, { lists, name: 'Left desk' }),
      await openPhone(parts, doors.id, { lists, name: 'Right desk' }),
    ];
    const first = await scanned(one);
    const offline = [
      ...[await scanned(one), await scanned(nobody, { list: 'badge' })],
      ...[await scanned(two, { list: 'badge' }), await scanned(one, { list: 'badge' })],
    ];
    await left.send([
      first,
      await scanned(two),
      await scanned(nobody, { list: 'badge' }),
      await scanned(one, { list: 'badge' }),
    ]);
    await right.send(offline);
    const back = await scanned(one, { kind: 'out' });
    await left.send([back]);
    const at = ({ correctedAt }: { correctedAt: number }) => new Date(correctedAt).toISOString();
    const headsets = (await who()).body;
    expect(headsets.people[0]).toMatchObject({
      ...{ fullName: 'One Sample', given: 2, beyond: 1 },
      scans: [
        { kind: 'in', at: at(first), phone: 'Left desk' },
        { kind: 'in', at: at(offline[0] as never), phone: 'Right desk' },
        { kind: 'out', at: at(back), phone: 'Left desk' },
      ],
    });
    expect(headsets.people[0], 'one return counts for both').not.toHaveProperty('isOut');
    expect(headsets.people[1]).not.toHaveProperty('beyond');
    expect(headsets.people[1], 'nothing is in doubt of them').not.toHaveProperty('scans');
    const badges = (await who('badge')).body;
    expect(badges.people).toMatchObject([
      { fullName: 'One Sample', given: 2, beyond: 1 },
      { fullName: 'Two Sample', given: 1 },
    ]);
    expect(badges.unnamed).toEqual({ people: 1, out: 0, beyond: 1 });
    const file = (await doors.ask('exportHandedOut', { listId: 'badge' })).body.trim().split('\r\n');
    expect(file[0]).toMatch(/,status,beyond$/);
    expect(file.slice(1).map((row: string) => row.split(',').at(-1))).toEqual(['1', '']);
  });

  it('stands on the person’s page: what they have, what they brought back, and what they were given too often', async () => {
    const { doors, make, scanned } = await desksOf('handout-page');
    await make('headset');
    await make('badge', { name: 'Badge', often: 'once', isLent: false });
    const [one, other] = [
      await doors.holder('one@example.org', { fullName: 'One Sample', country: 'TH' }),
      await doors.holder('two@example.org', { fullName: 'Two Sample', country: 'LA' }),
    ];
    const phone = await openPhone(parts, doors.id, { lists: ['headset', 'badge', 'event'] });
    const own = async (of = one, member: TeamMember = 'organiser') =>
      doors.ask('showAttendance', { reference: of.reference }, undefined, member);
    expect((await own()).body).toEqual({ came: [], handouts: [] });
    const given = await scanned(one);
    await phone.send([given, await scanned(one, { list: 'badge' }), await scanned(one, { list: 'badge' })]);
    const told = ({ correctedAt }: { correctedAt: number }) => new Date(correctedAt).toISOString();
    const { came, handouts } = (await own()).body;
    expect(came, 'it is no attendance').toEqual([]);
    expect(handouts).toMatchObject([
      { list: 'headset', name: 'Headset', isLent: true, given: 1, givenAt: told(given), isOut: true },
      { list: 'badge', name: 'Badge', isLent: false, given: 2, beyond: 1 },
    ]);
    const back = await scanned(one, { kind: 'out' });
    await phone.send([back]);
    const [headset, badge] = (await own()).body.handouts;
    expect(headset).toMatchObject({ given: 1, backAt: told(back) });
    expect(headset).not.toHaveProperty('isOut');
    expect(badge, 'nobody brings a badge back').not.toHaveProperty('backAt');
    expect((await own(one, 'thailand')).body.handouts).toHaveLength(2);
    expect((await own(other, 'thailand')).status, 'beyond their reach').toBe(404);
    expect((await own(one, 'viewer')).status).toBe(403);
  });

  it('CI13: is nobody’s attendance: not on lists, boards, registrations, nor in what certificates and feedback go by', async () => {
    const { doors, make, scanned } = await desksOf('handout-no-door');
    await make('headset');
    const someone = await doors.holder('one@example.org', { fullName: 'One Sample' });
    const phone = await openPhone(parts, doors.id, { lists: ['event', 'headset'] });
    const seen = async () => ({
      lists: (await doors.show()).lists.map(({ counts }: { counts: object }) => counts),
      own: (await doors.ask('showAttendance', { reference: someone.reference })).body.came,
      who: (await doors.ask('listWhoCame', { listId: 'event' })).body.people.map(
        (each: { status: string }) => each.status,
      ),
      all: (await doors.ask('loadAttendance')).body.people,
      board: (await doors.ask('showArrivalBoard')).body.shown?.total,
      numbers: (await doors.ask('showNumbers')).body,
      proven: (await doors.registrationOf('one@example.org')).status,
    });
    const attended = async () => {
      const { attending } = await import('../../shared/checkin/attendance/attendance.store.ts');
      const { documentClient } = await import('../../shared/kernel/dynamo/client.store.ts');
      const { realSystem } = await import('../../shared/kernel/system.store.ts');
      const { client, tables } = parts.database;
      const read = attending({ client: documentClient(client), registry: tables.registry, system: realSystem });
      const { came, scanned: any, scannedAtDoors } = await read({ ...forum(), id: doors.id, sessions: [] }, someone);
      return { came, any: [...any], scannedAtDoors: [...scannedAtDoors] };
    };
    const [before, earned] = [await seen(), await attended()];
    expect((await phone.send([await scanned(someone)])).answers).toEqual([{ result: 'kept' }]);
    expect(await seen()).toEqual(before);
    expect(await attended()).toEqual(earned);
    expect(earned).toEqual({ came: {}, any: [], scannedAtDoors: [] });
    for (const route of ['countCheckIns', 'showArrivals', 'listWhoCame', 'exportWhoCame'] as const) {
      expect((await doors.ask(route, { listId: 'headset' })).status, route).toBe(404);
    }
    const marks = { lines: [someone.reference], at: new Date().toISOString(), why: 'x', step: 'mark' };
    expect((await doors.ask('markCame', { listId: 'headset' }, marks)).status).toBe(404);
    // A door shows the same: what it asks is whether they came.
    expect((await phone.send([await scanned(someone, { list: 'event' })])).answers).toEqual([{ result: 'kept' }]);
    expect((await seen()).own).toMatchObject([{ list: 'event' }]);
  });

  it('CS16: is told by name of adults whom the caller may see, and of nobody under 18 but their number; each look is noted', async () => {
    const { doors, make, who, scanned } = await desksOf('handout-names');
    await make('headset');
    const [thai, lao] = [
      await doors.holder('one@example.org', { fullName: '=One Sample', country: 'TH' }),
      await doors.holder('two@example.org', { fullName: 'Two Sample', country: 'LA' }),
    ];
    const young = await rosterPeople(parts, doors.id).enter({
      ...{ fullName: 'Young Canary', badgeName: 'Young Canary', ageBand: 'minor', minor: {}, country: 'TH' },
    });
    const phone = await openPhone(parts, doors.id, { lists: ['headset'] });
    const minor = { ticket: ticketHashOf(young), reference: young.reference };
    const people = [thai, lao, minor, { ticket: 'x'.repeat(22) }];
    const sent = [];
    for (const each of people) sent.push(await scanned(each));
    expect((await phone.send(sent)).answers.map(({ result }: { result: string }) => result)).toEqual(
      Array(4).fill('kept'),
    );
    const all = await who();
    expect(all).toMatchObject({ status: 200, body: { minors: { people: 1, out: 1 }, unnamed: { people: 1, out: 1 } } });
    expect(all.body.people.map(({ fullName }: { fullName: string }) => fullName)).toEqual([
      '=One Sample',
      'Two Sample',
    ]);
    expect(JSON.stringify(all.body)).not.toMatch(/Canary|young/i);
    const own = await who('headset', 'thailand');
    expect(own.body.people.map(({ reference }: { reference: string }) => reference)).toEqual([thai.reference]);
    expect(own.body, 'numbers are for who runs check-in').not.toHaveProperty('minors');
    expect((await who('headset', 'viewer')).status).toBe(403);
    expect((await who('event')).status, 'a door').toBe(404);
    const file = await doors.ask('exportHandedOut', { listId: 'headset' });
    expect(file.status).toBe(200);
    const [columns, ...rows] = file.body.trim().split('\r\n');
    expect(columns).toContain('given,givenAt,status');
    expect(rows).toHaveLength(2);
    expect(rows[0], 'no formula').toContain("'=One Sample");
    expect(file.body).not.toContain('Canary');
    const noted = await scan(parts, 'audit', { having: { eventId: doors.id, about: 'headset' } });
    const looks = noted.filter(({ action }) => action === 'load-people' || action === 'export');
    expect(looks.map(({ action, people }) => [action, people]).sort()).toEqual([
      ['export', 2],
      ['load-people', 1],
      ['load-people', 2],
    ]);
  });

  it('stays with the person who gets another ticket: it is out still, and once', async () => {
    const { doors, make, handout, who, scanned } = await desksOf('handout-carried');
    await make('headset');
    const someone = await doors.holder('one@example.org', { fullName: 'One Sample' });
    const phone = await openPhone(parts, doors.id, { lists: ['headset'] });
    await phone.send([await scanned(someone)]);
    const before = await handout('headset');
    const { revision } = await doors.registrationOf('one@example.org');
    expect((await doors.ask('replaceTicket', { reference: someone.reference }, { revision })).status).toBe(200);
    const { realDeps } = await import('../../functions/housekeeping/index.ts');
    const { transferAttendance } = await import('../../shared/checkin/review/carry-check-ins.case.ts');
    const job = { eventId: doors.id, job: 'carry-check-ins', reference: someone.ticket } as never;
    await asFunction('housekeeping', () => transferAttendance(realDeps(), job));
    expect(await handout('headset')).toEqual(before);
    const { people } = (await who()).body;
    expect(people).toMatchObject([{ fullName: 'One Sample', given: 1, isOut: true }]);
  });

  it('is read as none of an event whose lists were kept before there was any', async () => {
    const { doors } = await desksOf('handout-old');
    const [item] = await scan(parts, 'registry', { having: { sk: 'CHECK-IN-LISTS', pk: `EVENT#${doors.id}` } });
    expect(item).not.toHaveProperty('handouts');
    expect(await doors.show()).toMatchObject({ handouts: [], lists: [{ id: 'event', ...usual }, {}, {}] });
  });
});
