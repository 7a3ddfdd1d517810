import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import type { EventDefinition, Question } from '../../shared/event/event.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { openEvent, quota, ROOM } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, identityOf, type TeamMember } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const text = (en: string) => ({ en, km: 'អក្សរ' });
const asks = (id: string, more: Partial<Question> = {}): Question => ({
  ...{ id, type: 'text', required: true, title: text(id), ...more },
});

/** An event with a team, of which members register, change, ask and move up. */
async function opened(id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openEvent(parts, id, { quotas: [], ...changes });
  await grantTeam(parts, id);
  const at = (name: string): string => `${name}@${id}.example.org`;
  const { honorific: _, ...spoken } = submission();
  const to = async (name: string) => {
    const { reference, revision } = await event.registrationOf(at(name));
    return { params: { eventId: id, reference }, revision };
  };
  const preview = async (name: string, sent: object, who: TeamMember = 'organiser') => {
    const { params, revision } = await to(name);
    return ask(who, 'previewAmendment', { params, body: { revision, ...sent } });
  };
  return {
    ...event,
    ...{ at, to, preview },
    registerFor: (name: string, sent: object = {}, who: TeamMember = 'organiser') =>
      ask(who, 'registerOnBehalf', { params: { eventId: id }, body: { ...spoken, email: at(name), ...sent } }),
    async amendFor(name: string, sent: object, who: TeamMember = 'organiser') {
      const { params, revision } = await to(name);
      const { outcome: promised } = (await preview(name, sent, who)).body;
      return ask(who, 'amendPerson', { params, body: { revision, ...sent, tell: true, promised } });
    },
    /** Makes a member an approver of some, and nothing else. */
    approves: (who: TeamMember, of: Partial<RoleGrant>) =>
      grantRoles(
        { eventId: id, identity: identityOf(who), label: who, grants: [{ role: 'focal-point', ...of }] },
        { dynamodb: parts.database.client, tableName: parts.database.tables.registry },
      ),
  };
}

describe('who registers someone by telephone', () => {
  it('is not told of them again once they are beyond reach', async () => {
    const event = await opened('again-beyond');
    const first = await event.registerFor('one', { country: 'TH' }, 'thailand');
    expect(first.status).toBe(201);
    expect((await event.registerFor('one', { country: 'TH' }, 'thailand')).body.reference).toBe(first.body.reference);
    expect((await event.amendFor('one', { country: 'LA', position: 'Secret post' })).status).toBe(200);
    const again = await event.registerFor('one', { country: 'TH' }, 'thailand');
    expect(JSON.stringify(again.body)).not.toContain('Secret post');
    expect([again.status, again.body.errors]).toMatchObject([422, [{ path: 'email', code: 'already-registered' }]]);
    expect((await event.registerFor('one', { country: 'TH' })).status, 'who reaches everyone').toBe(201);
  });

  it.each([
    ['category', { categories: ['media'] }, 'category'],
    ['organisation', { organisations: ['Sample Daily'] }, 'organisation'],
    ['country', { countries: ['TH'] }, 'country'],
  ] as const)('is told which field would be beyond their reach: the %s', async (what, of, path) => {
    const event = await opened(`beyond-${what}`);
    await event.approves('viewer', of);
    const sent = { country: 'KH', category: 'academia', organisation: 'Other' };
    const { status, body } = await event.registerFor('one', sent, 'viewer');
    expect([status, body.errors]).toMatchObject([422, [{ path, code: 'beyond-reach' }]]);
  });
});

