import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import type { EventDefinition, Question } from '../../shared/event/event.ts';
import { call, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { ONLINE, openEvent, quota, ROOM } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, identityOf, type TeamMember } from '../support/team.ts';
import { openWholeEvent } from '../support/whole-event.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

type Changes = Readonly<Record<string, unknown>>;

/** An event with a team, and what its members change of people who call. */
async function opened(id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openEvent(parts, id, changes);
  await grantTeam(parts, id);
  const to = async (email: string) => {
    const { reference, revision } = await event.registrationOf(email);
    return { params: { eventId: id, reference }, revision };
  };
  const preview = async (email: string, sent: Changes, who: TeamMember = 'organiser') => {
    const { params, revision } = await to(email);
    return ask(who, 'previewAmendment', { params, body: { revision, ...sent } });
  };
  /** By what was promised, where that is said; otherwise as it is previewed now. */
  const amendFor = async (
    email: string,
    sent: Changes,
    { who = 'organiser', tell = true, ...more }: { who?: TeamMember; tell?: boolean; [more: string]: unknown } = {},
  ) => {
    const { params, revision } = await to(email);
    const promised = more['promised'] ?? (await preview(email, sent, who)).body.outcome;
    return ask(who, 'amendPerson', { params, body: { revision, ...sent, tell, ...more, promised } });
  };
  return { ...event, preview, amendFor };
}

const mailsTo = async (email: string) =>
  (await scan(parts, 'outbox', { having: { to: email, kind: 'updated' } })).map(({ former, byOrganisers }) => ({
    ...{ former, byOrganisers },
  }));

const ofProblem = (type: string) => `urn:plenary:problem:${type}`;
const [dayOne = '', dayTwo = ''] = forum().days.map(({ id }) => id);
const text = (en: string) => ({ en, km: 'អក្សរ' });

