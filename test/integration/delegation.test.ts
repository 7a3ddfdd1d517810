import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { call, postForm, postUpload } from '../support/call.ts';
import { COORDINATOR, openDelegation, peopleFields, person } from '../support/delegation.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { quota, ROOM } from '../support/self-service.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { outboxInserts } from '../support/stream.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterEach(() => vi.unstubAllGlobals());
afterAll(() => parts?.stop());

const mailsTo = async (address: string) =>
  (await (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`)).json()) as {
    subject: string;
    text: string;
  }[];
async function deliver() {
  const { handler } = await import('../../functions/outbox/index.ts');
  const inserts = await outboxInserts(parts);
  await asFunction('outbox', () => handler(inserts));
}
const everything = async () => Promise.all((['registry', 'outbox'] as const).map((table) => scan(parts, table)));

describe('the link of a delegation', () => {
  it('AB3: is mailed to whoever asks, without a word that anyone typed', async () => {
    const event = await openDelegation(parts, 'link');
    await deliver();
    const [mail, ...others] = await mailsTo(COORDINATOR);
    expect(others).toEqual([]);
    expect(mail?.subject).toContain('The link to your delegation');
    expect(mail?.text).toContain(`/d/${await event.token()}?lang=en`);
  });

  it('AU5: the answer is the same for someone known and someone unknown, and a delegation is one', async () => {
    const event = await openDelegation(parts, 'once');
    const again = await event.start();
    const other = await event.start('other@ministry.test');
    expect([again.statusCode, again.headers, again.body]).toEqual([other.statusCode, other.headers, other.body]);
    expect(again.headers?.['location']).toBe('/e/once/delegation?lang=en&sent=yes');
    expect(await event.kindsTo(COORDINATOR)).toEqual(['delegation-link']);
    expect(await event.delegations()).toHaveLength(2);
  });

  it('asks once whether the address is right that looks mistyped, before anything is kept or mailed', async () => {
    const event = await openDelegation(parts, 'start-meant');
    const start = (fields: Record<string, string>) =>
      call('postDelegationStart', { params: { eventId: event.id }, ...postForm([...Object.entries(fields)]) });
    const typed = { email: 'coordinator@gmial.com', language: 'en' };
    const before = await everything();
    const asked = await start(typed);
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain('<a href="#emailMeant">Did you mean coordinator@gmail.com?</a>');
    expect(await everything()).toEqual(before);
    expect((await start({ ...typed, emailMeant: 'coordinator@gmail.com' })).statusCode).toBe(303);
    expect(await event.kindsTo('coordinator@gmail.com')).toEqual(['delegation-link']);
    expect(await event.kindsTo('coordinator@gmial.com')).toEqual([]);
    const kept = { ...typed, email: 'other@gmial.com', emailMeant: 'other@gmial.com' };
    expect((await start(kept)).statusCode).toBe(303);
    expect(await event.kindsTo('other@gmial.com')).toEqual(['delegation-link']);
    expect((await start({ ...typed, language: 'xx' })).statusCode).toBe(422);
  });

  it('keeps of an unproven address nothing else than the address and the language', async () => {
    const event = await openDelegation(parts, 'least');
    const [{ eventId, id, link, linkAt, createdAt, ...kept } = {}] = (await event.delegations()) as object[] as Record<
      string,
      unknown
    >[];
    expect(kept).toEqual({ email: COORDINATOR, language: 'en', linkVersion: 1, revision: 1 });
  });

  it('AU1: another token opens nothing, and none is stored', async () => {
    const event = await openDelegation(parts, 'forged');
    const token = await event.token();
    expect(JSON.stringify(await everything())).not.toContain(token.split('.')[2]);
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'Q' : 'A'}`;
    for (const wrong of [forged, 'nothing', token.replace('forged', 'link')]) {
      expect((await call('showDelegation', { params: { token: wrong } })).statusCode).toBe(401);
      expect((await call('showPeople', { params: { token: wrong } })).statusCode).toBe(401);
      const sent = await postUpload(peopleFields([person(1)]));
      expect((await call('postPeople', { params: { token: wrong }, ...sent })).statusCode).toBe(401);
    }
  });

  it('AU5: is begun by nobody once registration is closed, but mailed again to a coordinator who lost it', async () => {
    const closed = { opensAt: '2020-01-01T00:00:00+07:00', closesAt: '2020-02-01T00:00:00+07:00' };
    const event = await openDelegation(parts, 'closing');
    await parts.publish(
      (await import('../support/forum.ts')).forum({ id: 'closing', version: 2, registration: closed }),
    );
    expect((await event.add([person(1)])).statusCode).toBe(409);
    expect(await event.list()).not.toContain('/people');
    expect((await call('showDelegationStart', { params: { eventId: event.id } })).body).toContain(
      'Registration is closed',
    );
    shiftClock(31 * 60 * 1000);
    const [known, unknown] = [await event.start(), await event.start('other@ministry.test')];
    expect([known.statusCode, known.headers]).toEqual([303, unknown.headers]);
    expect(await event.kindsTo(COORDINATOR)).toEqual(['delegation-link', 'delegation-link']);
    expect(await event.delegations()).toHaveLength(1);
    expect(await event.kindsTo('other@ministry.test')).toEqual([]);
  });

  it.each([
    [
      'no address',
      [
        ['email', 'nobody'],
        ['language', 'en'],
      ],
    ],
    [
      'another language',
      [
        ['email', 'a@example.org'],
        ['language', 'xx'],
      ],
    ],
    [
      'a stranger',
      [
        ['email', 'a@example.org'],
        ['language', 'en'],
        ['name', 'x'],
      ],
    ],
  ] as [string, [string, string][]][])('%s is told on the form', async (_, fields) => {
    const before = await everything();
    const answer = await call('postDelegationStart', { params: { eventId: 'link' }, ...postForm(fields) });
    expect(answer.statusCode).toBe(422);
    expect(await everything()).toEqual(before);
  });
});

