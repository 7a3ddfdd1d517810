import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import type { realDeps as realTeam } from '../../functions/team/index.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { eventEnd } from '../../shared/event/event-times.ts';
import { roleKey } from '../../shared/kernel/dynamo/keys.ts';
import { type Identity, memberId } from '../../shared/kernel/identity.store.ts';
import type { RouteId } from '../../shared/routes.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { call, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { ISSUER, type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { startUserPool, type UserPool } from '../support/user-pool.ts';

type Deps = ReturnType<typeof realTeam>;

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
  deps = (await import('../../functions/team/index.ts')).realDeps();
  const { handler } = await import('../../functions/outbox/index.ts');
  const { outboxInserts } = await import('../support/stream.ts');
  send = async () => {
    const { Records } = await outboxInserts(parts);
    // As many as the stream hands over at once.
    for (let from = 0; from < Records.length; from += 20) await handler({ Records: Records.slice(from, from + 20) });
  };
});
afterAll(async () => {
  vi.useRealTimers();
  await pool?.stop();
  await parts?.stop();
});

let events = 0;

/** An event of its own with a team, each with an account and a second factor. */
async function open(
  team: Record<string, readonly RoleGrant[]>,
  unknownAddress: readonly string[] = [],
  changes: Partial<EventDefinition> = {},
) {
  events += 1;
  const eventId = `factor-${events}`;
  await parts.publish(forum({ id: eventId, ...changes }));
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

    // Neither who proposed it, nor whose it is, nor a member who is no organiser.
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
      expect(await event.subjectsTo(who)).toEqual(['Reset of a second factor proposed']);
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
      expect(await event.subjectsTo(who)).toEqual(['Reset of a second factor proposed']);
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

  it('CI16: waits for nobody of a rehearsal, in which no child ever was', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE] });
    const rehearsal = { eventId: 'tried-by-guards' };
    await parts.publish(forum({ id: rehearsal.eventId, rehearsal: true }));
    await join(rehearsal, event.subject('lost'));
    await event.propose('first', 'lost');
    expect((await event.accept('second', 'lost')).status).toBe(200);
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

/** Gives a member roles in an event whose account another event opened. */
async function join(
  { eventId }: { readonly eventId: string },
  subject: string,
  { label = 'joined', grants = [VETTED], email, language }: Partial<Granted> = {},
): Promise<void> {
  const table = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
  const identity = { issuer: ISSUER, subject };
  await grantRoles({ eventId, identity, label, grants, email }, table);
  if (language === undefined) return;
  const update = new UpdateCommand({
    TableName: table.tableName,
    Key: roleKey(eventId, memberId(identity)),
    UpdateExpression: 'SET #language = :language',
    ExpressionAttributeNames: { '#language': 'language' },
    ExpressionAttributeValues: { ':language': language },
  });
  await DynamoDBDocumentClient.from(table.dynamodb).send(update);
}

interface Granted {
  readonly label: string;
  readonly grants: readonly RoleGrant[];
  readonly email: string;
  readonly language: string;
}

