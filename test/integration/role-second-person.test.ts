import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import { inviteOrganiser } from '../../cli/invite-organiser.ts';
import { roleInvitationKey } from '../../shared/kernel/dynamo/keys.ts';
import { type Identity, memberId } from '../../shared/kernel/identity.store.ts';
import type { RouteId } from '../../shared/routes.ts';
import { invitationId } from '../../shared/team/invitation/role-invitation.store.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { call, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { ISSUER, type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { shiftClock } from '../support/shifted-clock.ts';

const person = (subject: string): Identity => ({ issuer: ISSUER, subject });
const VETTED: RoleGrant = { role: 'safeguarding', vettedUntil: '2099-12-31' };
const LAPSED: RoleGrant = { role: 'safeguarding', vettedUntil: '2020-12-31' };
const ORGANISER: RoleGrant = { role: 'organiser' };

let parts: Parts;
let sweep: (now?: Date) => Promise<unknown>;

beforeAll(async () => {
  parts = await startParts();
  const outbox = (await import('../../functions/outbox/index.ts')).realDeps();
  const { sweep: sweepWith } = await import('../../shared/mail/outbox/sweep.case.ts');
  // Everything that waits leaves, whatever it waits for.
  const { handler } = await import('../../functions/outbox/index.ts');
  const { outboxInserts } = await import('../support/stream.ts');
  const late = () => new Date(Date.now() + 2 * 3_600_000);
  sweep = async (now = late()) => {
    await handler(await outboxInserts(parts));
    await sweepWith({ ...outbox, system: { ...outbox.system, now: () => now } });
  };
});
afterAll(() => parts?.stop());

let events = 0;

