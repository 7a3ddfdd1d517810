import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import { deviceProposalKey } from '../../shared/checkin/check-in-keys.ts';
import { lastDay } from '../../shared/event/event-times.ts';
import { type Identity, memberId } from '../../shared/kernel/identity.store.ts';
import { displayReference } from '../../shared/kernel/text/reference.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import type { RouteId } from '../../shared/routes.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { deleteRoles, roleStore } from '../../shared/team/role/role.store.ts';
import { VETTING_PROPOSAL_LASTS } from '../../shared/team/role/vetting-rule.ts';
import { call, postJson } from '../support/call.ts';
import { open as openNow, usual } from '../support/doors.ts';
import { forum, submission } from '../support/forum.ts';
import { ISSUER, type Parts, startParts } from '../support/parts.ts';
import { ownSecret } from '../support/phone.ts';
import { readRegistry, registrationBy, scan } from '../support/registry.ts';
import { outboxInserts } from '../support/stream.ts';

const person = (subject: string): Identity => ({ issuer: ISSUER, subject });
const VETTED: RoleGrant = { role: 'safeguarding', vettedUntil: '2099-12-31' };
const ORGANISER: RoleGrant = { role: 'organiser' };
const TEAM = {
  organiser: [ORGANISER],
  other: [ORGANISER],
  vettedOrganiser: [{ ...ORGANISER, vettedUntil: '2099-12-31' }],
  vetted: [VETTED],
  also: [VETTED],
  lapsed: [{ role: 'safeguarding', vettedUntil: '2020-12-31' }],
  deputy: [{ role: 'safeguarding', deputy: true }],
  carer: [{ role: 'care', vettedUntil: '2099-12-31' }],
} as const satisfies Record<string, readonly RoleGrant[]>;
type Who = keyof typeof TEAM;
const LAST_DAY = lastDay(forum());
const LATER = '2099-06-30';

let parts: Parts;
let mail: () => Promise<void>;

beforeAll(async () => {
  parts = await startParts();
  const { handler } = await import('../../functions/outbox/index.ts');
  mail = async () => {
    await handler(await outboxInserts(parts));
  };
});
afterAll(() => parts?.stop());

const problem = (status: number, type: string) => ({ status, body: { type: `urn:plenary:problem:${type}` } });

/** An event of its own with a team, each of whom has an address. */
async function open(eventId: string, team: Partial<Record<Who, readonly RoleGrant[]>> = TEAM) {
  const event = forum({ id: eventId, questions: [], sessions: [] });
  await parts.publish({ ...event, categories: event.categories.map(({ approval: _, ...category }) => category) });
  const table = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
  const address = (who: string) => `${who}@${eventId}.example.org`;
  for (const [who, grants = []] of Object.entries(team)) {
    await grantRoles({ eventId, identity: person(who), label: who, grants, email: address(who) }, table);
  }
  async function ask(who: Who, id: RouteId, params: object = {}, body?: unknown) {
    const sent = { params: { eventId, ...params } as Record<string, string>, ...(body ? postJson(body) : {}) };
    const answer = await call(id, { ...sent, caller: person(who) });
    return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') };
  }
  const read = async (reference: string): Promise<Registration | undefined> =>
    registrationBy(parts, eventId, reference);
  return {
    eventId,
    ask,
    read,
    address,
    /** A confirmed adult who comes in person. */
    async adult(email = `adult@${eventId}.example.net`) {
      const sent = submission({ email, fullName: 'Chan Adult', mode: 'in-person', answers: {} });
      const answer = await call('submitRegistration', { params: { eventId }, ...postJson(sent) });
      expect(answer.statusCode, answer.body).toBe(202);
      const { registrations } = await readRegistry(parts, eventId);
      return registrations.find((each) => each.email === email)?.reference ?? '';
    },
    async vet(who: Who, reference: string, vettedUntil: string | null, revision?: number) {
      const body = { vettedUntil, revision: revision ?? (await read(reference))?.revision };
      return ask(who, 'vetChaperone', { reference }, body);
    },
    async mailsTo(who: string) {
      await mail();
      const found = await fetch(`${parts.mailbox.url}/messages?to=${address(who)}`);
      return (await found.json()) as { subject: string; text: string }[];
    },
    async leave(who: Who) {
      const { client, tables } = parts.database;
      const { documentClient } = await import('../../shared/kernel/dynamo/client.store.ts');
      const { transact } = await import('../../shared/kernel/dynamo/transact.store.ts');
      const { realSystem } = await import('../../shared/kernel/system.store.ts');
      const document = documentClient(client);
      const member = await roleStore({
        client: document,
        registry: tables.registry,
        system: { now: () => new Date() },
      }).read(eventId, memberId(person(who)));
      if (member) await transact(document, deleteRoles(tables.registry, eventId, member), realSystem);
    },
    audit: async () =>
      (await scan(parts, 'audit', { having: { eventId } }))
        .sort((a, b) => String(a['sk']).localeCompare(String(b['sk'])))
        .map(({ by, action, about, label, vettedUntil }) => ({
          ...{ who: Object.keys(TEAM).find((each) => memberId(person(each)) === by), action, about },
          ...(label !== undefined && { label }),
          ...(vettedUntil !== undefined && { vettedUntil }),
        })),
  };
}

