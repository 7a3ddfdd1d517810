import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { call } from '../support/call.ts';
import { longestName, NAMES } from '../support/certificate.ts';
import { AFTERWARDS, FIRST_DAY, mainOf, openCertificates, opened, setTime } from '../support/certificates.ts';
import { forum } from '../support/forum.ts';
import { setForms } from '../support/open-forms.ts';
import { type Parts, SITE_URL, startParts } from '../support/parts.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { ask, auditOf } from '../support/team.ts';
import { timedMail } from '../support/timed-mail.ts';

let parts: Parts;
let mail: Awaited<ReturnType<typeof timedMail>>;
beforeAll(async () => {
  parts = await startParts();
  mail = await timedMail(parts);
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const ONLINE_SESSION = forum().sessions.find(({ meetingUrl }) => meetingUrl !== undefined)?.id ?? '';

describe('a certificate', () => {
  it('is given once the event is over, to whoever came in the room or online alike, with the name that the page shows', async () => {
    const event = await openCertificates(parts, 'cert-given');
    const [room, online, away] = ['room@example.org', 'online@example.org', 'away@example.org'];
    await event.register(room, { fullName: 'Zoë Example', nativeName: NAMES.km });
    await event.register(online, { mode: 'online' });
    await event.register(away);
    await event.comesOn(room);
    expect(await event.show(room)).toContain('Your certificate is not ready yet');
    expect(await event.show(room)).toContain('It will bear the name Zoë Example.');
    expect((await event.get(room)).statusCode).toBe(303);
    await event.joins(online, ONLINE_SESSION);
    setTime(AFTERWARDS);
    const page = await event.show(room);
    expect(page).toContain('Your certificate is ready');
    expect(page).toMatch(new RegExp(`<p>Zoë Example</p>.*<p>${NAMES.km}</p>`));
    expect(page).toContain(`href="/m/${await event.tokenOf(room)}/certificate.pdf?lang=en"`);
    const answer = await event.get(room);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="certificate-cert-given.pdf"',
      'cache-control': 'no-store',
    });
    const { bytes, title, url } = opened(answer);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(title).toContain('Zoë Example');
    expect(url).toMatch(
      new RegExp(`^${SITE_URL}/e/cert-given/verify#[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$`),
    );
    expect(opened(await event.get(online)).title).toContain('Somchai Sample');
    const none = await event.show(away);
    expect(none).toContain('There is no certificate for you');
    expect(none).toContain('It takes one day. We know of none on which you were there');
    expect((await event.get(away)).headers).toMatchObject({
      location: expect.stringMatching(/\/certificate\?lang=en$/),
    });
  });

  it('is at most 60 KB with names in any script, as long as a form takes them, in both languages', async () => {
    const event = await openCertificates(parts, 'cert-names');
    const people = (Object.keys(NAMES) as (keyof typeof NAMES)[]).map((script) => ({
      email: `${script}@example.org`,
      fullName: longestName(script),
      nativeName: longestName(script, 50),
    }));
    for (const { email, ...names } of people) {
      await event.register(email, names);
      // No letter more is taken.
      expect((await event.amend(email, { fullName: `${names.fullName}${names.fullName[0]}` })).statusCode).toBe(422);
    }
    for (const { email } of people) await event.comesOn(email);
    setTime(AFTERWARDS);
    for (const { email, fullName } of people) {
      for (const language of ['en', 'km']) {
        const { bytes, title } = opened(await event.get(email, language));
        expect(title).toContain(fullName);
        expect(bytes.length).toBeLessThanOrEqual(60_000);
      }
    }
  });

  it('by sessions says how many were attended, and how many it takes', async () => {
    const sessions = forum().sessions.filter(({ id, audience }) => audience === undefined && id !== ONLINE_SESSION);
    const event = await openCertificates(parts, 'cert-sessions', {
      certificate: { kind: 'sessions', leastShare: 1 },
      sessions: forum().sessions.map((each) => ({ ...each, meetingUrl: 'https://meet.example.org/room' })),
    });
    await event.register('one@example.org', { mode: 'online' });
    await event.register('two@example.org', { mode: 'online' });
    await event.joins('one@example.org', ONLINE_SESSION);
    await event.joins('two@example.org', sessions.find(({ day }) => day === 'day-2')?.id ?? '');
    setTime(AFTERWARDS);
    expect(await event.show('one@example.org')).toContain('It takes 2 sessions. We know of one in which you were');
  });

  it('is none where the event gives none, was cancelled, or the registration was', async () => {
    const { certificate: _, ...without } = forum();
    const event = await openCertificates(parts, 'cert-none', { certificate: undefined, ...without, id: 'cert-none' });
    await event.register('none@example.org');
    setTime(AFTERWARDS);
    expect(await event.show('none@example.org')).toContain('There are no certificates for this event');
    vi.useRealTimers();
    const gone = await openCertificates(parts, 'cert-gone');
    await gone.register('gone@example.org');
    await gone.comesOn('gone@example.org');
    await gone.press('gone@example.org', 'cancel');
    setTime(AFTERWARDS);
    expect(await gone.show('gone@example.org')).toContain('There is no certificate with this registration');
  });

  it('is not lost by an old mail or page that offers to cancel: once the event is over nobody does', async () => {
    const event = await openCertificates(parts, 'cert-cancel');
    await event.register('late@example.org');
    await event.comesOn('late@example.org');
    setTime(AFTERWARDS);
    const token = await event.tokenOf('late@example.org');
    expect(await call('showCancel', { params: { token } })).toMatchObject({ statusCode: 303 });
    const refused = await event.press('late@example.org', 'cancel');
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('or the event is over');
    expect(await event.show('late@example.org')).toContain('Your certificate is ready');
  });

  it('with letters that no font has is a page that names them; a native name with such is left out', async () => {
    const event = await openCertificates(parts, 'cert-letters');
    await event.register('hard@example.org', { fullName: '例 Example' });
    await event.register('native@example.org', { fullName: 'Rei Example', nativeName: '例' });
    await event.comesOn('hard@example.org');
    await event.comesOn('native@example.org');
    setTime(AFTERWARDS);
    expect(await event.show('hard@example.org')).toContain('Our fonts do not have “例”');
    expect((await event.get('hard@example.org')).statusCode).toBe(303);
    expect(await event.show('native@example.org')).not.toContain('例');
    const { title, code } = opened(await event.get('native@example.org'));
    expect(title).toContain('Rei Example');
    const { body } = await event.verify(code);
    expect(body).toContain('<p>Rei Example</p>');
    expect(body).not.toContain('例');
  });

  it('is of no use to whoever has no link', async () => {
    const params = { token: 'cert-letters.7K3M9QX2AB.0123456789012345678901' };
    for (const route of ['showCertificate', 'getCertificate'] as const) {
      const { statusCode, headers } = await call(route, { params });
      expect([statusCode, headers?.['content-type']]).toEqual([401, 'text/html; charset=utf-8']);
    }
  });
});

