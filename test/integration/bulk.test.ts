import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { doDueJobs, doJob } from '../../shared/jobs.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import type { BulkKind } from '../../shared/registration/bulk/bulk.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { call, postJson } from '../support/call.ts';
import { type Fault, fallible, tooFast, WHERE } from '../support/fallible.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction, asTest } from '../support/permissions.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { openEvent, quota } from '../support/self-service.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { ask, auditOf, grantTeam, identityOf, leave, type TeamMember } from '../support/team.ts';

let parts: Parts;

beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(async () => {
  vi.unstubAllGlobals();
  await parts.empty();
});

const TWO_MINUTES = 121_000;
const ACADEMIA = { category: 'academia' };

/** An event whose media need approval, with people in it, and what its team does to many of them at once. */
async function opened(id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openEvent(parts, id, { categories: forum().categories, quotas: [], ...changes });
  await grantTeam(parts, id);
  const { realDeps } = await import('../../functions/housekeeping/index.ts');
  const params = { eventId: id };

  /** An instance of housekeeping does all that it is told, or falls at a call. */
  const work = async (faults: Readonly<Record<number, Fault>> = {}): Promise<boolean> => {
    const { meet, isDead } = fallible(faults);
    const dynamodb = new DynamoDBClient({ maxAttempts: 1 });
    dynamodb.middlewareStack.addRelativeTo(meet(tooFast) as never, WHERE);
    const deps = realDeps(documentClient(dynamodb));
    return asFunction('housekeeping', async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        const now = (await jobsOf()).filter(({ notBefore }) => notBefore === undefined);
        if (now.length === 0) break;
        for (const { id: job } of now) {
          try {
            await doJob(deps, String(job));
          } catch (error) {
            if (!isDead()) throw error;
            return false;
          }
        }
      }
      await doDueJobs(deps).catch((error: unknown) => {
        if (!isDead()) throw error;
      });
      return !isDead();
    });
  };
  const jobsOf = () =>
    scan(parts, 'outbox', { having: { eventId: id } }).then((items) => items.filter(({ job }) => job !== undefined));

  const start = async (kind: BulkKind, people: readonly Registration[], more: Record<string, unknown> = {}) => {
    const { who = 'organiser', ...said } = more;
    const body = {
      kind,
      id: randomBytes(16).toString('base64url'),
      people: people.map(({ reference, revision }) => ({ reference, revision })),
      ...(people.length > 10 && { confirm: people.length }),
      ...said,
    };
    const answer = await ask(who as TeamMember, 'startBulk', { params, body });
    return { ...answer, id: body.id };
  };
  const show = async (bulkId: string) =>
    (await ask('organiser', 'showBulk', { params: { ...params, bulkId }, query: { people: 'true' } })).body;
  return {
    ...event,
    params,
    work,
    doJob: async (job: string) => asFunction('housekeeping', () => doJob(realDeps(), job)),
    start,
    show,
    takeBack: (bulkId: string, who: TeamMember = 'organiser') =>
      ask(who, 'takeBackBulk', { params: { ...params, bulkId } }),
    preview: (
      kind: BulkKind,
      people: readonly Pick<Registration, 'reference' | 'revision'>[],
      who: TeamMember = 'organiser',
    ) =>
      ask(who, 'previewBulk', {
        params,
        body: { kind, people: people.map(({ reference, revision }) => ({ reference, revision })) },
      }),
    /** What became of each person, by their address. */
    outcomes: async (bulkId: string) => {
      const { people } = await show(bulkId);
      const { registrations } = await readRegistry(parts, id);
      const nameOf = (reference: string) => registrations.find((each) => each.reference === reference)?.email;
      return Object.fromEntries(
        people.map(({ reference, outcome }: Record<string, string>) => [
          nameOf(reference ?? '')?.split('@')[0],
          outcome,
        ]),
      );
    },
    /** The clock goes past the time for which it can be taken back. */
    waitUntilMailLeaves: async () => {
      shiftClock(TWO_MINUTES);
      await work();
    },
    /** People of a category, one after the other. */
    enter: async (names: readonly string[], sent: Record<string, unknown> = { category: 'media' }) => {
      const found: Registration[] = [];
      for (const name of names) {
        const email = `${name}@${id}.example.org`;
        await event.register(email, sent);
        found.push(await event.registrationOf(email));
      }
      return found;
    },
    /** Gives a registration other attributes, whatever the rules say. */
    put: async ({ reference }: Registration, attributes: Partial<Registration>) => {
      const client = documentClient(parts.database.client);
      const TableName = parts.database.tables.registry;
      const { Item } = await client.send(new GetCommand({ TableName, Key: registrationKey(id, reference) }));
      await client.send(new PutCommand({ TableName, Item: { ...Item, ...attributes } }));
    },
    now: async (of: Registration) => {
      const { registrations } = await readRegistry(parts, id);
      return registrations.find(({ reference }) => reference === of.reference);
    },
    /** Kinds of mail that are written to a person, but for the first. */
    mailed: async ({ email }: Registration) => (await event.kindsTo(email)).slice(1),
    /** What is stored of the bulk changes of this event. */
    stored: async () =>
      (await scan(parts, 'registry')).filter(({ pk }) =>
        [`BULKS#${id}`, `BULK#${id}#`].some((p) => String(pk).startsWith(p)),
      ),
  };
}

