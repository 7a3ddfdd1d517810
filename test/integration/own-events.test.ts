import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import { grantRoles } from '../../cli/grant-roles.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { eventListKey, roleKey } from '../../shared/kernel/dynamo/keys.ts';
import { type Identity, memberId } from '../../shared/kernel/identity.store.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { toRoleAttributes } from '../../shared/team/role/role.store.ts';
import { ORGANISER_ROLES } from '../../shared/team/role/ticks.ts';
import { type Call, call, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { ISSUER, type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';

let parts: Parts;
let meter: MeteredDatabase;
let metered: DynamoDBClient;

const [EVENT, OTHER, LATER] = ['one-forum', 'other-forum', 'later-forum'];
const person = (subject: string): Identity => ({ issuer: ISSUER, subject });
const owner = person('owner');

beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  metered = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
  for (const id of [EVENT, OTHER]) await parts.publish(forum({ id }));
  const days = forum().days.map((day) => ({ ...day, date: day.date.replace('2027', '2028') }));
  await parts.publish(forum({ id: LATER, days, title: { en: 'A later forum', km: 'វេទិកា​ក្រោយ' } }));
  for (const id of [EVENT, OTHER, LATER]) await grant(owner, id, [{ role: 'organiser' }]);
});
afterAll(async () => {
  metered?.destroy();
  await meter?.stop();
  await parts?.stop();
});

const grant = (identity: Identity, eventId: string, grants: readonly RoleGrant[]) => {
  const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
  return grantRoles({ eventId, identity, label: 'Someone', grants }, deps);
};

async function ask(id: Parameters<typeof call>[0], caller: Identity, what: Call = {}) {
  const { statusCode, body } = await call(id, { ...what, caller });
  return { status: statusCode, body: JSON.parse(body ?? '') };
}

interface Own {
  readonly id: string;
  readonly title: string;
  readonly sets: readonly string[];
}
async function own(caller: Identity, lang = 'en'): Promise<readonly Own[]> {
  const { status, body } = await ask('listOwnEvents', caller, { query: { lang } });
  expect(status).toBe(200);
  return body.events;
}
const idsOf = async (caller: Identity) => (await own(caller)).map(({ id }) => id);

/** Joins by an invitation, as people do. */
async function join(identity: Identity, grants: readonly RoleGrant[], eventId = EVENT) {
  const made = await ask('inviteToRoles', owner, { params: { eventId }, ...postJson({ grants }) });
  const invitation = new URLSearchParams(new URL(made.body.link).hash.slice(1)).get('invitation');
  const taken = await ask('redeemRoleInvitation', identity, { params: { eventId }, ...postJson({ invitation }) });
  expect(taken.status).toBe(200);
}

const keptOf = async (identity: Identity) =>
  (await scan(parts, 'registry')).filter(({ pk, sk }) => `${pk} ${sk}`.includes(memberId(identity)));

const housekeeping = async () => {
  const { handler } = await import('../../functions/housekeeping/index.ts');
  await asFunction('housekeeping', () => handler({ source: 'aws.events' } as never));
};

describe('the events of a person', () => {
  it('are those in which they have a role, from the moment they take it on, with what they are and hold', async () => {
    const someone = person('joins');
    expect(await own(someone)).toEqual([]);
    await join(someone, [{ role: 'viewer' }], LATER);
    await join(someone, [{ role: 'focal-point', countries: ['KH'] }]);
    expect(await own(someone)).toEqual([
      {
        id: EVENT,
        title: forum().title['en'],
        firstDay: '2027-11-02',
        lastDay: '2027-11-03',
        status: 'scheduled',
        sets: ['focal-point'],
      },
      expect.objectContaining({ id: LATER, title: 'A later forum', firstDay: '2028-11-02', sets: ['viewer'] }),
    ]);
    expect((await own(someone, 'km')).map(({ title }) => title)).toEqual([forum().title['km'], 'វេទិកា​ក្រោយ']);
    // A language that no event has.
    expect((await own(someone, 'de')).map(({ title }) => title)).toEqual([forum().title['en'], 'A later forum']);
  });

  it('follow what they hold, and what the event is called and whether it takes place, by the next look', async () => {
    const someone = person('changes');
    await join(someone, [{ role: 'viewer' }], OTHER);
    const { members } = (await ask('listRoles', owner, { params: { eventId: OTHER } })).body;
    const { revision } = members.find(({ id }: { id: string }) => id === memberId(someone));
    const body = { grants: [{ role: 'viewer' }, { role: 'desk-lead' }], revision };
    const params = { eventId: OTHER, memberId: memberId(someone) };
    expect((await ask('changeRoles', owner, { params, ...postJson(body) })).status).toBe(200);
    expect((await own(someone))[0]?.sets).toEqual(['desk-lead', 'viewer']);
    await parts.publish(forum({ id: OTHER, title: { en: 'Another name', km: 'ឈ្មោះ​ថ្មី' }, status: 'postponed' }));
    expect(await own(someone)).toEqual([
      expect.objectContaining({ id: OTHER, title: 'Another name', status: 'postponed' }),
    ]);
  });

  it('CS20: are gone at the next look once their roles are taken back, and nothing of them is kept', async () => {
    const someone = person('leaves');
    await join(someone, [{ role: 'viewer' }]);
    await join(someone, [{ role: 'viewer' }], LATER);
    const params = { eventId: EVENT, memberId: memberId(someone) };
    expect((await ask('revokeRoles', owner, { params })).status).toBe(200);
    expect(await idsOf(someone)).toEqual([LATER]);
    expect((await ask('revokeRoles', owner, { params: { ...params, eventId: LATER } })).status).toBe(200);
    expect(await idsOf(someone)).toEqual([]);
    expect(await keptOf(someone)).toEqual([]);
  });

  it('AU8: are told to nobody else: not to the same subject of another provider, nor by what a request says', async () => {
    const someone = person('one-provider');
    await join(someone, [{ role: 'staff' }]);
    expect(await own({ issuer: 'https://elsewhere.test', subject: 'one-provider' })).toEqual([]);
    expect(await own({ issuer: `${ISSUER}/`, subject: 'one-provider' })).toEqual([]);
    const query = { memberId: memberId(someone), eventId: EVENT };
    expect((await ask('listOwnEvents', person('a-stranger'), { query })).body).toEqual({ events: [] });
  });

  it('are listed also where a vetting is over, and of a deputy, who is called one', async () => {
    const someone = person('lapsed');
    await grant(someone, EVENT, [{ role: 'safeguarding', vettedUntil: '2020-12-31' }]);
    await grant(someone, LATER, [{ role: 'safeguarding', deputy: true }]);
    expect((await own(someone)).map(({ sets }) => sets)).toEqual([['safeguarding'], ['deputy']]);
  });

  it('say each set that someone holds by its name, once', async () => {
    const someone = person('of-all-sets');
    const grants = ORGANISER_ROLES.map(
      (role): RoleGrant => ({ role, ...(role === 'custom' && { ticks: ['export'] }) }),
    );
    await grant(someone, EVENT, [...grants, { role: 'custom', ticks: ['seats'] }]);
    expect((await own(someone))[0]?.sets).toEqual(ORGANISER_ROLES);
  });

  it('are left out where the event is not there any more', async () => {
    const someone = person('of-nothing');
    await grant(someone, 'no-such-event', [{ role: 'organiser' }]);
    expect(await own(someone)).toEqual([]);
  });
});

