import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { certificateCode } from '../../shared/certificates/certificate-code.store.ts';
import { call, postJson } from '../support/call.ts';
import { NAMES } from '../support/certificate.ts';
import { AFTERWARDS, openCertificates, opened, setTime } from '../support/certificates.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone } from '../support/phone.ts';
import { scan } from '../support/registry.ts';
import { rosterPhone } from '../support/roster-phone.ts';
import { ask, auditOf } from '../support/team.ts';
import { youngSubmission } from '../support/young.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const WRONG = { fullName: 'Zoe Exmaple', nativeName: NAMES.th };
const RIGHT = { fullName: 'Zoë Example', nativeName: NAMES.km };

describe('a name that is corrected', () => {
  it('after the event is that of the certificate, whose former code is not valid any more; ticket and link stay', async () => {
    const event = await openCertificates(parts, 'name-after');
    const email = 'wrong@name-after.example.org';
    await event.register(email, { ...WRONG, badgeName: '' });
    await event.comesOn(email);
    setTime(AFTERWARDS);
    const before = await event.registrationOf(email);
    const former = opened(await event.get(email)).code;
    expect((await event.amend(email, RIGHT)).statusCode).toBe(409);
    const mailed = await event.kindsTo(email);
    const { status, body } = await event.rename(email, RIGHT);
    expect([status, body]).toMatchObject([200, { ...RIGHT, badgeName: RIGHT.fullName, status: 'confirmed' }]);
    const after = await event.registrationOf(email);
    const { revision, changedAt } = after;
    expect(after).toEqual({
      ...before,
      ...RIGHT,
      badgeName: RIGHT.fullName,
      revision,
      changedAt,
      certificate: { renamedAt: changedAt },
      history: [expect.objectContaining({ was: { ...WRONG, badgeName: WRONG.fullName } })],
    });
    expect(revision).toBe(before.revision + 1);
    const { title, code } = opened(await event.get(email));
    expect(title).toContain(RIGHT.fullName);
    expect((await event.verify(code)).body).toContain(`<p>${RIGHT.fullName}</p>`);
    expect((await event.verify(former)).body).toContain('This certificate is not valid');
    expect(await event.kindsTo(email)).toEqual(mailed);
  });

  it('is noted once, without the names, however often it is sent, and not on what nobody looked at', async () => {
    const event = await openCertificates(parts, 'name-noted');
    const email = 'wrong@name-noted.example.org';
    await event.register(email, { ...WRONG, badgeName: '' });
    const { reference, revision } = await event.registrationOf(email);
    const stale = await event.rename(email, RIGHT, 'organiser', -1);
    expect([stale.status, stale.body.type]).toEqual([409, expect.stringContaining('changed-meanwhile')]);
    const params = { eventId: event.id, reference };
    const sent = () => ask('organiser', 'correctName', { params, body: { ...RIGHT, revision } });
    const answers = [await sent(), ...(await Promise.all([sent(), sent()]))];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await event.registrationOf(email)).revision).toBe(revision + 1);
    expect(await auditOf(parts, event.id)).toEqual([`correct-name ${reference}`]);
    const noted = (await scan(parts, 'audit')).filter((item) => item['eventId'] === event.id);
    expect(JSON.stringify(noted)).not.toMatch(/Zo[eë]/);
  });

  it('leaves a badge with a name of its own, and is without one in their own script where none is sent', async () => {
    const event = await openCertificates(parts, 'name-badge');
    const email = 'wrong@name-badge.example.org';
    await event.register(email, { ...WRONG, badgeName: 'Z.' });
    const { body } = await event.rename(email, { fullName: ' Zoë   Example ' });
    expect([body.fullName, body.badgeName, body.nativeName]).toEqual(['Zoë Example', 'Z.', undefined]);
    expect((await event.registrationOf(email)).nativeName).toBeUndefined();
  });

  it('is refused for what is refused whoever registers', async () => {
    const event = await openCertificates(parts, 'name-refused');
    const email = 'wrong@name-refused.example.org';
    await event.register(email, { ...WRONG, badgeName: '' });
    const before = await event.registrationOf(email);
    for (const names of [
      { fullName: '' },
      { fullName: ' \u200b ' },
      { fullName: 'Zoë \u{1F600}' },
      { fullName: 'ស្ត្រី'.repeat(101) },
      { fullName: 'Zoë', nativeName: 'អ'.repeat(101) },
      { fullName: '', nativeName: '!!' },
    ]) {
      const [asHolder, asOrganiser] = [await event.amend(email, names), await event.rename(email, names)];
      expect([asOrganiser.status, asOrganiser.body.errors.length > 0]).toEqual([422, true]);
      expect(asOrganiser.body.errors).toEqual(asHolder.body.errors);
    }
    const unknown = await event.rename(email, { ...RIGHT, email: 'other@example.org' });
    expect(unknown.status).toBe(422);
    expect(await event.registrationOf(email)).toEqual(before);
  });

  it('asks for no approval anew, and of a person who waits for it decides nothing', async () => {
    const { categories } = forum();
    const event = await openCertificates(parts, 'name-approved', { quotas: [], categories });
    const email = 'waits@name-approved.example.org';
    await event.register(email, { ...WRONG, category: 'media', mode: 'online' });
    expect((await event.rename(email, RIGHT)).body).toMatchObject({ ...RIGHT, status: 'pending-approval' });
    const { reference, revision } = await event.registrationOf(email);
    const params = { eventId: event.id, reference };
    await ask('organiser', 'decideRegistration', { params, body: { decision: 'approve', revision } });
    const before = await event.registrationOf(email);
    expect((await event.rename(email, WRONG)).body).toMatchObject({ ...WRONG, status: 'confirmed', approved: true });
    expect((await event.registrationOf(email)).ticketId).toBe(before.ticketId);
    // An attendee who changes it themselves waits for approval anew.
    expect((await event.amend(email, RIGHT)).body.status).toBe('pending-approval');
  });

  it('is what phones at doors show', async () => {
    const event = await openCertificates(parts, 'name-door', { quotas: [] });
    const email = 'wrong@name-door.example.org';
    await event.register(email, { ...WRONG, badgeName: '' });
    const { ticketId } = await event.registrationOf(email);
    const device = await openPhone(parts, event.id);
    const phone = rosterPhone(event.id, (since) => device.roster(since));
    await phone.pull();
    expect(await phone.open(ticketId)).toMatchObject({ name: WRONG.fullName });
    await event.rename(email, RIGHT);
    await phone.pull();
    expect(await phone.open(ticketId)).toMatchObject({ name: RIGHT.fullName });
  });
});