/** An event of its own with a team: names to what they hold. */
async function open(team: Record<string, readonly RoleGrant[]>) {
  events += 1;
  const eventId = `two-${events}`;
  await parts.publish(forum({ id: eventId }));
  const table = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
  const address = (who: string) => `${who}@${eventId}.example.org`;
  for (const [who, grants] of Object.entries(team)) {
    await grantRoles({ eventId, identity: person(who), label: who, grants, email: address(who) }, table);
  }
  async function ask(who: string, id: RouteId, { body, ...params }: { body?: unknown; [name: string]: unknown } = {}) {
    const sent = {
      params: { eventId, ...params } as Record<string, string>,
      ...(body !== undefined && postJson(body)),
    };
    const answer = await call(id, { ...sent, caller: person(who) });
    return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') };
  }
  const mailsTo = async (who: string) =>
    (await (await fetch(`${parts.mailbox.url}/messages?to=${address(who)}`)).json()) as {
      subject: string;
      text: string;
    }[];
  return {
    eventId,
    ask,
    mailsTo,
    address,
    propose: (who: string, grant: RoleGrant, more: object = {}) =>
      ask(who, 'inviteToRoles', { body: { grants: [grant], label: 'Invited', email: address('invited'), ...more } }),
    accept: (who: string, id: string) => ask(who, 'acceptRoleInvitation', { invitationId: id }),
    revoke: (who: string, whom: string) => ask(who, 'revokeRoles', { memberId: memberId(person(whom)) }),
    mine: async (who: string) => (await ask(who, 'getMyRoles')).body.grants,
    /** The token of the link that was mailed to the invited. */
    async token() {
      await sweep();
      const [mail] = (await mailsTo('invited')).filter(({ text }) => text.includes('#invitation='));
      return mail?.text.match(/#invitation=([\w-]{22})/)?.[1];
    },
    redeem: (who: string, invitation: string | undefined) =>
      ask(who, 'redeemRoleInvitation', { body: { invitation: invitation ?? 'x'.repeat(22) } }),
    audit: async () =>
      (await scan(parts, 'audit', { having: { eventId } }))
        .sort((a, b) => String(a['sk']).localeCompare(String(b['sk'])))
        .map(({ by, action, grants, label }) => ({ by, action, grants, label })),
  };
}

const problem = (status: number, type: string) => ({ status, body: { type: `urn:plenary:problem:${type}` } });

describe('CS25: what concerns children', () => {
  it('is proposed by one, accepted by another of safeguarding who is vetted, and told to all in the role', async () => {
    const event = await open({
      first: [ORGANISER],
      second: [ORGANISER],
      vetted: [VETTED],
      also: [VETTED],
      deputy: [{ role: 'safeguarding', deputy: true }],
      carer: [{ role: 'care' }],
    });
    const made = await event.propose('first', VETTED);
    expect(made).toEqual({ status: 202, body: { id: expect.any(String), expiresAt: expect.any(String) } });
    const { id } = made.body;
    // Neither the proposer, nor another who is not vetted, nor a member who may not even look.
    for (const who of ['first', 'second', 'carer']) {
      expect(await event.accept(who, id)).toMatchObject(problem(409, 'not-second-person'));
    }
    expect((await event.accept('deputy', id)).status).toBe(403);
    await sweep();
    expect(await event.mailsTo('invited')).toEqual([]);

    const seen = (await event.ask('vetted', 'listRoles')).body;
    expect(seen.invitations).toMatchObject([
      {
        id,
        proposal: { by: 'first', email: event.address('invited'), needs: ['children'], way: 'vetted', mayAccept: true },
      },
    ]);
    expect(seen.members.map(({ label }: { label: string }) => label).sort()).toEqual([
      'also',
      'carer',
      'deputy',
      'vetted',
    ]);
    expect(await event.accept('vetted', id)).toMatchObject({
      status: 200,
      body: { invitations: [{ proposal: { needs: [], mayAccept: false } }] },
    });
    expect((await event.accept('vetted', id)).status).toBe(200);

    const token = await event.token();
    expect(await event.mailsTo('invited')).toHaveLength(1);
    for (const who of ['first', 'vetted']) {
      expect(await event.redeem(who, token)).toMatchObject(problem(404, 'role-invitation-not-valid'));
    }
    expect(await event.redeem('invited', token)).toMatchObject({ status: 200, body: { grants: [VETTED] } });
    await sweep();
    for (const who of ['vetted', 'also', 'deputy']) {
      const [mail, ...others] = await event.mailsTo(who);
      expect(others).toEqual([]);
      expect(mail?.text).toContain('Invited');
      expect(mail?.text).toMatch(/Safeguarding focal point, vetted until Thursday, 31 December 2099/);
    }
    expect(await event.mailsTo('carer')).toEqual([]);
    const said = { grants: [VETTED], label: 'Invited' };
    expect(await event.audit()).toEqual([
      { by: memberId(person('first')), action: 'invite-member', ...said },
      { by: memberId(person('vetted')), action: 'accept-member', ...said },
      { by: memberId(person('invited')), action: 'take-on-roles', ...said },
    ]);
  });

  it.each<RoleGrant>([
    { role: 'organiser', vettedUntil: '2099-12-31' },
    { role: 'safeguarding', vettedUntil: '2099-12-31' },
    { role: 'safeguarding', deputy: true },
    { role: 'care', vettedUntil: '2099-12-31' },
  ])('is given by no organisers who are not vetted: %j', async (grant) => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], third: [ORGANISER], vetted: [VETTED] });
    const { body } = await event.propose('first', grant);
    expect((await event.accept('second', body.id)).status).toBe(grant.role === 'care' ? 200 : 409);
    expect((await event.accept('third', body.id)).status).toBe(409);
    expect(await event.token()).toBeUndefined();
  });

  it('is proposed only with an address: its link is shown to nobody', async () => {
    const event = await open({ first: [ORGANISER], vetted: [VETTED] });
    const own = event.address('first').replace('@', '+me@');
    expect(await event.propose('first', VETTED, { email: own })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'email', code: 'does-not-fit' }] },
    });
    expect(await event.propose('first', VETTED, { email: undefined })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'email', code: 'required' }] },
    });
  });

  it('is not taken on by a link from before the rule', async () => {
    const event = await open({ first: [ORGANISER], vetted: [VETTED] });
    const token = 'A'.repeat(22);
    const Item = {
      ...roleInvitationKey(event.eventId, invitationId(token)),
      v: 1,
      eventId: event.eventId,
      grants: [VETTED],
      invitedBy: memberId(person('first')),
      createdAt: new Date().toISOString(),
      expiresAt: Math.floor(Date.now() / 1000) + 3600,
    };
    const client = DynamoDBDocumentClient.from(parts.database.client);
    await client.send(new PutCommand({ TableName: parts.database.tables.registry, Item }));
    expect(await event.redeem('other', token)).toMatchObject(problem(404, 'role-invitation-not-valid'));
    expect(await event.accept('vetted', invitationId(token))).toMatchObject({ status: 200 });
    expect(await event.token()).toBeUndefined();
    expect(await event.mine('other')).toEqual([]);
  });

  it('takes one word of two who accept at once, and mails its link once', async () => {
    const event = await open({ first: [ORGANISER], vetted: [VETTED], also: [VETTED] });
    const { id } = (await event.propose('first', VETTED)).body;
    const answers = await Promise.all(['vetted', 'also', 'vetted'].map((who) => event.accept(who, id)));
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    await event.token();
    expect(await event.mailsTo('invited')).toHaveLength(1);
    expect((await event.audit()).filter(({ action }) => action === 'accept-member')).toHaveLength(1);
  });

  it.each<[string, string, readonly RoleGrant[]]>([
    ['whoever proposed it is no organiser any more', 'first', [{ role: 'focal-point', countries: ['KH'] }]],
    ['the vetting of the second person is over', 'vetted', [LAPSED]],
  ])('is not taken on once %s', async (_, who, grants) => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], vetted: [VETTED], also: [VETTED] });
    const { id } = (await event.propose('first', VETTED)).body;
    await event.accept('vetted', id);
    const token = await event.token();
    const table = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    await grantRoles({ eventId: event.eventId, identity: person(who), label: who, grants }, table);
    expect(await event.redeem('invited', token)).toMatchObject(problem(404, 'role-invitation-not-valid'));
  });
});

