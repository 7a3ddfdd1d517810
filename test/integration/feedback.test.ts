import { createPrivateKey, createPublicKey } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MANIFESTS } from '../../functions/manifests.ts';
import { kmsSealing, readFeedbackKeys } from '../../shared/feedback/token/feedback-keys.store.ts';
import { PASS_GROUPS } from '../../shared/feedback/token/pass.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { call, postForm } from '../support/call.ts';
import { DAY, errorsOf, open, problem } from '../support/doors.ts';
import { feedbackOf } from '../support/feedback.ts';
import { blind, openFeedback } from '../support/feedback-browser.ts';
import { forum } from '../support/forum.ts';
import { OPEN_NOW } from '../support/open-forms.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { scan } from '../support/registry.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { ask } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.unstubAllGlobals());

const counted = (eventId: string, form: string) => feedbackOf(parts.database).answered(eventId, form);
/** Milliseconds after which functions look again at what is set of forms, and at who came. */
const A_WHILE = 31_000;

describe('feedback from whoever came', () => {
  it('is counted once, with nobody beside it, and of their group only what five have in common', async () => {
    const event = await openFeedback(parts, 'feedback-once');
    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    const emails: string[] = [];
    for (const [index, name] of names.entries())
      emails.push(await event.attendee(name, { category: index === 0 ? 'media' : 'academia' }));
    const proofs = [];
    for (const email of emails) proofs.push(await event.proofOf(email));
    // Of the one journalist nothing may be said that is not said of five others; and of how they all took part nothing that says who comes online later.
    expect(proofs.map(({ mode }) => mode)).toEqual(names.map(() => 'other'));
    expect(proofs.map(({ category }) => category)).toEqual(names.map(() => 'other'));
    for (const [index, proof] of proofs.entries()) {
      const sent = await event.send(proof, { overall: 1 + (index % 5), comment: `Word ${index}` });
      expect(sent, JSON.stringify(sent.body)).toEqual({ status: 201, body: { taken: true } });
      const again = await event.send(proof, { overall: 5 });
      expect(again).toMatchObject({ status: 409, body: { type: problem('token-spent') } });
    }
    const { category } = await counted('feedback-once', 'event');
    expect(category).toEqual({
      other: {
        answers: 6,
        counts: { 'overall.1': 2, 'overall.2': 1, 'overall.3': 1, 'overall.4': 1, 'overall.5': 1 },
      },
    });
  });

  it('says of someone which group they belong to where five of it came, as it was when they came; and keeps to that', async () => {
    const event = await openFeedback(parts, 'feedback-group');
    const groups = ['academia', 'ngo'].flatMap((category) => Array.from({ length: 5 }, () => category));
    const emails: string[] = [];
    for (const [index, category] of groups.entries()) emails.push(await event.attendee(`g${index}`, { category }));
    const labelsOf = async (email = '') => (await event.passOf(email)).labels;
    const told = async () => [await labelsOf(emails[0]), await labelsOf(emails[9])];
    // One of the two large groups stands for all who may still come, and would be alone.
    const before = await told();
    expect(before).toEqual([
      { mode: 'other', category: 'other' },
      { mode: 'other', category: 'ngo' },
    ]);
    const late = await event.attendee('late', { category: 'media' });
    shiftClock(A_WHILE);
    expect(await labelsOf(late)).toEqual({ mode: 'other', category: 'other' });
    for (const name of ['h1', 'h2', 'h3', 'h4']) await event.attendee(name, { category: 'media' });
    shiftClock(2 * A_WHILE);
    expect(await told()).toEqual(before);
    expect(await labelsOf(late)).toEqual({ mode: 'other', category: 'media' });
    // What they are by now is not what they were counted as.
    const { eventId, reference } = await event.registrationOf(late);
    const change = {
      TableName: parts.database.tables.registry,
      Key: registrationKey(eventId, reference),
      UpdateExpression: 'SET category = :other',
      ExpressionAttributeValues: { ':other': 'un-body' },
    };
    await documentClient(parts.database.client).send(new UpdateCommand(change));
    expect(await labelsOf(late)).toEqual({ mode: 'other', category: 'media' });
  });

  it('is of nobody twice who cancels, registers anew and comes again', async () => {
    const event = await openFeedback(parts, 'feedback-anew');
    const email = await event.attendee('anew');
    expect(await event.send(await event.proofOf(email))).toMatchObject({ status: 201 });
    const before = await event.registrationOf(email);
    const authorization = `Bearer ${await event.tokenOf(email)}`;
    const cancelled = await call('cancelRegistration', { headers: { authorization } });
    expect(cancelled.statusCode).toBe(200);
    await event.attendee('anew');
    const { reference } = await event.registrationOf(email);
    expect(reference).not.toBe(before.reference);
    const { blinded } = await blind(await event.passOf(email));
    const refused = { status: 409, body: { type: problem('token-elsewhere') } };
    expect(await event.issue(email, 'event', blinded)).toMatchObject(refused);
    // Another person at the same address is another attendee.
    const other = await event.attendee('anew-too', { fullName: 'Other Sample' });
    expect(await event.send(await event.proofOf(other))).toMatchObject({ status: 201 });
  });

  it('is of whoever comes in the place of somebody who has answered, too', async () => {
    const event = await openFeedback(parts, 'feedback-instead');
    const email = await event.attendee('former');
    const first = await event.proofOf(email);
    expect(await event.send(first)).toMatchObject({ status: 201 });
    const { reference, revision } = await event.registrationOf(email);
    const newcomer = {
      fullName: 'Sample Newcomer',
      email: 'newcomer@example.org',
      position: 'Officer',
      language: 'en',
    };
    const instead = await event.organise('substituteRegistration', { reference }, { revision, ...newcomer });
    expect(instead).toMatchObject({ status: 200 });
    const elsewhere = await event.ask('makeFeedbackPass', 'event', 'newcomer@example.org');
    expect(elsewhere, 'they did not come yet').toMatchObject({ status: 403, body: { type: problem('not-attended') } });
    const ticket = ticketHashOf(await event.registrationOf('newcomer@example.org'));
    await event.phone.send([sentScan({ ticket, reference })]);
    const second = await event.proofOf('newcomer@example.org');
    expect(second.token).not.toBe(first.token);
    expect(await event.send(second)).toMatchObject({ status: 201 });
    expect((await counted('feedback-instead', 'event')).mode).toMatchObject({ other: { answers: 2 } });
  });

  it('is of nobody twice whose address was put right by naming them again', async () => {
    const event = await openFeedback(parts, 'feedback-same-name');
    const email = await event.attendee('same');
    expect(await event.send(await event.proofOf(email))).toMatchObject({ status: 201 });
    const { reference, revision, fullName, formerHolders } = await event.registrationOf(email);
    const again = { revision, fullName, email: 'same-again@example.org', position: 'Officer', language: 'en' };
    expect(await event.organise('substituteRegistration', { reference }, again)).toMatchObject({ status: 200 });
    const after = await event.registrationOf('same-again@example.org');
    expect(after.formerHolders).toBe(formerHolders);
    // What they attended follows them, now rather than in a while.
    const ticket = ticketHashOf(after);
    await event.phone.send([sentScan({ ticket, reference })]);
    const { blinded } = await blind(await event.passOf('same-again@example.org'));
    expect(await event.issue('same-again@example.org', 'event', blinded)).toMatchObject({
      status: 409,
      body: { type: problem('token-elsewhere') },
    });
  });

  it('is taken of one token once, also where it comes twice at the same moment', async () => {
    const event = await openFeedback(parts, 'feedback-same-moment');
    const proof = await event.proofOf(await event.attendee('twice'));
    const answers = await Promise.all([1, 2, 3, 4].map((overall) => event.send(proof, { overall })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect((await counted('feedback-same-moment', 'event')).mode).toMatchObject({ other: { answers: 1 } });
  });

  it('is given one token: the same as often as it is asked for, and no second one', async () => {
    const event = await openFeedback(parts, 'feedback-token');
    const email = await event.attendee('token');
    const pass = await event.passOf(email);
    const [first, second] = [await blind(pass), await blind(pass)];
    const answer = await event.issue(email, 'event', first.blinded);
    expect(answer).toMatchObject({ status: 200 });
    expect(await event.issue(email, 'event', first.blinded)).toEqual(answer);
    const elsewhere = await event.issue(email, 'event', second.blinded);
    expect(elsewhere).toMatchObject({ status: 409, body: { type: problem('token-elsewhere') } });
    const moments = await Promise.all(
      [first, second, first, second].map(({ blinded }) => event.issue(email, 'event', blinded)),
    );
    expect(moments.map(({ status }) => status)).toEqual([200, 409, 200, 409]);
  });

  it('gives everyone who asks at the same moment the same key, which anybody can look up', async () => {
    const event = await openFeedback(parts, 'feedback-keys');
    const emails = [];
    for (const name of ['k1', 'k2', 'k3', 'k4']) emails.push(await event.attendee(name));
    const keysNow = async () => {
      const answer = await call('getFeedbackKeys', { params: { eventId: 'feedback-keys', form: 'event' } });
      return JSON.parse(answer.body ?? '').keys;
    };
    expect(await keysNow()).toEqual({});
    const keys = await Promise.all(emails.map(async (email) => (await event.passOf(email)).publicKey));
    expect(new Set(keys).size).toBe(1);
    // Those for people under 18 too: nobody is to learn from them that any came.
    expect(await keysNow()).toEqual({ adult: keys[0], young: expect.any(String) });
  });

  it('is refused with a token that is altered, moved to another form, or made up', async () => {
    const event = await openFeedback(parts, 'feedback-forged');
    const email = await event.attendee('forger');
    const proof = await event.proofOf(email);
    const other = await event.proofOf(await event.attendee('other'));
    const flipped = (of: string) => `${of.startsWith('A') ? 'B' : 'A'}${of.slice(1)}`;
    const forged = [
      { ...proof, token: flipped(proof.token) },
      { ...proof, signature: flipped(proof.signature) },
      { ...proof, signature: other.signature },
      { ...proof, token: other.token },
      { ...proof, signature: 'A'.repeat(342) },
    ];
    for (const each of forged)
      expect(await event.send(each)).toMatchObject({ status: 403, body: { type: problem('token-not-valid') } });
    const moved = await event.send(proof, { useful: 3 }, 'session-opening');
    expect(moved).toMatchObject({ status: 403, body: { type: problem('token-not-valid') } });
    expect(await event.send(proof)).toMatchObject({ status: 201 });
  });
});

describe('who may answer', () => {
  it('is nobody who did not come, and whoever a door took back', async () => {
    const event = await openFeedback(parts, 'feedback-absent');
    await event.register('absent@example.org');
    const refused = { status: 403, body: { type: problem('not-attended') } };
    expect(await event.ask('makeFeedbackPass', 'event', 'absent@example.org')).toMatchObject(refused);
    const present = await event.attendee('present');
    const { blinded } = await blind(await event.passOf(present));
    expect(await event.issue('absent@example.org', 'event', blinded)).toMatchObject(refused);
    const { ticket, reference } = await event.holder('taken-back@example.org');
    const inside = sentScan({ ticket, reference });
    await event.phone.send([inside]);
    const undo = sentScan({ ticket, reference, kind: 'undo', undoes: inside.scanId, correctedAt: Date.now() + 1 });
    await event.phone.send([undo]);
    expect(await event.ask('makeFeedbackPass', 'event', 'taken-back@example.org')).toMatchObject(refused);
  });

  it('is whoever came on the day, until somebody is scanned at the door of the session', async () => {
    const event = await openFeedback(parts, 'feedback-scanned');
    await event.put('day-day-1', { place: { kind: 'day', day: 'day-1' }, ...open });
    await event.put('opening', { place: { kind: 'session', session: 'opening' }, passing: 'again', ...open });
    const form = 'session-opening';
    const day = await event.attendee('day');
    const entrance = await event.ask('makeFeedbackPass', form, day);
    expect(entrance.status, 'as long as nobody is scanned for the day, the entrance says it').toBe(200);
    const phone = await openPhone(parts, event.id, { lists: ['day-day-1', 'opening'], endsAt: Date.now() + DAY });
    const come = async (email: string, list: string) => {
      const { ticket, reference } = await event.holder(email);
      expect(await phone.send([sentScan({ ticket, reference, list })])).toMatchObject({
        answers: [{ result: 'kept' }],
      });
      shiftClock(A_WHILE);
    };
    await come('other-day@example.org', 'day-day-1');
    expect(await event.ask('makeFeedbackPass', form, day)).toMatchObject({ status: 403 });
    expect(await event.ask('makeFeedbackPass', form, 'other-day@example.org')).toMatchObject({ status: 200 });
    await come('room@example.org', 'opening');
    expect(await event.ask('makeFeedbackPass', form, 'other-day@example.org')).toMatchObject({ status: 403 });
    expect(await event.ask('makeFeedbackPass', form, 'room@example.org')).toMatchObject({ status: 200 });
  });

  it('is whoever an organiser says, from that moment on: whoever came that day, though one was scanned at the door', async () => {
    const event = await openFeedback(parts, 'feedback-by');
    await event.put('opening', { place: { kind: 'session', session: 'opening' }, passing: 'again', ...open });
    const form = 'session-opening';
    const emails: string[] = [];
    const groups = ['academia', 'ngo'].flatMap((category) => Array.from({ length: 5 }, () => category));
    for (const [index, category] of groups.entries()) emails.push(await event.attendee(`by-${index}`, { category }));
    const email = emails[9] ?? '';
    const { ticket, reference } = await event.holder('by-stray@example.org');
    const phone = await openPhone(parts, event.id, { lists: ['opening'], endsAt: Date.now() + DAY });
    await phone.send([sentScan({ ticket, reference, list: 'opening' })]);
    shiftClock(A_WHILE);
    const say = (by: string, revision: number) =>
      ask('organiser', 'changeForm', {
        params: { eventId: event.id, formId: form },
        body: { kind: 'attended-by', by, revision },
      });
    const { publicKey } = await event.passOf('by-stray@example.org', form);
    const { blinded } = await blind({ publicKey });
    const refused = { status: 403, body: { type: problem('not-attended') } };
    expect(await event.ask('makeFeedbackPass', form, email)).toMatchObject(refused);
    expect(await event.issue(email, form, blinded)).toMatchObject(refused);
    expect((await say('day', 1)).status).toBe(200);
    expect(await event.ask('makeFeedbackPass', form, email)).toMatchObject({ status: 200 });
    shiftClock(A_WHILE);
    expect((await event.passOf(email, form)).labels).toEqual({ mode: 'other', category: 'ngo' });
    const proof = await event.proofOf(email, form);
    expect((await say('door', 2)).status).toBe(200);
    expect(await event.ask('makeFeedbackPass', form, emails[1] ?? '')).toMatchObject(refused);
    expect(await event.send(proof, { useful: 4 }, form), 'a token that was given stays good').toMatchObject({
      status: 201,
    });
  });

  it('is of nobody by a group of whom fewer than five are left, from the moment that a scan at the door says who may', async () => {
    const event = await openFeedback(parts, 'feedback-late-scan');
    await event.put('opening', { place: { kind: 'session', session: 'opening' }, passing: 'again', ...open });
    const form = 'session-opening';
    const emails: string[] = [];
    const groups = ['academia', 'ngo'].flatMap((category) => Array.from({ length: 5 }, () => category));
    for (const [index, category] of groups.entries()) emails.push(await event.attendee(`late-${index}`, { category }));
    const email = emails[9] ?? '';
    // Who came is read at one moment, and what is said of them at another.
    expect(await event.ask('makeFeedbackPass', 'session-none', email)).toMatchObject({ status: 404 });
    // However long: no path is a form's errors.
    const unheardOf = 'x'.repeat(1500);
    expect(await event.ask('makeFeedbackPass', unheardOf, email)).toMatchObject({ status: 404 });
    expect((await call('getFeedbackKeys', { params: { eventId: event.id, form: unheardOf } })).statusCode).toBe(404);
    shiftClock(A_WHILE / 2);
    expect((await event.passOf(email, form)).labels).toEqual({ mode: 'other', category: 'ngo' });
    const registration = await event.registrationOf(email);
    const { reference } = registration;
    const ticket = ticketHashOf(registration);
    const phone = await openPhone(parts, event.id, { lists: ['opening'], endsAt: Date.now() + DAY });
    await phone.send([sentScan({ ticket, reference, list: 'opening' })]);
    shiftClock(A_WHILE / 2);
    expect(await event.ask('makeFeedbackPass', form, emails[8] ?? '')).toMatchObject({ status: 403 });
    expect((await event.passOf(email, form)).labels).toEqual({ mode: 'other', category: 'other' });
  });

  it('is nobody who came that day and may not know of a closed session, whatever an organiser says', async () => {
    const { sessions } = forum();
    const title = { en: 'Closed', km: 'បិទ' };
    const closed = { id: 'closed', day: 'day-1', start: '17:00', end: '18:00', title, audience: ['academia'] };
    const form = 'session-closed';
    const event = await openFeedback(parts, 'feedback-closed-day', {
      sessions: [...sessions, closed],
      forms: { [form]: { ...OPEN_NOW, by: 'day' } },
    });
    const stranger = await event.attendee('closed-stranger');
    const admitted = await event.attendee('closed-admitted', { closedSessions: true });
    const { reference, revision } = await event.registrationOf(admitted);
    const approved = await ask('organiser', 'decideRegistration', {
      params: { eventId: event.id, reference },
      body: { decision: 'approve', revision },
    });
    expect(approved.status, JSON.stringify(approved.body)).toBe(200);
    const { publicKey } = await event.passOf(admitted, form);
    expect(await event.send(await event.proofOf(admitted, form), { useful: 4 }, form)).toMatchObject({ status: 201 });
    const { blinded } = await blind({ publicKey });
    expect(await event.ask('makeFeedbackPass', form, stranger)).toMatchObject({ status: 404 });
    expect(await event.issue(stranger, form, blinded)).toMatchObject({ status: 404 });
    const page = async (email: string) =>
      (await call('showMyFeedback', { params: { token: await event.tokenOf(email) } })).body ?? '';
    expect(await page(admitted)).toContain(`/f/${event.id}/${form}`);
    expect(await page(stranger)).not.toMatch(/session-closed|Closed/);
  });

  it('is nobody with a link that was replaced, broken, or of something else', async () => {
    const event = await openFeedback(parts, 'feedback-links');
    const email = await event.attendee('link');
    const manage = await event.tokenOf(email);
    const params = { eventId: 'feedback-links', form: 'event' };
    for (const token of [manage, '', 'feedback-links.0000000000.aaaaaaaaaaaaaaaaaaaaaa', `${manage}x`]) {
      const answer = await call('makeFeedbackPass', { params, headers: { authorization: `Bearer ${token}` } });
      expect(answer).toMatchObject({ statusCode: 401 });
    }
    expect(await event.ask('makeFeedbackPass', 'event', email)).toMatchObject({ status: 200 });
  });
});

describe('a form', () => {
  let shared: Awaited<ReturnType<typeof openFeedback>>;
  beforeAll(async () => {
    shared = await openFeedback(parts, 'feedback-form');
  });

  it('takes nothing before it opens, after it is closed, or while it is off', async () => {
    const event = await openFeedback(parts, 'feedback-when', { forms: { event: OPEN_NOW } });
    const email = await event.attendee('when');
    const proof = await event.proofOf(email);
    const later = await event.ask('makeFeedbackPass', 'session-opening', email);
    expect(later).toMatchObject({ status: 409, body: { type: problem('feedback-not-open') } });
    await event.set({ event: { ...OPEN_NOW, closedAt: new Date().toISOString() } });
    shiftClock(A_WHILE);
    const closed = { status: 409, body: { type: problem('feedback-closed') } };
    expect(await event.send(proof)).toMatchObject(closed);
    expect(await event.ask('makeFeedbackPass', 'event', email)).toMatchObject(closed);
    await event.set({ event: { ...OPEN_NOW, isOff: true } });
    shiftClock(A_WHILE);
    expect(await event.send(proof)).toMatchObject({ status: 404 });
    expect(await event.ask('makeFeedbackPass', 'event', email)).toMatchObject({ status: 404 });
    await event.set({ event: OPEN_NOW });
    shiftClock(A_WHILE);
    expect(await event.send(proof), 'the token is as good as before').toMatchObject({ status: 201 });
    expect(await event.send(proof, {}, 'session-nap')).toMatchObject({ status: 404 });
    expect(await event.ask('makeFeedbackPass', 'session-nap', email)).toMatchObject({ status: 404 });
  });

  it.each([
    ['a question that is none', { overall: 3, nap: 'x' }, ['answers.nap unknown-field']],
    ['a question of another form', { overall: 3, useful: 3 }, ['answers.useful unknown-field']],
    ['a rating out of range', { overall: 6 }, ['answers.overall unknown-option']],
    ['a rating of none', { overall: 0 }, ['answers.overall unknown-option']],
    ['half a rating', { overall: 2.5 }, ['answers.overall unknown-option']],
    ['no rating where one is required', { safe: 3 }, ['answers.overall required']],
    ['nothing at all', {}, ['answers.overall required']],
    ['too many words', { overall: 3, comment: 'x'.repeat(2000) }, ['answers.comment too-long']],
    ['a rating in words', { overall: 'good' }, ['answers.overall wrong-type']],
  ])('refuses %s, and spends no token', async (what, answers, errors) => {
    const proof = await shared.proofOf(await shared.attendee(what.replaceAll(' ', '-')));
    expect(errorsOf(await shared.send(proof, answers))).toEqual({ status: 422, errors });
    expect(await shared.send(proof)).toMatchObject({ status: 201 });
  });

  it('refuses 20 KB of text as too large, keeps a script as the text that it is, and takes no label that is none', async () => {
    const event = await openFeedback(parts, 'feedback-words');
    const proof = await event.proofOf(await event.attendee('words'));
    expect(await event.send(proof, { overall: 3, comment: 'x'.repeat(20_480) })).toMatchObject({ status: 413 });
    const labels = await event.send({ ...proof, mode: 'somewhere', category: 'me alone' });
    expect(errorsOf(labels)).toEqual({ status: 422, errors: ['mode unknown-option'] });
    const comment = '<script>alert(1)</script>';
    expect(await event.send(proof, { overall: 3, comment })).toMatchObject({ status: 201 });
    const { store } = feedbackOf(parts.database);
    const of = { eventId: event.id, form: 'event' };
    expect(await store.open(of, await store.waiting(of))).toMatchObject([{ texts: { comment } }]);
  });

  it.each([
    ['too little', 'A'.repeat(341), 'blinded wrong-type'],
    ['too much', 'A'.repeat(343), 'blinded wrong-type'],
    ['no number below the modulus', '_'.repeat(342), 'blinded wrong-type'],
  ])('signs nothing that is %s, and gives a token afterwards', async (what, blinded, error) => {
    const email = await shared.attendee(what.replaceAll(' ', '-'));
    expect(errorsOf(await shared.issue(email, 'event', blinded))).toEqual({ status: 422, errors: [error] });
    expect(await shared.send(await shared.proofOf(email))).toMatchObject({ status: 201 });
  });
});

describe('without a script', () => {
  it('FB1: a form is sent from one’s own page, counted once however often it comes, and says what that weakens', async () => {
    const event = await openFeedback(parts, 'feedback-plain');
    const email = await event.attendee('plain');
    const params = { token: await event.tokenOf(email), form: 'event' };
    const noted = () => scan(parts, 'registry', { partitions: ['FEEDBACK-ISSUED#feedback-plain#'] });
    const send = (...fields: [string, string][]) => call('postMyFeedback', { params, ...postForm(fields) });
    const shown = await send();
    expect(shown).toMatchObject({ statusCode: 200, body: expect.stringContaining('Our server sees whose answers') });
    expect(shown.body).not.toContain('name="token"');
    expect(await noted(), 'whoever only looks').toEqual([]);
    const wrong = await send(['sent', '1'], ['answers.comment', 'Kept as typed']);
    expect(wrong).toMatchObject({ statusCode: 422, body: expect.stringContaining('Kept as typed') });
    expect(errorsIn(await send(['sent', '1']))).toBe(true);
    expect(await noted(), 'whoever has still their word to say').toEqual([]);
    const location = '/f/feedback-plain/event/thanks?lang=en';
    const thanked = { statusCode: 303, headers: { location } };
    const [right, ...again] = await Promise.all(
      ['5', '1', '1'].map((overall) => send(['sent', '1'], ['answers.overall', overall], ['answers.comment', ''])),
    );
    for (const each of [right, ...again]) expect(each).toMatchObject(thanked);
    expect(await send(['sent', '1'], ['answers.overall', '2']), 'a success twice').toMatchObject(thanked);
    const { mode } = await counted(event.id, 'event');
    expect(mode['other']?.answers).toBe(1);
    const script = await event.ask('issueFeedbackToken', 'event', email, {
      blinded: (await blind(await event.passOf(email))).blinded,
    });
    expect(script, 'a token besides, in another browser').toMatchObject({ status: 409 });
  });

  it('is for nobody whose browser began with a token of its own: that is the one', async () => {
    const event = await openFeedback(parts, 'feedback-began');
    const email = await event.attendee('began');
    const proof = await event.proofOf(email);
    const params = { token: await event.tokenOf(email), form: 'event' };
    const fields: [string, string][] = [
      ['sent', '1'],
      ['answers.overall', '5'],
    ];
    const elsewhere = await call('postMyFeedback', { params, ...postForm(fields) });
    expect(elsewhere.statusCode).toBe(409);
    expect(await event.send(proof)).toMatchObject({ status: 201 });
    expect((await call('postMyFeedback', { params, ...postForm(fields) })).statusCode).toBe(409);
    expect((await counted(event.id, 'event')).mode['other']?.answers).toBe(1);
  });

  it('takes no field that the form does not have', async () => {
    const event = await openFeedback(parts, 'feedback-here');
    const params = { token: await event.tokenOf(await event.attendee('here')), form: 'event' };
    const send = (...fields: [string, string][]) => call('postMyFeedback', { params, ...postForm(fields) });
    for (const stranger of ['token', 'mode', 'answers.nap']) {
      const refused = await send(['sent', '1'], ['answers.overall', '5'], [stranger, 'x']);
      expect(refused.statusCode, stranger).toBe(422);
    }
    expect((await counted(event.id, 'event')).mode).toEqual({});
  });

  it('counts whoever came as one of a group that the event has no more among the others', async () => {
    const event = await openFeedback(parts, 'feedback-no-group');
    const proof = await event.proofOf(await event.attendee('no-group'));
    expect(await event.send({ ...proof, category: 'no-more' })).toMatchObject({ status: 201 });
    expect((await counted(event.id, 'event')).category).toMatchObject({ other: { answers: 1 } });
  });

  it('the form that everybody opens is the same, and what is sent without a token is refused', async () => {
    const event = await openFeedback(parts, 'feedback-page');
    const params = { eventId: event.id, form: 'event' };
    const shown = await call('showFeedbackForm', { params });
    expect(shown).toMatchObject({ statusCode: 200, headers: { 'cache-control': expect.stringMatching(/^public/) } });
    expect(shown.body).toContain('name="answers.overall"');
    const bare = await call('postFeedbackForm', { params, ...postForm([['answers.overall', '5']]) });
    expect(bare.statusCode).toBe(403);
    expect((await call('showFeedbackForm', { params: { ...params, form: 'nap' } })).statusCode).toBe(404);
    expect((await call('showFeedbackForm', { params: { ...params, eventId: 'no-event' } })).statusCode).toBe(404);
  });

  it('the list of forms says what one can answer, and what one did not come to is not in it', async () => {
    const event = await openFeedback(parts, 'feedback-mine');
    await event.register('stranger@example.org');
    const came = await event.attendee('came');
    const page = async (email: string) =>
      (await call('showMyFeedback', { params: { token: await event.tokenOf(email) } })).body ?? '';
    expect(await page(came)).toContain('/f/feedback-mine/event?lang=en');
    expect(await page('stranger@example.org')).not.toContain('/f/feedback-mine/');
    expect(await page(came), 'nothing of the link that manages the registration').not.toMatch(
      new RegExp(`data-feedback="${await event.tokenOf(came)}"`),
    );
  });
});

const errorsIn = ({ statusCode, body = '' }: { readonly statusCode?: number; readonly body?: string }): boolean =>
  statusCode === 422 && body.includes('class="errors"');

describe('the keys of a form', () => {
  it('are encrypted under a key that no other function may use, each form with its own', async () => {
    const event = await openFeedback(parts, 'feedback-sealed');
    const email = await event.attendee('sealed');
    await event.passOf(email);
    await event.passOf(email, 'session-opening');
    const items = await scan(parts, 'registry', { partitions: ['FEEDBACK-KEYS#feedback-sealed#'] });
    const forms = ['event', 'session-opening'];
    expect(items.map(({ pk }) => pk).sort()).toEqual(forms.map((form) => `FEEDBACK-KEYS#feedback-sealed#${form}`));
    const sealing = kmsSealing(new KMSClient({}), readEnvironment(MANIFESTS['feedback-tokens']).feedbackKey);
    const of = (form: string) => ({ eventId: 'feedback-sealed', form });
    const opened = await Promise.all(
      forms.map(async (form) => {
        const keys = await readFeedbackKeys(
          documentClient(parts.database.client),
          parts.database.tables.registry,
          of(form),
        );
        if (keys === undefined) throw new Error('no keys');
        const { sealed, publicKeys } = keys;
        const secrets = await sealing.open(sealed, of(form));
        for (const group of PASS_GROUPS) {
          const key = createPrivateKey({ key: secrets.privateKeys[group], format: 'der', type: 'pkcs8' });
          const half = createPublicKey(key).export({ format: 'der', type: 'spki' });
          expect(half.equals(publicKeys[group])).toBe(true);
        }
        return { sealed, secrets };
      }),
    );
    const all = opened.flatMap(({ secrets: { names, privateKeys } }) => [names, privateKeys.adult, privateKeys.young]);
    expect(new Set(all.map((bytes) => bytes.toString('hex'))).size).toBe(6);
    const kept = Buffer.concat(items.map(({ sealed }) => Buffer.from(String(sealed), 'base64url')));
    for (const bytes of all) expect(kept.includes(bytes.subarray(-24))).toBe(false);
    const [first] = opened;
    await expect(sealing.open(first?.sealed ?? Buffer.alloc(0), of('session-opening'))).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidCiphertextException' }),
    );
    const changed = Buffer.from(first?.sealed ?? []);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await expect(sealing.open(changed, of('event'))).rejects.toThrow();
    const users = Object.entries(MANIFESTS).filter(
      ([
        ,
        {
          access: { feedbackKey = [] },
        },
      ]) => feedbackKey.length > 0,
    );
    expect(users.map(([name]) => name)).toEqual(['feedback-tokens']);
  });
});
