import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { meterDatabase } from '../../bench/cost/metered-database.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { greetingKey } from '../../shared/checkin/check-in-keys.ts';
import { greetingEnd } from '../../shared/checkin/greet/greet.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { newJob } from '../../shared/mail/outbox/new-items.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { openDoors, problem } from '../support/doors.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { scan } from '../support/registry.ts';
import { rosterPeople } from '../support/roster-people.ts';
import { ask, TEAM_MEMBERS, type TeamMember } from '../support/team.ts';
import { withSend } from '../support/with-send.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BEGINS = Date.parse(`${forum().days[0]?.date}T09:00:00+07:00`);
const at = (time: number) => vi.useFakeTimers({ now: time, toFake: ['Date'] });
const ROUTES = ['listGreeted', 'greetPerson', 'stopGreeting'] as const;

const PROTOCOL = { id: 'protocol', ticks: ['greet'], grants: [{ role: 'protocol' }] } as never;

/** An event on its first morning, with people who come, whom protocol greets and a phone at the entrance. */
async function morning(id: string) {
  const doors = await openDoors(parts, id, {});
  const people = rosterPeople(parts, id);
  at(BEGINS - 10 * MINUTE);
  people.clock.now = Date.now();
  const params = { eventId: id };
  const one = ({ reference }: Pick<Registration, 'reference'>) => ({ params: { ...params, reference } });
  const who: TeamMember = 'protocol';
  const list = async () => {
    const { status, body } = await ask(who, 'listGreeted', { params });
    expect(status).toBe(200);
    return body;
  };
  const client = documentClient(parts.database.client);
  const { registry } = parts.database.tables;
  const housekeeping = async () => (await import('../../functions/housekeeping/index.ts')).realDeps(client);
  return {
    doors,
    people,
    enter: (name: string, what: Partial<Registration> = {}) =>
      people.enter({ fullName: `${name} Sample`, organisation: 'Ministry of Samples', country: 'TH', ...what }),
    pick: (of: Pick<Registration, 'reference'>, why = 'Bring to the hall') =>
      ask(who, 'greetPerson', { ...one(of), body: { why } }),
    /** How they stand on their own page. */
    async show(of: Pick<Registration, 'reference'>) {
      const { status, body } = await ask(who, 'showPersonPage', one(of));
      return { status, body: status === 200 ? body.greeting : body };
    },
    takeOff: (of: Pick<Registration, 'reference'>) => ask(who, 'stopGreeting', one(of)),
    list,
    names: async (): Promise<string[]> => (await list()).people.map(({ fullName }: { fullName: string }) => fullName),
    stored: async () => (await client.send(new GetCommand({ TableName: registry, Key: greetingKey(id) }))).Item,
    /** What housekeeping does each minute. */
    async minute() {
      const { keepGreetings } = await import('../../shared/checkin/greet/greet.case.ts');
      await keepGreetings(await housekeeping());
    },
    /** What the job does that erasing leaves. */
    async forget({ reference }: Registration) {
      const { doJob } = await import('../../shared/jobs.ts');
      const deps = await housekeeping();
      const job = newJob(realSystem, 'index-people', id, { reference });
      await deps.jobs.add(job, 2 ** 32);
      await doJob(deps, job.id);
    },
    /** As the table says it whose clock is another one. */
    expires: (expiresAt: number) =>
      client.send(
        new UpdateCommand({
          ...{ TableName: registry, Key: greetingKey(id), UpdateExpression: 'SET expiresAt = :at' },
          ExpressionAttributeValues: { ':at': expiresAt },
        }),
      ),
  };
}

