import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { grantRoles } from '../../events/grant-roles.ts';
import type { Deps } from '../../functions/organiser/deps.ts';
import type { RouteId } from '../../shared/contract/routes.ts';
import type { Identity } from '../../shared/domain/identity.ts';
import type { RoleGrant } from '../../shared/domain/organiser-role.ts';
import { memberId } from '../../shared/store/member-id.ts';
import { call, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { ISSUER, type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { startUserPool, type UserPool } from '../support/user-pool.ts';

const ORGANISER: RoleGrant = { role: 'organiser' };
const CARE: RoleGrant = { role: 'care' };
const VETTED: RoleGrant = { role: 'safeguarding', vettedUntil: '2099-12-31' };
const DEPUTY: RoleGrant = { role: 'safeguarding', deputy: true };
const SECRET = 'JBSWY3DPEHPK3PXP';

let parts: Parts;
let pool: UserPool;
let deps: Deps;
let send: () => Promise<unknown>;

beforeAll(async () => {
  parts = await startParts();
  pool = await startUserPool();
  deps = (await import('../../functions/organiser/deps.ts')).realDeps();
  const { handler } = await import('../../functions/outbox/index.ts');
  const { outboxInserts } = await import('../support/stream.ts');
  send = async () => handler(await outboxInserts(parts));
});
afterAll(async () => {
  vi.useRealTimers();
  await pool?.stop();
  await parts?.stop();
});

let events = 0;

/** An event of its own with a team, each with an account and a second factor. */
async function open(team: Record<string, readonly RoleGrant[]>, unknownAddress: readonly string[] = []) {
  events += 1;
  const eventId = `factor-${events}`;
  await parts.publish(forum({ id: eventId }));
  const person = (who: string): Identity => ({ issuer: ISSUER, subject: `${eventId}-${who}` });
  const address = (who: string) => `${who}@${eventId}.example.org`;
  const table = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
  for (const [who, grants] of Object.entries(team)) {
    const email = unknownAddress.includes(who) ? undefined : address(who);
    await grantRoles({ eventId, identity: person(who), label: who, grants, ...(email && { email }) }, table);
    pool.people.push({ ...person(who), name: who, grants, email: address(who) });
    await pool.factors.register(person(who).subject, SECRET);
  }
  const id = (who: string) => memberId(person(who));
  async function ask(
    who: string,
    route: RouteId,
    { body, ...params }: { body?: unknown; [name: string]: unknown } = {},
  ) {
    const sent = {
      params: { eventId, ...params } as Record<string, string>,
      ...(body !== undefined && postJson(body)),
    };
    const answer = await call(route, { ...sent, caller: person(who) });
    return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') };
  }
  const mailsTo = async (to: string) =>
    (await (await fetch(`${parts.mailbox.url}/messages?to=${to}`)).json()) as { subject: string; text: string }[];
  return {
    eventId,
    ask,
    id,
    address,
    mailsTo,
    subjectsTo: async (who: string) => (await mailsTo(address(who))).map(({ subject }) => subject.split(':')[0]).sort(),
    propose: (who: string, whose: string, body: object = {}) =>
      ask(who, 'proposeFactorReset', { memberId: id(whose), body }),
    accept: (who: string, whose: string) => ask(who, 'acceptFactorReset', { memberId: id(whose) }),
    withdraw: (who: string, whose: string) => ask(who, 'withdrawFactorReset', { memberId: id(whose) }),
    shown: async (who: string, whose: string) =>
      (await ask(who, 'listRoles')).body.members.find((member: { id: string }) => member.id === id(whose)),
    /** Of whom the second factor is gone. */
    lost: () => Object.keys(team).filter((who) => pool.factors.of(person(who).subject).secret === null),
    account: (who: string) => pool.factors.of(person(who).subject),
    subject: (who: string) => person(who).subject,
    audit: async () =>
      (await scan(parts, 'audit', { having: { eventId } }))
        .sort((a, b) => String(a['sk']).localeCompare(String(b['sk'])))
        .map(({ by, action, about, label }) => {
          const who = Object.keys(team).find((each) => id(each) === by);
          return `${who}: ${action} ${label}${about === id(String(label)) ? '' : ' ?'}`;
        }),
  };
}

const problem = (status: number, type: string) => ({ status, body: { type: `urn:plenary:problem:${type}` } });

/** For what follows, until `vi.useRealTimers`. */
const later = (minutes: number) => vi.useFakeTimers({ now: Date.now() + minutes * 60_000, toFake: ['Date'] });

describe('CS25: a lost second factor', () => {
  it('is reset once a second organiser accepts what another proposed; each step is noted and told', async () => {
    const event = await open({
      first: [ORGANISER],
      second: [ORGANISER],
      third: [ORGANISER],
      lost: [CARE],
      other: [CARE],
    });
    expect(await event.shown('first', 'lost')).toMatchObject({ mayResetFactor: true });
    expect(await event.shown('first', 'first')).toMatchObject({ mayResetFactor: false });

    const reason = 'The phone was stolen on the way home.';
    expect((await event.propose('first', 'lost', { reason })).status).toBe(200);
    expect(await event.shown('second', 'lost')).toMatchObject({
      mayResetFactor: false,
      factorReset: { by: 'first', reason, mayAccept: true, mayTakeBack: true, until: expect.any(String) },
    });
    expect(await event.shown('first', 'lost')).toMatchObject({ factorReset: { mayAccept: false, mayTakeBack: true } });
    expect(event.lost()).toEqual([]);

    // Neither who proposed it, nor whose it is, nor whoever is no organiser.
    expect(await event.accept('first', 'lost')).toMatchObject(problem(409, 'not-second-person'));
    for (const who of ['lost', 'other']) expect((await event.accept(who, 'lost')).status).toBe(403);
    expect(event.lost()).toEqual([]);

    expect(await event.accept('second', 'lost')).toMatchObject({ status: 200 });
    expect(event.lost()).toEqual(['lost']);
    expect(event.account('lost').signedOutAt).toBeGreaterThan(0);
    expect(event.account('other').signedOutAt).toBeUndefined();
    const shown = await event.shown('third', 'lost');
    expect(shown).toMatchObject({ mayResetFactor: true, factorResetDone: { by: ['first', 'second'] } });
    expect(shown.factorReset).toBeUndefined();

    const calls = pool.calls.length;
    expect((await event.accept('second', 'lost')).status).toBe(200);
    expect(await event.accept('third', 'lost')).toMatchObject(problem(409, 'not-second-person'));
    expect(pool.calls).toHaveLength(calls);
    expect(await event.audit()).toEqual([
      'first: propose-factor-reset lost',
      'second: accept-factor-reset lost',
      'second: reset-factor lost',
    ]);

    await send();
    // What was proposed is done before its mail left.
    for (const who of ['first', 'second', 'third', 'lost']) {
      expect(await event.subjectsTo(who)).toEqual(['A second factor was reset']);
      const [mail] = await event.mailsTo(event.address(who));
      expect(mail?.text).toMatch(/lost[\s\S]*Proposed by[\s\S]*first[\s\S]*Accepted by[\s\S]*second/);
      expect(mail?.text).toContain(reason);
      expect(mail?.text).toContain('change your password at once');
    }
    expect(await event.subjectsTo('other')).toEqual([]);
    // Whose account it was is kept no longer than it is needed.
    const [stored] = await scan(parts, 'registry', { having: { sk: event.id('lost') } });
    expect(JSON.stringify(stored)).not.toContain(event.subject('lost'));
  });

  it('is told when it is proposed: why, until when, and what to do if nobody asked', async () => {
    const event = await open({
      first: [ORGANISER],
      second: [ORGANISER],
      lost: [{ role: 'focal-point', countries: ['KH'] }],
    });
    for (let times = 0; times < 2; times += 1) expect((await event.propose('first', 'lost')).status).toBe(200);
    await send();
    for (const who of ['first', 'second', 'lost']) {
      expect(await event.subjectsTo(who)).toEqual(['A second factor should be reset']);
      const [mail] = await event.mailsTo(event.address(who));
      expect(mail?.text).toMatch(/lost[\s\S]*Proposed by[\s\S]*first/);
      expect(mail?.text).toContain('did not ask for it, change your password');
    }
  });

  it('is refused for oneself, and where no third person could accept it', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE] });
    expect(await event.propose('first', 'first')).toMatchObject(problem(409, 'own-factor'));
    expect(await event.propose('first', 'second')).toMatchObject(problem(409, 'not-second-person'));
    expect((await event.propose('lost', 'first')).status).toBe(403);
    const alone = await open({ first: [ORGANISER], lost: [CARE] });
    expect(await alone.propose('first', 'lost')).toMatchObject(problem(409, 'not-second-person'));
    expect(await alone.shown('first', 'lost')).toMatchObject({ mayResetFactor: false });
  });

  it('is taken back by any organiser and by whose it is, and can be accepted no more', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE], other: [CARE] });
    for (const who of ['first', 'second', 'lost']) {
      await event.propose('first', 'lost');
      expect((await event.withdraw('other', 'lost')).status).toBe(403);
      expect((await event.withdraw(who, 'lost')).status).toBe(200);
      expect((await event.withdraw(who, 'lost')).status).toBe(200);
      expect(await event.accept('second', 'lost')).toMatchObject(problem(409, 'not-second-person'));
    }
    expect(event.lost()).toEqual([]);
    expect((await event.audit()).filter((line) => line.includes('withdraw'))).toEqual([
      'first: withdraw-factor-reset lost',
      'second: withdraw-factor-reset lost',
      'lost: withdraw-factor-reset lost',
    ]);
  });

  it('is over after a day, and when its proposer is no organiser any more', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], third: [ORGANISER], lost: [CARE] });
    await event.propose('first', 'lost');
    later(24 * 60 + 1);
    expect(await event.accept('second', 'lost')).toMatchObject(problem(409, 'not-second-person'));
    expect((await event.shown('second', 'lost')).factorReset).toBeUndefined();
    vi.useRealTimers();
    await event.ask('second', 'revokeRoles', { memberId: event.id('first') });
    expect(await event.accept('third', 'lost')).toMatchObject(problem(409, 'not-second-person'));
    expect(event.lost()).toEqual([]);
  });
});

