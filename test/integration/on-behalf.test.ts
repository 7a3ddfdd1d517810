import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import type { EventDefinition, Question } from '../../shared/event/event.ts';
import { memberId } from '../../shared/kernel/identity.store.ts';
import { call } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, SITE_URL, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { openEvent, quota, ROOM } from '../support/self-service.ts';
import { recordsOf } from '../support/stream.ts';
import { ask, auditOf, grantTeam, identityOf, listed, type TeamMember } from '../support/team.ts';

let parts: Parts;
let meter: MeteredDatabase;
beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
});
afterAll(async () => {
  await meter?.stop();
  await parts?.stop();
});

const named = (title: string) => ({ title: { en: title, km: title } });
const QUESTIONS: readonly Question[] = [
  { id: 'size', type: 'number', required: true, ...named('How many work there') },
  { id: 'topic', type: 'text', required: true, ...named('Topic') },
  { id: 'maybe', type: 'text', required: false, ...named('Anything else') },
  { id: 'diet', type: 'text', required: true, care: true, ...named('Diet') },
];

async function opened(id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openEvent(parts, id, { questions: QUESTIONS, ...changes });
  await grantTeam(parts, id);
  const at = (name: string): string => `${name}@${id}.example.org`;
  const { honorific: _, ...spoken } = submission();
  const registerFor = (name: string, sent: object = {}, who: TeamMember = 'organiser') =>
    ask(who, 'registerOnBehalf', { params: { eventId: id }, body: { ...spoken, email: at(name), ...sent } });
  return { ...event, at, registerFor };
}