describe('a change for someone who calls', () => {
  it('leaves open what was left open on the telephone', async () => {
    const event = await opened('still-open', { questions: [asks('size'), asks('topic')] });
    expect((await event.registerFor('one', { answers: { topic: 'Safety' } })).status).toBe(201);
    const changed = await event.amendFor('one', { position: 'Director' });
    expect([changed.status, changed.body.position, changed.body.onBehalf?.unanswered]).toEqual([
      200,
      'Director',
      ['size'],
    ]);
    const emptied = await event.preview('one', { answers: { topic: '' } });
    expect(emptied.body.errors).toMatchObject([{ path: 'answers.topic', code: 'required' }]);
  });

  it('can be made where the event dropped the language and a question meanwhile, and a session', async () => {
    const gone = { id: 'gone', day: 'day-1', start: '17:00', end: '18:00', title: text('Gone'), signUp: true };
    const sessions = [...forum().sessions, gone];
    const event = await opened('dropped', { questions: [asks('size')], sessions });
    await event.register(event.at('one'), { language: 'km', answers: { size: 'large' }, sessions: ['gone'] });
    const languages = ['en'];
    await parts.publish(forum({ id: event.id, quotas: [], questions: [], languages, sessions: forum().sessions }));
    const { outcome } = (await event.preview('one', { position: 'Director' })).body;
    expect(outcome.sessions, 'it is said before that this goes').toEqual(['gone']);
    const changed = await event.amendFor('one', { position: 'Director' });
    expect([changed.status, changed.body.errors, changed.body.sessions]).toEqual([200, undefined, []]);
    const kept = await event.registrationOf(event.at('one'));
    expect([kept.answers, kept.language, kept.position]).toEqual([{ size: 'large' }, 'km', 'Director']);
  });

  it('CS20: of who is erased afterwards nothing is left: question, answer, reason, nor who telephoned', async () => {
    const categories = forum().categories.map((each) => ({ ...each, approval: each.id === 'media' }));
    const event = await opened('erased-all', { categories, quotas: [quota('room', { ...ROOM, capacity: 1 })] });
    expect((await event.registerFor('full', { category: 'academia' })).body.status).toBe('confirmed');
    expect((await event.registerFor('one', { category: 'media', fullName: 'Unmistakable Name' })).body.status).toBe(
      'pending-approval',
    );
    const { params, revision } = await event.to('one');
    await ask('organiser', 'askApplicant', { params, body: { revision, text: 'Unmistakable question?' } });
    const { asked } = await event.registrationOf(event.at('one'));
    await event.press(event.at('one'), 'answer', [
      ['answer', 'Unmistakable answer'],
      ['asked', asked?.[0]?.at ?? ''],
    ]);
    const people = [{ reference: params.reference, revision: revision + 2 }];
    const bulk = { kind: 'approve', id: 'E'.repeat(22), people, isSingle: true };
    expect((await ask('organiser', 'startBulk', { params, body: bulk })).body.people).toMatchObject([
      { outcome: 'waits' },
    ]);
    const waits = await event.registrationOf(event.at('one'));
    expect(waits.status).toBe('waitlisted');
    const up = { revision: waits.revision, reason: 'Unmistakable reason' };
    expect((await ask('organiser', 'moveUpInLine', { params, body: up })).status).toBe(200);
    expect((await event.press(event.at('one'), 'erase', [['confirm', 'yes']])).statusCode).toBe(200);
    await event.doJobs();
    const left = await Promise.all((['registry', 'outbox', 'care', 'audit'] as const).map((each) => scan(parts, each)));
    const items = left.flat().filter((item) => /Unmistakable/.test(JSON.stringify(item)));
    expect(items.map(({ pk, sk, id, kind }) => [pk, sk, id, kind])).toEqual([]);
    await event.expectExact();
    expect((await auditOf(parts, event.id)).join()).toContain('move-up');
  });
});

describe('what happens at the same moment', () => {
  it.each([1, 2, 3])(
    'takes no seat twice and loses none: changes, moves, cancellations, decisions, jobs (%i)',
    async (nth) => {
      const categories = forum().categories.map((each) => ({ ...each, approval: each.id === 'media' }));
      const room = quota('room', { ...ROOM, capacity: 3 });
      const event = await opened(`at-once-${nth}`, { categories, quotas: [room] });
      const sent = { category: 'academia', answers: {} };
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await event.register(event.at(name), sent);
      await event.register(event.at('online'), { ...sent, mode: 'online' });
      await event.register(event.at('applies'), { ...sent, category: 'media' });
      const found = async (name: string) => event.to(name);
      const [d, f, applies] = [await found('d'), await found('f'), await found('applies')];
      const up = (of: typeof d) =>
        ask('organiser', 'moveUpInLine', { params: of.params, body: { revision: of.revision, reason: 'Speaks' } });
      const people = [{ reference: applies.params.reference, revision: applies.revision }];
      const bulk = { kind: 'approve', id: `${nth}`.repeat(22), people, isSingle: true };
      const all = [
        () => event.amendFor('a', { mode: 'online' }),
        () => event.amendFor('online', { mode: 'in-person' }),
        () => event.press(event.at('b'), 'cancel'),
        () => event.amend(event.at('c'), { mode: 'online' }),
        () => up(f),
        () => up(d),
        () => event.press(event.at('e'), 'cancel'),
        () => ask('organiser', 'startBulk', { params: applies.params, body: bulk }),
        () => event.doJobs(),
      ];
      await Promise.all(
        all.map(async (each, place) => {
          await new Promise((done) => setTimeout(done, ((place * nth) % all.length) * 15));
          return each();
        }),
      );
      await event.doJobs();
      await event.expectExact();
      await ask('organiser', 'takeBackBulk', { params: { ...applies.params, bulkId: bulk.id } });
      await event.doJobs();
      await event.expectExact();
      // Seats that were freed are not left empty while anyone waits.
      const names = ['a', 'c', 'd', 'f', 'online', 'applies'];
      const stands = await Promise.all(names.map((name) => event.registrationOf(event.at(name))));
      const seated = stands.filter(({ seats }) => seats.some(({ state }) => state === 'taken'));
      const waits = stands.filter(({ status }) => status === 'waitlisted');
      // Who was overtaken by another change may have been told so, and changed nothing: then fewer want a seat, or more wait.
      if (waits.length > 0) expect(seated).toHaveLength(3);
      expect(stands.map(({ revision }) => revision).filter((each) => each > 1).length).toBeGreaterThan(2);
    },
  );
});