describe('CS25: the second factor of somebody of safeguarding', () => {
  const TEAM = { first: [ORGANISER], second: [ORGANISER], guard: [VETTED], other: [VETTED], deputy: [DEPUTY] };

  it('waits an hour for objections; all of the role are told, deputies too', async () => {
    const event = await open(TEAM);
    await event.propose('first', 'guard');
    await send();
    for (const who of ['first', 'second', 'guard', 'other', 'deputy']) {
      expect(await event.subjectsTo(who)).toEqual(['A second factor should be reset']);
    }
    expect(await event.shown('second', 'guard')).toMatchObject({
      factorReset: { mayAccept: false, opensAt: expect.any(String) },
    });
    expect(await event.accept('second', 'guard')).toMatchObject(problem(409, 'factor-reset-later'));
    expect(event.lost()).toEqual([]);
    later(61);
    expect(await event.shown('second', 'guard')).toMatchObject({ factorReset: { mayAccept: true } });
    expect((await event.accept('second', 'guard')).status).toBe(200);
    vi.useRealTimers();
    expect(event.lost()).toEqual(['guard']);
    await send();
    for (const who of ['first', 'second', 'guard', 'other', 'deputy']) {
      expect(await event.subjectsTo(who)).toContain('A second factor was reset');
    }
  });

  it('waits as long where they are of safeguarding in another event only', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE] });
    const elsewhere = await open({ guard: [VETTED] });
    const table = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    const identity = { issuer: ISSUER, subject: event.subject('lost') };
    await grantRoles({ eventId: elsewhere.eventId, identity, label: 'lost', grants: [VETTED] }, table);
    await event.propose('first', 'lost');
    expect(await event.accept('second', 'lost')).toMatchObject(problem(409, 'factor-reset-later'));
    expect(event.lost()).toEqual([]);
    later(61);
    expect((await event.accept('second', 'lost')).status).toBe(200);
    vi.useRealTimers();
    expect(event.lost()).toEqual(['lost']);
  });

  it('is taken back by whoever else is of safeguarding, who sees it', async () => {
    const event = await open(TEAM);
    await event.propose('first', 'guard');
    expect(await event.shown('other', 'guard')).toMatchObject({ factorReset: { mayAccept: false, mayTakeBack: true } });
    expect((await event.withdraw('other', 'guard')).status).toBe(200);
    later(61);
    expect((await event.accept('second', 'guard')).status).toBe(409);
    vi.useRealTimers();
    expect(event.lost()).toEqual([]);
  });
});

