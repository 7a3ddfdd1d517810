import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import { roleInvitationKey, roleKey } from '../../shared/kernel/dynamo/keys.ts';
import { type Identity, memberId } from '../../shared/kernel/identity.store.ts';
import type { RouteId } from '../../shared/routes.ts';
import { invitationId } from '../../shared/team/invitation/role-invitation.store.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { CHOSEN_TICKS } from '../../shared/team/role/ticks.ts';
import { type Call, call, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { ISSUER, type Parts, SITE_URL, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';
import { outboxInserts } from '../support/stream.ts';

let parts: Parts;
let outbox: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

const EVENT = 'asean-ict-forum';
const OTHER_EVENT = 'another-forum';
const person = (subject: string): Identity => ({ issuer: ISSUER, subject });
const organiser = person('organiser');
const FOR_CAMBODIA = [{ role: 'focal-point', countries: ['KH'] }];

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  await parts.publish(forum({ id: OTHER_EVENT }));
  ({ handler: outbox } = await import('../../functions/outbox/index.ts'));
  for (const eventId of [EVENT, OTHER_EVENT]) {
    const granted = { eventId, identity: organiser, label: 'Organiser', grants: [{ role: 'organiser' }] as const };
    await grantRoles(granted, { dynamodb: parts.database.client, tableName: parts.database.tables.registry });
  }
});
afterAll(() => parts?.stop());

async function ask(id: RouteId, caller: Identity, what: Call = {}) {
  const { statusCode, body } = await call(id, { ...what, params: { eventId: EVENT, ...what.params }, caller });
  return { status: statusCode, body: JSON.parse(body ?? '') };
}

const invite = async (body: object = {}, eventId = EVENT) =>
  (await ask('inviteToRoles', organiser, { params: { eventId }, ...postJson({ grants: FOR_CAMBODIA, ...body }) }))
    .body as { id: string; link: string; expiresAt: string };
const tokenOf = (link: string): string => new URLSearchParams(new URL(link).hash.slice(1)).get('invitation') ?? '';
const redeem = (caller: Identity, link: string, eventId = EVENT) =>
  ask('redeemRoleInvitation', caller, { params: { eventId }, ...postJson({ invitation: tokenOf(link) }) });
const mine = async (caller: Identity) => (await ask('getMyRoles', caller)).body.grants;
const roles = async () => (await ask('listRoles', organiser)).body;

const NOT_VALID = {
  status: 404,
  body: expect.objectContaining({ type: 'urn:plenary:problem:role-invitation-not-valid' }),
};