describe('CS25: the first of safeguarding', () => {
  it('is accepted by another organiser, told to all of them, and takes effect an hour later', async () => {
    const event = await open({
      first: [ORGANISER],
      second: [ORGANISER],
      third: [ORGANISER],
      carer: [{ role: 'care' }],
    });
    const { id } = (await event.propose('first', VETTED)).body;
    expect((await event.accept('first', id)).status).toBe(409);
    expect((await event.accept('carer', id)).status).toBe(409);
    expect(await event.accept('second', id)).toMatchObject({
      status: 200,
      body: { invitations: [{ proposal: { opensAt: expect.any(String) } }] },
    });
    const token = await event.token();
    for (const who of ['first', 'second', 'third']) {
      const [mail] = await event.mailsTo(who);
      expect(mail?.subject).toContain('Two organisers gave a safeguarding role');
      expect(mail?.text).toContain('Invited');
    }
    expect(await event.mailsTo('carer')).toEqual([]);
    expect(await event.redeem('invited', token)).toMatchObject(problem(409, 'role-opens-later'));
    vi.useFakeTimers({ now: Date.now() + 61 * 60_000, toFake: ['Date'] });
    expect(await event.redeem('first', token)).toMatchObject(problem(404, 'role-invitation-not-valid'));
    expect(await event.redeem('invited', token)).toMatchObject({ status: 200, body: { grants: [VETTED] } });
    vi.useRealTimers();
  });

  it('is told to addresses that no organiser chose, for one person may be two of them', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER] });
    const { id } = (await event.propose('first', VETTED)).body;
    expect((await event.accept('second', id)).status).toBe(200);
    await sweep();
    const { secretariat, safeguarding } = forum();
    for (const address of [secretariat.email, safeguarding?.email, safeguarding?.deputy?.email]) {
      const mails = await (await fetch(`${parts.mailbox.url}/messages?to=${address}`)).json();
      expect(JSON.stringify(mails)).toContain(`/e/${event.eventId}`);
    }
  });

  it('can be withdrawn by any organiser within that hour', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], third: [ORGANISER] });
    const { id } = (await event.propose('first', VETTED)).body;
    await event.accept('second', id);
    const token = await event.token();
    await event.ask('third', 'withdrawRoleInvitation', { invitationId: id });
    vi.useFakeTimers({ now: Date.now() + 61 * 60_000, toFake: ['Date'] });
    expect((await event.redeem('invited', token)).status).toBe(404);
    vi.useRealTimers();
  });

  it('comes from the command line where there is one organiser, and only there', async () => {
    const { registry, audit } = parts.database.tables;
    const table = { dynamodb: parts.database.client, tableName: registry, auditTable: audit };
    const alone = await open({ first: [ORGANISER] });
    const { token } = await inviteOrganiser({ eventId: alone.eventId, grant: VETTED, label: 'By hand' }, table);
    expect((await alone.redeem('invited', token)).status).toBe(200);
    const noted = await scan(parts, 'audit', { having: { eventId: alone.eventId, by: 'command-line' } });
    expect(noted).toMatchObject([{ action: 'invite-member', label: 'By hand', grants: [VETTED] }]);
    expect(await alone.mine('invited')).toEqual([VETTED]);
    const many = await open({ first: [ORGANISER], second: [ORGANISER] });
    await expect(inviteOrganiser({ eventId: many.eventId, grant: VETTED }, table)).rejects.toThrow(/two people/);
    await expect(inviteOrganiser({ eventId: alone.eventId, grant: VETTED }, table)).rejects.toThrow(/two people/);
  });
});