describe('CI13: people to greet', () => {
  it('are picked, changed and taken off by protocol, with a line, and told by whom they came in within seconds', async () => {
    const { enter, pick, show, takeOff, list, stored, doors, names } = await morning('greet-all');
    const [bopha, anan] = [await enter('Bopha', { honorific: 'Dr', position: 'Minister' }), await enter('Anan')];
    const online = await enter('Online', { mode: 'online' });
    expect((await pick(bopha, '  Speaks at ten,  lead to the stage ')).body).toEqual({
      ...{ why: 'Speaks at ten, lead to the stage', picked: 1 },
    });
    expect((await pick(anan)).body).toMatchObject({ picked: 2 });
    expect((await pick(anan, 'ស្វាគមន៍នៅច្រកចូល')).body).toEqual({ why: 'ស្វាគមន៍នៅច្រកចូល', picked: 2 });
    await pick(online);
    expect((await show(bopha)).body).toEqual({ why: 'Speaks at ten, lead to the stage', picked: 3 });
    expect((await list()).people).toEqual([
      expect.objectContaining({ fullName: 'Anan Sample', why: 'ស្វាគមន៍នៅច្រកចូល', status: 'not-yet' }),
      expect.objectContaining({ fullName: 'Bopha Sample', honorific: 'Dr', position: 'Minister', status: 'not-yet' }),
      expect.objectContaining({ fullName: 'Online Sample', status: 'not-today' }),
    ]);
    const phone = await openPhone(parts, 'greet-all', { lists: ['event'], endsAt: BEGINS + 8 * HOUR });
    at(BEGINS + 500);
    const scanned = { ticket: ticketHashOf(bopha), reference: bopha.reference, list: 'event' };
    const sent = sentScan({ ...scanned, scannedAt: BEGINS, correctedAt: BEGINS });
    expect((await phone.send([sent])).answers).toMatchObject([{ result: 'kept' }]);
    const here = (await list()).people[1];
    expect(here).toMatchObject({ status: 'came', arrival: { at: new Date(BEGINS).toISOString() } });
    at(BEGINS + 10 * MINUTE);
    expect((await list()).silent).toMatchObject([{ name: 'Hall, left door' }]);
    expect((await takeOff(anan)).body).toEqual({ picked: 2 });
    expect((await takeOff(anan)).body, 'twice is a success twice').toEqual({ picked: 2 });
    expect(await names()).toEqual(['Bopha Sample', 'Online Sample']);
    expect(await stored()).toMatchObject({ expiresAt: greetingEnd(forum()) / 1000 });
    vi.useRealTimers();
    const noted = await scan(parts, 'audit', { having: { eventId: 'greet-all' } });
    const said = (action: string) => noted.filter((each) => each['action'] === action).map(({ people: n }) => n);
    expect(said('greet').sort()).toEqual([1, 2, 2, 3]);
    expect(said('stop-greeting')).toEqual([2]);
    // All of them at first, then the one who came, and all again in another hour; what is the same is one look.
    expect(said('read-greeted').reduce((sum: number, n) => sum + Number(n), 0)).toBeGreaterThanOrEqual(4);
    expect(JSON.stringify(noted)).not.toMatch(/Bopha|Anan|stage/);
    expect(JSON.stringify(await doors.show())).not.toContain('stage');
  });

  it('AU8: are for holders of protocol’s set or its tick alone, and in nothing that others are told', async () => {
    const id = 'greet-roles';
    const { enter, pick, people } = await morning(id);
    const anan = await enter('Anan');
    expect((await pick(anan, 'Canarygreeting')).status).toBe(200);
    const about = { params: { eventId: id, reference: anan.reference, listId: 'event' } };
    for (const who of TEAM_MEMBERS.filter((each) => each !== 'protocol')) {
      for (const route of ROUTES) {
        const body = route === 'greetPerson' ? { body: { why: 'x' } } : {};
        expect((await ask(who, route, { ...about, ...body })).status, `${who} ${route}`).toBe(403);
      }
    }
    const { grantRoles } = await import('../../cli/grant-roles.ts');
    const { identityOf } = await import('../support/team.ts');
    const grants: RoleGrant[] = [{ role: 'custom', ticks: ['greet'] }];
    const to = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    await grantRoles({ eventId: id, identity: identityOf('laos'), label: 'laos', grants }, to);
    expect((await ask('laos', 'listGreeted', about)).body.people).toMatchObject([{ why: 'Canarygreeting' }]);
    for (const who of ['organiser', 'vettedOrganiser', 'protocol'] as const) {
      for (const route of [
        'loadPeople',
        ...(who === 'protocol' ? [] : (['showPersonPage'] as const)),
        'getRegistration',
        'showArrivalBoard',
        'nameNotYetHere',
        'listWhoCame',
      ] as const) {
        const { body } = await ask(who, route, about);
        expect(JSON.stringify(body), `${who} ${route}`).not.toMatch(/Canarygreeting/);
      }
    }
    people.clock.now = Date.now();
    const roster = people.phone();
    await roster.pull();
    const told = JSON.stringify(await roster.open(anan.ticketId));
    expect(told).toContain('Sokha Sample');
    expect(told).not.toMatch(/Canarygreeting|greet/);
  });

  it('are fifty at most, also where two pick at once, and lose nothing', async () => {
    const { enter, pick, list, names, show, people } = await morning('greet-many');
    const all: Registration[] = [];
    for (let n = 0; n < 53; n += 1) all.push(await enter(`P${n}`));
    const four = await Promise.all(all.slice(0, 4).map((each) => pick(each)));
    expect(four.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await names()).toHaveLength(4);
    for (const each of all.slice(4, 49)) expect((await pick(each)).status).toBe(200);
    const last = await Promise.all(all.slice(49, 53).map((each) => pick(each)));
    expect(last.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422]);
    expect(last.find(({ status }) => status === 422)?.body.errors).toMatchObject([
      { path: 'why', code: 'does-not-fit' },
    ]);
    expect(await names()).toHaveLength(50);
    expect((await pick(all[0] as Registration, 'Another line')).body, 'of fifty one can be changed').toMatchObject({
      picked: 50,
    });
    expect((await list()).people.find(({ why }: { why: string }) => why === 'Another line')).toBeDefined();
    people.clock.now = Date.now();
    expect((await show(all[52] as Registration)).body.picked).toBe(50);
    await people.change(all[0] as Registration, { status: 'expired' });
    expect((await show(all[1] as Registration)).body, 'there is room at once').toMatchObject({ picked: 49 });
  });

  it('refuses minors, people who do not come, other events’ people, and lines that are none', async () => {
    const { enter, pick, show, takeOff, stored } = await morning('greet-bad');
    const anan = await enter('Anan');
    const young = await enter('Young', { ageBand: 'minor', minor: {} });
    for (const answer of [await pick(young), await show(young), await takeOff(young)]) {
      expect(answer.status).toBe(404);
      expect(answer.body.type).toBe(problem('not-found'));
    }
    const vetted = { params: { eventId: 'greet-bad', reference: young.reference }, body: { why: 'x' } };
    const { grantRoles } = await import('../../cli/grant-roles.ts');
    const { identityOf } = await import('../support/team.ts');
    const grants: RoleGrant[] = [{ role: 'protocol' }, { role: 'safeguarding', vettedUntil: '2099-12-31' }];
    const to = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    await grantRoles({ eventId: 'greet-bad', identity: identityOf('laos'), label: 'laos', grants }, to);
    const refused = await ask('laos', 'greetPerson', vetted);
    expect(refused.body, 'also to those who see minors').toMatchObject({ type: problem('not-amendable') });
    for (const status of ['waitlisted', 'pending-approval', 'cancelled', 'declined', 'expired'] as const) {
      const other = await enter(`Not ${status}`, { status });
      expect((await pick(other)).body, status).toMatchObject({ type: problem('not-amendable') });
    }
    expect((await pick({ reference: '7K3M9QX2AB' })).status).toBe(404);
    for (const why of ['', '  ', '\u200B', 'a\nb', 'x'.repeat(141), 'x'.repeat(5000)]) {
      const { status, body } = await pick(anan, why);
      expect([why.length, status, body.errors?.[0]?.path]).toEqual([why.length, 422, 'why']);
    }
    expect(await stored()).toBeUndefined();
    expect((await pick(anan, 'ក'.repeat(140))).status).toBe(200);
  });

  it('CS18, CS20: a person who is erased, cancelled, replaced or found to be a minor is told of no more, and nothing of them stays', async () => {
    const { enter, pick, names, people, minute, forget, stored } = await morning('greet-gone');
    const [erased, cancelled, replaced, minor, stays] = [
      await enter('Erased'),
      await enter('Cancelled'),
      await enter('Replaced'),
      await enter('Minor'),
      await enter('Stays'),
    ];
    for (const each of [erased, cancelled, replaced, minor, stays]) await pick(each, `Line of ${each.fullName}`);
    expect(await names()).toHaveLength(5);
    people.clock.now = Date.now();
    await people.erase(erased);
    await people.change(cancelled, { status: 'cancelled' });
    await people.change(replaced, { fullName: 'Another Sample', formerHolders: 1 });
    await people.change(minor, { ageBand: 'minor', minor: {} });
    at(Date.now() + 31_000);
    expect(await names(), 'within a minute; who cancelled may come back').toEqual(['Cancelled Sample', 'Stays Sample']);
    await forget(erased);
    const afterJob = JSON.stringify(await stored());
    expect(afterJob).not.toContain(erased.reference);
    expect(afterJob).not.toContain('Line of Erased');
    await minute();
    expect((await stored())?.['people']).toMatchObject([
      { reference: cancelled.reference },
      { reference: stays.reference },
    ]);
    expect(JSON.stringify(await scan(parts, 'registry', {}))).not.toMatch(/Line of (Erased|Replaced|Minor)/);
    at(Date.now() + DAY);
    people.clock.now = Date.now();
    await minute();
    expect((await stored())?.['people'], 'a day later nobody can undo it').toMatchObject([
      { reference: stays.reference },
    ]);
    expect(JSON.stringify(await scan(parts, 'registry', {}))).not.toMatch(/Line of Cancelled/);
    expect(JSON.stringify(await scan(parts, 'registry', {}))).not.toContain(erased.reference);
    const successor = await pick(replaced, 'New');
    expect(successor.body, 'of who came in their place a line can be written').toEqual({ why: 'New', picked: 2 });
    await people.change(stays, { status: 'expired' });
    await minute();
    expect((await stored())?.['people']).toMatchObject([{ reference: replaced.reference, why: 'New', holders: 1 }]);
  });

  it('stay picked while a place that they lost may be got back, are told to have none, and are greeted as before then', async () => {
    const { enter, pick, show, takeOff, list, people, minute, stored } = await morning('greet-back');
    const all = [await enter('Cancelled'), await enter('Declined'), await enter('Waits'), await enter('Off')];
    for (const each of all) await pick(each, `Line of ${each.fullName}`);
    const [cancelled, declined, waits, off] = all as [Registration, Registration, Registration, Registration];
    const standing = async () => {
      at(Date.now() + 31_000);
      people.clock.now = Date.now();
      return Object.fromEntries(
        (await list()).people.map((each: { fullName: string; status: string }) => [
          each.fullName.split(' ')[0],
          each.status,
        ]),
      );
    };
    expect(await standing()).toEqual({ Cancelled: 'not-yet', Declined: 'not-yet', Waits: 'not-yet', Off: 'not-yet' });
    const gone = await people.change(cancelled, { status: 'cancelled' });
    const refused = await people.change(declined, { status: 'declined' });
    const waiting = await people.change(waits, { status: 'waitlisted', waiting: { since: new Date().toISOString() } });
    await people.change(off, { status: 'cancelled' });
    await minute();
    const none = 'no-place';
    expect(await standing()).toEqual({ Cancelled: none, Declined: none, Waits: none, Off: none });
    expect((await show(gone)).body, 'their page says so').toEqual({ why: 'Line of Cancelled Sample', picked: 4 });
    expect((await pick(gone, 'Another')).body, 'nothing is written of who has no place').toMatchObject({
      type: problem('not-amendable'),
    });
    expect((await takeOff(off)).body).toEqual({ picked: 3 });
    const back = await people.change(gone, { status: 'confirmed' });
    await people.change(refused, { status: 'confirmed' });
    await people.change(waiting, { status: 'confirmed', waiting: undefined });
    await minute();
    expect(await standing()).toEqual({ Cancelled: 'not-yet', Declined: 'not-yet', Waits: 'not-yet' });
    expect((await show(back)).body).toMatchObject({ why: 'Line of Cancelled Sample' });
    expect((await stored())?.['people']).toHaveLength(3);
  });

  it('CS20: are never written of a person who is erased while a line is saved', async () => {
    const { enter, pick, people, forget, stored } = await morning('greet-race');
    const [erased, stays] = [await enter('Erased'), await enter('Stays')];
    await pick(stays);
    people.clock.now = Date.now();
    let isErased = false;
    const client = withSend(documentClient(parts.database.client), async (command, pass) => {
      // Read before, written after.
      if (!isErased && command.constructor.name === 'TransactWriteCommand') {
        isErased = true;
        await people.erase(erased);
        await forget(erased);
      }
      return pass();
    });
    const { greetPerson } = await import('../../shared/checkin/greet/greet.case.ts');
    const { realDeps } = await import('../../functions/doors/index.ts');
    const params = { eventId: 'greet-race', reference: erased.reference };
    const asked = { params, query: {}, language: 'en', body: { why: 'Line of Erased' } } as never;
    await expect(greetPerson(realDeps(client))(asked, PROTOCOL)).rejects.toThrow('not-amendable');
    expect(isErased).toBe(true);
    expect((await stored())?.['people']).toMatchObject([{ reference: stays.reference }]);
    expect(JSON.stringify(await scan(parts, 'registry', {}))).not.toMatch(/Line of Erased/);
  });

  it('are told of for few units each time, however many they are', async () => {
    const id = 'greet-units';
    const { enter, pick } = await morning(id);
    for (let n = 0; n < 40; n += 1) await pick(await enter(`P${n}`));
    const meter = await meterDatabase(parts.database.endpoint);
    const metered = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
    try {
      const client = documentClient(metered);
      const { listGreeted } = await import('../../shared/checkin/greet/greet.case.ts');
      const { realDeps } = await import('../../functions/doors/index.ts');
      const deps = realDeps(client);
      const look = async (): Promise<number> => {
        meter.take();
        const asked = { params: { eventId: id }, query: {}, language: 'en' } as never;
        const { body } = (await listGreeted(deps)(asked, PROTOCOL)) as never as { body: { people: unknown[] } };
        expect(body.people).toHaveLength(40);
        return meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0);
      };
      await look();
      let [units, looks] = [0, 0];
      for (let passed = 0; passed < 60_000; passed += 3_000) {
        at(Date.now() + 3_000);
        units += await look();
        looks += 1;
      }
      expect(units / looks).toBeLessThanOrEqual(8);
    } finally {
      metered.destroy();
      await meter.stop();
    }
  });

  it('are told of until the last day ends, and deleted on the day after, also where the event is moved', async () => {
    const id = 'greet-after';
    const { enter, pick, names, minute, stored, expires } = await morning(id);
    const anan = await enter('Anan');
    await pick(anan);
    const end = greetingEnd(forum());
    at(end - 1000);
    expect(await names()).toEqual(['Anan Sample']);
    await minute();
    expect(await stored()).toBeDefined();
    at(end);
    expect(await names(), 'the table has not deleted it yet').toEqual([]);
    expect((await pick(anan)).body).toMatchObject({ type: problem('not-amendable') });
    await minute();
    expect(await stored()).toBeUndefined();

    at(BEGINS - HOUR);
    await pick(anan);
    const later = forum().days.map((day) => ({
      ...day,
      date: new Date(Date.parse(`${day.date}T00:00:00Z`) + 7 * DAY).toISOString().slice(0, 10),
    }));
    await parts.publish(forum({ id, quotas: [], days: later }));
    await minute();
    expect(await stored(), 'a week later').toMatchObject({ expiresAt: (end + 7 * DAY) / 1000 });
    expect(await names()).toEqual(['Anan Sample']);
    await parts.publish(forum({ id, quotas: [] }));
    await minute();
    expect(await stored()).toMatchObject({ expiresAt: end / 1000 });
    // Moved only after it was over: what the table still holds comes back in no way.
    await expires((BEGINS - 2 * HOUR) / 1000);
    expect(await names()).toEqual([]);
    await minute();
    expect(await stored()).toBeUndefined();
  });
});