describe('adding people', () => {
  it('registers 25 at once, each by themselves, and no 26th', async () => {
    const event = await openDelegation(parts, 'many', { quotas: [quota('room', { capacity: 20, ...ROOM })] });
    const all = Array.from({ length: 25 }, (_, number) => person(number));
    expect((await event.add(all)).statusCode).toBe(303);
    const { registrations } = await readRegistry(parts, 'many');
    expect(registrations.map(({ fullName }) => fullName).sort()).toEqual(all.map(({ fullName }) => fullName).sort());
    expect(registrations.filter(({ status }) => status === 'confirmed')).toHaveLength(20);
    expect(registrations.filter(({ status }) => status === 'waitlisted')).toHaveLength(5);
    await event.expectExact();
    const answer = await event.add([person(26)]);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('at most 25 people');
    expect((await readRegistry(parts, 'many')).registrations).toHaveLength(25);
  });

  it('tells the coordinator about those without an address in one mail, a minute later', async () => {
    const event = await openDelegation(parts, 'told');
    await event.add([person(1), person(2), person(3, { email: 'own@example.org' })]);
    expect(await event.kindsTo(COORDINATOR)).toEqual(['delegation-link', 'delegation-registered']);
    expect(await event.kindsTo('own@example.org')).toEqual(['confirmed']);
    const told = (await scan(parts, 'outbox')).find(
      ({ eventId, kind }) => eventId === 'told' && kind === 'delegation-registered',
    );
    const wait = Date.parse(String(told?.['notBefore'])) - Date.parse(String(told?.['createdAt']));
    expect(Math.round(wait / 1000)).toBe(60);
    const { realDeps } = await import('../../functions/outbox/index.ts');
    const { writeMail } = await import('../../shared/mail/outbox/write-mail.case.ts');
    const written = await asFunction('outbox', () => writeMail(realDeps(), told as never));
    const raw = 'raw' in written ? Buffer.from(written.raw).toString() : '';
    expect(raw).toContain('Person 1');
    expect(raw).toContain('Person 2');
    expect(raw).not.toContain('Person 3');
  });

  it('one bad row never loses the good ones: it stays in the form, with its cell marked and all that was typed', async () => {
    const event = await openDelegation(parts, 'bad-row');
    // The space bar of a Khmer keyboard leaves nothing that can be seen: such a field is empty, and so is such a row.
    const seemsEmpty = { fullName: '', position: '\u200B', email: '\u200B' };
    const rows = [person(1, { email: '\u200B' }), person(2, { position: '', email: 'nobody' }), person(3), seemsEmpty];
    const answer = await event.add(rows);
    expect(answer.statusCode).toBe(422);
    const { registrations } = await readRegistry(parts, 'bad-row');
    expect(registrations.map(({ fullName }) => fullName).sort()).toEqual(['Person 1', 'Person 3']);
    expect(answer.body).toContain('2 people are registered');
    expect(answer.body).toContain('value="Person 2"');
    expect(answer.body).not.toContain('value="Person 1"');
    expect(answer.body).toContain('id="rows-1-email-error"');
    expect(answer.body).toContain('id="rows-1-position-error"');
    expect(answer.body).toContain('value="nobody"');
    expect(answer.body).toContain('value="Sample Ministry"');
    expect(answer.body).not.toContain('rows-3-');
    expect((await event.add([person(2)])).statusCode).toBe(303);
    expect((await readRegistry(parts, 'bad-row')).registrations).toHaveLength(3);
  });

  it('says once what everyone lacks, and registers nobody before it is there', async () => {
    const event = await openDelegation(parts, 'common');
    const answer = await event.add([person(1), person(2)], { category: [] });
    expect(answer.statusCode).toBe(422);
    expect(answer.body?.match(/id="[\w-]+-error"/g)).toEqual(['id="category-error"']);
    expect((await readRegistry(parts, 'common')).registrations).toEqual([]);
  });

  it.each([
    ['adults', 'CS1: that all are adults'],
    ['consents.code-of-conduct', 'that all have agreed to what is required'],
  ])('%s: registers nobody before the coordinator has stated %s', async (path) => {
    const event = await openDelegation(parts, `stated-${path.slice(0, 6).replace('.', '')}`);
    const answer = await event.add([person(1)], { [path]: [] });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(`id="${path.replace('.', '-')}-error"`);
    expect((await readRegistry(parts, event.id)).registrations).toEqual([]);
    expect(await event.members()).toEqual([]);
  });

  it('pressing again, and twice at once, registers and mails nobody twice', async () => {
    const event = await openDelegation(parts, 'again');
    const rows = [person(1), person(2, { email: 'two@example.org' })];
    const answers = await Promise.all([1, 2, 3].map(() => event.add(rows)));
    const later = await event.add(rows);
    expect([...answers, later].map(({ statusCode }) => statusCode)).toEqual([303, 303, 303, 303]);
    expect((await readRegistry(parts, 'again')).registrations).toHaveLength(2);
    expect(await event.members()).toHaveLength(2);
    expect(await event.kindsTo('two@example.org')).toEqual(['confirmed']);
    await event.expectExact();
  });

  it('the limit of 25 holds for presses at the same time', async () => {
    const event = await openDelegation(parts, 'limit');
    const some = (from: number) => Array.from({ length: 10 }, (_, index) => person(from + index));
    const answers = await Promise.all([0, 10, 20].map((from) => event.add(some(from))));
    // Which of the presses leave someone over depends on who was faster.
    expect(answers.map(({ statusCode }) => statusCode)).toContain(422);
    for (const { statusCode } of answers) expect([303, 422]).toContain(statusCode);
    expect((await readRegistry(parts, 'limit')).registrations).toHaveLength(25);
    expect(await event.members()).toHaveLength(25);
  });

  it('the same address or name twice is said of both, and neither is registered', async () => {
    const event = await openDelegation(parts, 'twice');
    const answer = await event.add([
      person(1, { email: 'same@example.org' }),
      person(2, { email: 'Same@Example.org' }),
      person(3),
      person(3, { fullName: 'PERSON 3' }),
      person(5),
    ]);
    expect(answer.statusCode).toBe(422);
    for (const cell of ['rows-0-email', 'rows-1-email', 'rows-2-fullName', 'rows-3-fullName'])
      expect(answer.body).toContain(`id="${cell}-error"`);
    expect(answer.body).toContain('The same is in Person 2: Person 2.');
    expect(answer.body).toContain('The same is in Person 1: Person 1.');
    expect((await readRegistry(parts, 'twice')).registrations.map(({ fullName }) => fullName)).toEqual(['Person 5']);
    const mended = { 'rows.1.email': 'other@example.org', 'rows.3.fullName': 'Person 4' };
    expect((await event.send(answer.body ?? '', mended)).statusCode).toBe(303);
    expect((await readRegistry(parts, 'twice')).registrations).toHaveLength(5);
  });

  it('AU5: an address that is registered already is told by mail; the coordinator sees nothing but that it was written to', async () => {
    const event = await openDelegation(parts, 'known');
    await event.register('known@example.org');
    const before = (await readRegistry(parts, 'known')).registrations;
    const known = await event.add([person(1, { email: 'known@example.org' })]);
    const fresh = await event.add([person(1, { email: 'fresh@example.org' })]);
    expect([known.statusCode, known.headers, known.body]).toEqual([fresh.statusCode, fresh.headers, fresh.body]);
    expect(await event.kindsTo('known@example.org')).toEqual(['confirmed', 'already-registered']);
    expect(await event.kindsTo('fresh@example.org')).toEqual(['confirmed']);
    const lines = (await event.list()).match(/<li>\n<p><b><a[^>]*>Person[\s\S]*?<\/li>/g) ?? [];
    expect(lines).toHaveLength(2);
    const alike = lines.map((line) => line.replace(/people\/[^?]*/, 'people/x').replace(/(known|fresh)@/, 'x@'));
    expect(alike[0]).toBe(alike[1]);
    expect(
      (await readRegistry(parts, 'known')).registrations.filter(({ email }) => email === 'known@example.org'),
    ).toEqual(before);
  });

  it('does not take what the form does not have', async () => {
    const event = await openDelegation(parts, 'strangers');
    const token = await event.token();
    for (const [name, value] of [
      ['rows.0.status', 'confirmed'],
      ['rows.0.__proto__', 'x'],
      ['__proto__', 'x'],
      ['admin', 'yes'],
      ['press', 'erase'],
      ['ageBand', 'minor'],
      ['consents.photo-recording', '2027-1'],
    ] as const) {
      const fields = peopleFields([person(1)]).filter(([field]) => field !== name);
      const answer = await call('postPeople', { params: { token }, ...(await postUpload([...fields, [name, value]])) });
      expect(answer.statusCode, name).toBe(422);
    }
    expect((await readRegistry(parts, 'strangers')).registrations).toEqual([]);
  });

  it('AU2: looking changes nothing, and neither does a press for more rows', async () => {
    const event = await openDelegation(parts, 'looking');
    const params = { token: await event.token() };
    const before = await everything();
    await call('showDelegation', { params });
    await call('showPeople', { params });
    const more = await event.add([person(1)], {}, 'more');
    expect(more.statusCode).toBe(200);
    expect(more.body).toContain('value="Person 1"');
    expect(more.body).toContain('id="rows-5-fullName"');
    expect(await everything()).toEqual(before);
  });
});