describe('a bulk change', () => {
  it('is looked at first: whom it cannot change and why, who waits, and nothing is changed', async () => {
    const event = await opened('looked-at', { quotas: [quota('all', { capacity: 2 })] });
    const [a, b, c, d] = await event.enter(['a', 'b', 'c', 'd']);
    const [seated] = await event.enter(['seated'], ACADEMIA);
    const [thai] = await event.enter(['vn'], { category: 'media', country: 'VN' });
    if (!a || !b || !c || !d || !seated || !thai) throw new Error('nobody came');
    const seen = [a, b, c, { ...d, revision: d.revision + 1 }, seated, thai, { reference: '0000000000', revision: 1 }];
    const { status, body } = await event.preview('approve', seen);
    expect([status, body]).toEqual([
      200,
      {
        ...{ fit: 4, wait: 3, minors: 0, unknown: 1, mustConfirm: false },
        refused: expect.arrayContaining([
          { why: 'changed', references: [d.reference] },
          { why: 'already', references: [seated.reference] },
        ]),
      },
    ]);
    const focal = await event.preview('approve', seen, 'thailand');
    expect(focal.body, 'a person beyond reach is not there').toMatchObject({ fit: 3, unknown: 2 });
    expect((await event.preview('cancel', seen, 'thailand')).status).toBe(403);
    expect((await event.now(a))?.revision).toBe(a.revision);
    expect(await event.stored()).toEqual([]);
    expect(await auditOf(parts, event.id)).toEqual(['preview-bulk', 'preview-bulk']);
  });

  it('leaves out people under 18, with their number for members who see them (CS16)', async () => {
    const event = await opened('young', {});
    const [adult, young] = await event.enter(['adult', 'young']);
    if (!adult || !young) throw new Error('nobody came');
    await event.put(young, { ageBand: 'minor' });
    const seen = [adult, young];
    expect((await event.preview('approve', seen, 'vettedOrganiser')).body).toMatchObject({
      fit: 1,
      minors: 1,
      unknown: 0,
    });
    expect((await event.preview('approve', seen)).body).toMatchObject({ fit: 1, minors: 0, unknown: 1 });
    const { id, body } = await event.start('approve', seen, { who: 'vettedOrganiser' });
    expect(body.total).toBe(1);
    await event.work();
    expect(await event.outcomes(id)).toEqual({ adult: 'done' });
    expect((await event.now(young))?.status).toBe('pending-approval');
    expect(JSON.stringify(await event.stored())).not.toContain(young.reference);
  });

  it('gives a tag and takes it away, of all who do not have it or have it, and mails nobody', async () => {
    const event = await opened('tags');
    const [a, b, c, other] = await event.enter(['a', 'b', 'c', 'other']);
    if (!a || !b || !c || !other) throw new Error('nobody came');
    const tag = 'aaaaaaaa';
    const body = { name: 'Speaks', purpose: 'Who is asked for slides' };
    expect((await event.start('tag', [a])).body.errors).toMatchObject([{ path: 'tag', code: 'required' }]);
    expect((await event.start('tag', [a], { tag })).body.errors).toMatchObject([
      { path: 'tag', code: 'unknown-option' },
    ]);
    await ask('organiser', 'writeTag', { params: { ...event.params, tagId: tag }, body });
    const at = { params: { ...event.params, reference: b.reference } };
    await ask('organiser', 'changeTags', { ...at, body: { set: [tag] } });
    const people = [a, b, c].map(({ reference, revision }) => ({ reference, revision: revision + 7 }));
    const seen = await ask('organiser', 'previewBulk', { params: event.params, body: { kind: 'tag', people, tag } });
    expect(seen.body).toMatchObject({ fit: 2, refused: [{ why: 'already', references: [b.reference] }] });
    const { id, status } = await event.start('tag', [a, b, c], { tag });
    expect(status).toBe(202);
    await event.work();
    expect(await event.show(id)).toMatchObject({ status: 'done', tag, handled: 3, changed: 2, mayTakeBack: false });
    expect(await event.outcomes(id)).toEqual({ a: 'done', b: 'already', c: 'done' });
    expect((await event.takeBack(id)).status).toBe(409);
    expect(await Promise.all([a, b, c, other].map(async (each) => (await event.now(each))?.tags))).toEqual([
      [tag],
      [tag],
      [tag],
      undefined,
    ]);
    const away = await event.start('untag', [a, other], { tag, who: 'thailand' });
    await event.work();
    expect(await event.outcomes(away.id)).toEqual({ a: 'done', other: 'already' });
    const late = await event.start('tag', [other], { tag });
    await ask('organiser', 'removeTag', { params: { ...event.params, tagId: tag } });
    await event.work();
    expect(await event.outcomes(late.id), 'removed before its turn').toEqual({ other: 'not-possible' });
    for (const each of [a, b, c, other]) expect(await event.mailed(each)).toEqual([]);
    for (const each of [a, b, c, other]) expect((await event.now(each))?.tags).toBeUndefined();
  });

  it('approves each, never above a quota; mail leaves two minutes after the last', async () => {
    const event = await opened('approved', { quotas: [quota('all', { capacity: 2 })] });
    const people = await event.enter(['a', 'b', 'c']);
    const { status, body, id } = await event.start('approve', people);
    expect([status, body]).toMatchObject([202, { status: 'running', total: 3, handled: 0, mayTakeBack: true }]);
    await event.work();
    expect(await event.show(id)).toMatchObject({ status: 'held', handled: 3, changed: 3, mayTakeBack: true });
    expect(await event.outcomes(id)).toEqual({ a: 'done', b: 'done', c: 'waits' });
    await event.expectExact();
    for (const person of people) expect(await event.mailed(person)).toEqual([]);
    await event.waitUntilMailLeaves();
    expect(await event.show(id)).toMatchObject({ status: 'done', mayTakeBack: false });
    const mails = await Promise.all(people.map(event.mailed));
    expect(mails).toEqual([['confirmed'], ['confirmed'], ['waitlisted']]);
    expect((await event.takeBack(id)).status, 'too late').toBe(409);
    expect((await auditOf(parts, event.id)).filter((each) => each.startsWith('approve '))).toHaveLength(3);
  });

  it('holds what it frees until its mail leaves: seats go to nobody, addresses register nobody', async () => {
    const event = await opened('held', { quotas: [quota('all', { capacity: 2 })] });
    const people = await event.enter(['a', 'b'], ACADEMIA);
    const [waiting] = await event.enter(['waits'], ACADEMIA);
    const wrong = await event.start('decline', people, { reason: 'nobody-wrote-it' });
    expect([wrong.status, wrong.body.errors]).toMatchObject([422, [{ path: 'reason', code: 'unknown-option' }]]);
    const { id } = await event.start('decline', people, { note: 'Next year.', reason: 'full' });
    await event.work();
    expect(await event.outcomes(id)).toEqual({ a: 'done', b: 'done' });
    const [late] = await event.enter(['late'], ACADEMIA);
    if (!waiting || !late || !people[0]) throw new Error('nobody came');
    await event.work();
    expect([(await event.now(waiting))?.status, late.status]).toEqual(['waitlisted', 'waitlisted']);
    await call('submitRegistration', {
      params: event.params,
      ...postJson(submission({ email: people[0].email, ...ACADEMIA })),
    });
    expect((await readRegistry(parts, event.id)).registrations).toHaveLength(4);
    await event.waitUntilMailLeaves();
    await event.work();
    const statuses = (await readRegistry(parts, event.id)).registrations.map(({ status }) => status).sort();
    expect(statuses).toEqual(['confirmed', 'confirmed', 'declined', 'declined']);
    await event.expectExact();
    expect(await event.now(people[0])).toMatchObject({
      decisionNote: 'Next year.',
      declineReason: { id: 'full', texts: { en: 'All seats of your group are taken.' } },
      seats: [],
    });
    for (const person of people) expect((await event.mailed(person)).at(-1)).toBe('declined');
    expect((await readRegistry(parts, event.id)).locks).toHaveLength(2);
  });

  it.each(['approve', 'decline', 'cancel', 'take-back'] as const)(
    'to %s is taken back, and no mail was there',
    async (kind) => {
      const event = await opened(`back-${kind}`, { quotas: [quota('all', { capacity: 2 })] });
      const asking = await event.enter(['asks']);
      const people = kind === 'approve' ? asking : [...(await event.enter(['a', 'b', 'waits'], ACADEMIA)), ...asking];
      if (kind === 'take-back') {
        const { id } = await event.start('decline', people);
        await event.work();
        await event.waitUntilMailLeaves();
        expect(await event.show(id)).toMatchObject({ status: 'done' });
      }
      const before = (await Promise.all(people.map(event.now))).flatMap((each) => each ?? []);
      const mails = await Promise.all(people.map(event.mailed));
      const { id } = await event.start(kind, before);
      await event.work();
      expect(await event.show(id)).toMatchObject({ status: 'held', changed: people.length });
      expect((await event.takeBack(id)).body).toMatchObject({ status: 'taking-back', mayTakeBack: false });
      expect((await event.takeBack(id)).status, 'twice is a success twice').toBe(202);
      await event.waitUntilMailLeaves();
      expect(await event.show(id)).toMatchObject({ status: 'taken-back' });
      expect([...new Set(Object.values(await event.outcomes(id)))]).toEqual(['taken-back']);
      for (const [place, was] of before.entries()) {
        const { revision, changedAt, hadTicket, history, ...is } = { ...(await event.now(was)) } as Registration;
        const { revision: _, changedAt: __, hadTicket: ___, history: before = [], ...expected } = was;
        expect(is).toEqual(expected);
        // What was done, and that it was taken back, stays told.
        expect(history?.map(({ by }) => by)).toEqual([...before.map(({ by }) => by), 'member', 'member']);
        expect(revision).toBe(was.revision + 2);
        expect(changedAt > was.changedAt).toBe(true);
        expect(hadTicket).toBe(kind === 'approve' || was.hadTicket ? true : undefined);
        expect(await event.mailed(was)).toEqual(mails[place]);
      }
      await event.expectExact();
      const live = before.filter(({ status }) => status !== 'declined');
      expect((await readRegistry(parts, event.id)).locks).toHaveLength(
        live.length + (kind === 'take-back' ? 0 : people.length - live.length),
      );
      // Once everything is as before, the same can be done again.
      const again = (await Promise.all(people.map(event.now))).flatMap((each) => each ?? []);
      const second = await event.start(kind, again);
      await event.work();
      expect(await event.show(second.id)).toMatchObject({ status: 'held', changed: people.length });
    },
  );

  it('leaves alone who changed meanwhile, in doing and in taking back, and mails them what holds', async () => {
    const event = await opened('meanwhile');
    const people = await event.enter(['a', 'b', 'c', 'd']);
    const [a, b, c, d] = people;
    if (!a || !b || !c || !d) throw new Error('nobody came');
    const decide = (of: Registration, decision: string) =>
      ask('organiser', 'decideRegistration', {
        params: { ...event.params, reference: of.reference },
        body: { decision, revision: of.revision },
      });
    const { id } = await event.start('approve', people);
    await decide(a, 'approve');
    await decide(b, 'decline');
    await event.work();
    expect(await event.outcomes(id)).toEqual({ a: 'already', b: 'changed', c: 'done', d: 'done' });
    expect(await event.show(id)).toMatchObject({ handled: 4, changed: 2 });
    expect((await event.amend(c.email, { position: 'Editor' })).statusCode).toBe(200);
    await event.takeBack(id);
    await event.work();
    expect(await event.outcomes(id)).toEqual({ a: 'already', b: 'changed', c: 'stays', d: 'taken-back' });
    expect([(await event.now(c))?.status, (await event.now(d))?.status]).toEqual(['confirmed', 'pending-approval']);
    expect(await event.mailed(c)).toEqual(expect.arrayContaining(['confirmed']));
    expect(await event.mailed(d)).toEqual([]);
  });

  it('mails a person once in whose place another came meanwhile: that one was told with it how they stand', async () => {
    const event = await opened('another-meanwhile', { quotas: [quota('all', { capacity: 2 })] });
    const people = await event.enter(['a', 'b']);
    const [a, b] = people;
    if (!a || !b) throw new Error('nobody came');
    const { id } = await event.start('approve', people);
    await event.work();
    const { revision } = (await event.now(a)) ?? a;
    const { fullName, position } = submission();
    const { status } = await ask('organiser', 'substituteRegistration', {
      params: { ...event.params, reference: a.reference },
      body: { fullName, position, email: 'other@another.example.org', revision },
    });
    expect(status).toBe(200);
    await event.waitUntilMailLeaves();
    expect(await event.outcomes(id)).toMatchObject({ b: 'done' });
    expect(await event.kindsTo('other@another.example.org')).toEqual(['confirmed']);
    expect(await event.mailed(a)).toEqual(['substituted']);
    expect(await event.mailed(b)).toEqual(['confirmed']);
    await event.expectExact();
  });

  it('takes back whom a member tagged meanwhile, and keeps the tag: tags are no change of what was done', async () => {
    const event = await opened('tagged-meanwhile', { quotas: [quota('all', { capacity: 2 })] });
    const people = await event.enter(['a', 'b'], ACADEMIA);
    const [a, b] = people;
    if (!a || !b) throw new Error('nobody came');
    const tag = 'aaaaaaaa';
    const words = { name: 'Speaks', purpose: 'Who is asked for slides' };
    await ask('organiser', 'writeTag', { params: { ...event.params, tagId: tag }, body: words });
    const setTag = (of: Registration, body: unknown) =>
      ask('organiser', 'changeTags', { params: { ...event.params, reference: of.reference }, body });
    const { id } = await event.start('decline', people);
    await event.work();
    await setTag(a, { set: [tag] });
    await event.takeBack(id);
    await event.work();
    expect(await event.outcomes(id)).toEqual({ a: 'taken-back', b: 'taken-back' });
    expect(await event.now(a)).toMatchObject({ status: 'confirmed', tags: [tag], seats: a.seats });
    const alone = await event.start('cancel', [(await event.now(a)) ?? a], { isSingle: true });
    await setTag(a, { unset: [tag] });
    const back = await event.takeBack(alone.id);
    expect(back.body.people).toEqual([{ reference: a.reference, outcome: 'taken-back' }]);
    expect((await event.now(a))?.status).toBe('confirmed');
    expect((await event.now(a))?.tags).toBeUndefined();
    await event.waitUntilMailLeaves();
    expect([await event.mailed(a), await event.mailed(b)]).toEqual([[], []]);
    await event.expectExact();
  });

  it('of two organisers at once on the same people does one thing to each', async () => {
    const event = await opened('rivals', { quotas: [quota('all', { capacity: 3 })] });
    const people = await event.enter(['a', 'b', 'c', 'd', 'e']);
    const [yes, no] = [
      await event.start('approve', people),
      await event.start('decline', people, { who: 'vettedOrganiser' }),
    ];
    await Promise.all([event.work(), event.work(), event.work()]);
    await event.work();
    const [approved, declined] = [await event.show(yes.id), await event.show(no.id)];
    expect([approved.handled, declined.handled]).toEqual([5, 5]);
    expect(approved.changed + declined.changed).toBe(5);
    await event.waitUntilMailLeaves();
    const mails = await Promise.all(people.map(event.mailed));
    expect(mails.map((kinds) => kinds.length)).toEqual([1, 1, 1, 1, 1]);
    await event.expectExact();
  });

  it('ends where the roles of the member who started it are taken back, and says so', async () => {
    const event = await opened('role-lost');
    const people = await event.enter(['a', 'b', 'c']);
    const { id } = await event.start('approve', people, { who: 'thailand' });
    let calls = 0;
    while ((await event.show(id)).handled === 0) {
      calls += 3;
      await event.work({ [calls]: 'crash after' });
    }
    const { handled } = await event.show(id);
    expect(handled).toBeLessThan(3);
    await leave(parts, event.id, 'thailand');
    await event.work();
    expect(await event.show(id)).toMatchObject({ status: 'held', stopped: true, handled, changed: handled });
    await event.waitUntilMailLeaves();
    expect(await event.show(id)).toMatchObject({ status: 'done', stopped: true });
    expect((await Promise.all(people.map(event.mailed))).flat()).toHaveLength(handled);
  });

  it('reaches as far as the member who started it, and is seen by them and by organisers', async () => {
    const event = await opened('reach');
    const [thai] = await event.enter(['th']);
    const [lao] = await event.enter(['la'], { category: 'media', country: 'LA' });
    if (!thai || !lao) throw new Error('nobody came');
    const { id, body } = await event.start('approve', [thai, lao], { who: 'thailand' });
    expect(body.total, 'a person beyond reach is not there').toBe(1);
    await event.work();
    expect((await event.now(lao))?.status).toBe('pending-approval');
    const at = { params: { ...event.params, bulkId: id } };
    expect((await ask('laos', 'showBulk', at)).status).toBe(404);
    expect((await event.takeBack(id, 'laos')).status).toBe(404);
    expect((await ask('laos', 'listBulks', { params: event.params })).body).toEqual({ bulks: [] });
    expect((await ask('organiser', 'listBulks', { params: event.params })).body.bulks).toMatchObject([{ id }]);
    expect((await event.start('cancel', [thai], { who: 'thailand' })).status).toBe(403);
  });

  it('changes nobody whom one grant shows and another, which decides, does not reach', async () => {
    const event = await opened('two-grants');
    const [thai, lao] = [
      ...(await event.enter(['th'])),
      ...(await event.enter(['la'], { category: 'media', country: 'LA' })),
    ];
    if (!thai || !lao) throw new Error('nobody came');
    const { client, tables } = parts.database;
    const grants: RoleGrant[] = [{ role: 'protocol' }, { role: 'custom', ticks: ['decide'], countries: ['TH'] }];
    await grantRoles(
      { eventId: event.id, identity: identityOf('thailand'), label: 'both', grants },
      { dynamodb: client, tableName: tables.registry },
    );
    const { body } = await event.preview('approve', [thai, lao], 'thailand');
    expect(body).toMatchObject({
      fit: 1,
      unknown: 0,
      refused: [{ why: 'out-of-reach', references: [lao.reference] }],
    });
    const { id } = await event.start('approve', [thai, lao], { who: 'thailand' });
    await event.work();
    expect(await event.outcomes(id)).toEqual({ th: 'done', la: 'out-of-reach' });
    expect((await event.now(lao))?.status).toBe('pending-approval');
  });

  it('changes nobody whom the member who started it does not reach any more, and goes on with the others', async () => {
    const event = await opened('narrowed');
    const [thai, lao] = [
      ...(await event.enter(['th'])),
      ...(await event.enter(['la'], { category: 'media', country: 'LA' })),
    ];
    if (!thai || !lao) throw new Error('nobody came');
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    const given = (...countries: string[]) =>
      grantRoles(
        {
          ...{ eventId: event.id, identity: identityOf('thailand'), label: 'narrowed' },
          grants: [{ role: 'focal-point', countries }],
        },
        deps,
      );
    await given('LA', 'TH');
    const { id, body } = await event.start('approve', [lao, thai], { who: 'thailand' });
    expect(body.total).toBe(2);
    await given('TH');
    await event.work();
    expect(await event.outcomes(id)).toEqual({ th: 'done', la: 'out-of-reach' });
    expect((await event.now(lao))?.status).toBe('pending-approval');
    const { body: seen } = await event.preview('decline', [lao], 'thailand');
    expect(seen).toMatchObject({ fit: 0, unknown: 1 });
  });

  it('ends no adult who looks after minors: who is told of that at once cannot be told that it was taken back', async () => {
    const event = await opened('chaperones');
    const [free, adult] = await event.enter(['free', 'adult'], ACADEMIA);
    if (!free || !adult) throw new Error('nobody came');
    const chaperoning = { acceptedAt: adult.changedAt, minors: { '0000000000': true as const } };
    await event.put(adult, { chaperoning });
    for (const kind of ['decline', 'cancel'] as const) {
      expect((await event.preview(kind, [free, adult])).body).toMatchObject({
        fit: 1,
        refused: [{ why: 'not-possible', references: [adult.reference] }],
      });
    }
    const { id } = await event.start('cancel', [free, adult]);
    await event.work();
    expect(await event.outcomes(id)).toEqual({ free: 'done', adult: 'not-possible' });
    expect(await event.now(adult)).toMatchObject({ status: 'confirmed', chaperoning });
  });

  it('keeps nothing of a person who was erased while it was begun (CS20)', async () => {
    const event = await opened('begun-late');
    const [a, b] = await event.enter(['a', 'b']);
    if (!a || !b) throw new Error('nobody came');
    const { id } = await event.start('approve', [a, b]);
    const [chosen] = (await event.stored()).filter(({ people }) => people !== undefined);
    if (chosen === undefined) throw new Error('nobody was chosen');
    await event.press(a.email, 'erase', [['confirm', 'yes']]);
    const [erasure] = (await scan(parts, 'outbox', { having: { eventId: event.id, reference: a.reference } })).filter(
      ({ job }) => job === 'index-people',
    );
    await event.doJob(String(erasure?.['id']));
    // The request that began it had read them before.
    const Put = { TableName: parts.database.tables.registry, Item: chosen };
    await documentClient(parts.database.client).send(new PutCommand(Put));
    expect(JSON.stringify(await event.stored())).toContain(a.reference);
    await event.work();
    expect(JSON.stringify(await event.stored())).not.toContain(a.reference);
    expect(await event.outcomes(id)).toEqual({ b: 'done' });
  });

  it.each(['taken back', 'stopped'])(
    'keeps nothing of a person who was erased while it was begun, and %s in the same instant (CS20)',
    async (how) => {
      const event = await opened(`begun-${how.replace(' ', '-')}`);
      const [a, b] = await event.enter(['a', 'b']);
      if (!a || !b) throw new Error('nobody came');
      const { id } = await event.start('approve', [a, b], { who: 'thailand' });
      const [chosen] = (await event.stored()).filter(({ people }) => people !== undefined);
      await event.press(a.email, 'erase', [['confirm', 'yes']]);
      const about = { having: { eventId: event.id, reference: a.reference } };
      for (const { id: job, job: kind } of await scan(parts, 'outbox', about)) if (kind) await event.doJob(String(job));
      // The request that began it had read them before.
      const Put = { TableName: parts.database.tables.registry, Item: chosen };
      await documentClient(parts.database.client).send(new PutCommand(Put));
      if (how === 'stopped') await leave(parts, event.id, 'thailand');
      else expect((await event.takeBack(id, 'thailand')).status).toBe(202);
      expect(JSON.stringify(await event.stored())).toContain(a.reference);
      await event.work();
      expect(JSON.stringify(await event.stored())).not.toContain(a.reference);
      expect(JSON.stringify(await event.stored())).toContain(b.reference);
      expect((await event.now(b))?.status).toBe('pending-approval');
    },
  );

  it('notes nothing of a person who is erased while it is seen that they cannot be changed (CS20)', async () => {
    const event = await opened('refused-late');
    const [a, b] = await event.enter(['a', 'b'], ACADEMIA);
    if (!a || !b) throw new Error('nobody came');
    const { id } = await event.start('approve', [a, b]);
    const { realDeps } = await import('../../functions/housekeeping/index.ts');
    const deps = realDeps();
    let isErased = false;
    /** They are read, and gone with all that erasing leaves to jobs before anything is noted of them. */
    const read: typeof deps.registrations.read = async (...asked) => {
      const found = await deps.registrations.read(...asked);
      if (asked[1] === a.reference && !isErased) {
        isErased = true;
        await asTest(() => event.press(a.email, 'erase', [['confirm', 'yes']]));
        const about = { having: { eventId: event.id, reference: a.reference } };
        for (const { id: job, job: kind } of await scan(parts, 'outbox', about))
          if (kind !== undefined) await event.doJob(String(job));
      }
      return found;
    };
    const [job] = await scan(parts, 'outbox', { having: { eventId: event.id, job: 'do-bulk' } });
    const racing = { ...deps, registrations: { ...deps.registrations, read } };
    await asFunction('housekeeping', () => doJob(racing, String(job?.['id'])));
    expect(isErased).toBe(true);
    expect(JSON.stringify(await event.stored())).not.toContain(a.reference);
    expect(await event.outcomes(id)).toEqual({ b: 'already' });
    expect((await event.show(id)).handled).toBe(2);
  });

  it('declines for the reason that was chosen, whatever the event says once it has begun, and begins for none that is gone', async () => {
    const title = { en: 'Only for companies.', km: 'សម្រាប់ក្រុមហ៊ុន។' };
    const full = { id: 'full', title: { en: 'Full.', km: 'ពេញហើយ។' } };
    const event = await opened('reason-gone', { declineReasons: [{ id: 'companies', title }, full] });
    const people = await event.enter(['a', 'b']);
    const [a, b] = people;
    if (!a || !b) throw new Error('nobody came');
    const { id, status } = await event.start('decline', people, { reason: 'companies' });
    expect(status).toBe(202);
    await parts.publish({ ...forum({ id: event.id, quotas: [], questions: [], declineReasons: [full] }), version: 2 });
    const [late] = await event.enter(['late']);
    if (!late) throw new Error('nobody came');
    for (const reason of ['companies', '__proto__', 'twice']) {
      const { status: answered, body } = await event.start('decline', [late], { reason });
      expect([reason, answered, body.errors?.[0]?.path]).toEqual([reason, 422, 'reason']);
    }
    await event.work();
    expect(await event.outcomes(id)).toEqual({ a: 'done', b: 'done' });
    const params = { ...event.params, reference: a.reference };
    for (const [lang, text] of [...Object.entries(title), ['de', title.en]]) {
      const { body } = await ask('organiser', 'showOrganiserRegistration', { params, query: { lang: lang ?? '' } });
      expect([lang, body.declineReason]).toEqual([lang, { id: 'companies', text }]);
    }
    await event.takeBack(id);
    await event.work();
    expect((await event.now(b))?.declineReason, 'taken back').toBeUndefined();
    expect((await event.now(late))?.status).toBe('pending-approval');
  });

  it('refuses what cannot be meant: another number, too many, nobody; the same again is one', async () => {
    const event = await opened('refused');
    const people = await event.enter(Array.from({ length: 11 }, (_, nth) => `p${nth}`));
    const more = await event.enter(['more']);
    for (const confirm of [undefined, 10, 12]) {
      const { status, body } = await event.start('decline', people, { confirm });
      expect([status, body.errors]).toMatchObject([422, [{ path: 'confirm' }]]);
    }
    expect((await event.preview('decline', people)).body.mustConfirm).toBe(true);
    expect((await event.start('approve', people, { confirm: undefined })).status, 'nobody ends').toBe(202);
    const many = (number: number) =>
      Array.from({ length: number }, (_, nth) => ({ reference: String(nth).padStart(10, '0'), revision: 1 }));
    expect((await event.preview('approve', many(2_501))).status).toBe(422);
    expect((await event.preview('approve', many(1_000_000))).status).toBe(413);
    expect((await event.preview('approve', many(2_500))).body).toMatchObject({ fit: 0, unknown: 2_500 });
    expect((await event.start('approve', [{ ...people[0], reference: '0000000000' } as Registration])).status).toBe(
      422,
    );
    const id = 'S'.repeat(22);
    const answers = [await event.start('approve', people, { id }), await event.start('approve', people, { id })];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    // Under its id nothing else begins, and nobody is told that it had.
    const [one, ...rest] = people;
    const other = [
      await event.start('cancel', people, { id, confirm: 11 }),
      await event.start('approve', rest, { id }),
      await event.start('approve', [...(one ? [one] : []), ...more], { id, confirm: undefined }),
      await event.start(
        'approve',
        people.map((each) => ({ ...each, revision: each.revision + 1 })),
        { id },
      ),
      await event.start('approve', people, { id, who: 'vettedOrganiser' }),
    ];
    const told = other.map(({ status, body }) => [status, body.type]);
    expect(told).toEqual(Array(5).fill([409, 'urn:plenary:problem:bulk-differs']));
    // Who is gone meanwhile is in it no more: the rest is the same again.
    await event.press(people[3]?.email ?? '', 'erase', [['confirm', 'yes']]);
    await event.work();
    expect((await event.start('approve', people, { id })).body).toMatchObject({ id, total: 11 });
    expect((await ask('organiser', 'listBulks', { params: event.params })).body.bulks).toHaveLength(2);
  });

  it('leaves nothing of a person who is erased, and what it held of them goes to others (CS20)', async () => {
    const event = await opened('erased', { quotas: [quota('all', { capacity: 2 })] });
    const people = await event.enter(['a', 'b'], ACADEMIA);
    const [waiting] = await event.enter(['waits'], ACADEMIA);
    const [a, b] = people;
    if (!a || !b || !waiting) throw new Error('nobody came');
    const { id } = await event.start('cancel', people);
    await event.work();
    await event.press(a.email, 'erase', [['confirm', 'yes']]);
    await event.work();
    expect(await event.now(a)).toBeUndefined();
    expect(JSON.stringify(await event.stored())).not.toContain(a.reference);
    expect((await event.now(waiting))?.status, 'their seat is free').toBe('confirmed');
    await event.waitUntilMailLeaves();
    expect(await event.outcomes(id)).toEqual({ b: 'done' });
    await event.expectExact();
    const { locks } = await readRegistry(parts, event.id);
    expect(locks.map(({ reference }) => reference)).toEqual([waiting.reference]);
  });
});