describe('an event that does not take place', () => {
  it.each(['cancelled', 'postponed'] as const)('has nobody asked: the mail would not be sent (%s)', async (status) => {
    const categories = forum().categories.map((each) => ({ ...each, approval: each.id === 'media' }));
    const event = await opened(`off-${status}`, { categories });
    await event.register(event.at('one'), { category: 'media' });
    const { params, revision } = await event.to('one');
    await parts.publish(forum({ id: event.id, quotas: [], questions: [], categories, status }));
    const body = { revision, text: 'For which paper do you write?' };
    const refused = await ask('organiser', 'askApplicant', { params, body });
    expect([refused.status, refused.body.type]).toEqual([409, `urn:plenary:problem:event-${status}`]);
    expect((await event.registrationOf(event.at('one'))).asked).toBeUndefined();
  });
});

describe('an event that is over', () => {
  it('has nobody asked: what they would answer decides nothing', async () => {
    const categories = forum().categories.map((each) => ({ ...each, approval: each.id === 'media' }));
    const event = await opened('asked-late', { categories });
    await event.register(event.at('one'), { category: 'media' });
    const { params, revision } = await event.to('one');
    const days = forum().days.map((each, nth) => ({ ...each, date: `2020-11-0${nth + 1}` }));
    await parts.publish(
      forum({
        id: event.id,
        quotas: [],
        questions: [],
        categories,
        days,
        registration: { ...forum().registration, opensAt: '2020-01-01T00:00:00Z', closesAt: '2020-10-01T00:00:00Z' },
      }),
    );
    const body = { revision, text: 'For which paper do you write?' };
    const refused = await ask('organiser', 'askApplicant', { params, body });
    expect([refused.status, refused.body.type]).toEqual([409, 'urn:plenary:problem:not-askable']);
    expect(refused.body.detail).toContain('The event is over');
    expect((await event.registrationOf(event.at('one'))).asked).toBeUndefined();
  });
});

describe('what is typed', () => {
  it('is cleaned of what turns text around, is taken as text, and is refused where it has no end', async () => {
    const categories = forum().categories.map((each) => ({ ...each, approval: each.id === 'media' }));
    const event = await opened('typed', { categories, quotas: [quota('room', { ...ROOM, capacity: 1 })] });
    await event.register(event.at('full'), { category: 'academia' });
    await event.register(event.at('waits'), { category: 'academia' });
    await event.register(event.at('one'), { category: 'media' });
    const one = await event.to('one');
    const hostile = '\u202e<img src=x onerror=alert(1)>\u2066 =HYPERLINK("http://x")';
    const asked = await ask('organiser', 'askApplicant', {
      params: one.params,
      body: { revision: one.revision, text: hostile },
    });
    expect(asked.status).toBe(200);
    const { body: page = '' } = await event.page(event.at('one'));
    expect(page).toContain('&lt;img src=x');
    expect(page).not.toMatch(/<img src=x|[\u202a-\u202e\u2066-\u2069]/);
    const long = 'x'.repeat(20_000);
    const answer = [
      ['answer', long],
      ['asked', asked.body.asked[0].askedAt],
    ] as [string, string][];
    expect((await event.press(event.at('one'), 'answer', answer)).statusCode).toBe(422);
    const { params, revision } = await event.to('waits');
    for (const reason of ['x'.repeat(201), '\u202e \u200b', 'two\nlines']) {
      const { status, body } = await ask('organiser', 'moveUpInLine', { params, body: { revision, reason } });
      expect([status, body.errors?.[0]?.path]).toEqual([422, 'reason']);
    }
    for (const organisation of [long, '\u202eX\u200b<b>']) {
      const { status, body } = await event.preview('waits', { organisation });
      expect([status, body.errors?.[0]?.path ?? 'taken']).toEqual(
        organisation === long ? [422, 'organisation'] : [200, 'taken'],
      );
    }
    await event.amendFor('waits', { organisation: '\u202eX\u200b<b>' });
    expect((await event.registrationOf(event.at('waits'))).organisation).toBe('X<b>');
  });
});