describe('CS25: those of another event in which they answer for children', () => {
  const TEAM = { first: [ORGANISER], second: [ORGANISER], lost: [CARE] };
  const PROPOSED = 'Reset of a second factor proposed';
  const DONE = 'A second factor was reset';
  /** Whom an event names, each with mailboxes of its own. */
  const named = (domain: string) => ({
    secretariat: { name: { en: `secretariat of ${domain}`, km: domain }, email: `secretariat@${domain}` },
    safeguarding: {
      ...{ name: { en: 'focal point', km: 'focal point' }, email: `contact@${domain}`, phone: '+855 11 222 333' },
      deputy: { name: { en: 'deputy', km: 'deputy' }, email: `named-deputy@${domain.replace('.', '-deputy.')}` },
    },
  });
  const subjectsTo = async (event: Awaited<ReturnType<typeof open>>, address: string) =>
    (await event.mailsTo(encodeURIComponent(address))).map(({ subject }) => subject.split(':')[0]).sort();

  it('are told when it is proposed and when it is done: all of safeguarding, and whom the event names', async () => {
    const here = await open(TEAM, [], named('here.example.org'));
    const there = await open(
      { guard: [VETTED], lapsed: [{ role: 'safeguarding', vettedUntil: '2020-12-31' }], deputy: [DEPUTY] },
      [],
      named('there.example.org'),
    );
    await join(there, here.subject('lost'), { label: 'Lost there', email: here.address('lost') });
    await join(there, 'khmer', { label: 'khmer', email: 'khmer@there.example.org', language: 'km' });
    for (const [who, grants] of [
      ['organiser', [ORGANISER]],
      ['carer', [CARE]],
    ] as const)
      await join(there, who, { label: who, grants, email: `${who}@there.example.org` });
    const reason = 'The phone was stolen on the way home.';
    expect((await here.propose('first', 'lost', { reason })).status).toBe(200);
    await send();
    const told = [
      ...['guard', 'lapsed', 'deputy'].map(there.address),
      ...['contact@there.example.org', 'named-deputy@there-deputy.example.org'],
    ];
    for (const address of told) {
      expect(await subjectsTo(there, address)).toEqual([PROPOSED]);
      const [mail] = await there.mailsTo(address);
      // Whose account, what they hold here and not there, by whom, why, and until when they can object.
      expect(mail?.text).toMatch(
        /Lost there: Safeguarding[\s\S]*Proposed by: first[\s\S]*Reason: The phone was stolen/,
      );
      expect(mail?.text).not.toContain('Care');
      expect(mail?.text).toMatch(/can accept it from .* on\. Nobody can accept it any more after/);
      // Who takes it back, and how they are reached.
      expect(mail?.text).toContain('you cannot take the proposal back yourself');
      expect(mail?.text).toMatch(/Organisers there: second\n.*secretariat@here\.example\.org\n/);
      expect(mail?.text).toMatch(/contact@here\.example\.org\n {2}\+855 11 222 333/);
      expect(mail?.text).toContain(`/console/e/${there.eventId}/people`);
    }
    const [khmer] = await there.mailsTo('khmer@there.example.org');
    expect(khmer?.text).toMatch(/ទទួលខុសត្រូវលើកុមារ[\s\S]*Lost there[\s\S]*first/);
    const untold = ['organiser@there.example.org', 'carer@there.example.org', 'secretariat@there.example.org'];
    for (const address of [...untold, 'contact@here.example.org']) expect(await subjectsTo(there, address)).toEqual([]);
    for (const who of ['first', 'second', 'lost']) expect(await here.subjectsTo(who)).toEqual([PROPOSED]);

    later(61);
    expect((await here.accept('second', 'lost')).status).toBe(200);
    vi.useRealTimers();
    await send();
    for (const address of [...told, 'khmer@there.example.org']) expect(await there.mailsTo(address)).toHaveLength(2);
    const mail = (await there.mailsTo(there.address('guard'))).find(({ subject }) => subject.startsWith(DONE));
    expect(mail?.text).toMatch(/Lost there[\s\S]*Proposed by: first[\s\S]*Accepted by: second/);
    for (const address of untold) expect(await subjectsTo(there, address)).toEqual([]);
    for (const who of ['first', 'second', 'lost']) expect(await here.subjectsTo(who)).toEqual([PROPOSED, DONE].sort());
  });

  it('answer the secretariat of the team that can take it back', async () => {
    const here = await open(TEAM, [], named('answers.example.org'));
    const there = await open({ guard: [VETTED] });
    await join(there, here.subject('lost'));
    await here.propose('first', 'lost');
    await send();
    const [mail] = (await there.mailsTo(there.address('guard'))) as unknown as { id: string }[];
    const raw = await (await fetch(`${parts.mailbox.url}/messages/${mail?.id}/raw`)).text();
    expect(/^Reply-To:.*(?:\r\n .*)*/m.exec(raw)?.[0]).toContain('secretariat@answers.example.org');
  });

  it('get it once: who is told by the team already, who is of two such events, whose mailbox is named too', async () => {
    const here = await open(TEAM);
    const [one, two] = [await open({}, [], named('one.example.org')), await open({}, [], named('one.example.org'))];
    for (const there of [one, two]) {
      await join(there, here.subject('lost'));
      await join(there, here.subject('second'), { email: here.address('second').replace('@', '+safe@') });
      await join(there, 'both', { email: 'Both@example.org', language: 'km' });
      await join(there, 'named', { email: 'contact+team@one.example.org', language: 'km' });
    }
    await here.propose('first', 'lost');
    await send();
    for (const to of ['contact@one.example.org', 'Both@example.org'])
      expect((await here.mailsTo(to)).map(({ text }) => /ទទួលខុសត្រូវ/.test(text))).toEqual([true]);
    expect(await subjectsTo(here, 'contact+team@one.example.org')).toEqual([]);
    expect(await subjectsTo(here, here.address('second').replace('@', '+safe@'))).toEqual([]);
    expect(await here.subjectsTo('second')).toEqual([PROPOSED]);
  });

  it('hear nothing of what was taken back before its mail left, nor where they answer for children no more', async () => {
    const here = await open(TEAM);
    const there = await open({ guard: [VETTED] });
    await join(there, here.subject('lost'));
    await here.propose('first', 'lost');
    await here.withdraw('second', 'lost');
    await send();
    expect(await there.subjectsTo('guard')).toEqual([]);

    await here.propose('first', 'lost');
    await join(there, here.subject('lost'), { grants: [CARE] });
    await send();
    expect(await there.subjectsTo('guard')).toEqual([]);
    const written = await scan(parts, 'outbox', { having: { eventId: there.eventId } });
    expect(written.length).toBeGreaterThan(2);
    expect(new Set(written.map(({ kind, failure }) => `${kind} ${failure}`))).toEqual(
      new Set(['factor-reset-proposed-elsewhere superseded']),
    );
  });

  it('hear each proposal at once, however often one was taken back before', async () => {
    const here = await open(TEAM);
    const there = await open({ guard: [VETTED] });
    await join(there, here.subject('lost'));
    for (let times = 1; times <= 5; times += 1) {
      await here.propose('first', 'lost');
      await send();
      expect(await there.subjectsTo('guard')).toHaveLength(times);
      expect(await here.subjectsTo('second')).toHaveLength(times);
      await here.withdraw('first', 'lost');
    }
  });

  it('are none, and nobody waits, where all about children is forgotten, or the event is gone', async () => {
    const here = await open(TEAM);
    const there = await open({ guard: [VETTED] });
    const forgotten = new Date(
      eventEnd(forum() as never).getTime() + (forum().retention.registrationDays + 30) * 86_400_000,
    );
    await join(there, here.subject('lost'));
    await join({ eventId: 'never-published' }, here.subject('lost'));
    vi.useFakeTimers({ now: forgotten.getTime() - 1000, toFake: ['Date'] });
    await here.propose('first', 'lost');
    expect(await here.accept('second', 'lost')).toMatchObject(problem(409, 'factor-reset-later'));
    await here.withdraw('first', 'lost');
    vi.useFakeTimers({ now: forgotten.getTime() + 1000, toFake: ['Date'] });
    await here.propose('first', 'lost');
    expect((await here.accept('second', 'lost')).status).toBe(200);
    vi.useRealTimers();
    const about = await scan(parts, 'outbox', { having: { eventId: there.eventId } });
    expect(about.map(({ kind }) => kind)).not.toContain('factor-reset-done-elsewhere');
  });

  it('have an hour where the role was taken on after the proposal: from the moment at which they are told', async () => {
    const here = await open(TEAM);
    await here.propose('first', 'lost');
    const there = await open({ guard: [VETTED] });
    await join(there, here.subject('lost'));
    later(90);
    expect(await here.accept('first', 'lost')).toMatchObject(problem(409, 'not-second-person'));
    expect(await here.accept('second', 'lost')).toMatchObject(problem(409, 'factor-reset-later'));
    expect(await here.shown('second', 'lost')).toMatchObject({ factorReset: { mayAccept: false } });
    vi.useRealTimers();
    await send();
    expect(await there.subjectsTo('guard')).toEqual([PROPOSED]);
    later(149);
    expect(await here.accept('second', 'lost')).toMatchObject(problem(409, 'factor-reset-later'));
    later(2);
    expect(here.lost()).toEqual([]);
    expect((await here.accept('second', 'lost')).status).toBe(200);
    vi.useRealTimers();
    expect(here.lost()).toEqual(['lost']);
    await send();
    expect(await there.subjectsTo('guard')).toEqual([PROPOSED, DONE].sort());
  });

  it('are as many as fit one transaction, whom the events name before all others', async () => {
    const crowd = Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`o${n}`, [ORGANISER]]));
    const here = await open({ ...TEAM, ...crowd });
    const [one, two] = [await open({}, [], named('one-crowd.org')), await open({}, [], named('two-crowd.org'))];
    for (const there of [one, two]) {
      await join(there, here.subject('lost'));
      for (let n = 0; n < 60; n += 1)
        await join(there, `${there.eventId}-g${n}`, { email: `g${n}@${there.eventId}.example.org` });
    }
    expect((await here.propose('first', 'lost')).status).toBe(200);
    const mails = await scan(parts, 'outbox', { having: { kind: 'factor-reset-proposed-elsewhere' } });
    const to = mails
      .filter(({ eventId }) => eventId === one.eventId || eventId === two.eventId)
      .map((mail) => mail['to']);
    expect(to).toHaveLength(25);
    for (const domain of ['one-crowd', 'two-crowd'])
      expect(to).toEqual(expect.arrayContaining([`contact@${domain}.org`, `named-deputy@${domain}-deputy.org`]));
  }, 60_000);

  it('are found with one read for each event, and three for each in which they answer for children', async () => {
    const here = await open(TEAM);
    const there = await open({ guard: [VETTED] });
    await join(there, here.subject('lost'));
    const { proposeFactorReset } = await import('../../shared/team/second-factor/factor-reset.case.ts');
    const { listEvents } = deps;
    const all = [...(await listEvents()), ...Array.from({ length: 50 }, (_, n) => `without-${n}`)];
    const reads = { role: 0, team: [] as string[], event: [] as string[] };
    const counting: Deps = {
      ...deps,
      listEvents: async () => all,
      roles: {
        read: (eventId, id) => {
          reads.role += 1;
          return deps.roles.read(eventId, id);
        },
        list: (eventId) => {
          reads.team.push(eventId);
          return deps.roles.list(eventId);
        },
        eventsOf: deps.roles.eventsOf,
      },
      events: {
        ...deps.events,
        readEvent: (eventId, language) => {
          reads.event.push(eventId);
          return deps.events.readEvent(eventId, language);
        },
      },
    };
    const params = { eventId: here.eventId, memberId: here.id('lost') };
    const request = { params, language: 'en', query: {}, body: {} } as never;
    await proposeFactorReset(counting)(request, { id: here.id('first'), ticks: [], grants: [ORGANISER] });
    expect(reads.role).toBe(all.length - 1);
    expect(reads.team.filter((eventId) => eventId !== here.eventId)).toEqual([there.eventId]);
    expect(reads.event.filter((eventId) => eventId !== here.eventId)).toEqual([there.eventId]);
  });
});