describe('CS25: a chaperone', () => {
  it('counts as vetted once a second person who is vetted says so; all of safeguarding are told by one mail', async () => {
    const event = await open('vet-two');
    const adult = await event.adult();
    for (const who of ['lapsed', 'carer', 'deputy'] as const) {
      expect((await event.vet(who, adult, LAST_DAY)).status).toBe(403);
    }
    // A vetted member does it no more alone.
    expect(await event.vet('vetted', adult, LAST_DAY)).toMatchObject({
      status: 200,
      body: { proposal: { vettedUntil: LAST_DAY, by: 'vetted', isYours: true, mayAccept: false } },
    });
    expect((await event.read(adult))?.chaperoning?.vettedUntil).toBeUndefined();
    expect((await event.vet('vetted', adult, LAST_DAY)).body.vettedUntil).toBeUndefined();
    for (const who of ['organiser', 'vettedOrganiser'] as const) {
      expect(await event.vet(who, adult, LAST_DAY)).toMatchObject(problem(409, 'not-second-person'));
    }
    expect(await event.mailsTo('also')).toEqual([]);
    const [shown] = (await event.ask('also', 'listMinors')).body.chaperones;
    expect(shown.proposal).toMatchObject({ by: 'vetted', isYours: false, mayAccept: true });

    const before = (await event.read(adult))?.revision ?? 0;
    expect(await event.vet('also', adult, LAST_DAY, before - 1)).toMatchObject(problem(409, 'out-of-date'));
    const { status, body } = await event.vet('also', adult, LAST_DAY);
    expect([status, body.vettedUntil, body.proposal]).toEqual([200, LAST_DAY, undefined]);
    expect((await event.vet('also', adult, LAST_DAY)).status).toBe(200);

    for (const who of ['vetted', 'also', 'lapsed', 'deputy']) {
      const [told, ...others] = await event.mailsTo(who);
      expect(others).toEqual([]);
      expect(told?.subject).toMatch(/^The team has vetted a chaperone/);
      for (const said of [displayReference(adult), 'vetted until', 'Agreed by', 'also']) {
        expect(told?.text).toContain(said);
      }
      expect(told?.text).not.toContain('Chan Adult');
    }
    for (const who of ['organiser', 'vettedOrganiser', 'carer', 'other']) {
      expect(await event.mailsTo(who)).toEqual([]);
    }
    expect((await event.audit()).filter(({ action }) => String(action).includes('vet'))).toEqual([
      { who: 'vetted', action: 'propose-vetting', about: adult, vettedUntil: LAST_DAY },
      { who: 'also', action: 'vet-chaperone', about: adult, vettedUntil: LAST_DAY },
    ]);
  });

  it('is proposed by an organiser where one is vetted, who accepts it', async () => {
    const event = await open('vet-small', { organiser: [ORGANISER], vetted: [VETTED] });
    const adult = await event.adult();
    expect((await event.vet('organiser', adult, LATER)).body.proposal).toMatchObject({
      by: 'organiser',
      isYours: true,
    });
    expect((await event.vet('vetted', adult, LATER)).body).toMatchObject({ vettedUntil: LATER });
    const [told] = await event.mailsTo('vetted');
    expect(told?.text).toContain('organiser');
  });

  it('is accepted by nobody for themselves, by their address', async () => {
    const event = await open('vet-self');
    const adult = await event.adult(event.address('vetted').replace('@', '+hall@'));
    await event.vet('organiser', adult, LATER);
    expect(await event.vet('vetted', adult, LATER)).toMatchObject(problem(409, 'not-second-person'));
    expect((await event.vet('also', adult, LATER)).body).toMatchObject({ vettedUntil: LATER });
  });

  it('is not vetted, or for less long, at once where one who is vetted says so', async () => {
    const event = await open('vet-less');
    const adult = await event.adult();
    await event.vet('organiser', adult, LATER);
    await event.vet('vetted', adult, LATER);
    for (const less of [LAST_DAY, null]) {
      expect((await event.vet('organiser', adult, less)).status).toBe(403);
      expect((await event.vet('vetted', adult, less)).body.vettedUntil).toBe(less ?? undefined);
    }
    expect((await event.audit()).slice(-2)).toEqual([
      { who: 'vetted', action: 'end-vetting', about: adult, vettedUntil: LAST_DAY },
      { who: 'vetted', action: 'end-vetting', about: adult },
    ]);
  });

  it('waits for nobody once the proposal is over, its proposer gone, or it is withdrawn', async () => {
    const event = await open('vet-over');
    const adult = await event.adult();
    await event.vet('other', adult, LATER);
    await event.leave('other');
    expect((await event.ask('vetted', 'listMinors')).body.chaperones[0].proposal).toBeUndefined();
    // What nobody waits for is proposed anew by the member who says it next.
    expect((await event.vet('vetted', adult, LATER)).body.proposal).toMatchObject({ by: 'vetted' });
    expect((await event.vet('also', adult, null)).body.proposal).toBeUndefined();
    expect((await event.vet('organiser', adult, LATER)).body.proposal).toMatchObject({ by: 'organiser' });

    const { vetChaperone } = await import('../../shared/minors/chaperone/ask-chaperone.case.ts');
    const { realDeps } = await import('../../functions/care/index.ts');
    const deps = realDeps();
    const now = () => new Date(Date.now() + VETTING_PROPOSAL_LASTS);
    const body = { vettedUntil: LATER, revision: (await event.read(adult))?.revision ?? 0 };
    const request = {
      params: { eventId: event.eventId, reference: adult },
      body,
      language: 'en',
      query: {},
      headers: {},
    };
    const caller = { id: memberId(person('vetted')), ticks: [], grants: [VETTED] };
    await vetChaperone({ ...deps, system: { ...deps.system, now } })(request as never, caller);
    expect((await event.read(adult))?.chaperoning).toMatchObject({ proposal: { by: caller.id } });
    expect((await event.read(adult))?.chaperoning?.vettedUntil).toBeUndefined();
  });
});