describe('CS25: after all vettings ended', () => {
  it('two organisers give the role for a reason, told to the secretariat, the contact and both deputies too', async () => {
    const event = await open({
      first: [ORGANISER],
      second: [ORGANISER],
      former: [LAPSED],
      deputy: [{ role: 'safeguarding', deputy: true }],
    });
    expect(await event.propose('first', VETTED)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'reason', code: 'required' }] },
    });
    const { id } = (await event.propose('first', VETTED, { reason: 'The vetting ended last week.' })).body;
    expect((await event.accept('former', id)).status).toBe(409);
    expect((await event.accept('second', id)).status).toBe(200);
    await sweep();
    for (const who of ['first', 'second', 'deputy']) {
      expect((await event.mailsTo(who)).map(({ text }) => text).join()).toContain('The vetting ended last week.');
    }
    const contact = forum().safeguarding?.email ?? '';
    const toContact = (await scan(parts, 'outbox', { having: { eventId: event.eventId } })).filter(
      ({ kind }) => kind === 'role-opened',
    );
    expect(toContact).toHaveLength(6);
    // Whom the event names, beside members: the contact, and the deputy outside the secretariat.
    for (const address of [contact, forum().safeguarding?.deputy?.email ?? '']) {
      const mails = await (await fetch(`${parts.mailbox.url}/messages?to=${address}`)).json();
      expect(JSON.stringify(mails)).toContain('The vetting ended last week.');
    }
  });
});

describe('CS25: care', () => {
  it('takes a second person of the care team, or another organiser', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER] });
    const { id } = (await event.propose('first', { role: 'care' })).body;
    expect((await event.accept('first', id)).status).toBe(409);
    expect((await event.accept('second', id)).status).toBe(200);
    const token = await event.token();
    expect((await event.redeem('first', token)).status).toBe(404);
    expect((await event.redeem('invited', token)).status).toBe(200);
  });
});

describe('CS25: roles of safeguarding', () => {
  it.each(['whole', 'deputy'])('are taken back with a second person who is vetted: %s', async (who) => {
    const event = await open({
      first: [ORGANISER],
      second: [ORGANISER],
      vetted: [VETTED],
      whole: [VETTED],
      deputy: [{ role: 'safeguarding', deputy: true }],
    });
    for (const by of ['first', 'second', 'first']) expect((await event.revoke(by, who)).status).toBe(200);
    expect(await event.mine(who)).not.toEqual([]);
    const shown = (await event.ask('vetted', 'listRoles')).body.members;
    expect(shown).toContainEqual(
      expect.objectContaining({ label: who, removal: { by: 'first', at: expect.any(String), mayAccept: true } }),
    );
    expect((await event.revoke('vetted', who)).status).toBe(200);
    expect(await event.mine(who)).toEqual([]);
    expect((await event.audit()).map(({ action, label }) => `${action} ${label}`)).toEqual([
      `propose-removal ${who}`,
      `revoke-roles ${who}`,
    ]);
  });
});