describe('what someone said, changed for them', () => {
  it('is previewed without a write, changed, told as done by the organisers, noted without values, and kept in the history', async () => {
    const id = 'for-plain';
    const event = await opened(id, { quotas: [quota('all', { capacity: 9 })] });
    const who = `who@${id}.example.org`;
    await event.register(who, { position: 'Clerk', honorific: 'Dr' });
    const sent = { position: 'Director', honorific: '', days: [dayOne], language: 'km' };
    const before = [await readRegistry(parts, id), await scan(parts, 'outbox'), await scan(parts, 'audit')];
    const looked = await event.preview(who, sent);
    expect([looked.status, looked.body]).toEqual([
      200,
      {
        ...{ changes: true, toldAnyway: false },
        outcome: { status: 'confirmed', seats: [{ quota: 'all', was: 'taken', is: 'taken' }], dropped: [] },
      },
    ]);
    expect([await readRegistry(parts, id), await scan(parts, 'outbox'), await scan(parts, 'audit')]).toEqual(before);
    const { status, body } = await event.amendFor(who, sent);
    expect([status, body]).toMatchObject([200, { position: 'Director', days: [dayOne], language: 'km', revision: 2 }]);
    expect(body).not.toHaveProperty('honorific');
    expect(await mailsTo(who)).toEqual([
      { byOrganisers: true, former: { status: 'confirmed', mode: 'in-person', days: [dayOne, dayTwo], sessions: [] } },
    ]);
    expect(await auditOf(parts, id)).toEqual([`amend ${body.reference}`]);
    expect(JSON.stringify(await scan(parts, 'audit', { having: { eventId: id } }))).not.toMatch(/Clerk|Director/);
    const { history } = await event.registrationOf(who);
    expect(history).toMatchObject([
      { by: 'member', was: { position: 'Clerk', honorific: 'Dr', days: [dayOne, dayTwo], language: 'en' } },
    ]);
    await event.expectExact();
  });

  it('twice is once; what was looked at before someone else changed it is not changed', async () => {
    const id = 'for-twice';
    const event = await opened(id);
    const who = `who@${id}.example.org`;
    await event.register(who);
    const { reference } = await event.registrationOf(who);
    const { outcome: promised } = (await event.preview(who, { position: 'Director' })).body;
    const body = { position: 'Director', revision: 1, tell: true, promised };
    const send = (sent: Changes) => ask('organiser', 'amendPerson', { params: { eventId: id, reference }, body: sent });
    const both = await Promise.all([send(body), send(body)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await event.registrationOf(who)).revision).toBe(2);
    expect(await auditOf(parts, id)).toEqual([`amend ${reference}`]);
    for (const sent of [
      { ...body, position: 'Other' },
      { ...body, fullName: '' },
    ]) {
      const stale = await send(sent);
      expect([stale.status, stale.body.type]).toEqual([409, ofProblem('changed-meanwhile')]);
    }
    expect((await event.registrationOf(who)).position).toBe('Director');
    expect((await event.preview(who, { position: 'Director' })).body.changes).toBe(false);
  });

  it('is not told where that was chosen, which is noted', async () => {
    const id = 'for-untold';
    const event = await opened(id);
    const who = `who@${id}.example.org`;
    await event.register(who);
    const { body } = await event.amendFor(who, { organisation: 'Another' }, { tell: false });
    expect(body.organisation).toBe('Another');
    expect(await mailsTo(who)).toEqual([]);
    expect(await auditOf(parts, id)).toEqual([`amend-untold ${body.reference}`]);
  });

  it('is refused by the rules of the form, each field by its name, and nothing of it is made', async () => {
    const id = 'for-rules';
    const event = await opened(id);
    const who = `who@${id}.example.org`;
    await event.register(who);
    const before = await readRegistry(parts, id);
    const wrong = { fullName: '', days: [], mode: 'by-boat', country: 'QQ', language: 'xx' };
    const paths = ['fullName', 'country', 'mode', 'days', 'language'];
    const promised = { status: 'confirmed', seats: [], dropped: [] };
    for (const answer of [await event.preview(who, wrong), await event.amendFor(who, wrong, { promised })]) {
      expect([answer.status, answer.body.errors.map(({ path }: { path: string }) => path)]).toEqual([422, paths]);
    }
    expect((await event.preview(who, { email: 'other@example.org' })).status, 'an address has a way of its own').toBe(
      422,
    );
    expect((await event.preview(who, { consents: { 'photo-recording': '2027-1' } })).status, 'nobody consents').toBe(
      422,
    );
    expect(await readRegistry(parts, id)).toEqual(before);
    await event.press(who, 'cancel');
    const ended = await event.preview(who, { position: 'Director' });
    expect([ended.status, ended.body.type]).toEqual([409, ofProblem('not-amendable')]);
  });

  it('consents are taken back and never given: also of one who agreed to nothing, all else can change', async () => {
    const id = 'for-consents';
    const event = await opened(id);
    const who = `who@${id}.example.org`;
    const optional = forum().consents.find(({ required }) => !required);
    const needed = forum().consents.find(({ required }) => required);
    const given = Object.fromEntries(forum().consents.map(({ id: consent, version }) => [consent, version]));
    await event.register(who, { consents: given });
    const { body } = await event.amendFor(who, { withdrawn: [optional?.id] });
    expect(body.consents).toEqual(Object.fromEntries(Object.entries(given).filter(([each]) => each !== optional?.id)));
    for (const [withdrawn, code] of [
      [[needed?.id], 'not-accepted'],
      [['unknown'], 'unknown-option'],
    ]) {
      expect((await event.preview(who, { withdrawn })).body.errors).toMatchObject([{ path: 'withdrawn', code }]);
    }
    const { body: added } = await ask('organiser', 'addRegistration', {
      params: { eventId: id },
      body: {
        ...{ role: 'speaker', fullName: 'Speaker One', email: `speaker@${id}.example.org`, position: 'Professor' },
        ...{ organisation: 'University', country: 'KH', category: 'academia', mode: 'in-person' },
      },
    });
    const amended = await event.amendFor(added.email, { mode: 'online' });
    expect([amended.status, amended.body]).toMatchObject([200, { mode: 'online', consents: {}, status: 'confirmed' }]);
  });
});

