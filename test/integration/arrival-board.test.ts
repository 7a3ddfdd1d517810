import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { errorsOf, openDoors, problem, usual } from '../support/doors.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { scan } from '../support/registry.ts';
import { rosterPeople } from '../support/roster-people.ts';
import { ask, identityOf, leave, type TeamMember } from '../support/team.ts';

let parts: Parts;

beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const [FIRST, SECOND] = forum().days;
const BEGINS = Date.parse(`${FIRST?.date}T09:00:00+07:00`);
const at = (time: number) => vi.useFakeTimers({ now: time, toFake: ['Date'] });

const ROUTES = ['showArrivalBoard', 'projectArrivals', 'nameNotYetHere'] as const;

const asked = async (
  id: string,
  route: (typeof ROUTES)[number],
  query: Record<string, string> = {},
  who: TeamMember = 'organiser',
) => ask(who, route, { params: { eventId: id }, query });
const shownOf = async (id: string, query: Record<string, string> = {}, who?: TeamMember) => {
  const { status, body } = await asked(id, 'showArrivalBoard', query, who);
  expect(status).toBe(200);
  return body.shown;
};
const namesOf = async (id: string, query: Record<string, string> = {}, who?: TeamMember): Promise<string[]> => {
  const { status, body } = await asked(id, 'nameNotYetHere', query, who);
  expect(status).toBe(200);
  return body.people.map(({ fullName }: { fullName: string }) => fullName);
};
const regrant = (id: string, who: TeamMember, grants: readonly RoleGrant[]) =>
  grantRoles(
    { eventId: id, identity: identityOf(who), label: who, grants },
    { dynamodb: parts.database.client, tableName: parts.database.tables.registry },
  );

/** An event on its first morning, with people who are expected, and a phone at its entrance. */
async function morning(id: string) {
  const doors = await openDoors(parts, id, {});
  const people = rosterPeople(parts, id);
  const enter = (name: string, what: Partial<Registration> = {}) =>
    people.enter({ fullName: `${name} Sample`, organisation: 'Ministry of Samples', country: 'TH', ...what });
  at(BEGINS - 10 * MINUTE);
  people.clock.now = Date.now();
  const phone = await openPhone(parts, id, { lists: ['event'], endsAt: BEGINS + 8 * HOUR });
  const comes = async (registration: Registration, time = Date.now()) => {
    at(time + 500);
    const ticket = ticketHashOf(registration);
    const sent = sentScan({
      ticket,
      reference: registration.reference,
      list: 'event',
      scannedAt: time,
      correctedAt: time,
    });
    expect((await phone.send([sent])).answers).toMatchObject([{ result: 'kept' }]);
  };
  return { doors, people, enter, phone, comes };
}