describe('whoever is shown a certificate', () => {
  it('learns whose it is from its code alone, however it is typed, and nothing from any other', async () => {
    const event = await openCertificates(parts, 'cert-check');
    await event.register('valid@example.org', { fullName: 'Zoë <b>Example</b>' });
    await event.comesOn('valid@example.org');
    setTime(AFTERWARDS);
    const { code } = opened(await event.get('valid@example.org'));
    for (const typed of [
      code,
      code.toLowerCase(),
      code.replaceAll('-', ' '),
      code.replaceAll('0', 'O').replaceAll('1', 'l'),
    ]) {
      const { body } = await event.verify(typed);
      expect(body).toContain('This certificate is valid');
      expect(body).toContain('<p>Zoë &lt;b&gt;Example&lt;/b&gt;</p>');
      expect(body).toContain(`<dd>${forum().title['en']}</dd>`);
      expect(mainOf(body)).not.toMatch(/example\.org|Sample Ministry/);
    }
    const last = code.at(-1) === '0' ? '1' : '0';
    const reference = code.slice(0, 12);
    const wrong = [
      code.slice(0, -1) + last,
      `222-222-2222${code.slice(12)}`,
      `${reference}-0000-0000-0000-0000`,
      reference,
      '',
    ];
    const answers = [
      ...(await Promise.all(wrong.map((typed) => event.verify(typed)))),
      await event.verify(code, 'cert-letters'),
      await event.verify(code, 'cert-unknown'),
    ].map(({ statusCode, body }) => `${statusCode} ${mainOf(body)}`);
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('This certificate is not valid');
    const asks = ['cert-check', 'cert-letters', 'cert-unknown'].map(async (eventId) => {
      const { statusCode, body = '' } = await call('showVerify', { params: { eventId } });
      return `${statusCode} ${mainOf(body)}`;
    });
    expect(new Set(await Promise.all(asks)).size).toBe(1);
  });

  it('is not told that one is false of which nothing is kept any more: all are answered alike then', async () => {
    const event = await openCertificates(parts, 'cert-kept');
    await event.register('kept@example.org');
    await event.comesOn('kept@example.org');
    setTime(AFTERWARDS);
    const { code } = opened(await event.get('kept@example.org'));
    // 180 days after 3 November 2027, 17:00 in Phnom Penh.
    setTime('2028-05-01T09:59:59Z');
    expect((await event.verify(code)).body).toContain('This certificate is valid');
    setTime('2028-05-01T10:00:00Z');
    const { body = '' } = await event.verify(code);
    expect(body).toContain('They could be until Monday, 1 May 2028.');
    expect(body).not.toContain('not valid');
    expect(mainOf((await event.verify('nonsense')).body ?? '')).toBe(mainOf(body));
  });

  it('is told the name in its own script as it is printed; no font is opened where there is none', async () => {
    const event = await openCertificates(parts, 'cert-native');
    const { postVerify } = await import('../../shared/certificates/certificate.case.ts');
    const { realDeps } = await import('../../functions/certificates/index.ts');
    const deps = realDeps();
    let opens = 0;
    const certificates = () => {
      opens += 1;
      return deps.certificates();
    };
    const verify = async (email: string) => {
      const { code } = opened(await event.get(email));
      const asked = { params: { eventId: event.id }, body: { code: [code] }, language: 'en', path: '/' };
      const answer = await postVerify({ ...deps, certificates })(asked as never);
      return 'html' in answer ? answer.html : '';
    };
    await event.register('plain@example.org', { fullName: 'Zoë Example' });
    await event.register('native@example.org', { fullName: 'Zoë Example', nativeName: NAMES.km });
    for (const email of ['plain@example.org', 'native@example.org']) await event.comesOn(email);
    setTime(AFTERWARDS);
    expect(await verify('plain@example.org')).toContain('<p>Zoë Example</p>');
    expect(opens).toBe(0);
    expect(await verify('native@example.org')).toMatch(new RegExp(`<p>Zoë Example</p>.*<p>${NAMES.km}</p>`));
  });

  it('is told where it was withdrawn, by organisers alone, as its holder is; given back it is valid again', async () => {
    const event = await openCertificates(parts, 'cert-revoked');
    const email = 'revoked@example.org';
    await event.register(email);
    await event.comesOn(email);
    setTime(AFTERWARDS);
    const { code } = opened(await event.get(email));
    expect((await event.revoke(email, true, 'thailand')).status).toBe(403);
    expect((await event.revoke(email, true)).body).toMatchObject({ certificateRevoked: true });
    expect((await event.revoke(email, true)).status).toBe(200);
    expect((await event.verify(code)).body).toContain('This certificate was withdrawn');
    expect((await event.verify(code)).body).not.toContain('Somchai');
    expect((await event.verify(`${code.slice(0, -4)}0000`)).body).toContain('This certificate is not valid');
    expect(await event.show(email)).toContain('The organisers withdrew your certificate');
    expect((await event.get(email)).statusCode).toBe(303);
    expect((await event.revoke(email, false)).body.certificateRevoked).toBeUndefined();
    expect((await event.verify(code)).body).toContain('This certificate is valid');
    const { reference, revision } = await event.registrationOf(email);
    const stale = { params: { eventId: event.id, reference }, body: { revision: revision - 1, revoked: true } };
    expect((await ask('organiser', 'revokeCertificate', stale)).status).toBe(409);
    expect((await auditOf(parts, event.id)).filter((entry) => entry.includes('certificate')).sort()).toEqual([
      `restore-certificate ${reference}`,
      `revoke-certificate ${reference}`,
    ]);
  });

  it('learns nothing of whoever was deleted, cancelled or came before somebody else', async () => {
    const event = await openCertificates(parts, 'cert-after');
    const codeOf = async (email: string) => opened(await event.get(email)).code;
    for (const name of ['deleted', 'cancelled', 'former']) {
      await event.register(`${name}@example.org`, { fullName: `Former ${name}` });
    }
    for (const name of ['deleted', 'cancelled', 'former']) await event.comesOn(`${name}@example.org`);
    setTime(AFTERWARDS);
    const [deleted, cancelled, former] = [
      await codeOf('deleted@example.org'),
      await codeOf('cancelled@example.org'),
      await codeOf('former@example.org'),
    ];
    expect((await event.press('deleted@example.org', 'erase', [['confirm', 'yes']])).statusCode).toBe(200);
    const one = async (email: string) => event.registrationOf(email);
    const { reference, revision } = await one('former@example.org');
    const person = { fullName: 'Other Person', badgeName: 'Other', position: 'Example', email: 'other@example.org' };
    const instead = () =>
      ask('organiser', 'substituteRegistration', {
        params: { eventId: event.id, reference },
        body: { ...person, revision },
      });
    const other = await one('cancelled@example.org');
    const declined = () =>
      ask('organiser', 'decideRegistration', {
        params: { eventId: event.id, reference: other.reference },
        body: { decision: 'decline', revision: other.revision },
      });
    const seen = { kind: 'cancel', people: [{ reference: other.reference, revision: other.revision }] };
    const preview = await ask('organiser', 'previewBulk', { params: { eventId: event.id }, body: seen });
    expect(preview.body).toMatchObject({ fit: 0, refused: [{ why: 'registration-closed' }] });
    // On a page that was opened before the end.
    expect((await instead()).body).toMatchObject({ status: 409, detail: expect.stringContaining('the event is over') });
    expect((await declined()).status).toBe(409);
    expect((await event.verify(cancelled)).body).not.toContain('This certificate is not valid');
    setTime(FIRST_DAY);
    expect([(await instead()).status, (await declined()).status]).toEqual([200, 200]);
    setTime(AFTERWARDS);
    for (const code of [deleted, cancelled, former]) {
      expect((await event.verify(code)).body).toContain('This certificate is not valid');
    }
  });
});