describe('an invitation into roles', () => {
  it('binds whoever redeems it, whatever their provider says of them', async () => {
    const grants = [{ role: 'focal-point', countries: ['KH', 'TH'] }];
    const { link, id, expiresAt } = await invite({ grants, label: 'Focal point of two countries' });
    expect(link).toBe(`${SITE_URL}/console/?event=${EVENT}#invitation=${tokenOf(link)}`);
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    expect((await roles()).invitations).toEqual([
      expect.objectContaining({ id, grants, label: 'Focal point of two countries' }),
    ]);
    const someone = person('focal-point');
    expect(await mine(someone)).toEqual([]);
    expect(await redeem(someone, link)).toEqual({ status: 200, body: { eventId: EVENT, grants } });
    expect(await mine(someone)).toEqual(grants);
    const { members, invitations } = await roles();
    expect(invitations).toEqual([]);
    expect(members).toContainEqual({
      id: memberId(someone),
      grants,
      label: 'Focal point of two countries',
      invitedBy: memberId(organiser),
      createdAt: expect.any(String),
      isYou: false,
      revision: 1,
      mayChange: true,
      mayRemove: true,
      mayResetFactor: false,
    });
  });

  it('works once; who redeemed it may do so again', async () => {
    const { link } = await invite();
    expect((await redeem(person('first'), link)).status).toBe(200);
    expect((await redeem(person('first'), link)).status).toBe(200);
    expect(await redeem(person('second'), link)).toEqual(NOT_VALID);
    expect(await redeem({ issuer: 'https://elsewhere.test', subject: 'first' }, link)).toEqual(NOT_VALID);
    expect(await mine(person('second'))).toEqual([]);
  });

  it('gives nothing to the owner who made it, and waits for another person', async () => {
    const before = await mine(organiser);
    const own = [{ role: 'protocol' }, { role: 'custom', ticks: ['export'] }];
    const { link } = await invite({ grants: own });
    const refused = { status: 409, body: expect.objectContaining({ type: 'urn:plenary:problem:own-role' }) };
    expect(await redeem(organiser, link)).toEqual(refused);
    expect(await redeem(organiser, link)).toEqual(refused);
    expect(await mine(organiser)).toEqual(before);
    expect((await redeem(person('not the owner'), link)).status).toBe(200);
    expect(await redeem(organiser, link)).toEqual(NOT_VALID);
    expect(await mine(organiser)).toEqual(before);
  });

  it('lets one of ten win who redeem it at once', async () => {
    const { link } = await invite();
    const rivals = Array.from({ length: 10 }, (_, index) => person(`rival-${index}`));
    const answers = await Promise.all(rivals.map((rival) => redeem(rival, link)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(404)]);
    const held = await Promise.all(rivals.map(mine));
    expect(held.filter((grants) => grants.length > 0)).toHaveLength(1);
  });

  it('adds to what a member holds, also when two are redeemed at once', async () => {
    const both = await Promise.all([invite(), invite({ grants: [{ role: 'organiser' }] })]);
    const someone = person('two-roles');
    const answers = await Promise.all(both.map(({ link }) => redeem(someone, link)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await mine(someone)).toEqual([{ role: 'organiser' }, ...FOR_CAMBODIA]);
  });

  it('is worth nothing once it has expired, also before the table forgets it', async () => {
    const { link } = await invite();
    await DynamoDBDocumentClient.from(parts.database.client).send(
      new UpdateCommand({
        TableName: parts.database.tables.registry,
        Key: roleInvitationKey(EVENT, invitationId(tokenOf(link))),
        UpdateExpression: 'SET expiresAt = :past',
        ExpressionAttributeValues: { ':past': Math.floor(Date.now() / 1000) - 1 },
      }),
    );
    expect((await roles()).invitations).toEqual([]);
    expect(await redeem(person('late'), link)).toEqual(NOT_VALID);
  });

  it('holds for its own event only', async () => {
    const { link } = await invite({}, OTHER_EVENT);
    expect(await redeem(person('lost'), link)).toEqual(NOT_VALID);
    expect(await redeem(person('lost'), link, 'No Event')).toEqual(NOT_VALID);
    expect((await redeem(person('lost'), link, OTHER_EVENT)).status).toBe(200);
    expect(await mine(person('lost'))).toEqual([]);
  });

  it('is noted with who made it, took it on, withdrew it or took it back', async () => {
    const someone = person('noted');
    const [taken, withdrawn] = [await invite(), await invite()];
    await redeem(someone, taken.link);
    await ask('withdrawRoleInvitation', organiser, { params: { invitationId: withdrawn.id } });
    await ask('revokeRoles', organiser, { params: { memberId: memberId(someone) } });
    const noted = (await scan(parts, 'audit')).map(({ by, action, about }) => [by, action, about]);
    const [us, them] = [memberId(organiser), memberId(someone)];
    for (const entry of [
      [us, 'invite-member', taken.id],
      [us, 'withdraw-member', withdrawn.id],
      [them, 'take-on-roles', taken.id],
      [us, 'revoke-roles', them],
    ])
      expect(noted).toContainEqual(entry);
  });

  it('can be withdrawn', async () => {
    const { link, id } = await invite();
    const withdraw = () => ask('withdrawRoleInvitation', organiser, { params: { invitationId: id } });
    expect(await withdraw()).toMatchObject({ status: 200, body: { invitations: [] } });
    expect((await withdraw()).status).toBe(200);
    expect(await redeem(person('unwanted'), link)).toEqual(NOT_VALID);
  });

  it.each<[string, object, string, string]>([
    ['a focal point for nobody', { grants: [{ role: 'focal-point' }] }, 'grants.0.countries', 'required'],
    ['a deputy of another role', { grants: [{ role: 'care', deputy: true }] }, 'grants.0.deputy', 'wrong-type'],
    ['a reach that nothing keeps', { grants: [{ role: 'care', countries: ['KH'] }] }, 'grants.0.role', 'wrong-type'],
    ['an unknown role', { grants: [{ role: 'admin' }] }, 'grants.0.role', 'unknown-option'],
    [
      'an unknown country',
      { grants: [{ role: 'focal-point', countries: ['ZZ'] }] },
      'grants.0.countries.0',
      'wrong-type',
    ],
    ['no role', { grants: [] }, 'grants', 'wrong-type'],
    ['no address', { email: 'nowhere' }, 'email', 'email-format'],
  ])('is refused with %s', async (_, body, path, code) => {
    const answer = await ask('inviteToRoles', organiser, postJson({ grants: [{ role: 'care' }], ...body }));
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path, code }] } });
  });
});