describe('CS25: each month', () => {
  it('everyone of safeguarding is told once who can see children', async () => {
    const event = await open({
      first: [ORGANISER],
      seer: [{ role: 'organiser', vettedUntil: '2099-12-31' }],
      vetted: [VETTED],
      lapsed: [LAPSED],
      deputy: [{ role: 'safeguarding', deputy: true }],
    });
    const { realDeps } = await import('../../functions/housekeeping/index.ts');
    const { tellWhoSeesChildren } = await import('../../shared/minors/tell-who-sees-children.case.ts');
    const deps = realDeps();
    const at = (instant: string) =>
      tellWhoSeesChildren({ ...deps, system: { ...deps.system, now: () => new Date(instant) } });
    const told = async () =>
      (await scan(parts, 'outbox', { having: { eventId: event.eventId } }))
        .filter(({ kind }) => kind === 'who-sees-children')
        .map(({ to }) => String(to).split('@')[0])
        .sort();
    await at('2027-03-20T05:00:00Z');
    expect(await told()).toEqual([]);
    for (const instant of ['2027-04-01T05:00:00Z', '2027-04-01T05:15:00Z', '2027-04-02T05:00:00Z']) await at(instant);
    expect(await told()).toEqual(['deputy', 'lapsed', 'vetted']);
    await sweep(new Date('2027-04-03T05:00:00Z'));
    const [mail, ...others] = await event.mailsTo('deputy');
    expect(others).toEqual([]);
    expect(mail?.subject).toContain('Who can see children');
    expect(mail?.text).toMatch(/seer: .*vetted until/);
    expect(mail?.text).toMatch(/vetted: .*vetted until/);
    expect(mail?.text).not.toMatch(/lapsed:|first:/);
    await at('2027-05-01T05:00:00Z');
    expect(await told()).toHaveLength(6);
    // Once it is over nobody is told; of what is postponed nobody knows the end, until all of it is forgotten.
    await at('2027-12-01T05:00:00Z');
    expect(await told()).toHaveLength(6);
    await parts.publish(forum({ id: event.eventId, status: 'postponed' }));
    await at('2028-01-01T05:00:00Z');
    expect(await told()).toHaveLength(9);
    await at('2028-07-01T05:00:00Z');
    expect(await told()).toHaveLength(9);
  });
});

