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