describe('an invitation by mail', () => {
  const mailsTo = async (address: string) =>
    (await (await fetch(`${parts.mailbox.url}/messages?to=${address}`)).json()) as { subject: string; text: string }[];

  it('arrives with its link, in the language asked for, and is stored nowhere as it is sent', async () => {
    const { link, id } = await invite({ email: 'invited@example.org', language: 'km', label: 'TYPED' });
    expect((await roles()).invitations).toContainEqual(expect.objectContaining({ id, label: 'TYPED' }));
    const client = DynamoDBDocumentClient.from(parts.database.client);
    for (const TableName of Object.values(parts.database.tables)) {
      const { Items } = await client.send(new ScanCommand({ TableName }));
      expect(JSON.stringify(Items)).not.toContain(tokenOf(link));
    }
    await outbox(await outboxInserts(parts));
    const [mail, ...others] = await mailsTo('invited@example.org');
    expect(others).toEqual([]);
    expect(mail?.subject).toContain('អញ្ជើញ');
    expect(mail?.text).toContain(link);
    expect(mail?.text).not.toContain('TYPED');
    expect((await redeem(person('mailed'), link)).status).toBe(200);
  });

  it('is not sent once it was withdrawn', async () => {
    const { id } = await invite({ email: 'withdrawn@example.org' });
    await ask('withdrawRoleInvitation', organiser, { params: { invitationId: id } });
    await outbox(await outboxInserts(parts));
    expect(await mailsTo('withdrawn@example.org')).toEqual([]);
  });
});

describe('revoking', () => {
  it('takes effect for the very next request, and can be done twice', async () => {
    const someone = person('dismissed');
    await redeem(someone, (await invite({ grants: [{ role: 'organiser' }] })).link);
    expect((await ask('listRoles', someone)).status).toBe(200);
    const revoke = () => ask('revokeRoles', organiser, { params: { memberId: memberId(someone) } });
    const { status, body } = await revoke();
    expect([status, body.members.map(({ id }: { id: string }) => id)]).toEqual([
      200,
      expect.not.arrayContaining([memberId(someone)]),
    ]);
    expect((await ask('listRoles', someone)).status).toBe(403);
    expect((await revoke()).status).toBe(200);
  });

  it('is refused for oneself', async () => {
    const answer = await ask('revokeRoles', organiser, { params: { memberId: memberId(organiser) } });
    expect(answer).toMatchObject({ status: 409, body: { type: 'urn:plenary:problem:own-role' } });
    expect(await mine(organiser)).toContainEqual({ role: 'organiser' });
  });
});

describe('the last owners of an event', () => {
  const asOwner = async (eventId: string, name: string, endsAt?: string) => {
    const grants = [{ role: 'organiser' as const, ...(endsAt !== undefined && { endsAt }) }];
    const granted = { eventId, identity: person(name), label: name, grants };
    await grantRoles(granted, { dynamodb: parts.database.client, tableName: parts.database.tables.registry });
  };
  /** Each takes it from another one, by a look at the team that came before either wrote. @returns how many did */
  const atOnce = async (eventId: string, way: string, both: readonly (readonly [by: string, whom: string])[]) => {
    const { roles: store, ...real } = (await import('../../functions/team/index.ts')).realDeps();
    const { revokeRoles } = await import('../../shared/team/role/list-roles.case.ts');
    const { changeRoles } = await import('../../shared/team/invitation/role-invitation.case.ts');
    let looks = 0;
    let go = (): void => undefined;
    const bothLooked = new Promise<void>((resolve) => {
      go = resolve;
    });
    const list: typeof store.list = async (of) => {
      const members = await store.list(of);
      looks += 1;
      if (looks === both.length) go();
      await bothLooked;
      return members;
    };
    const deps = { ...real, roles: { ...store, list } };
    const take = way === 'revoked' ? revokeRoles(deps) : changeRoles(deps);
    const answers = await Promise.allSettled(
      both.map(([by, whom]) => {
        const params = { eventId, memberId: memberId(person(whom)) };
        const body = { grants: [{ role: 'viewer' }], revision: 1 };
        const caller = { id: memberId(person(by)), grants: [{ role: 'organiser' }], ticks: ['manage-team'] };
        return asFunction('team', async () => take({ params, body, language: 'en' } as never, caller as never));
      }),
    );
    return answers.filter(({ status }) => status === 'fulfilled').length;
  };
  const owners = async (eventId: string) => {
    const own = await Promise.all(
      ['one', 'two'].map(async (name) => (await ask('getMyRoles', person(name), { params: { eventId } })).body.grants),
    );
    return own.flat().filter(({ role }: { role: string }) => role === 'organiser').length;
  };

  it.each(['revoked', 'changed'])('who are %s by one another at once do not both go', async (way) => {
    const eventId = `two-owners-${way}`;
    await parts.publish(forum({ id: eventId }));
    for (const name of ['one', 'two']) await asOwner(eventId, name);
    const both = [
      ['one', 'two'],
      ['two', 'one'],
    ] as const;
    expect([await atOnce(eventId, way, both), await owners(eventId)]).toEqual([1, 1]);
  });

  it.each(['revoked', 'changed'])('without an end do not both go, %s at once by two who have one', async (way) => {
    const eventId = `last-owners-${way}`;
    await parts.publish(forum({ id: eventId }));
    const endsAt = new Date(Date.now() + 3_600_000).toISOString();
    for (const name of ['one', 'two']) await asOwner(eventId, name);
    for (const name of ['guest-one', 'guest-two']) await asOwner(eventId, name, endsAt);
    const both = [
      ['guest-one', 'one'],
      ['guest-two', 'two'],
    ] as const;
    expect([await atOnce(eventId, way, both), await owners(eventId)]).toEqual([1, 1]);
  });
});