describe('CS25: what is changed of a member’s roles', () => {
  const change = (
    { ask }: Awaited<ReturnType<typeof open>>,
    whom: string,
    grants: readonly RoleGrant[],
    more: object = {},
  ) => ask('first', 'changeRoles', { memberId: memberId(person(whom)), body: { grants, revision: 1, ...more } });

  it('gives no vetting, and prolongs none, before a second person who is vetted accepts it', async () => {
    const soon: RoleGrant = { role: 'organiser', vettedUntil: '2027-01-31' };
    const later: RoleGrant = { role: 'organiser', vettedUntil: '2028-12-31' };
    const event = await open({ first: [ORGANISER], keeper: [VETTED], invited: [soon] });
    const { status, body } = await change(event, 'invited', [later]);
    expect([status, await event.mine('invited')]).toEqual([200, [soon]]);
    const [proposed] = body.invitations;
    expect(proposed).toMatchObject({ grants: [later], proposal: { needs: ['children'], way: 'vetted' } });
    expect((await event.accept('first', proposed.id)).status).toBe(409);
    expect(await event.token()).toBeUndefined();
    expect((await event.accept('keeper', proposed.id)).status).toBe(200);
    expect((await event.redeem('invited', await event.token())).status).toBe(200);
    expect(await event.mine('invited')).toEqual([later]);
  });

  it('gives to a member who holds less by then nothing of what they held, nor to another person', async () => {
    const viewer: RoleGrant = { role: 'viewer' };
    const keeper: RoleGrant = { ...VETTED, vettedUntil: '2027-01-31' };
    const event = await open({
      first: [ORGANISER],
      second: [ORGANISER],
      keeper: [VETTED],
      invited: [ORGANISER, keeper],
    });
    const until = '2028-12-31';
    const wanted: RoleGrant[] = [
      { role: 'organiser', vettedUntil: until },
      { ...keeper, vettedUntil: until },
    ];
    const { body } = await change(event, 'invited', wanted);
    expect((await event.accept('keeper', body.invitations[0].id)).status).toBe(200);
    // Made a viewer beside what they look after, who stays as they were: only that is prolonged.
    expect((await change(event, 'invited', [viewer, keeper], { revision: 2 })).status).toBe(200);
    const token = await event.token();
    expect(await event.redeem('stranger', token)).toMatchObject(problem(404, 'role-invitation-not-valid'));
    expect((await event.redeem('invited', token)).status).toBe(200);
    expect(await event.mine('invited')).toEqual([
      { ...keeper, vettedUntil: until },
      { role: 'focal-point', set: 'viewer' },
    ]);
    const noted = (await event.audit()).filter(({ action }) => action === 'take-on-roles');
    expect(noted.map(({ grants }) => grants)).toEqual([[{ ...keeper, vettedUntil: until }]]);
  });

  it('puts off the end of what is held alone: one that was taken back stays so, one that ended meanwhile goes on', async () => {
    const DAY = 86_400_000;
    const viewer: RoleGrant = { role: 'viewer' };
    const shown = { role: 'focal-point', set: 'viewer' };
    const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();
    const [soon, later] = [inDays(1), inDays(400)];
    const care = (endsAt = later): RoleGrant => ({ role: 'care', endsAt });
    const prolong = async () => {
      const event = await open({ first: [ORGANISER], second: [ORGANISER], invited: [viewer, care(soon)] });
      const { body } = await change(event, 'invited', [viewer, care(later)]);
      expect((await event.accept('second', body.invitations[0].id)).status).toBe(200);
      return event;
    };
    const back = await prolong();
    expect((await change(back, 'invited', [viewer], { revision: 2 })).status).toBe(200);
    for (const who of ['invited', 'stranger'])
      expect(await back.redeem(who, await back.token())).toMatchObject(problem(404, 'role-invitation-not-valid'));
    expect(await back.mine('invited')).toEqual([shown]);

    const held = await prolong();
    expect((await held.redeem('invited', await held.token())).status).toBe(200);
    expect(await held.mine('invited')).toEqual([care(later), shown]);

    const ended = await prolong();
    const token = await ended.token();
    shiftClock(2 * DAY);
    expect(await ended.mine('invited')).toEqual([shown]);
    expect((await ended.redeem('invited', token)).status).toBe(200);
    expect(await ended.mine('invited')).toEqual([care(later), shown]);
    vi.unstubAllGlobals();
  });

  it('leaves countries that were taken away meanwhile away', async () => {
    const both: RoleGrant = { role: 'focal-point', countries: ['KH', 'LA'] };
    const event = await open({ first: [ORGANISER], keeper: [VETTED], invited: [both] });
    const { body } = await change(event, 'invited', [{ ...both, vettedUntil: '2028-12-31' }]);
    await event.accept('keeper', body.invitations[0].id);
    const less: RoleGrant = { role: 'focal-point', countries: ['KH'] };
    expect((await change(event, 'invited', [less], { revision: 2 })).status).toBe(200);
    expect((await event.redeem('invited', await event.token())).status).toBe(200);
    expect(await event.mine('invited')).toEqual([{ ...less, vettedUntil: '2028-12-31' }]);
  });

  it('gives the care team’s role by a proposal, and the rest at once', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], invited: [{ role: 'viewer' }] });
    const { status, body } = await change(event, 'invited', [{ role: 'staff' }, { role: 'care' }]);
    expect(status).toBe(200);
    expect(await event.mine('invited')).toEqual([{ role: 'focal-point', set: 'staff' }]);
    expect(body.invitations).toMatchObject([{ grants: [{ role: 'care' }], proposal: { needs: ['care'] } }]);
    await event.accept('second', body.invitations[0].id);
    expect((await event.redeem('invited', await event.token())).status).toBe(200);
    expect(await event.mine('invited')).toEqual([{ role: 'care' }, { role: 'focal-point', set: 'staff' }]);
  });

  it.each<[string, readonly RoleGrant[], readonly RoleGrant[]]>([
    ['takes safeguarding away', [VETTED], [{ role: 'viewer' }]],
    ['shortens a vetting of safeguarding', [VETTED], [LAPSED]],
    ['makes a deputy read more', [{ role: 'safeguarding', deputy: true }], [VETTED]],
    ['makes a reader a deputy', [VETTED], [{ role: 'safeguarding', deputy: true }]],
    [
      'takes a deputy into the secretariat',
      [{ role: 'safeguarding', deputy: true }],
      [{ role: 'safeguarding', deputy: true }, { role: 'staff' }],
    ],
    ['leaves nothing before a second person accepts it', [{ role: 'viewer' }], [{ role: 'care' }]],
  ])('neither %s', async (_, held, wanted) => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], keeper: [VETTED], invited: held });
    const before = await event.mine('invited');
    expect(await change(event, 'invited', wanted)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'grants' }] },
    });
    expect(await event.mine('invited')).toEqual(before);
  });
});