it('one mail thanks whoever came, and leads to their certificate and to what they are asked; whoever did not come is only thanked', async () => {
  const event = await openCertificates(parts, 'cert-mail');
  const at = (name: string) => `${name}@cert-mail.example.org`;
  for (const name of ['came', 'away', 'revoked']) await event.register(at(name));
  await event.comesOn(at('came'));
  await event.comesOn(at('revoked'));
  await event.revoke(at('revoked'), true);
  vi.useRealTimers();
  await mail.both(event.id, AFTERWARDS);
  const thanks = async (name: string): Promise<string> =>
    (await mail.inbox(at(name))).find(({ subject }) => subject.startsWith('Thank you'))?.text ?? '';
  const own = async (name: string) => `${SITE_URL}/m/${await event.tokenOf(at(name))}`;
  expect(await thanks('came')).toContain(`${await own('came')}/certificate?lang=en`);
  expect(await thanks('came')).toContain(`${await own('came')}/feedback?lang=en`);
  expect(await thanks('revoked')).toContain(`${await own('revoked')}/feedback?lang=en`);
  expect(await thanks('revoked')).not.toMatch(/certificate/i);
  expect(await thanks('away')).toContain('Thank you');
  expect(await thanks('away')).not.toMatch(/certificate|feedback/i);
});