describe('CS25: what was said of a second factor', () => {
  it('is forgotten a day later, whether somebody accepted it or not', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE], open: [CARE] });
    const reason = 'a reason that is private';
    for (const who of ['lost', 'open']) await event.propose('first', who, { reason });
    expect((await event.accept('second', 'lost')).status).toBe(200);
    const { forgetResets } = await import('../../shared/team/second-factor/factor-reset.case.ts');
    const housekeeping = (await import('../../functions/housekeeping/index.ts')).realDeps();
    const stored = async (who: string) => (await scan(parts, 'registry', { having: { sk: event.id(who) } }))[0];
    await forgetResets(housekeeping);
    for (const who of ['lost', 'open']) expect(JSON.stringify(await stored(who))).toContain(reason);
    later(24 * 60 + 1);
    for (let times = 1; times <= 2; times += 1) {
      await forgetResets(housekeeping);
      for (const who of ['lost', 'open']) expect(JSON.stringify(await stored(who))).not.toContain(reason);
      expect(await stored('lost')).toMatchObject({ revision: 4, factorReset: { by: event.id('first') } });
      expect(await stored('open')).toMatchObject({ revision: 3 });
    }
    expect(await stored('open')).not.toHaveProperty('factorReset');
    expect(await event.shown('second', 'lost')).toMatchObject({ factorResetDone: { by: ['first', 'second'] } });
    vi.useRealTimers();
  });
});