describe('CS25: a phone that shows names of people under 18', () => {
  const phone = (change: object = {}) => ({
    ...{ name: 'Hall, left door', lists: ['event'], maySearch: false, vettedUntil: LATER },
    endsAt: new Date(Date.now() + 8 * 3_600_000).toISOString(),
    ...change,
  });
  const enrol = async (code: string) => {
    const answer = await call('enrolDevice', postJson({ code, secret: ownSecret() }));
    return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') };
  };

  async function openDoors(eventId: string, team?: Partial<Record<Who, readonly RoleGrant[]>>) {
    const event = await open(eventId, team);
    await event.ask('organiser', 'putCheckInList', { listId: 'event' }, { ...usual, ...openNow, revision: 0 });
    const list = async (who: Who) => (await event.ask(who, 'listDeviceProposals')).body.proposals;
    return {
      ...event,
      propose: (who: Who, change: object = {}) => event.ask(who, 'offerEnrolment', {}, phone(change)),
      list,
      decide: async (who: Who, deviceId: string, decision = 'accept', revision?: number) =>
        event.ask(
          who,
          'decideDeviceProposal',
          { deviceId },
          {
            ...{ decision, revision: revision ?? (await list('vetted'))[0]?.revision ?? 1 },
          },
        ),
    };
  }

  it('has no code until a second person who is vetted accepts it, who alone is shown it', async () => {
    const event = await openDoors('phone-two');
    // An organiser who is vetted makes none alone, either.
    for (const who of ['organiser', 'vettedOrganiser'] as const) {
      const { status, body } = await event.propose(who);
      expect([status, Object.keys(body).sort()]).toEqual([202, ['deviceId', 'expiresAt']]);
      await event.decide(who, body.deviceId, 'withdraw');
    }
    const { deviceId } = (await event.propose('organiser')).body;
    expect(await scan(parts, 'registry', { having: { eventId: event.eventId, id: deviceId } })).toEqual([
      expect.objectContaining(deviceProposalKey(event.eventId, deviceId)),
    ]);
    expect(await event.list('organiser')).toMatchObject([
      { id: deviceId, name: 'Hall, left door', by: { isYou: true }, mayAccept: false },
    ]);
    for (const who of ['organiser', 'other', 'vettedOrganiser'] as const) {
      expect(await event.decide(who, deviceId)).toMatchObject(problem(409, 'not-second-person'));
    }
    for (const who of ['lapsed', 'deputy', 'carer'] as const) {
      expect((await event.decide(who, deviceId)).status).toBe(403);
      expect((await event.ask(who, 'listDeviceProposals')).status).toBe(403);
    }
    expect(await event.mailsTo('also')).toEqual([]);
    expect(await event.list('vetted')).toMatchObject([{ by: { label: 'organiser' }, mayAccept: true }]);
    expect(await event.decide('vetted', deviceId, 'accept', 0)).toMatchObject(problem(409, 'out-of-date'));

    const accepted = await event.decide('vetted', deviceId);
    expect(accepted).toMatchObject({ status: 200, body: { offered: { deviceId, link: expect.any(String) } } });
    const { code } = accepted.body.offered;
    expect(JSON.stringify([await event.list('organiser'), await event.list('vetted')])).not.toContain(code);
    expect(JSON.stringify(await scan(parts, 'registry', { having: { eventId: event.eventId } }))).not.toContain(code);
    expect((await enrol(code)).body.device).toMatchObject({ isVetted: true });
    expect(await event.list('vetted')).toEqual([]);
    const [device] = (await event.ask('organiser', 'listDevices')).body.devices;
    expect(device).toMatchObject({ id: deviceId, vettedUntil: LATER, by: { label: 'vetted' } });

    for (const who of ['vetted', 'also', 'lapsed', 'deputy']) {
      const [told, ...others] = await event.mailsTo(who);
      expect(others).toEqual([]);
      expect(told?.subject).toMatch(/^A phone may show names of people under 18/);
      expect(told?.text).toContain('Hall, left door');
    }
    expect((await event.audit()).slice(-2)).toEqual([
      { who: 'organiser', action: 'propose-device', about: deviceId, label: 'Hall, left door', vettedUntil: LATER },
      { who: 'vetted', action: 'accept-device', about: deviceId, label: 'Hall, left door', vettedUntil: LATER },
    ]);
  });

  it('has a new code shown when one ran out, the earlier one works no more, and there is never a second phone', async () => {
    const event = await openDoors('phone-anew');
    const { deviceId } = (await event.propose('organiser')).body;
    const first = (await event.decide('vetted', deviceId)).body.offered.code;
    const second = (await event.decide('also', deviceId)).body.offered.code;
    expect((await enrol(first)).status).toBe(404);
    expect((await enrol(second)).status).toBe(200);
    expect(await event.decide('vetted', deviceId, 'accept', 3)).toMatchObject(problem(409, 'enrolment-taken'));
    expect(await event.mailsTo('also')).toHaveLength(1);
  });

  it('is withdrawn with the code that it had, and a phone is still let in that shows no names', async () => {
    const event = await openDoors('phone-back');
    const { deviceId } = (await event.propose('organiser')).body;
    const { code } = (await event.decide('vetted', deviceId)).body.offered;
    expect(await event.decide('also', deviceId, 'withdraw')).toMatchObject({ status: 200, body: { proposals: [] } });
    expect((await event.decide('also', deviceId, 'withdraw')).status).toBe(200);
    expect((await enrol(code)).status).toBe(404);
    expect(await event.decide('vetted', deviceId)).toMatchObject(problem(404, 'not-found'));
    const plain = await event.propose('organiser', { vettedUntil: undefined });
    expect(plain.status).toBe(201);
    expect((await enrol(plain.body.code)).body.device.isVetted).toBe(false);
  });

  it('waits for nobody once its proposer is gone', async () => {
    const event = await openDoors('phone-over');
    const { deviceId } = (await event.propose('other')).body;
    await event.leave('other');
    expect(await event.list('vetted')).toEqual([]);
    expect(await event.decide('vetted', deviceId)).toMatchObject(problem(404, 'not-found'));
  });

  it('is withdrawn with its code also where its proposer is gone since it was accepted', async () => {
    const event = await openDoors('phone-gone');
    const { deviceId } = (await event.propose('other')).body;
    const { code } = (await event.decide('vetted', deviceId)).body.offered;
    await event.leave('other');
    expect((await event.decide('also', deviceId, 'withdraw')).status).toBe(200);
    expect((await enrol(code)).status).toBe(404);
  });
});