describe('seats', () => {
  const quotas = [quota('room', ROOM), quota('online', { ...ONLINE, capacity: 9 })];

  it('a full room: it is said before that they wait and take part online, and that is what is done, and told always', async () => {
    const id = 'for-room';
    const event = await opened(id, { quotas });
    const who = `who@${id}.example.org`;
    await event.register(`room@${id}.example.org`);
    await event.register(who, { mode: 'online' });
    const looked = (await event.preview(who, { mode: 'in-person' })).body;
    expect(looked).toEqual({
      ...{ changes: true, toldAnyway: true },
      outcome: {
        ...{ status: 'waitlisted', meanwhile: 'online', dropped: [] },
        seats: [
          { quota: 'online', was: 'taken', is: 'taken' },
          { quota: 'room', is: 'waiting' },
        ],
      },
    });
    const { status, body } = await event.amendFor(who, { mode: 'in-person' }, { tell: false });
    expect([status, body]).toMatchObject([200, { status: 'waitlisted', meanwhile: 'online' }]);
    expect(await mailsTo(who)).toHaveLength(1);
    expect(await auditOf(parts, id)).toEqual([`amend ${body.reference}`]);
    await event.expectExact();
  });

  it('the last seat, wanted in two windows at once: one has it; the other is told that it would be another thing by now', async () => {
    const id = 'for-last';
    const event = await opened(id, { quotas });
    const people = [`a@${id}.example.org`, `b@${id}.example.org`];
    for (const email of people) await event.register(email, { mode: 'online' });
    const [first] = await Promise.all(people.map((email) => event.preview(email, { mode: 'in-person' })));
    const promised = first?.body.outcome;
    expect(promised).toMatchObject({
      status: 'confirmed',
      seats: [
        { quota: 'online', was: 'taken' },
        { quota: 'room', is: 'taken' },
      ],
    });
    const answers = await Promise.all(
      people.map((email) => event.amendFor(email, { mode: 'in-person' }, { promised })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers.findIndex(({ status }) => status === 409);
    expect(answers[lost]?.body.type).toBe(ofProblem('preview-differs'));
    await event.expectExact();
    const loser = people[lost] ?? '';
    expect(await event.registrationOf(loser)).toMatchObject({ mode: 'online', status: 'confirmed', revision: 1 });
    const again = await event.amendFor(loser, { mode: 'in-person' });
    expect([again.status, again.body.status]).toEqual([200, 'waitlisted']);
    await event.expectExact();
  });

  it('who was told that they would wait is not given a seat unsaid that was freed meanwhile', async () => {
    const id = 'for-freed';
    const event = await opened(id, { quotas });
    const [room, who] = [`room@${id}.example.org`, `who@${id}.example.org`];
    await event.register(room);
    await event.register(who, { mode: 'online' });
    const { outcome: promised } = (await event.preview(who, { mode: 'in-person' })).body;
    await event.press(room, 'cancel');
    await event.doJobs();
    const answer = await event.amendFor(who, { mode: 'in-person' }, { promised });
    expect([answer.status, answer.body.type]).toEqual([409, ofProblem('preview-differs')]);
    expect((await event.amendFor(who, { mode: 'in-person' })).body.status).toBe('confirmed');
    await event.expectExact();
  });

  it('a full session, or another organisation without seats, is refused at its field', async () => {
    const id = 'for-full';
    const session = forum().sessions.find(({ signUp }) => signUp)?.id ?? '';
    const event = await opened(id, {
      quotas: [quota('workshop', { when: { session: [session] } }), quota('each', { per: 'organisation' })],
    });
    const who = `who@${id}.example.org`;
    await event.register(`first@${id}.example.org`, { sessions: [session], organisation: 'First' });
    await event.register(who, { organisation: 'Second' });
    expect((await event.preview(who, { sessions: [session] })).body.errors).toMatchObject([
      { path: 'sessions', code: 'no-seat' },
    ]);
    expect((await event.preview(who, { organisation: 'FIRST' })).body.errors).toMatchObject([
      { path: 'organisation', code: 'no-seat' },
    ]);
    const moved = (await event.preview(who, { organisation: 'Third' })).body.outcome;
    expect(moved.seats, 'of each organisation its own').toEqual([
      { quota: 'each', was: 'taken' },
      { quota: 'each', is: 'taken' },
    ]);
    await event.expectExact();
  });
});

describe('who may', () => {
  const approved = forum().categories.map((category) =>
    category.id === 'media' ? { ...category, approval: true } : { ...category, approval: false },
  );

  it('what would need approval is approved by who may decide; by who may not, it is asked for anew and told', async () => {
    const id = 'for-approval';
    const event = await opened(id, { categories: approved, quotas: [] });
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    const grants = [{ role: 'custom' as const, ticks: ['change-people' as const] }];
    await grantRoles({ eventId: id, identity: identityOf('deputy'), label: 'deputy', grants }, deps);
    const [a, b] = [`a@${id}.example.org`, `b@${id}.example.org`];
    for (const email of [a, b]) await event.register(email, { category: 'academia' });
    const byDecider = await event.amendFor(a, { category: 'media' });
    expect([byDecider.status, byDecider.body]).toMatchObject([200, { status: 'confirmed', approved: true }]);
    const looked = await event.preview(b, { category: 'media' }, 'deputy');
    expect([looked.status, looked.body]).toMatchObject([
      200,
      { toldAnyway: true, outcome: { status: 'pending-approval' } },
    ]);
    const other = await event.amendFor(b, { category: 'media' }, { who: 'deputy', tell: false });
    expect([other.status, other.body]).toMatchObject([200, { status: 'pending-approval', approved: false }]);
    expect(await mailsTo(b)).toHaveLength(1);
  });

  it('an approver of some changes their own people, and gives none of them away', async () => {
    const id = 'for-reach';
    const event = await opened(id, { quotas: [] });
    const who = `who@${id}.example.org`;
    await event.register(who, { country: 'TH' });
    expect((await event.preview(who, { position: 'Director' }, 'laos')).status).toBe(404);
    const promised = { status: 'confirmed', seats: [], dropped: [] };
    expect((await event.amendFor(who, { position: 'X' }, { who: 'laos', promised })).status).toBe(404);
    const away = await event.preview(who, { country: 'LA', position: 'Director' }, 'thailand');
    expect([away.status, away.body.errors]).toMatchObject([422, [{ path: 'country', code: 'beyond-reach' }]]);
    expect((await event.amendFor(who, { country: 'LA' }, { who: 'thailand', promised })).status).toBe(422);
    expect((await event.amendFor(who, { position: 'Director' }, { who: 'thailand' })).body.position).toBe('Director');
    expect((await event.amendFor(who, { country: 'LA' })).body.country).toBe('LA');
    expect((await event.preview(who, { position: 'Clerk' }, 'thailand')).status).toBe(404);
    for (const no of ['viewer', 'care', 'protocol', 'safeguarding'] as const) {
      expect([no, (await event.preview(who, {}, no)).status]).toEqual([no, 403]);
    }
  });

  it('answers for others stay as they are: not shown, not dropped, not overwritten; those of one’s own go where they concern nobody', async () => {
    const id = 'for-answers';
    const asks = (each: string, more: Partial<Question> = {}): Question => ({
      ...{ id: each, type: 'text', required: false, title: text(each), ...more },
    });
    const questions = [
      asks('size', { when: { category: ['private-sector'] }, required: true }),
      asks('quote', { readers: ['communications'], when: { category: ['private-sector'] } }),
      asks('beat', { readers: ['communications'], when: { category: ['academia'] }, required: true }),
      asks('flight', { readers: ['protocol'] }),
    ];
    const event = await opened(id, { questions, quotas: [] });
    const who = `who@${id}.example.org`;
    const answers = { size: 'large', quote: 'Words', flight: 'TG 123' };
    await event.register(who, { category: 'private-sector', answers });
    expect((await event.preview(who, { answers: { size: '' } })).body.errors).toMatchObject([
      { path: 'answers.size', code: 'required' },
    ]);
    expect((await event.preview(who, { answers: { quote: 'Mine' } })).body.errors).toMatchObject([
      { path: 'answers.quote', code: 'unknown-field' },
    ]);
    const looked = (await event.preview(who, { category: 'academia' })).body;
    expect(looked.outcome.dropped).toEqual(['size']);
    expect(JSON.stringify(looked)).not.toMatch(/quote|beat/);
    const { status, body } = await event.amendFor(who, { category: 'academia', answers: { flight: 'TG 456' } });
    expect([status, body.answers]).toEqual([200, { flight: 'TG 456' }]);
    expect((await event.registrationOf(who)).answers).toEqual({ quote: 'Words', flight: 'TG 456' });
  });

  it('someone under 18 is changed by members who were vetted, says why each time, and keeps nothing of what was', async () => {
    const id = 'for-minor';
    const whole = await openWholeEvent(parts, id);
    const { reference, revision, fullName } = await whole.registrationOf(whole.child);
    const params = { eventId: id, reference };
    const body = { revision, organisation: 'Other School' };
    expect((await ask('organiser', 'previewAmendment', { params, body })).status).toBe(404);
    const caller = identityOf('vettedOrganiser');
    const unsaid = await call('previewAmendment', { params, ...postJson(body), caller });
    expect(unsaid.statusCode).toBe(428);
    const looked = await ask('vettedOrganiser', 'previewAmendment', { params, body });
    const { outcome: promised } = looked.body;
    expect([looked.status, promised.status]).toEqual([200, 'confirmed']);
    const sent = { ...body, tell: true, promised };
    const answer = await ask('vettedOrganiser', 'amendPerson', { params, body: sent });
    expect([answer.status, answer.body]).toMatchObject([200, { organisation: 'Other School', fullName }]);
    const kept = await whole.registrationOf(whole.child);
    expect([kept.history, kept.minor?.guardianConsents]).toEqual([undefined, expect.anything()]);
    const looks = (await auditOf(parts, id)).filter((line) => line === `read-minor ${reference}`);
    expect(looks.length).toBeGreaterThanOrEqual(2);
    const wrong = await ask('vettedOrganiser', 'previewAmendment', {
      params,
      body: { revision: revision + 1, category: 'private-sector' },
    });
    expect(wrong.body.errors).toMatchObject([{ path: 'category', code: 'unknown-option' }]);
  });
});