it('the mail of thanks leads whoever was in the room to a session to which others came online alone', async () => {
  const { sessions, feedback } = forum();
  if (feedback === undefined) throw new Error('the forum asks nothing');
  const unasked = sessions.map(({ id }) => id).filter((id) => id !== 'opening');
  const event = await openCertificates(parts, 'cert-room', { feedback: { ...feedback, event: [], unasked } });
  const email = 'came@cert-room.example.org';
  await event.register(email);
  await event.register('online@cert-room.example.org', { mode: 'online' });
  await event.comesOn(email);
  await event.joins('online@cert-room.example.org', 'opening');
  vi.useRealTimers();
  await mail.both(event.id, AFTERWARDS);
  const thanks = (await mail.inbox(email)).find(({ subject }) => subject.startsWith('Thank you'))?.text;
  expect(thanks).toContain('/feedback?lang=en');
});

it('the mail of thanks leads whoever came that day to a session as an organiser says, whoever was scanned at its door', async () => {
  const { sessions, feedback } = forum();
  if (feedback === undefined) throw new Error('the forum asks nothing');
  const unasked = sessions.map(({ id }) => id).filter((id) => id !== 'opening');
  const thanksTo = async (id: string, by: 'day' | undefined) => {
    const event = await openCertificates(parts, id, { feedback: { ...feedback, event: [], unasked } });
    await setForms(parts, id, { 'session-opening': { by } });
    const email = `came@${id}.example.org`;
    await event.register(email);
    await event.register(`stray@${id}.example.org`);
    await event.comesOn(email);
    const stray = await event.registrationOf(`stray@${id}.example.org`);
    const phone = await openPhone(parts, id, { lists: ['session-opening'] });
    const scan = { list: 'session-opening', ticket: ticketHashOf(stray), reference: stray.reference };
    expect((await phone.send([sentScan(scan)])).answers).toMatchObject([{ result: 'kept' }]);
    vi.useRealTimers();
    await mail.both(event.id, AFTERWARDS);
    return (await mail.inbox(email)).find(({ subject }) => subject.startsWith('Thank you'))?.text;
  };
  expect(await thanksTo('cert-by-door', undefined)).not.toMatch(/feedback/i);
  expect(await thanksTo('cert-by-day', 'day')).toContain('/feedback?lang=en');
});

