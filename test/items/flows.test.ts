/** What no test of the integration layer has product code write, and a system at work does: run by `record.config.ts` alone. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Question } from '../../shared/event/event.ts';
import { ROLES_OUTSIDE_QUOTAS } from '../../shared/registration/registration.ts';
import { byMail } from '../support/by-mail.ts';
import { call, postJson } from '../support/call.ts';
import { submission } from '../support/forum.ts';
import { raiseGuard } from '../support/guard.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone } from '../support/phone.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const named = (title: string) => ({ title: { en: title, km: title } });
const QUESTIONS: readonly Question[] = [
  { id: 'people', type: 'number', required: false, max: 9, ...named('How many') },
  { id: 'first', type: 'yes-no', required: false, ...named('The first time') },
  { id: 'words', type: 'text', required: false, ...named('Words') },
  {
    ...{ id: 'topics', type: 'multi-choice', required: false, ...named('Topics') },
    options: [
      { id: 'one', ...named('One') },
      { id: 'two', ...named('Two') },
    ],
  },
];
const CARE: readonly Question[] = QUESTIONS.map((question) => ({ ...question, id: `care${question.id}`, care: true }));
const answersOf = (prefix: string, first: boolean) => ({
  [`${prefix}people`]: 3,
  [`${prefix}first`]: first,
  [`${prefix}words`]: 'some words',
  [`${prefix}topics`]: ['one', 'two'],
});

it('answers to questions of every type, here and in care, and in a form that waits for its address', async () => {
  const event = await openEvent(parts, 'every-type', { questions: [...QUESTIONS, ...CARE] });
  for (const first of [true, false]) {
    await event.register(`${first}@every-type.example.org`, {
      answers: { ...answersOf('', first), ...answersOf('care', first) },
    });
  }
  await raiseGuard(parts, event.id);
  const forms = byMail(parts, event.id, event.deps.secrets);
  for (const first of ['yes', 'no']) {
    const typed: [string, string][] = [
      ['answers.people', '3'],
      ['answers.first', first],
      ['answers.words', 'some words'],
      ['answers.topics', 'one'],
      ['answers.topics', 'two'],
      ['sessions', 'industry-first-steps'],
    ];
    const sent = await forms.send(`${first}@by-mail.example.org`, { honorific: '' }, typed);
    expect(sent.statusCode, sent.body).toBe(303);
  }
});

it('everyone whom organisers add, with each role, and what they may be offered', async () => {
  const event = await openEvent(parts, 'every-role');
  await grantTeam(parts, event.id);
  const params = { eventId: event.id };
  const { ageBand: _, days: __, consents: ___, honorific: ____, badgeName: _____, ...person } = submission();
  for (const role of ROLES_OUTSIDE_QUOTAS) {
    const body = { ...person, email: `${role}@every-role.example.org`, role };
    const added = await ask('organiser', 'addRegistration', { params, body });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
  }
  const code = { label: 'Newsroom', uses: 2, validUntil: '2099-12-31T00:00:00Z' };
  for (const more of [{ email: 'invited@example.org' }, { organisation: 'Ministry of Samples' }]) {
    const made = await ask('organiser', 'makeInvitation', { params, body: { ...code, ...more } });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
  }
  const grants = [{ role: 'focal-point', organisations: ['Ministry of Samples'] }];
  const body = { grants, label: 'Focal point', email: 'focal@example.org' };
  expect((await ask('organiser', 'inviteToRoles', { params, body })).status).toBe(201);
});

it('messages to everyone whom organisers may choose', async () => {
  const event = await openEvent(parts, 'every-segment');
  await grantTeam(parts, event.id);
  await event.register('one@every-segment.example.org', { sessions: ['industry-first-steps'] });
  const words = { en: { subject: 'Subject', text: 'Text' } };
  const segments = [
    { statuses: ['confirmed', 'waitlisted', 'pending-approval', 'cancelled', 'declined'] },
    { modes: ['in-person', 'online'], sessions: ['industry-first-steps'], categories: ['academia'] },
    { modes: ['in-person'] },
  ];
  for (const [index, segment] of segments.entries()) {
    const planned = await ask('organiser', 'previewMessage', {
      params: { eventId: event.id },
      body: { segment, words },
    });
    const params = { eventId: event.id, messageId: String(index).repeat(22) };
    const sent = await ask('organiser', 'sendMessage', {
      params,
      body: { segment, words, people: planned.body.people },
    });
    expect(sent.status, JSON.stringify([planned, sent])).toBe(200);
  }
});

it('phones that say how they stand', async () => {
  const event = await openEvent(parts, 'every-talk');
  const phone = await openPhone(parts, event.id, { maySearch: true });
  const other = await openPhone(parts, event.id);
  expect((await phone.roster(undefined, '3 1 20 30 a1b2c3d4')).status).toBe(200);
  expect((await other.roster(undefined, '0 0 - - a1b2c3d4')).status).toBe(200);
  expect(
    (await call('submitRegistration', { params: { eventId: event.id }, ...postJson(submission()) })).statusCode,
  ).toBe(202);
});