describe('sets that came later', () => {
  it('are known to consoles of the first release by a name that opens nothing there', async () => {
    const someone = person('stars');
    const grants = [
      ...['staff', 'protocol', 'desk-lead', 'communications', 'viewer'].map((role) => ({ role })),
      { role: 'custom', ticks: [...CHOSEN_TICKS] },
      { role: 'custom', ticks: ['decide'], categories: ['academia'] },
    ];
    const { link } = await invite({ grants });
    const shown = grants.map(({ role, ...grant }) => ({ ...grant, role: 'focal-point', set: role }));
    expect((await roles()).invitations).toContainEqual(expect.objectContaining({ grants: shown }));
    expect(await redeem(someone, link)).toMatchObject({ status: 200, body: { grants: shown } });
    expect(await mine(someone)).toEqual(shown);
    expect((await ask('getQuotas', someone)).status).toBe(200);
  });

  it('reach no category that the event does not have', async () => {
    const grants = [{ role: 'focal-point', categories: ['nobody'] }];
    const answer = await ask('inviteToRoles', organiser, postJson({ grants }));
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'grants', code: 'unknown-option' }] } });
  });
});

describe('changing what another member may do', () => {
  const memberOf = async (id: string) => (await roles()).members.find((each: { id: string }) => each.id === id);
  const change = async (caller: Identity, id: string, grants: unknown, more: object = {}) =>
    ask('changeRoles', caller, {
      params: { memberId: id },
      ...postJson({ grants, revision: (await memberOf(id))?.revision ?? 1, ...more }),
    });
  const joined = async (name: string, grants: unknown) => {
    await redeem(person(name), (await invite({ grants, label: name })).link);
    return memberId(person(name));
  };

  it('holds from their very next request on, also while they work', async () => {
    const id = await joined('changed', [{ role: 'staff' }]);
    expect((await ask('getQuotas', person('changed'))).status).toBe(200);
    const { status, body } = await change(organiser, id, [{ role: 'focal-point', categories: ['academia'] }]);
    expect(status).toBe(200);
    expect(body.members).toContainEqual(
      expect.objectContaining({ id, revision: 2, grants: [{ role: 'focal-point', categories: ['academia'] }] }),
    );
    expect((await ask('getQuotas', person('changed'))).status).toBe(403);
    expect((await ask('loadPeople', person('changed'))).status).toBe(200);
    const noted = (await scan(parts, 'audit')).map(({ by, action, about }) => [by, action, about]);
    expect(noted).toContainEqual([memberId(organiser), 'change-roles', id]);
  });

  it('has an end where it is given one: nothing of it is left from that moment on, and an owner prolongs it', async () => {
    const id = await joined('interpreter', [{ role: 'desk-lead' }]);
    const who = person('interpreter');
    const endsAt = new Date(Date.now() + 2_500).toISOString();
    const given = await change(organiser, id, [{ role: 'desk-lead', endsAt }]);
    expect(given.status).toBe(200);
    const shown = { role: 'focal-point', set: 'desk-lead', endsAt };
    expect(await mine(who)).toEqual([shown]);
    const own = async () => (await call('listOwnEvents', { caller: who })).body ?? '';
    expect(JSON.parse(await own()).events).toMatchObject([{ id: EVENT, sets: ['desk-lead'], endsAt }]);
    const first = await ask('loadPeople', who);
    expect(first.status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, Date.parse(endsAt) - Date.now() + 10));
    const query = { after: '0000000000', cursor: first.body.cursor };
    expect((await ask('loadPeople', who, { query })).status).toBe(403);
    expect([await mine(who), JSON.parse(await own()).events]).toEqual([[], []]);
    const { roles: store } = (await import('../../functions/team/index.ts')).realDeps();
    expect((await asFunction('team', () => store.read(EVENT, id)))?.grants).toEqual([]);
    expect((await asFunction('team', () => store.list(EVENT))).find((each) => each.id === id)?.grants).toEqual([]);
    expect(await memberOf(id)).toMatchObject({ grants: [], ended: [shown] });
    // Nothing else that is written of them brings it back.
    await redeem(who, (await invite({ grants: [{ role: 'viewer' }] })).link);
    expect(await mine(who)).toEqual([{ role: 'focal-point', set: 'viewer' }]);
    expect(await memberOf(id)).toMatchObject({ ended: [shown] });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect((await change(organiser, id, [{ role: 'desk-lead', endsAt: until }])).status).toBe(200);
    expect((await memberOf(id)).ended).toBeUndefined();
    expect((await ask('loadPeople', who)).status).toBe(200);
  });

  it.each(['yesterday', '2027-02-30T00:00:00Z', '2027-11-05', new Date(Date.now() - 1_000).toISOString()])(
    'has no end %s',
    async (endsAt) => {
      const id = await joined(`ends ${endsAt}`, [{ role: 'viewer' }]);
      expect((await change(organiser, id, [{ role: 'viewer', endsAt }])).status).toBe(422);
      expect(await mine(person(`ends ${endsAt}`))).toEqual([{ role: 'focal-point', set: 'viewer' }]);
    },
  );

  it('leaves no event without an owner one day: the last who has no end keeps having none', async () => {
    const endsAt = new Date(Date.now() + 3_600_000).toISOString();
    const id = await joined('owner for an hour', [{ role: 'organiser', endsAt }]);
    const [last] = (await roles()).members.filter((each: { isYou: boolean }) => each.isYou);
    const others = (await roles()).members.filter(
      (each: { id: string; isYou: boolean; grants: { role: string; endsAt?: string }[] }) =>
        !each.isYou && each.grants.some((grant) => grant.role === 'organiser' && grant.endsAt === undefined),
    );
    for (const other of others) expect((await change(organiser, other.id, [{ role: 'viewer' }])).status).toBe(200);
    const who = person('owner for an hour');
    const refused = await change(who, last.id, [{ role: 'organiser', endsAt }]);
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([422, expect.stringContaining('grants')]);
    expect((await change(who, last.id, [{ role: 'viewer' }])).status).toBe(422);
    expect((await ask('revokeRoles', who, { params: { memberId: last.id } })).status).toBe(403);
    expect(await mine(organiser)).toEqual([{ role: 'organiser' }]);
    expect((await ask('revokeRoles', organiser, { params: { memberId: id } })).status).toBe(200);
  });

  it('is forgotten a month after its end, and with it a member who holds nothing else', async () => {
    const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    const [gone, late, kept] = ['gone', 'late', 'kept'].map(person);
    const [old, new_]: RoleGrant[] = [
      { role: 'viewer', endsAt: ago(31) },
      { role: 'desk-lead', endsAt: ago(29) },
    ];
    for (const [identity, grants] of [
      [gone, [old]],
      [late, [new_]],
      [kept, [old, { role: 'staff' }]],
    ] as const)
      await grantRoles(
        { eventId: EVENT, identity: identity as Identity, label: 'Ended', grants: grants as never },
        deps,
      );
    const house = (await import('../../functions/housekeeping/index.ts')).realDeps();
    const { forgetResets } = await import('../../shared/team/second-factor/factor-reset.case.ts');
    await asFunction('housekeeping', () => forgetResets(house));
    const items = (await scan(parts, 'registry')).filter(({ pk }) => pk === roleKey(EVENT, '').pk);
    const grantsOf = (identity: Identity | undefined) =>
      items.find(({ sk }) => sk === memberId(identity as Identity))?.['grants'];
    expect([gone, late, kept].map(grantsOf)).toEqual([undefined, [new_], [{ role: 'staff' }]]);
  });

  it('is refused for oneself, and for members who are no owner', async () => {
    const own = await change(organiser, memberId(organiser), [{ role: 'viewer' }]);
    expect(own).toMatchObject({ status: 409, body: { type: 'urn:plenary:problem:own-role' } });
    const id = await joined('plain', [{ role: 'staff' }]);
    expect((await change(person('plain'), memberId(organiser), [{ role: 'viewer' }])).status).toBe(403);
    expect((await change(person('plain'), id, [{ role: 'organiser' }])).status).toBe(403);
    expect(await mine(organiser)).toContainEqual({ role: 'organiser' });
  });

  it('of two owners who take it from one another at once, one is left', async () => {
    const [one, other] = [person('rival-owner-1'), person('rival-owner-2')];
    const ids = [
      await joined('rival-owner-1', [{ role: 'organiser' }]),
      await joined('rival-owner-2', [{ role: 'organiser' }]),
    ];
    const answers = await Promise.all([
      change(one, ids[1] ?? '', [{ role: 'viewer' }]),
      change(other, ids[0] ?? '', [{ role: 'viewer' }]),
    ]);
    expect(answers.map(({ status }) => status).sort()).not.toEqual([200, 200]);
    const owners = (await Promise.all([one, other].map(mine))).filter(([grant]) => grant.role === 'organiser');
    expect(owners.length).toBeGreaterThan(0);
  });

  it('is refused for one who changed meanwhile, or is none', async () => {
    const id = await joined('meanwhile', [{ role: 'viewer' }]);
    const late = await change(organiser, id, [{ role: 'staff' }], { revision: 7 });
    expect(late).toMatchObject({ status: 409, body: { type: 'urn:plenary:problem:out-of-date' } });
    expect((await change(organiser, memberId(person('stranger')), [{ role: 'staff' }])).status).toBe(404);
    expect((await change(organiser, id, [])).status).toBe(422);
    expect((await change(organiser, id, [{ role: 'custom', ticks: ['manage-team'] }])).status).toBe(422);
    expect((await change(organiser, id, [{ role: 'focal-point', categories: ['nobody'] }])).status).toBe(422);
    expect(await mine(person('meanwhile'))).toEqual([{ role: 'focal-point', set: 'viewer' }]);
  });

  it('tells those in the role of one who joins them', async () => {
    await outbox(await outboxInserts(parts));
    await redeem(person('teller'), (await invite({ grants: [{ role: 'staff' }], email: 'teller@example.org' })).link);
    const id = await joined('told-of', [{ role: 'viewer' }]);
    await change(organiser, id, [{ role: 'viewer' }, { role: 'staff' }]);
    await outbox(await outboxInserts(parts));
    const mails = await (await fetch(`${parts.mailbox.url}/messages?to=teller@example.org`)).json();
    expect(mails.filter(({ text }: { text: string }) => text.includes('told-of'))).toHaveLength(1);
  });
});