describe('a name that was changed', () => {
  const shown = async (eventId: string, reference: string) =>
    (await ask('organiser', 'showOrganiserRegistration', { params: { eventId, reference } })).body.renamedAt;

  it('once the event has begun is seen by organisers, by whomever; one from before, or of who came before, is not', async () => {
    const event = await openCertificates(parts, 'name-seen', { quotas: [] });
    const email = 'renamed@name-seen.example.org';
    await event.register(email, { ...WRONG, badgeName: '' });
    const { reference } = await event.registrationOf(email);
    setTime('2027-11-01T16:59:00Z');
    await event.amend(email, { fullName: 'Before Example' });
    expect((await event.registrationOf(email)).certificate?.renamedAt).toBe('2027-11-01T16:59:00.000Z');
    expect(await shown(event.id, reference)).toBeUndefined();
    // Midnight in Phnom Penh.
    setTime('2027-11-01T17:00:00Z');
    await event.amend(email, { fullName: 'Once Example' });
    expect(await shown(event.id, reference)).toBe('2027-11-01T17:00:00.000Z');
    setTime('2027-11-02T03:00:00Z');
    expect((await event.amend(email, { position: 'Other' })).body.position).toBe('Other');
    await event.rename(email, { fullName: 'Once Example', nativeName: NAMES.km });
    expect(await shown(event.id, reference)).toBe('2027-11-01T17:00:00.000Z');
    setTime(AFTERWARDS);
    await event.rename(email, RIGHT);
    expect(await shown(event.id, reference)).toBe(new Date(AFTERWARDS).toISOString());
    expect((await event.page(email)).statusCode).toBe(200);
    setTime('2027-11-03T03:00:00Z');
    const { revision } = await event.registrationOf(email);
    const person = { fullName: 'Other Person', position: 'Example', email: 'other@name-seen.example.org', revision };
    const instead = await ask('organiser', 'substituteRegistration', {
      params: { eventId: event.id, reference },
      body: person,
    });
    expect([instead.status, instead.body.renamedAt]).toEqual([200, undefined]);
    expect(await shown(event.id, reference)).toBeUndefined();
  });

  it('CS: of someone under 18 who ended is forgotten with it', async () => {
    const event = await openCertificates(parts, 'name-ended', { quotas: [] });
    const email = 'dara@name-ended.example.org';
    await event.registerYoung(email);
    await event.rename(email, RIGHT, 'vettedOrganiser');
    expect((await event.registrationOf(email)).certificate?.renamedAt).toBeDefined();
    await event.press(email, 'cancel');
    expect((await event.registrationOf('')).certificate?.renamedAt).toBeUndefined();
  });
});