describe('CS25: whose account it is', () => {
  it('is told by the hash of who signs in, and never by an address alone', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE], other: [CARE] }, ['lost']);
    // The team knows no address, then one of somebody else, then one of nobody.
    for (const body of [{}, { email: event.address('other') }, { email: event.address('nobody') }]) {
      expect(await event.propose('first', 'lost', body)).toMatchObject(problem(409, 'account-unknown'));
    }
    expect(await event.propose('first', 'lost', { email: 'nonsense' })).toMatchObject({ status: 422 });
    expect(await event.audit()).toEqual([]);
    expect((await event.propose('first', 'lost', { email: event.address('lost') })).status).toBe(200);
    expect((await event.accept('second', 'lost')).status).toBe(200);
    expect(event.lost()).toEqual(['lost']);
    await send();
    expect(await event.subjectsTo('lost')).toEqual(['A second factor was reset']);
  });

  it('is not another one that took its place meanwhile', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE] });
    await event.propose('first', 'lost');
    const at = pool.people.findIndex(({ subject }) => subject === event.subject('lost'));
    const [account] = pool.people.splice(at, 1);
    if (account === undefined) throw new Error('no account');
    expect(await event.accept('second', 'lost')).toMatchObject(problem(409, 'account-unknown'));
    pool.people.push({ ...account, subject: `${account.subject}-anew` });
    expect(await event.accept('second', 'lost')).toMatchObject(problem(409, 'account-unknown'));
    expect((await event.withdraw('second', 'lost')).status).toBe(200);
  });

  it('is asked of the organisation where its own provider keeps the accounts', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE] });
    const { acceptFactorReset, proposeFactorReset } = await import('../../functions/organiser/factor-reset.ts');
    const { listRoles } = await import('../../functions/organiser/list-roles.ts');
    const elsewhere = { ...deps, accounts: undefined, issuer: 'https://login.example.org/forum' };
    const params = { eventId: event.eventId, memberId: event.id('lost') };
    const caller = { id: event.id('first'), grants: [ORGANISER] };
    const request = { params, language: 'en', query: {}, body: {} } as never;
    await expect(proposeFactorReset(elsewhere)(request, caller)).rejects.toMatchObject({ type: 'factor-elsewhere' });
    await expect(acceptFactorReset(elsewhere)(request, caller)).rejects.toMatchObject({ type: 'factor-elsewhere' });
    const shown = (await listRoles(elsewhere)(request, caller)) as { readonly body: unknown };
    expect(shown.body).toMatchObject({ directory: 'login.example.org' });
    expect(JSON.stringify(shown.body)).not.toContain('"mayResetFactor":true');
    expect((await event.ask('first', 'listRoles')).body.directory).toBeUndefined();
  });
});