describe('members and events of before', () => {
  it('are found once housekeeping has passed, which then leaves them alone', async () => {
    const [someone, id] = [person('of-before'), 'before-forum'];
    await parts.publish(forum({ id }));
    const client = DynamoDBDocumentClient.from(parts.database.client);
    const TableName = parts.database.tables.registry;
    const member = { id: memberId(someone), grants: [{ role: 'care' }] as const, createdAt: '2026-01-01', revision: 3 };
    const Item = { ...roleKey(id, member.id), ...toRoleAttributes(member) };
    await client.send(new PutCommand({ TableName, Item }));
    await client.send(new PutCommand({ TableName, Item: { ...eventListKey(id), v: 1 } }));
    expect(await own(someone)).toEqual([]);
    await housekeeping();
    const named = { id, title: forum().title['en'], lastDay: '2027-11-03', sets: ['care'] };
    expect(await own(someone)).toEqual([expect.objectContaining(named)]);
    const [kept] = await scan(parts, 'registry', { partitions: [roleKey(id, '').pk] });
    expect(kept).toMatchObject({ revision: 3 });
    // Marked: what was written over since is not looked for again.
    const Key = { pk: `OWN-EVENT#${member.id}`, sk: id };
    const set = { UpdateExpression: 'SET #sets = :none', ExpressionAttributeNames: { '#sets': 'sets' } };
    await client.send(new UpdateCommand({ TableName, Key, ...set, ExpressionAttributeValues: { ':none': [] } }));
    await housekeeping();
    expect((await own(someone))[0]?.sets).toEqual([]);
  });

  it('bear their id until then, and no dates', async () => {
    const [someone, id] = [person('not-named'), 'not-named-forum'];
    await grant(someone, id, [{ role: 'viewer' }]);
    const client = DynamoDBDocumentClient.from(parts.database.client);
    const Item = { ...eventListKey(id), v: 1 };
    await client.send(new PutCommand({ TableName: parts.database.tables.registry, Item }));
    expect(await own(someone)).toEqual([{ id, title: id, sets: ['viewer'] }]);
  });
});

it('costs at most 4 units for thirty events, in the order of their days', async () => {
  const someone = person('of-thirty');
  const ids = Array.from({ length: 30 }, (_, nth) => `thirty-${String(nth).padStart(2, '0')}`);
  for (const [nth, id] of ids.entries()) {
    const days = forum().days.map((day) => ({ ...day, date: `${nth < 10 ? 2020 : 2030 + nth}${day.date.slice(4)}` }));
    await parts.publish(forum({ id, days }));
    await grant(someone, id, [{ role: 'organiser' }, { role: 'care' }]);
    await grant(person(`other-${nth}`), id, [{ role: 'viewer' }]);
  }
  const { realDeps } = await import('../../functions/team/index.ts');
  const { listOwnEvents } = await import('../../shared/team/role/list-roles.case.ts');
  const look = async (who: Identity) => {
    meter.take();
    const caller = { id: memberId(who), ticks: [], grants: [] };
    const request = { params: undefined, query: {}, language: 'en' } as never;
    const deps = realDeps(documentClient(metered));
    const reply = await asFunction('organiser', () => listOwnEvents(deps)(request, caller));
    const units = meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0);
    return { units, events: (reply as unknown as { body: { events: readonly Own[] } }).body.events };
  };
  const { units, events } = await look(someone);
  // Those to come first, the next before all; then those that are over, the last before all.
  expect(events.map(({ id }) => id)).toEqual([...ids.slice(10), ...ids.slice(0, 10).reverse()]);
  expect(units).toBeGreaterThan(0);
  expect(units).toBeLessThanOrEqual(4);
});