describe('CI13: the board of arrivals', () => {
  it('counts who is expected and here of each organisation and group, on the day that is on, and follows a scan at once', async () => {
    const { enter, comes } = await morning('board-counts');
    const anan = await enter('Anan');
    await enter('Bopha', { organisation: 'MINISTRY OF SAMPLES' });
    await enter('Chan', { organisation: 'Institute', days: ['day-2'] });
    await enter('Dara', { organisation: 'Institute', mode: 'online' });
    at(BEGINS);
    const before = await shownOf('board-counts', { groupBy: 'organisation' });
    expect(before).toMatchObject({
      ...{ list: 'event', day: 'day-1', by: 'organisation', bys: ['organisation', 'category'] },
      ...{ total: { expected: 2, here: 0 }, at: new Date(BEGINS).toISOString() },
    });
    expect(before.groups).toMatchObject([{ expected: 2, here: 0 }]);
    await comes(anan, BEGINS + 1000);
    expect(await shownOf('board-counts')).toMatchObject({ by: 'category', total: { expected: 2, here: 1 } });
    expect(await shownOf('board-counts', { list: 'event', day: 'day-2', groupBy: 'organisation' })).toMatchObject({
      // Nobody has come on a day that has not begun.
      ...{ total: { expected: 3, here: 0 } },
    });
    expect(await shownOf('board-counts', { list: 'day-day-1' })).toMatchObject({ total: { expected: 2, here: 1 } });
    expect(await namesOf('board-counts', { list: 'event', day: 'day-1' })).toEqual(['Bopha Sample']);
    at(Date.parse(`${SECOND?.date}T09:00:00+07:00`));
    expect(await shownOf('board-counts')).toMatchObject({ day: 'day-2', total: { expected: 3, here: 0 } });
  });

  it('tells delegations apart where there are any, and names those of one group', async () => {
    const { enter, comes } = await morning('board-delegations');
    const delegation = (id: string) => ({ delegation: { id, member: id, shown: true } as never });
    const anan = await enter('Anan', { organisation: 'Laos', ...delegation('d1') });
    await enter('Bopha', { organisation: 'Laos', ...delegation('d1') });
    await enter('Chan');
    await comes(anan, BEGINS);
    const { by, bys, groups } = await shownOf('board-delegations');
    expect([by, bys]).toEqual(['delegation', ['delegation', 'organisation', 'category']]);
    expect(groups).toEqual([
      { id: 'd1', label: 'Laos', expected: 2, here: 1 },
      { id: ' ', expected: 1, here: 0 },
    ]);
    expect(await namesOf('board-delegations', { groupBy: 'delegation', group: 'd1' })).toEqual(['Bopha Sample']);
    expect(await namesOf('board-delegations', { groupBy: 'delegation', group: ' ' })).toEqual(['Chan Sample']);
    expect(await namesOf('board-delegations', { groupBy: 'delegation', group: 'nobody' })).toEqual([]);
    expect(await namesOf('board-delegations')).toEqual(['Bopha Sample', 'Chan Sample']);
  });

  it('CS16: counts those under 18 from five on, in no group, and names none of them', async () => {
    const { enter, comes } = await morning('board-young');
    const young = (n: number) =>
      enter(`Canary${n}`, { badgeName: 'Canary', ageBand: 'minor', minor: {}, organisation: 'Canary School' });
    const minors = [await young(1), await young(2), await young(3), await young(4)];
    await enter('Anan');
    const few = await shownOf('board-young', { groupBy: 'organisation' });
    expect(few).toMatchObject({ total: { expected: 1, here: 0 } });
    expect(few).not.toHaveProperty('minors');
    minors.push(await young(5));
    if (minors[0]) await comes(minors[0], BEGINS);
    expect(await shownOf('board-young', { groupBy: 'organisation' })).toMatchObject({
      ...{ total: { expected: 6, here: 1 }, minors: { expected: 5, here: 1 } },
      groups: [{ expected: 1, here: 0 }],
    });
    for (const who of ['organiser', 'vettedOrganiser'] as const) {
      for (const route of ROUTES) {
        const { status, body } = await asked('board-young', route, { groupBy: 'organisation' }, who);
        expect(status).toBe(200);
        expect(JSON.stringify(body)).not.toMatch(/Canary/);
        for (const { reference } of minors) expect(JSON.stringify(body)).not.toContain(reference);
      }
    }
    expect(await namesOf('board-young', {}, 'vettedOrganiser')).toEqual(['Anan Sample']);
  });

  it('shows a projector numbers alone: no person, no phone, and no group of fewer than five', async () => {
    const { enter, comes, people } = await morning('board-projector');
    const named = [];
    for (let n = 0; n < 6; n += 1) named.push(await enter(`Nameof${n}`));
    for (let n = 0; n < 2; n += 1) named.push(await enter(`Nameof${n + 6}`, { organisation: 'Nameof Alone' }));
    if (named[0]) await comes(named[0], BEGINS);
    at(BEGINS + 10 * MINUTE);
    const { status, body } = await asked('board-projector', 'projectArrivals', { groupBy: 'organisation' });
    expect(status).toBe(200);
    // Two are left, who would be told by what is missing.
    expect(body).toMatchObject({ total: { expected: 8, here: 1 }, groups: [], silent: 1 });
    people.clock.now = Date.now();
    for (let n = 0; n < 5; n += 1) named.push(await enter(`Nameof${n + 8}`, { organisation: 'Institute' }));
    at(people.clock.now + 1000);
    const more = (await asked('board-projector', 'projectArrivals', { groupBy: 'organisation' })).body;
    expect(more).toMatchObject({
      groups: [{ label: 'Ministry of Samples', expected: 6, here: 1 }],
      others: { expected: 7, here: 0 },
    });
    for (const said of [JSON.stringify(body), JSON.stringify(more)]) {
      expect(said).not.toMatch(/Nameof|Hall, left door/);
      for (const { reference } of named) expect(said).not.toContain(reference);
    }
  });

  it('says which phones have been silent, for what they hold may be here already', async () => {
    const { enter, phone } = await morning('board-silent');
    await enter('Anan');
    await phone.roster(undefined, '0 0 4 60 v1');
    expect((await shownOf('board-silent')).silent).toEqual([]);
    at(Date.now() + 5 * MINUTE);
    expect((await shownOf('board-silent')).silent).toEqual([{ name: 'Hall, left door', since: 300, waiting: 0 }]);
    expect((await shownOf('board-silent', { list: 'day-day-1' })).silent).toEqual([]);
    await phone.roster(undefined, '3 0 4 60 v1');
    expect((await shownOf('board-silent')).silent).toEqual([]);
  });

  it('names those who are missing to holders of protocol alone, and records each look with who and how many', async () => {
    const { enter, doors } = await morning('board-names');
    await enter('Anan');
    await enter('Bopha', { nativeName: 'បុប្ផា' });
    await regrant('board-names', 'laos', [{ role: 'protocol' }]);
    await regrant('board-names', 'thailand', [{ role: 'desk-lead' }]);
    await doors.put('closed', { ...usual, place: { kind: 'session', session: 'consultation' } });
    const statuses = async (who: TeamMember, query = {}) =>
      Promise.all(ROUTES.map(async (route) => (await asked('board-names', route, query, who)).status));
    expect(await statuses('laos')).toEqual([200, 200, 200]);
    expect(await statuses('thailand')).toEqual([200, 200, 403]);
    for (const who of ['care', 'safeguarding', 'deputy', 'vettedCare'] as const) {
      expect(await statuses(who), who).toEqual([403, 403, 403]);
    }
    // A closed session is told to those who run check-in alone.
    expect(await statuses('laos', { list: 'closed' })).toEqual([404, 404, 404]);
    expect(await statuses('organiser', { list: 'closed' })).toEqual([200, 200, 200]);
    // Numbers of doors count people under 18 exactly: beside those of the board they would tell how many there are.
    for (const route of ['showArrivals', 'countCheckIns'] as const) {
      expect((await ask('laos', route, { params: { eventId: 'board-names', listId: 'event' } })).status).toBe(403);
    }
    const { choices } = (await asked('board-names', 'showArrivalBoard', {}, 'laos')).body;
    expect(JSON.stringify(choices)).not.toMatch(/closed|consultation/i);
    expect((await asked('board-names', 'nameNotYetHere', {}, 'laos')).body).toMatchObject({
      ...{ total: 2, people: [{ fullName: 'Anan Sample' }, { fullName: 'Bopha Sample', nativeName: 'បុប្ផា' }] },
    });
    vi.useRealTimers();
    const noted = await scan(parts, 'audit', { having: { eventId: 'board-names', action: 'name-not-here' } });
    expect(noted).toHaveLength(3);
    const [first] = noted.filter(({ people }) => people === 2);
    expect(first).toMatchObject({
      ...{ about: 'event day-1', by: expect.any(String) },
      columns: ['reference', 'honorific', 'fullName', 'nativeName', 'organisation', 'country'],
    });
    expect(JSON.stringify(noted)).not.toMatch(/Anan|Bopha/);
    await leave(parts, 'board-names', 'laos');
    at(BEGINS);
    expect(await statuses('laos')).toEqual([403, 403, 403]);
  });

  it('drops at once whom nobody expects any more, and refuses lists, days and groupings that there are not', async () => {
    const { enter, people } = await morning('board-bad');
    const anan = await enter('Anan');
    const bopha = await enter('Bopha');
    expect(await namesOf('board-bad')).toEqual(['Anan Sample', 'Bopha Sample']);
    people.clock.now = Date.now() + 1000;
    await people.erase(anan);
    await people.change(bopha, { status: 'cancelled' });
    at(Date.now() + 5000);
    expect(await namesOf('board-bad')).toEqual([]);
    expect(await shownOf('board-bad')).toMatchObject({ total: { expected: 0, here: 0 }, groups: [] });
    for (const route of ROUTES) {
      const refused = async (query: Record<string, string>) => errorsOf(await asked('board-bad', route, query));
      expect((await asked('board-bad', route, { list: 'nowhere' })).body).toMatchObject({ type: problem('not-found') });
      expect(await refused({ list: 'event', day: 'day-9' })).toEqual({ status: 422, errors: ['day unknown-option'] });
      expect(await refused({ list: 'day-day-1', day: 'day-2' })).toEqual({ status: 422, errors: ['day does-not-fit'] });
      expect(await refused({ day: 'day-1' })).toEqual({ status: 422, errors: ['list required'] });
      expect(await refused({ groupBy: 'name' })).toMatchObject({ status: 422 });
      // No delegation is there: numbers are told in another way.
      expect((await asked('board-bad', route, { groupBy: 'delegation' })).status).toBe(200);
    }
  });
});