describe('whoever corrects a name', () => {
  it('does so within their reach, of whoever comes or may still come', async () => {
    const event = await openCertificates(parts, 'name-reach');
    const email = 'wrong@name-reach.example.org';
    await event.register(email, { ...WRONG, badgeName: '' });
    const statusFor = async (who: Parameters<typeof ask>[0]) => (await event.rename(email, RIGHT, who)).status;
    expect([await statusFor('laos'), await statusFor('care'), await statusFor('safeguarding')]).toEqual([
      404, 403, 403,
    ]);
    expect((await event.registrationOf(email)).fullName).toBe(WRONG.fullName);
    expect(await statusFor('thailand')).toBe(200);
    await event.press(email, 'cancel');
    const cancelled = await event.rename(email, WRONG);
    expect([cancelled.status, cancelled.body.type]).toEqual([409, expect.stringContaining('not-amendable')]);
  });

  it('CS13: was vetted, where it is of someone under 18; also before their guardian has agreed', async () => {
    const event = await openCertificates(parts, 'name-young');
    const [young, asked] = ['young@name-young.example.org', 'asked@name-young.example.org'];
    await event.registerYoung(young, { country: 'TH' });
    await call('submitRegistration', {
      params: { eventId: event.id },
      ...postJson(youngSubmission({ email: asked, name: 'Dra' })),
    });
    const names = { fullName: 'Dara Example' };
    for (const email of [young, asked]) {
      const before = await event.registrationOf(email);
      expect((await event.rename(email, names)).status).toBe(404);
      expect((await event.rename(email, names, 'thailand')).status).toBe(404);
      expect((await event.rename(email, names, 'safeguarding')).status).toBe(403);
      expect(await event.registrationOf(email)).toEqual(before);
      expect((await event.rename(email, names, 'vettedOrganiser')).body).toMatchObject({
        ...names,
        status: before.status,
      });
    }
  });
});

it('a name that is corrected back has the code that it had: what was printed is right again', async () => {
  const event = await openCertificates(parts, 'name-codes');
  const email = 'wrong@name-codes.example.org';
  await event.register(email, { ...WRONG, badgeName: '' });
  await event.comesOn(email);
  setTime(AFTERWARDS);
  const before = await event.registrationOf(email);
  await event.rename(email, RIGHT);
  await event.rename(email, WRONG);
  expect((await event.verify(await certificateCode(before, event.deps.secrets))).body).toContain('is valid');
});