/** Milliseconds from a single decision until its mail leaves, and a little more. */
const TEN_SECONDS = 10_100;

describe('a single decision', () => {
  const single = { isSingle: true };
  const people = (answer: { body: { people?: unknown } }) => answer.body.people;

  it('is done at once; its mail leaves ten seconds after it, and nothing is kept of it but the audit', async () => {
    const event = await opened('single', { quotas: [quota('all', { capacity: 1 })] });
    const [a, b] = await event.enter(['a', 'b']);
    if (!a || !b) throw new Error('nobody came');
    const first = await event.start('approve', [a], single);
    expect(first).toMatchObject({ status: 202, body: { status: 'held', changed: 1, mayTakeBack: true } });
    expect(people(first)).toEqual([{ reference: a.reference, outcome: 'done' }]);
    expect(Date.parse(first.body.leavesAt) - Date.parse(first.body.startedAt)).toBeGreaterThanOrEqual(10_000);
    expect(Date.parse(first.body.leavesAt) - Date.parse(first.body.startedAt)).toBeLessThan(20_000);
    expect(people(await event.start('approve', [b], single))).toEqual([{ reference: b.reference, outcome: 'waits' }]);
    expect([(await event.now(a))?.status, (await event.now(b))?.status]).toEqual(['confirmed', 'waitlisted']);
    expect([await event.mailed(a), await event.mailed(b)]).toEqual([[], []]);
    expect((await ask('organiser', 'listBulks', { params: event.params })).body).toEqual({ bulks: [] });
    shiftClock(TEN_SECONDS);
    await event.work();
    expect([await event.mailed(a), await event.mailed(b)]).toEqual([['confirmed'], ['waitlisted']]);
    expect(await event.stored()).toEqual([]);
    expect((await event.takeBack(first.id)).status, 'too late').toBe(404);
    await event.expectExact();
    const noted = (await auditOf(parts, event.id)).filter((each) => !each.startsWith('show'));
    expect(noted.sort()).toEqual([`approve ${a.reference}`, `approve ${b.reference}`].sort());
  });

  it('asks to be woken when its time is over; where the queue is down, a sweep has its mail leave', async () => {
    const event = await opened('single-queue-down', { quotas: [quota('all', { capacity: 1 })] });
    const [a] = await event.enter(['a']);
    if (!a) throw new Error('nobody came');
    const { body } = await event.start('approve', [a], single);
    const { realDeps } = await import('../../functions/housekeeping/index.ts');
    const asked: string[] = [];
    const wakeUps = {
      ask: async (_: string, at: Date) => {
        asked.push(at.toISOString());
        throw new Error('no answer');
      },
    };
    const jobs = (await scan(parts, 'outbox', { having: { eventId: event.id } })).filter((each) => each['job']);
    for (const { id } of jobs) {
      await asFunction('housekeeping', () => doJob({ ...realDeps(), wakeUps }, String(id)));
    }
    expect(asked).toContain(body.leavesAt);
    expect(await event.mailed(a)).toEqual([]);
    shiftClock(TEN_SECONDS);
    await event.work();
    expect(await event.mailed(a)).toEqual(['confirmed']);
  });

  it.each(['approve', 'decline', 'cancel', 'take-back'] as const)(
    'to %s is taken back within its time: the person is as before, no mail was there, and no seat was given away',
    async (kind) => {
      const event = await opened(`single-back-${kind}`, { quotas: [quota('all', { capacity: 1 })] });
      const [it] = await event.enter(['it'], kind === 'approve' ? undefined : ACADEMIA);
      if (!it) throw new Error('nobody came');
      if (kind === 'take-back') {
        await event.start('decline', [it], single);
        shiftClock(TEN_SECONDS);
        await event.work();
      }
      const [waiting] = kind === 'decline' || kind === 'cancel' ? await event.enter(['waits'], ACADEMIA) : [];
      const before = await event.now(it);
      const mails = await event.mailed(it);
      if (!before) throw new Error('gone');
      const { id, body } = await event.start(kind, [before], single);
      expect(body, JSON.stringify(body)).toMatchObject({ status: 'held', changed: 1 });
      const [late] = kind === 'decline' || kind === 'cancel' ? await event.enter(['late'], ACADEMIA) : [];
      const answer = await event.takeBack(id);
      expect(answer).toMatchObject({ status: 202, body: { status: 'taken-back', mayTakeBack: false } });
      expect(people(answer)).toEqual([{ reference: it.reference, outcome: 'taken-back' }]);
      expect(await event.stored()).toEqual([]);
      shiftClock(60_000);
      await event.work();
      const { revision, changedAt: _, hadTicket: __, history, ...now } = { ...(await event.now(it)) } as Registration;
      const { revision: ___, changedAt: ____, hadTicket: _____, history: told = [], ...was } = before;
      expect(now).toEqual(was);
      expect(history).toHaveLength(told.length + 2);
      expect(revision).toBe(before.revision + 2);
      expect(await event.mailed(it)).toEqual(mails);
      for (const other of [waiting, late]) if (other) expect((await event.now(other))?.status).toBe('waitlisted');
      await event.expectExact();
    },
  );

  it('has its mail leave as the browser says that its time is over; a job waits for none, and is there for one that says nothing', async () => {
    const event = await opened('single-leaves', { quotas: [quota('all', { capacity: 1 })] });
    const [a, b] = await event.enter(['a', 'b']);
    if (!a || !b) throw new Error('nobody came');
    const { id } = await event.start('approve', [a], single);
    const leave = (bulkId: string, who: TeamMember = 'organiser') =>
      ask(who, 'leaveBulk', { params: { ...event.params, bulkId } });
    const jobs = await scan(parts, 'outbox', { having: { eventId: event.id, job: 'do-bulk' } });
    expect(jobs.length, 'it is gone on with').toBeGreaterThan(0);
    for (const { notBefore } of jobs) expect(Date.parse(String(notBefore))).toBeGreaterThan(Date.now());
    expect((await leave(id)).body).toMatchObject({ status: 'held', mayTakeBack: true });
    expect(await event.mailed(a)).toEqual([]);
    expect((await leave(id, 'laos')).status).toBe(404);
    expect((await leave(id, 'viewer')).status).toBe(403);
    // A clock that is a second early is waited for.
    shiftClock(TEN_SECONDS - 1_100);
    const answers = await Promise.all([leave(id), leave(id)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers.some(({ body }) => body.status === 'done' && !body.mayTakeBack)).toBe(true);
    expect(await event.mailed(a)).toEqual(['confirmed']);
    expect(await event.stored()).toEqual([]);
    expect([(await leave(id)).status, (await event.takeBack(id)).status]).toEqual([404, 404]);
    const many = await event.start('approve', [b]);
    await event.work();
    shiftClock(TWO_MINUTES);
    expect((await leave(many.id)).body, 'of many it changes nothing').toMatchObject({ status: 'held' });
    await event.work();
    expect([await event.mailed(a), await event.mailed(b)]).toEqual([['confirmed'], ['waitlisted']]);
    await event.expectExact();
  });

  it('holds the seat that it frees for as long, and gives it to who waits then', async () => {
    const event = await opened('single-seat', { quotas: [quota('all', { capacity: 1 })] });
    const [seated, waiting] = await event.enter(['seated', 'waits'], ACADEMIA);
    if (!seated || !waiting) throw new Error('nobody came');
    await event.start('cancel', [seated], single);
    expect((await event.now(waiting))?.status).toBe('waitlisted');
    shiftClock(TEN_SECONDS);
    await event.work();
    await event.work();
    expect((await event.now(waiting))?.status).toBe('confirmed');
    expect(await event.mailed(seated)).toEqual(['cancelled']);
    expect((await readRegistry(parts, event.id)).locks).toHaveLength(1);
    await event.expectExact();
  });

  it('says why a person is left as they are, and of whom there is none', async () => {
    const event = await opened('single-refused');
    const [a, b] = await event.enter(['a', 'b']);
    if (!a || !b) throw new Error('nobody came');
    const changed = await event.start('approve', [{ ...a, revision: a.revision + 1 }], single);
    expect(people(changed)).toEqual([{ reference: a.reference, outcome: 'changed' }]);
    const [thai] = await event.enter(['la'], { category: 'media', country: 'LA' });
    if (!thai) throw new Error('nobody came');
    expect((await event.start('approve', [thai], { ...single, who: 'thailand' })).status).toBe(422);
    expect((await event.start('cancel', [a], { ...single, who: 'thailand' })).status).toBe(403);
    for (const [kind, of] of [
      ['approve', [a, b]],
      ['tag', [a]],
    ] as const) {
      const { status, body } = await event.start(kind, of, { ...single, tag: 'aaaaaaaa' });
      expect([status, body.errors]).toMatchObject([422, [{ path: 'isSingle' }]]);
    }
    expect((await event.now(a))?.status).toBe('pending-approval');
  });

  it('leaves nothing of a person who is erased within its time (CS20)', async () => {
    const event = await opened('single-erased', { quotas: [quota('all', { capacity: 1 })] });
    const [a, waiting] = await event.enter(['a', 'waits'], ACADEMIA);
    if (!a || !waiting) throw new Error('nobody came');
    await event.start('cancel', [a], single);
    await event.press(a.email, 'erase', [['confirm', 'yes']]);
    shiftClock(TEN_SECONDS);
    await event.work();
    expect(await event.stored()).toEqual([]);
    expect((await event.now(waiting))?.status).toBe('confirmed');
    await event.expectExact();
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('RE12: is gone on with where it was killed at its call %i', async (call) => {
    const event = await opened(`single-killed-${call}`, { quotas: [quota('all', { capacity: 1 })] });
    const [it] = await event.enter(['it']);
    if (!it) throw new Error('nobody came');
    const dynamodb = new DynamoDBClient({ maxAttempts: 1 });
    const { meet } = fallible({ [call]: call % 2 === 0 ? 'crash before' : 'crash after' });
    dynamodb.middlewareStack.addRelativeTo(meet(tooFast) as never, WHERE);
    const { realDeps } = await import('../../functions/organiser/index.ts');
    const { startBulk } = await import('../../shared/registration/bulk/bulk.case.ts');
    const { roles } = realDeps();
    const id = `${call}`.repeat(22);
    const caller = {
      id: (await roles.list(event.id)).find(({ grants }) => grants.some(({ role }) => role === 'organiser'))?.id ?? '',
      ticks: ['decide', 'cancel-people', 'change-people'],
      grants: [{ role: 'organiser' }],
    } as const;
    const { reference, revision } = it;
    const body = { kind: 'approve', id, people: [{ reference, revision }], isSingle: true } as const;
    const begin = (deps: ReturnType<typeof realDeps>) =>
      asFunction('organiser', () =>
        startBulk(deps)(
          { params: event.params, language: 'en', query: {}, headers: {}, body } as never,
          caller as never,
        ),
      );
    const isStarted = await begin(realDeps(documentClient(dynamodb))).then(
      () => true,
      () => false,
    );
    // Who hears nothing presses again: the same again is one.
    if (!isStarted) await begin(realDeps());
    shiftClock(60_000);
    await event.work();
    shiftClock(60_000);
    await event.work();
    expect((await event.now(it))?.status).toBe('confirmed');
    expect(await event.mailed(it)).toEqual(['confirmed']);
    expect(await event.stored()).toEqual([]);
    await event.expectExact();
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'RE12: is taken back, or its mail leaves, where that was killed at its call %i',
    async (call) => {
      for (const act of ['takeBackBulk', 'leaveBulk'] as const) {
        const event = await opened(`${act.toLowerCase()}-killed-${call}`, { quotas: [quota('all', { capacity: 1 })] });
        const [it, waiting] = await event.enter(['it', 'waits'], ACADEMIA);
        if (!it || !waiting) throw new Error('nobody came');
        const { id } = await event.start('cancel', [it], single);
        if (act === 'leaveBulk') shiftClock(TEN_SECONDS);
        const dynamodb = new DynamoDBClient({ maxAttempts: 1 });
        const { meet } = fallible({ [call]: call % 2 === 0 ? 'crash before' : 'crash after' });
        dynamodb.middlewareStack.addRelativeTo(meet(tooFast) as never, WHERE);
        const { realDeps } = await import('../../functions/organiser/index.ts');
        const cases = await import('../../shared/registration/bulk/bulk.case.ts');
        const deps = realDeps(documentClient(dynamodb));
        const [{ id: by = '' } = {}] = (await realDeps().roles.list(event.id)).filter(({ grants }) =>
          grants.some(({ role }) => role === 'organiser'),
        );
        const caller = { id: by, ticks: ['cancel-people'], grants: [{ role: 'organiser' }] };
        const request = { params: { ...event.params, bulkId: id }, language: 'en', query: {}, headers: {} };
        await asFunction('organiser', () => cases[act](deps)(request as never, caller as never)).catch(() => undefined);
        const params = { ...event.params, bulkId: id };
        // Who hears nothing presses again.
        expect([202, 404]).toContain((await ask('organiser', act, { params })).status);
        shiftClock(60_000);
        for (let turn = 0; turn < 3; turn += 1) await event.work();
        const isBack = act === 'takeBackBulk';
        expect([(await event.now(it))?.status, (await event.now(waiting))?.status]).toEqual(
          isBack ? ['confirmed', 'waitlisted'] : ['cancelled', 'confirmed'],
        );
        expect(await event.mailed(it)).toEqual(isBack ? [] : ['cancelled']);
        expect(await event.stored()).toEqual([]);
        await event.expectExact();
      }
    },
  );
});

describe('who comes back while an end can still be taken back', () => {
  it('keeps their address, and is not told of the end: by an undo of their own', async () => {
    const event = await opened('undone-meanwhile', { quotas: [quota('all', { capacity: 2 })] });
    const [a, b] = await event.enter(['a', 'b'], ACADEMIA);
    if (!a || !b) throw new Error('nobody came');
    await event.start('cancel', [a, b]);
    await event.work();
    expect((await event.press(a.email, 'undo-cancel')).statusCode).toBe(303);
    expect((await event.now(a))?.status).toBe('waitlisted');
    await event.waitUntilMailLeaves();
    await event.work();
    expect([(await event.now(a))?.status, (await event.now(b))?.status]).toEqual(['confirmed', 'cancelled']);
    expect(await event.mailed(a)).not.toContain('cancelled');
    expect(await event.mailed(b)).toEqual(['cancelled']);
    expect((await readRegistry(parts, event.id)).locks.map(({ reference }) => reference)).toEqual([a.reference]);
    await event.expectExact();
  });

  it('keeps their address, and is not told of the end: by a decline that is taken back singly', async () => {
    const event = await opened('back-meanwhile');
    const [a] = await event.enter(['a'], ACADEMIA);
    if (!a) throw new Error('nobody came');
    await event.start('decline', [a]);
    await event.work();
    const declined = await event.now(a);
    if (!declined) throw new Error('gone');
    const { status, body } = await event.start('take-back', [declined], { isSingle: true });
    expect([status, body.people]).toEqual([202, [{ reference: a.reference, outcome: 'done' }]]);
    await event.waitUntilMailLeaves();
    expect((await event.now(a))?.status).toBe('confirmed');
    expect(await event.mailed(a)).toEqual(['confirmed']);
    expect((await readRegistry(parts, event.id)).locks.map(({ reference }) => reference)).toEqual([a.reference]);
    await event.expectExact();
  });

  it('still makes way for another registration of the address', async () => {
    const event = await opened('anew-meanwhile');
    const [a] = await event.enter(['a'], ACADEMIA);
    if (!a) throw new Error('nobody came');
    await event.start('cancel', [a], { isSingle: true });
    shiftClock(TEN_SECONDS);
    await event.work();
    await event.register(a.email, ACADEMIA);
    const cancelled = await event.now(a);
    const token = await (await import('../../shared/registration/link/manage-link.store.ts')).manageToken(
      cancelled as Registration,
      event.deps.secrets,
    );
    const { postForm } = await import('../support/call.ts');
    await call('postRegistration', { params: { token }, ...postForm([['action', 'undo-cancel']]) });
    expect((await event.now(a))?.status).toBe('cancelled');
  });
});

describe('RE12: adding people to a session', () => {
  const [first = '', second = ''] = forum().days.map(({ id }) => id);
  const session = (id: string, more: Partial<EventDefinition['sessions'][number]> = {}) => ({
    ...{ id, title: { en: id, km: 'វគ្គ' }, day: first, start: '10:00', end: '11:00', signUp: true },
    ...more,
  });
  const WORKSHOP = { session: 'workshop' };
  const SEATS = (capacity: number) => quota('workshop', { capacity, when: { session: ['workshop'] } });
  const sessions = [
    session('workshop'),
    session('next', { start: '11:00', end: '12:00' }),
    session('rival', { start: '10:59', end: '12:00' }),
    session('open', { signUp: false }),
    session('closed', { audience: ['academia'], day: second }),
  ];
  const openedWith = (id: string, changes: Partial<EventDefinition> = {}) =>
    opened(id, { sessions: [...sessions], ...changes });

  it('is done to those who come, and is said per person who is left out and why; each is mailed what a change is told by', async () => {
    const when = { session: ['workshop'] };
    const title = { en: 'Which laptop?', km: 'កុំព្យូទ័រ?' };
    const event = await openedWith('joined', {
      quotas: [SEATS(3)],
      questions: [{ id: 'laptop', type: 'text', required: true, title, when: { all: [when, { category: ['ngo'] }] } }],
    });
    const enter = async (name: string, sent: Record<string, unknown> = {}) => {
      const [one] = await event.enter([name], { ...ACADEMIA, ...sent });
      if (!one) throw new Error('nobody came');
      return one;
    };
    const a = await enter('a');
    const there = await enter('there', { sessions: ['workshop'] });
    const clash = await enter('clash', { sessions: ['rival'] });
    const after = await enter('after', { sessions: ['next'], mode: 'online' });
    const other = await enter('other', { days: [second] });
    const asked = await enter('asked', { category: 'ngo' });
    const pending = await enter('pending', { category: 'media' });
    const late = await enter('late');
    const stale = { ...(await enter('stale')), revision: 7 };
    const all = [a, there, clash, after, other, asked, pending, late, stale];
    const body = { kind: 'add-to-session', people: all.map(({ reference, revision }) => ({ reference, revision })) };
    const seen = await ask('organiser', 'previewBulk', { params: event.params, body: { ...body, ...WORKSHOP } });
    expect(seen.body, JSON.stringify(seen.body)).toMatchObject({ fit: 2, wait: 0, minors: 0, mustConfirm: false });
    const refused = seen.body.refused.map(({ why, references }: { why: string; references: string[] }) => [
      why,
      references,
    ]);
    // A text that was typed is in no index: whether it is there is seen when it is done.
    expect(Object.fromEntries(refused)).toEqual({
      already: [there.reference],
      clash: [clash.reference],
      'other-day': [other.reference],
      'wrong-status': [pending.reference],
      'no-seat': [asked.reference, late.reference],
      changed: [stale.reference],
    });
    const { id } = await event.start('add-to-session', all, WORKSHOP);
    await event.work();
    expect(await event.outcomes(id)).toEqual({
      ...{ a: 'done', there: 'already', clash: 'clash', after: 'done', other: 'other-day', asked: 'unanswered' },
      ...{ pending: 'wrong-status', late: 'no-seat', stale: 'changed' },
    });
  });

  it('says of a question that it was not answered to those alone who read its answers', async () => {
    const title = { en: 'Which flight?', km: 'ជើងហោះហើរ?' };
    const when = { session: ['workshop'] };
    const options = ['yes', 'no'].map((option) => ({ id: option, title: { en: option, km: option } }));
    const event = await openedWith('unread', {
      questions: [
        { id: 'flight', type: 'text', required: true, title, when, readers: ['protocol'] },
        { id: 'visa', type: 'choice', required: true, title, when, readers: ['protocol'], options },
      ] as EventDefinition['questions'],
    });
    const [a] = await event.enter(['a'], ACADEMIA);
    if (!a) throw new Error('nobody came');
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    const ticks: RoleGrant['ticks'] = ['see-people', 'change-people'];
    const grant = (grants: readonly RoleGrant[]) =>
      grantRoles({ eventId: event.id, identity: identityOf('viewer'), label: 'viewer', grants }, deps);
    await grant([{ role: 'custom', ticks }]);
    const people = [{ reference: a.reference, revision: a.revision }];
    const body = { kind: 'add-to-session', people, ...WORKSHOP };
    const seenBy = async (who: TeamMember) =>
      (await ask(who, 'previewBulk', { params: event.params, body })).body.refused.map(
        ({ why }: { why: string }) => why,
      );
    expect([await seenBy('viewer'), await seenBy('organiser')]).toEqual([['not-possible'], ['unanswered']]);
    const outcomeFor = async (who: TeamMember, bulkId: string) => {
      const params = { ...event.params, bulkId };
      return (await ask(who, 'showBulk', { params, query: { people: 'true' } })).body.people[0].outcome;
    };
    const own = await event.start('add-to-session', [a], { ...WORKSHOP, who: 'viewer' });
    const others = await event.start('add-to-session', [a], WORKSHOP);
    await event.work();
    expect(await outcomeFor('viewer', own.id)).toBe('not-possible');
    expect(await outcomeFor('viewer', others.id), 'of one that another member started').toBe('not-possible');
    expect(await outcomeFor('vettedOrganiser', others.id)).toBe('unanswered');
    expect(await outcomeFor('organiser', others.id)).toBe('unanswered');
  });

  it('offers no closed session, none that all may go to, none that is not there, and asks for one', async () => {
    const event = await openedWith('offered');
    const [a] = await event.enter(['a'], ACADEMIA);
    if (!a) throw new Error('nobody came');
    for (const of of ['closed', 'open', 'nowhere', '__proto__', undefined]) {
      const people = [{ reference: a.reference, revision: a.revision }];
      const asked = { kind: 'add-to-session', people, ...(of && { session: of }) };
      const code = of === undefined ? 'required' : 'unknown-option';
      const seen = await ask('organiser', 'previewBulk', { params: event.params, body: asked });
      expect([of, seen.status, seen.body.errors]).toMatchObject([of, 422, [{ path: 'session', code }]]);
      const begun = await event.start('add-to-session', [a], of === undefined ? {} : { session: of });
      expect([of, begun.status, begun.body.errors]).toMatchObject([of, 422, [{ path: 'session', code }]]);
    }
    const alone = await event.start('add-to-session', [a], { ...WORKSHOP, isSingle: true });
    expect([alone.status, alone.body.errors]).toMatchObject([422, [{ path: 'isSingle' }]]);
    expect((await event.start('add-to-session', [a], { ...WORKSHOP, who: 'viewer' })).status).toBe(403);
    const begun = await event.start('add-to-session', [a], WORKSHOP);
    const rest = sessions.filter(({ id }) => id !== 'workshop');
    await parts.publish({ ...forum({ id: event.id, quotas: [], questions: [], sessions: rest }), version: 2 });
    await event.work();
    expect(await event.outcomes(begun.id), 'taken out of the programme before its turn').toEqual({ a: 'not-offered' });
    expect((await event.now(a))?.revision).toBe(a.revision);
  });

  it('mails them two minutes after the last, and until then takes all of it back: nobody is told, and the seats are free', async () => {
    const event = await openedWith('joined-back', {
      quotas: [SEATS(2), quota('rest', { capacity: 3, when: { not: { session: ['workshop'] } } })],
    });
    const people = await event.enter(['a', 'b'], ACADEMIA);
    const [a, b] = people;
    if (!a || !b) throw new Error('nobody came');
    const { id } = await event.start('add-to-session', people, WORKSHOP);
    await event.work();
    expect(await event.show(id)).toMatchObject({ status: 'held', changed: 2, session: 'workshop', mayTakeBack: true });
    expect((await event.now(a))?.sessions).toEqual(['workshop']);
    expect((await event.now(a))?.seats.map((seat) => seat.quota)).toEqual(['workshop']);
    const [late, later] = await event.enter(['late', 'later'], ACADEMIA);
    expect([late?.status, later?.status], 'what it freed goes to nobody yet').toEqual(['confirmed', 'waitlisted']);
    const [full] = await event.enter(['full'], { ...ACADEMIA, sessions: ['workshop'] });
    expect(full?.status, 'both seats of the session are taken').toBe('waitlisted');
    await event.takeBack(id);
    await event.work();
    expect(await event.outcomes(id)).toEqual({ a: 'taken-back', b: 'taken-back' });
    for (const was of people) {
      const { revision: _, changedAt: __, history, ...is } = { ...(await event.now(was)) } as Registration;
      const { revision: ___, changedAt: ____, ...before } = was;
      expect(is).toEqual(before);
      expect(history?.map((each) => each.was)).toEqual([{ sessions: [] }, { sessions: ['workshop'] }]);
    }
    await event.waitUntilMailLeaves();
    await event.work();
    expect((await Promise.all(people.map(event.mailed))).flat()).toEqual([]);
    expect(full && (await event.now(full))?.status, 'the seat is free again').toBe('confirmed');
    expect(later && (await event.now(later))?.status).toBe('waitlisted');
    await event.expectExact();
    const again = await event.start(
      'add-to-session',
      (await Promise.all(people.map(event.now))).flatMap((each) => each ?? []),
      WORKSHOP,
    );
    await event.work();
    expect(await event.outcomes(again.id)).toEqual({ a: 'done', b: 'no-seat' });
    await event.waitUntilMailLeaves();
    await event.work();
    expect([await event.mailed(a), await event.mailed(b)]).toEqual([['updated'], []]);
    expect((await scan(parts, 'outbox', { having: { eventId: event.id, kind: 'updated' } }))[0]).toMatchObject({
      byOrganisers: true,
      former: { status: 'confirmed', sessions: [] },
    });
    expect(later && (await event.now(later))?.status, 'once mail left, what it freed is given away').toBe('confirmed');
    await event.expectExact();
  });

  it('does not mail one who left the session again, and leaves them so when it is taken back', async () => {
    const event = await openedWith('left-again', { quotas: [SEATS(3)] });
    const people = await event.enter(['a', 'b', 'c'], ACADEMIA);
    const [a, b, c] = people;
    if (!a || !b || !c) throw new Error('nobody came');
    await event.start('add-to-session', people, WORKSHOP);
    await event.work();
    expect((await event.amend(a.email, { sessions: [] })).statusCode).toBe(200);
    await event.press(b.email, 'cancel', [['confirm', 'yes']]);
    await event.waitUntilMailLeaves();
    await event.work();
    expect(await event.mailed(a), 'of their own change').toEqual(['updated']);
    expect(await event.mailed(b)).toEqual(['cancelled']);
    expect(await event.mailed(c)).toEqual(['updated']);
    await event.expectExact();
  });

  it('leaves out people under 18, and leaves nothing of one who is erased (CS16, CS20)', async () => {
    const event = await openedWith('joined-young', { quotas: [SEATS(2)] });
    const [young, gone, waiting] = [
      ...(await event.enter(['young', 'gone'], ACADEMIA)),
      ...(await event.enter(['stays'], ACADEMIA)),
    ];
    if (!young || !gone || !waiting) throw new Error('nobody came');
    await event.put(young, { ageBand: 'minor' });
    const asked = { kind: 'add-to-session', ...WORKSHOP };
    const people = [young, gone].map(({ reference, revision }) => ({ reference, revision }));
    const seen = await ask('vettedOrganiser', 'previewBulk', { params: event.params, body: { ...asked, people } });
    expect(seen.body).toMatchObject({ fit: 1, minors: 1 });
    const { id } = await event.start('add-to-session', [young, gone, waiting], { ...WORKSHOP, who: 'vettedOrganiser' });
    await event.work();
    expect(await event.outcomes(id)).toEqual({ gone: 'done', stays: 'done' });
    expect((await event.now(young))?.sessions).toEqual([]);
    await event.press(gone.email, 'erase', [['confirm', 'yes']]);
    await event.work();
    expect(JSON.stringify(await event.stored())).not.toContain(gone.reference);
    expect(JSON.stringify(await event.stored())).not.toContain(young.reference);
    await event.waitUntilMailLeaves();
    expect(await event.mailed(waiting)).toEqual(['updated']);
    await event.expectExact();
  });

  it.each([1, 2, 3, 4])(
    'never sells a seat twice: two organisers, people who choose for themselves, killed in the middle (%i)',
    async (seed) => {
      const event = await openedWith(`raced-${seed}`, { quotas: [SEATS(3)] });
      const names = ['a', 'b', 'c', 'd', 'e', 'f'];
      const people = await event.enter(names, ACADEMIA);
      const [one, two] = [
        await event.start('add-to-session', people, WORKSHOP),
        await event.start('add-to-session', [...people].reverse(), { ...WORKSHOP, who: 'vettedOrganiser' }),
      ];
      const own = async (email: string | undefined, chosen: readonly string[]) => {
        if (email) await event.amend(email, { sessions: chosen });
      };
      await Promise.all([
        event.work({ [7 * seed]: seed % 2 === 0 ? 'crash before' : 'crash after' }),
        event.work({ [5 + 11 * seed]: 'crash after' }),
        own(people[seed]?.email, ['workshop']),
        own(people[0]?.email, ['next']),
      ]);
      for (let turn = 0; turn < 3; turn += 1) await event.work();
      const [left, right] = [await event.show(one.id), await event.show(two.id)];
      expect([left.status, right.status, left.handled, right.handled]).toEqual(['held', 'held', 6, 6]);
      await event.expectExact();
      const now = (await Promise.all(people.map(event.now))).flatMap((each) => each ?? []);
      const joined = now.filter((each) => each.sessions.includes('workshop'));
      expect(joined.length).toBeLessThanOrEqual(3);
      expect(joined.every(({ seats }) => seats.length === 1)).toBe(true);
      expect(now.every(({ status }) => status === 'confirmed')).toBe(true);
      await event.waitUntilMailLeaves();
      await event.work();
      const mails = await Promise.all(people.map(event.mailed));
      expect(mails.flat().every((kind) => kind === 'updated')).toBe(true);
      expect(Math.max(...mails.map((kinds) => kinds.length)), 'one of it, one of their own').toBeLessThanOrEqual(2);
      for (const [place, each] of now.entries())
        if (each.sessions.includes('workshop')) expect(mails[place]?.length).toBeGreaterThan(0);
      await event.expectExact();
    },
  );
});

describe('RE12: a bulk change that is killed again and again', () => {
  /** Where an instance falls, drawn the same each time. */
  const falls = (seed: number) => {
    let state = seed;
    return () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return { [3 + (state % 23)]: state % 3 === 0 ? ('crash before' as const) : ('crash after' as const) };
    };
  };

  it.each([1, 2, 3])('loses and doubles nobody, no seat and no mail (%i)', async (seed) => {
    const event = await opened(`killed-${seed}`, { quotas: [quota('all', { capacity: 5 })] });
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const people = await event.enter(names);
    const next = falls(seed);
    let deaths = 0;
    const workOn = async () => {
      for (let turn = 0; turn < 60; turn += 1) {
        if (await event.work(turn < 50 ? next() : {})) return;
        deaths += 1;
      }
      throw new Error('it never ended');
    };
    const { id } = await event.start('approve', people);
    await workOn();
    expect(await event.show(id)).toMatchObject({ status: 'held', handled: 8, changed: 8 });
    await event.expectExact();
    shiftClock(TWO_MINUTES);
    await workOn();
    await event.work();
    expect(await event.show(id)).toMatchObject({ status: 'done' });
    const mails = await Promise.all(people.map(event.mailed));
    expect(mails.map((kinds) => kinds.length)).toEqual(names.map(() => 1));
    expect(mails.flat().sort()).toEqual([...Array(5).fill('confirmed'), ...Array(3).fill('waitlisted')]);

    const now = (await Promise.all(people.map(event.now))).flatMap((each) => each ?? []);
    const declined = await event.start('decline', now);
    await workOn();
    expect(await event.show(declined.id)).toMatchObject({ status: 'held', changed: 8 });
    await event.takeBack(declined.id);
    await workOn();
    await event.work();
    expect(await event.show(declined.id)).toMatchObject({ status: 'taken-back' });
    const after = (await Promise.all(people.map(event.now))).flatMap((each) => each ?? []);
    expect(after.map(({ status, seats }) => [status, seats])).toEqual(now.map(({ status, seats }) => [status, seats]));
    await event.expectExact();
    expect((await Promise.all(people.map(event.mailed))).flat()).toHaveLength(8);
    const noted = (await auditOf(parts, event.id)).filter((each) => /^(approve|decline) /.test(each));
    expect(noted).toHaveLength(16);
    expect(deaths, 'it was killed').toBeGreaterThan(5);
  });
});