describe('the first organiser', () => {
  const run = (...args: string[]) => {
    const endpoint = parts.database.endpoint;
    const { registry, audit } = parts.database.tables;
    const options = ['--table', registry, '--audit', audit, '--site', `${SITE_URL}/`, '--endpoint', endpoint];
    return promisify(execFile)('node_modules/.bin/tsx', ['cli/organisers.ts', ...args, ...options]);
  };

  it('is invited from a terminal, by a link', async () => {
    const { stdout } = await run('invite', EVENT, '--label', 'Secretariat');
    const [link = ''] = stdout.split('\n');
    expect(link).toMatch(new RegExp(`^${SITE_URL}/console/\\?event=${EVENT}#invitation=[\\w-]{22}$`));
    const first = person('first-organiser');
    expect((await redeem(first, link)).status).toBe(200);
    const { body } = await ask('listRoles', first);
    expect(body.members).toContainEqual({
      id: memberId(first),
      grants: [{ role: 'organiser' }],
      label: 'Secretariat',
      createdAt: expect.any(String),
      isYou: true,
      revision: 1,
      mayChange: false,
      mayRemove: false,
      mayResetFactor: false,
    });
  });

  it('is not invited to an event that is not there', async () => {
    await expect(run('invite', 'no-forum')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no event "no-forum"'),
    });
  });
});