it('the mail of thanks leads to nothing about a closed session whoever was not let into it', async () => {
  const { sessions, feedback } = forum();
  if (feedback === undefined) throw new Error('the forum asks nothing');
  const title = { en: 'Closed', km: 'បិទ' };
  const closed = { id: 'closed', day: 'day-1', start: '17:00', end: '18:00', title, audience: ['member-state'] };
  const event = await openCertificates(parts, 'cert-closed', {
    sessions: [...sessions, closed],
    feedback: { ...feedback, event: [], unasked: sessions.map(({ id }) => id) },
  });
  const email = 'came@cert-closed.example.org';
  await event.register(email);
  await event.comesOn(email);
  vi.useRealTimers();
  await mail.both(event.id, AFTERWARDS);
  const thanks = (await mail.inbox(email)).find(({ subject }) => subject.startsWith('Thank you'))?.text;
  expect(thanks).toContain('/certificate?lang=en');
  expect(thanks).not.toMatch(/feedback/i);
});

it('the page of the holder leads to both, once the event has begun', async () => {
  const event = await openCertificates(parts, 'cert-own');
  await event.register('own@example.org');
  const links = async () => {
    const { body = '' } = await event.page('own@example.org');
    return ['feedback', 'certificate'].filter((page) => body.includes(`/${page}?lang=en"`));
  };
  expect(await links()).toEqual([]);
  setTime('2027-11-02T01:30:00Z');
  // No session is over yet that anybody is asked about.
  expect(await links()).toEqual(['certificate']);
  setTime(AFTERWARDS);
  expect(await links()).toEqual(['feedback', 'certificate']);
  setTime('2027-12-24T02:00:00Z');
  expect(await links()).toEqual(['certificate']);
});

it('CS: a certificate of someone under 18 has no code, and no page that anyone can open says a word of them', async () => {
  const event = await openCertificates(parts, 'cert-young');
  const email = 'young@example.org';
  await event.register(email, { fullName: 'Dara Example' });
  await event.comesOn(email);
  setTime(AFTERWARDS);
  // As an adult they would have had this one.
  const { code } = opened(await event.get(email));
  const { reference } = await event.registrationOf(email);
  await DynamoDBDocumentClient.from(parts.database.client).send(
    new UpdateCommand({
      TableName: parts.database.tables.registry,
      Key: registrationKey(event.id, reference),
      UpdateExpression: 'SET ageBand = :minor',
      ExpressionAttributeValues: { ':minor': 'minor' },
    }),
  );
  const { bytes, url, title } = opened(await event.get(email));
  expect(title).toContain('Dara Example');
  expect(url).toBe('');
  expect(bytes.length).toBeLessThan(60_000);
  expect(await event.show(email)).toContain('For your safety, no page on the internet says that it is yours.');
  const [young, unknown] = [await event.verify(code), await event.verify(`${code.slice(0, -4)}0000`)];
  expect(mainOf(young.body)).toBe(mainOf(unknown.body));
});

it('CI16: a certificate of a rehearsal says that it is one, on paper and where it is checked', async () => {
  const event = await openCertificates(parts, 'cert-rehearsal', { rehearsal: true });
  await event.register('tried@example.org', { fullName: 'Made Up' });
  await event.comesOn('tried@example.org');
  setTime(AFTERWARDS);
  const { title, code } = opened(await event.get('tried@example.org'));
  expect(title).toMatch(/^Rehearsal: Certificate of attendance: Made Up/);
  const { body } = await event.verify(code);
  expect(body).toContain('<h1>This certificate is of a rehearsal</h1>');
  expect(body).not.toContain('valid');
});