describe('an adult who telephoned', () => {
  it('is registered as anyone, answers the rest by their link, and has a seat at once', async () => {
    const event = await opened('phoned', { quotas: [quota('room', { ...ROOM, capacity: 5 })] });
    const { status, body } = await event.registerFor('one', { answers: { topic: 'Safety' } });
    expect([status, body.status, body.proof, body.onBehalf.unanswered, body.onBehalf.by]).toEqual([
      201,
      'confirmed',
      'vouched',
      ['size'],
      'organiser',
    ]);
    expect(body.seats).toEqual([{ quota: 'room', state: 'taken' }]);
    await event.expectExact();
    expect(await event.kindsTo(event.at('one'))).toEqual(['confirmed']);
    expect(await auditOf(parts, event.id)).toEqual([`register-on-behalf ${body.reference}`]);
    expect((await listed('organiser', event.id)).map(({ reference }) => reference)).toEqual([body.reference]);

    const { body: before = '' } = await event.page(event.at('one'));
    expect(before).toContain('Please answer the rest');
    expect(before).toContain('How many work there');
    expect(before.match(/Yes, by telephone/g)).toHaveLength(1);
    const answered = await event.amend(event.at('one'), { answers: { size: 12 } });
    expect([answered.statusCode, answered.body.unanswered]).toEqual([200, undefined]);
    expect(answered.body.onBehalf.consents).toEqual(submission().consents);
    const { body: after = '' } = await event.page(event.at('one'));
    expect(after).not.toContain('Please answer the rest');
    const stands = await event.registrationOf(event.at('one'));
    expect([stands.status, stands.answers, stands.proven?.how]).toEqual([
      'confirmed',
      { size: 12, topic: 'Safety' },
      'mail',
    ]);
  });

  it('has what they agreed to noted with who heard it and when; photos stay theirs to allow', async () => {
    const event = await opened('consents');
    const [required, voluntary] = [true, false].map((is) => forum().consents.find((each) => each.required === is));
    const given = { [required?.id ?? '']: required?.version ?? '' };
    for (const [consents, path, code] of [
      [{}, `consents.${required?.id}`, 'not-accepted'],
      [{ [required?.id ?? '']: 'old' }, `consents.${required?.id}`, 'consent-version'],
      [{ ...given, [voluntary?.id ?? '']: voluntary?.version }, `consents.${voluntary?.id}`, 'unknown-field'],
    ] as const) {
      const { status, body } = await event.registerFor('one', { consents });
      expect([status, body.errors]).toMatchObject([422, [{ path, code }]]);
    }
    expect((await readRegistry(parts, event.id)).registrations).toEqual([]);
    await event.registerFor('one');
    const { onBehalf, consents, submittedAt } = await event.registrationOf(event.at('one'));
    const by = memberId(identityOf('organiser'));
    expect(onBehalf).toEqual({ by, label: 'organiser', at: submittedAt, consents: given });
    expect(consents).toEqual(given);
    const later = { ...given, [voluntary?.id ?? '']: voluntary?.version ?? '' };
    await event.amend(event.at('one'), { answers: { size: 1, topic: 'x' }, consents: later });
    const { body = '' } = await event.page(event.at('one'));
    expect(body.match(/Yes, by telephone/g)).toHaveLength(1);
    expect((await event.registrationOf(event.at('one'))).consents).toEqual(later);
  });

  it('is never under 18, and nothing of them is kept', async () => {
    const event = await opened('adults');
    const { status, body } = await event.registerFor('young', { ageBand: 'minor' });
    expect([status, body.errors]).toMatchObject([422, [{ path: 'ageBand', code: 'minor-by-phone' }]]);
    const { registrations, locks } = await readRegistry(parts, event.id);
    expect([registrations, locks, await event.kindsTo(event.at('young'))]).toEqual([[], [], []]);
  });

  it('is one person however often it is sent; with an address that is known nothing is written', async () => {
    const event = await opened('once');
    const both = await Promise.all([event.registerFor('one'), event.registerFor('one')]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(both[0]?.body).toEqual(both[1]?.body);
    expect((await event.registerFor('one')).body).toEqual(both[0]?.body);
    const { status, body } = await event.registerFor('one', { fullName: 'Someone Else' });
    expect([status, body.errors]).toMatchObject([422, [{ path: 'email', code: 'already-registered' }]]);
    expect((await readRegistry(parts, event.id)).registrations.map(({ fullName }) => fullName)).toEqual([
      'Somchai Sample',
    ]);
    expect(await event.kindsTo(event.at('one'))).toEqual(['confirmed']);
    expect(await auditOf(parts, event.id)).toHaveLength(1);
  });

  it('waits where it is full, and for a decision where their group has one', async () => {
    const event = await opened('full', {
      categories: forum().categories,
      quotas: [quota('room', { ...ROOM, capacity: 1 })],
    });
    expect((await event.registerFor('first')).body.status).toBe('confirmed');
    expect((await event.registerFor('second')).body.status).toBe('waitlisted');
    const media = await event.registerFor('media', { category: 'media' });
    expect([media.body.status, media.body.approved, media.body.seats]).toEqual(['pending-approval', false, []]);
    expect(await event.kindsTo(event.at('second'))).toEqual(['waitlisted']);
    expect(await event.kindsTo(event.at('media'))).toEqual(['pending-approval']);
    await event.press(event.at('first'), 'cancel');
    await event.doJobs();
    expect((await event.registrationOf(event.at('second'))).status).toBe('confirmed');
    await event.expectExact();
  });

  it('several at once for the last seat: one has it, and the others wait', async () => {
    const event = await opened('last-seat', { quotas: [quota('room', { ...ROOM, capacity: 1 })] });
    const all = await Promise.all(['a', 'b', 'c', 'd'].map((name) => event.registerFor(name)));
    expect(all.map(({ body }) => body.status).sort()).toEqual(['confirmed', 'waitlisted', 'waitlisted', 'waitlisted']);
    await event.expectExact();
  });

  it('is let in before registration opens and after it closed, and not to what is cancelled, postponed or over', async () => {
    const { registration } = forum();
    const closed = await opened('window-closed', {
      registration: { ...registration, opensAt: '2020-01-01T00:00:00Z', closesAt: '2020-02-01T00:00:00Z' },
    });
    const early = await opened('window-early', {
      registration: { ...registration, opensAt: '2099-01-01T00:00:00Z', closesAt: '2099-02-01T00:00:00Z' },
    });
    expect([(await closed.registerFor('one')).status, (await early.registerFor('one')).status]).toEqual([201, 201]);
    for (const status of ['cancelled', 'postponed'] as const) {
      const off = await opened(`off-${status}`, { status });
      const { status: code, body } = await off.registerFor('one');
      expect([code, body.type]).toEqual([409, `urn:plenary:problem:event-${status}`]);
    }
    const over = await opened('over', {
      days: forum().days.map((day, nth) => ({ ...day, date: `2020-01-0${nth + 1}` })),
    });
    expect((await over.registerFor('one')).body.type).toBe('urn:plenary:problem:registration-closed');
  });

  it('is of those whom a member with a reach looks after', async () => {
    const event = await opened('reach');
    expect((await event.registerFor('theirs', {}, 'thailand')).status).toBe(201);
    const { status, body } = await event.registerFor('others', { country: 'LA' }, 'thailand');
    expect([status, body.errors]).toMatchObject([422, [{ path: 'country', code: 'beyond-reach' }]]);
    for (const who of ['safeguarding', 'care', 'viewer', 'protocol'] as const) {
      expect((await event.registerFor('none', {}, who)).status, who).toBe(403);
    }
    expect((await readRegistry(parts, event.id)).registrations).toHaveLength(1);
  });

  it('answers what is asked rightly or not at all', async () => {
    const event = await opened('wrong');
    for (const [sent, path] of [
      [{ email: 'no address' }, 'email'],
      [{ answers: { size: 'many' } }, 'answers.size'],
      [{ answers: { diet: 'none' } }, 'answers.diet'],
      [{ answers: { stranger: 'x' } }, 'answers.stranger'],
      [{ fullName: '' }, 'fullName'],
      [{ days: [] }, 'days'],
    ] as const) {
      const { status, body } = await event.registerFor('one', sent);
      expect([status, body.errors], path).toMatchObject([422, [{ path }]]);
    }
    expect((await readRegistry(parts, event.id)).registrations).toEqual([]);
  });

  it('is another person once someone comes in their place: nothing that was heard is kept', async () => {
    const event = await opened('replaced');
    const { body } = await event.registerFor('one');
    const person = { fullName: 'Someone Else', email: event.at('two'), position: 'Clerk', revision: body.revision };
    const params = { eventId: event.id, reference: body.reference };
    expect((await ask('organiser', 'substituteRegistration', { params, body: person })).status).toBe(200);
    expect(await event.registrationOf(event.at('two'))).not.toHaveProperty('onBehalf');
  });

  it('gets a mail that leads to what was not asked', async () => {
    const event = await opened('mailed');
    await event.registerFor('one', { answers: { size: 3, topic: 'x' } });
    await event.registerFor('two');
    const { handler } = await import('../../functions/outbox/index.ts');
    const messages = await scan(parts, 'outbox', { having: { eventId: event.id, kind: 'confirmed' } });
    await asFunction('outbox', () => handler(recordsOf(messages) as never));
    const mailTo = async (name: string): Promise<string> =>
      (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(event.at(name))}`)).text();
    const link = `${SITE_URL}/m/${await event.tokenOf(event.at('two'))}/amend?lang=en`;
    expect(await mailTo('two')).toContain('2 questions were not asked on the telephone');
    expect(await mailTo('two')).toContain(link);
    expect(await mailTo('one')).toContain('An organiser registered you, as you said on the telephone.');
    expect(await mailTo('one')).not.toContain('not asked on the telephone');
    const page = await call('showAmend', {
      params: { token: await event.tokenOf(event.at('two')) },
      query: { lang: 'en' },
    });
    expect(page.body).toContain('How many work there');
  });

  it('costs what the README says', async () => {
    const event = await opened('phone-cost', { quotas: [quota('room', { ...ROOM, capacity: 5 })] });
    await event.registerFor('one');
    meter.take();
    expect((await event.registerFor('two')).status).toBe(201);
    const asked = meter.take();
    const sum = (of: 'readUnits' | 'writeUnits') => asked.reduce((total, each) => total + each[of], 0);
    expect({ read: sum('readUnits'), write: sum('writeUnits') }).toEqual({ read: 1.5, write: 17 });
  });
});