describe('CS25: where the accounts do not answer', () => {
  it.each([
    ['ListUsers', 'TooManyRequestsException'],
    ['ListUsers', 'AccessDeniedException'],
    ['AdminDeleteSoftwareToken', 'TooManyRequestsException'],
    ['AdminDeleteSoftwareToken', 'AccessDeniedException'],
    ['AdminDeleteSoftwareToken', 'InternalErrorException'],
    ['AdminUserGlobalSignOut', 'TooManyRequestsException'],
  ])('%s: %s is said, nothing is lost, and pressing again does it', async (name, fault) => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE] });
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    pool.faults.set(name, fault);
    if (name === 'ListUsers') {
      expect(await event.propose('first', 'lost')).toMatchObject(problem(503, 'accounts-unavailable'));
      expect(await event.audit()).toEqual([]);
    }
    pool.faults.clear();
    expect((await event.propose('first', 'lost')).status).toBe(200);
    pool.faults.set(name, fault);
    expect(await event.accept('second', 'lost')).toMatchObject(problem(503, 'accounts-unavailable'));
    expect(await event.shown('second', 'lost')).toMatchObject({ factorReset: { mayAccept: true } });
    expect((await event.audit()).at(-1)).toBe('second: accept-factor-reset lost');
    pool.faults.clear();
    expect((await event.accept('second', 'lost')).status).toBe(200);
    expect(event.lost()).toEqual(['lost']);
    expect((await event.audit()).at(-1)).toBe('second: reset-factor lost');
    vi.restoreAllMocks();
  });

  it('a crash after it was reset loses nothing: pressing again notes and tells it', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE] });
    await event.propose('first', 'lost');
    const { acceptFactorReset } = await import('../../functions/organiser/factor-reset.ts');
    let writes = 0;
    const crashing: Deps = {
      ...deps,
      writeIfUnchanged: async (items) => {
        writes += 1;
        if (writes > 1) throw new Error('crash');
        return deps.writeIfUnchanged(items);
      },
    };
    const request = { params: { eventId: event.eventId, memberId: event.id('lost') }, language: 'en' } as never;
    const caller = { id: event.id('second'), grants: [ORGANISER] };
    await expect(acceptFactorReset(crashing)(request, caller)).rejects.toThrow('crash');
    expect(event.lost()).toEqual(['lost']);
    expect(await event.shown('second', 'lost')).toMatchObject({ factorReset: { mayAccept: true } });
    expect((await event.accept('second', 'lost')).status).toBe(200);
    await send();
    expect(await event.subjectsTo('lost')).toEqual(['A second factor was reset']);
  });

  it('what is taken back in the moment of its acceptance is not reset; after it, it is told all the same', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE] });
    const { acceptFactorReset } = await import('../../functions/organiser/factor-reset.ts');
    const request = { params: { eventId: event.eventId, memberId: event.id('lost') }, language: 'en' } as never;
    const caller = { id: event.id('second'), grants: [ORGANISER] };
    const between = (before: number): Deps => {
      let writes = 0;
      return {
        ...deps,
        writeIfUnchanged: async (items) => {
          writes += 1;
          if (writes === before) await event.withdraw('first', 'lost');
          return deps.writeIfUnchanged(items);
        },
      };
    };
    await event.propose('first', 'lost');
    await expect(acceptFactorReset(between(1))(request, caller)).rejects.toMatchObject({ type: 'not-second-person' });
    expect(event.lost()).toEqual([]);
    await event.propose('first', 'lost');
    await acceptFactorReset(between(2))(request, caller);
    expect(event.lost()).toEqual(['lost']);
    expect(await event.shown('first', 'lost')).toMatchObject({ factorResetDone: { by: ['first', 'second'] } });
    expect((await event.audit()).slice(-3)).toEqual([
      'second: accept-factor-reset lost',
      'first: withdraw-factor-reset lost',
      'second: reset-factor lost',
    ]);
  });

  it('is told to its owner and to all organisers also where the owner was removed from the team in that moment', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE] });
    await event.propose('first', 'lost');
    const { acceptFactorReset } = await import('../../functions/organiser/factor-reset.ts');
    let writes = 0;
    const removing: Deps = {
      ...deps,
      writeIfUnchanged: async (items) => {
        writes += 1;
        if (writes === 2) await event.ask('first', 'revokeRoles', { memberId: event.id('lost') });
        return deps.writeIfUnchanged(items);
      },
    };
    const request = { params: { eventId: event.eventId, memberId: event.id('lost') }, language: 'en' } as never;
    await acceptFactorReset(removing)(request, { id: event.id('second'), grants: [ORGANISER] });
    expect(event.lost()).toEqual(['lost']);
    await send();
    for (const who of ['first', 'second', 'lost']) {
      expect(await event.subjectsTo(who)).toEqual(['A second factor was reset']);
    }
  });
});
