import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { certificateCode } from '../../shared/certificates/certificate-code.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { encodeCrockford } from '../../shared/kernel/text/crockford.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { call } from '../support/call.ts';
import { AFTERWARDS, mainOf, openCertificates, opened, setTime } from '../support/certificates.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { ask } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const FIRST_DAY = '2027-11-02T03:00:00Z';

it('whoever walked in gets one like everyone, also without an address: by the link that they are handed', async () => {
  const event = await openCertificates(parts, 'whose-walk-in', { quotas: [] });
  setTime(FIRST_DAY);
  const desk = await openPhone(parts, event.id, { lists: ['day-day-1'], maySearch: true });
  const ticketId = encodeCrockford(realSystem.random(12));
  const walkIn = { ticketId, isAdult: true, ...{ fullName: 'Test Walker', organisation: 'Example Media' } };
  const ticket = ticketHashOf({ ticketId });
  const told = sentScan({ list: 'day-day-1', ticket, walkIn: { ...walkIn, country: 'KH', category: 'ngo' } });
  expect((await desk.send([told])).answers).toEqual([{ result: 'kept' }]);
  setTime(AFTERWARDS);
  const { reference, email } = await event.registrationOf('');
  expect(email).toBe('');
  const { body } = await ask('organiser', 'makeFreshLink', { params: { eventId: event.id, reference } });
  const [, token = ''] = /\/m\/([^?]+)/.exec(body.link) ?? [];
  const page = (await call('showCertificate', { params: { token } })).body;
  expect(page).toContain('Your certificate is ready');
  const { title, code } = opened(await call('getCertificate', { params: { token } }));
  expect(title).toContain('Test Walker');
  expect((await event.verify(code)).body).toContain('<p>Test Walker</p>');
});

it('CS: whoever is under 18 gets one without a code, and none that would be right proves anything', async () => {
  const event = await openCertificates(parts, 'whose-young', { quotas: [] });
  const email = 'dara@young.example.org';
  await event.registerYoung(email, { fullName: 'Dara Unmistakable' });
  await event.comesOn(email);
  setTime(AFTERWARDS);
  const registration = await event.registrationOf(email);
  expect([registration.status, registration.ageBand]).toEqual(['confirmed', 'minor']);
  const { title, url, bytes } = opened(await event.get(email));
  expect(title).toContain('Dara Unmistakable');
  expect(url).toBe('');
  const code = await certificateCode(registration, event.deps.secrets);
  expect(bytes.toString('latin1')).not.toContain(Buffer.from(code, 'utf16le').swap16().toString('hex').toUpperCase());
  const { body } = await event.verify(code);
  expect(body).toContain('This certificate is not valid');
  expect(body).not.toMatch(/Dara|Unmistakable/);
  expect(mainOf(body)).toBe(mainOf((await event.verify(`${code.slice(0, -4)}0000`)).body));
});

it('whoever changed their name while the event ran has the new one certified', async () => {
  const event = await openCertificates(parts, 'whose-renamed');
  const email = 'renamed@example.org';
  await event.register(email, { fullName: 'Former Example' });
  await event.comesOn(email);
  const before = await event.registrationOf(email);
  expect((await event.amend(email, { fullName: 'Later Example' })).statusCode).toBe(200);
  setTime(AFTERWARDS);
  const { title, code } = opened(await event.get(email));
  expect(title).toContain('Later Example');
  expect((await event.verify(code)).body).toContain('<p>Later Example</p>');
  const former = await certificateCode(before, event.deps.secrets);
  expect((await event.verify(former)).body).toContain('This certificate is not valid');
});

describe('whoever takes the place of someone who came', () => {
  const substitute = async (event: Awaited<ReturnType<typeof openCertificates>>, from: string, to: string) => {
    const { reference, revision } = await event.registrationOf(from);
    const person = { fullName: 'Other Person', position: 'Example', email: to };
    const body = { ...person, revision };
    const answer = await ask('organiser', 'substituteRegistration', {
      params: { eventId: event.id, reference },
      body,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  };

  it('gets one for where they came themselves alone; that of the former one is not valid', async () => {
    const event = await openCertificates(parts, 'whose-place');
    const [from, to] = ['former@example.org', 'other@example.org'];
    await event.register(from, { fullName: 'Former Person' });
    await event.comesOn(from);
    const before = await event.registrationOf(from);
    await substitute(event, from, to);
    // What the former one was scanned for is taken from the ticket.
    await event.doJobs();
    setTime(AFTERWARDS);
    expect(await event.show(to)).toContain('There is no certificate for you');
    expect((await event.get(to)).statusCode).toBe(303);
    const former = await certificateCode(before, event.deps.secrets);
    expect((await event.verify(former)).body).toContain('This certificate is not valid');
    await event.comesOn(to, 1);
    setTime(AFTERWARDS);
    const { title, code } = opened(await event.get(to));
    expect(title).toContain('Other Person');
    expect((await event.verify(code)).body).toContain('<p>Other Person</p>');
  });
});

it('nothing that is typed where codes are checked is more than a wrong code', async () => {
  const event = await openCertificates(parts, 'whose-hostile');
  const email = 'valid@example.org';
  await event.register(email);
  await event.comesOn(email);
  setTime(AFTERWARDS);
  const { code } = opened(await event.get(email));
  const elsewhere = await openCertificates(parts, 'whose-elsewhere');
  setTime(AFTERWARDS);
  const hostile = [
    `${code}${code}`,
    `' OR reference <> '`,
    `${code}'; DROP TABLE registrations; --`,
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '{{7*7}}%00%0d%0aSet-Cookie:a=b',
    `${code}\u0000`,
    '\u202e\u200b\ufeff',
    'A'.repeat(10_240),
    '-'.repeat(10_240),
  ];
  const nothing = mainOf((await event.verify('')).body);
  for (const typed of hostile) {
    const { statusCode, body } = await event.verify(typed);
    expect(statusCode, typed).toBe(200);
    expect(body).not.toMatch(/<script>alert|<img src=x|Somchai/);
    expect(mainOf(body), typed).toBe(nothing);
  }
  expect(mainOf((await event.verify(code, elsewhere.id)).body)).toBe(nothing);
  expect((await event.verify(code)).body).toContain('This certificate is valid');
});