describe('CS25: whose account it is', () => {
  it('is told by the hash of who signs in, and never by an address alone', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE], other: [CARE] }, ['lost']);
    // The team knows no address, then one of another member, then one of nobody.
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
    const { acceptFactorReset, proposeFactorReset } = await import(
      '../../shared/team/second-factor/factor-reset.case.ts'
    );
    const { listRoles } = await import('../../shared/team/role/list-roles.case.ts');
    const elsewhere = { ...deps, accounts: undefined, issuer: 'https://login.example.org/forum' };
    const params = { eventId: event.eventId, memberId: event.id('lost') };
    const caller = { id: event.id('first'), ticks: [], grants: [ORGANISER] };
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
    // The SDK waits before it repeats a call, up to half a second by chance: here not at all.
    vi.spyOn(Math, 'random').mockReturnValue(0);
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
    const { acceptFactorReset } = await import('../../shared/team/second-factor/factor-reset.case.ts');
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
    const caller = { id: event.id('second'), ticks: [], grants: [ORGANISER] };
    await expect(acceptFactorReset(crashing)(request, caller)).rejects.toThrow('crash');
    expect(event.lost()).toEqual(['lost']);
    expect(await event.shown('second', 'lost')).toMatchObject({ factorReset: { mayAccept: true } });
    expect((await event.accept('second', 'lost')).status).toBe(200);
    await send();
    expect(await event.subjectsTo('lost')).toEqual(['A second factor was reset']);
  });

  it('what is taken back in the moment of its acceptance is not reset; after it, it is told all the same', async () => {
    const event = await open({ first: [ORGANISER], second: [ORGANISER], lost: [CARE] });
    const { acceptFactorReset } = await import('../../shared/team/second-factor/factor-reset.case.ts');
    const request = { params: { eventId: event.eventId, memberId: event.id('lost') }, language: 'en' } as never;
    const caller = { id: event.id('second'), ticks: [], grants: [ORGANISER] };
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
    const { acceptFactorReset } = await import('../../shared/team/second-factor/factor-reset.case.ts');
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
    await acceptFactorReset(removing)(request, { id: event.id('second'), ticks: [], grants: [ORGANISER] });
    expect(event.lost()).toEqual(['lost']);
    await send();
    for (const who of ['first', 'second', 'lost']) {
      expect(await event.subjectsTo(who)).toEqual(['A second factor was reset']);
    }
  });
});
