import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { pressAsk } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { formFields, forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, registrationsTo, scan } from '../support/registry.ts';
import { youngFields, youngSubmission } from '../support/young.ts';

let parts: Parts;
const eventId = 'asean-ict-forum';
const params = { eventId };

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  const { minors: _, ...adultsOnly } = forum({ id: 'adults-only' });
  await parts.publish(adultsOnly);
});
afterAll(() => parts?.stop());

const registrationOf = async (email: string) => (await registrationsTo(parts, eventId, email))[0];
const messagesTo = (address: string) => scan(parts, 'outbox', { having: { to: address } });
const everything = async () => [
  ...(await scan(parts, 'registry')).filter(({ pk }) => !String(pk).startsWith('EVENT#')),
  ...(await scan(parts, 'outbox')),
  ...(await scan(parts, 'care')),
];

describe('someone under 18', () => {
  it('CS1, CS2: has nothing stored but names and contacts, no seat and no ticket, until the guardian confirms', async () => {
    const answer = await call('submitRegistration', { params, ...postJson(youngSubmission()) });
    expect(answer.statusCode).toBe(202);
    const registration = await registrationOf('dara.sample@example.org');
    expect(registration).toMatchObject({ status: 'pending-guardian', fullName: 'Dara', seats: [], ageBand: 'minor' });
    const { position, organisation, country, category, days, answers, consents } = registration ?? {};
    expect([position, organisation, country, category]).toEqual(['', '', '', '']);
    expect([days, answers, consents]).toEqual([[], {}, {}]);
    const { counters } = await readRegistry(parts, eventId);
    expect([...counters.values()].every(({ taken, waiting }) => taken + waiting === 0)).toBe(true);
  });

  it('CS9: is known by the band and never by a date of birth', async () => {
    const answer = await call('submitRegistration', {
      params,
      ...postJson(youngSubmission({ email: 'born@example.org', dateOfBirth: '2012-01-01' })),
    });
    expect(answer.statusCode).toBe(422);
    expect(JSON.parse(answer.body ?? '').errors[0]).toMatchObject({ path: 'dateOfBirth', code: 'unknown-field' });
  });

  it('keeps the guardian in Care alone, under the registration’s reference', async () => {
    const registration = await registrationOf('dara.sample@example.org');
    const [guardian, ...others] = await scan(parts, 'care');
    expect(others).toEqual([]);
    expect(guardian).toMatchObject({
      sk: registration?.reference,
      name: 'Vanna Sample',
      email: 'vanna.sample@example.org',
      language: 'km',
    });
    expect(JSON.stringify(await scan(parts, 'registry'))).not.toMatch(/vanna/i);
  });

  it('CS3, AU9: the young person is written to first, and nobody else before they pressed', async () => {
    expect(await messagesTo('dara.sample@example.org')).toMatchObject([{ kind: 'pending-guardian', language: 'en' }]);
    expect(await messagesTo('vanna.sample@example.org')).toEqual([]);
    const { minor, submittedAt } = (await registrationOf('dara.sample@example.org')) as Registration;
    expect(Math.round((Date.parse(minor?.answerBy ?? '') - Date.parse(submittedAt)) / 86_400_000)).toBe(7);
  });

  it('CS3: the guardian is asked on their press, and again on days 3 and 10, in their language', async () => {
    await pressAsk(parts, eventId, 'dara.sample@example.org');
    const { minor, changedAt } = (await registrationOf('dara.sample@example.org')) as Registration;
    expect(Math.round((Date.parse(minor?.answerBy ?? '') - Date.parse(changedAt)) / 86_400_000)).toBe(14);
    const mails = await messagesTo('vanna.sample@example.org');
    expect(mails.map(({ kind }) => kind).sort()).toEqual([
      'guardian-reminder',
      'guardian-reminder',
      'guardian-request',
    ]);
    expect(new Set(mails.map(({ language }) => language))).toEqual(new Set(['km']));
    const days = mails.flatMap(({ notBefore, createdAt }) =>
      notBefore ? [Math.round((Date.parse(String(notBefore)) - Date.parse(String(createdAt))) / 86_400_000)] : [],
    );
    expect(days.sort((a, b) => a - b)).toEqual([3, 10]);
  });

  it('CS3: pressing again, many times at once, asks nobody again', async () => {
    const before = await everything();
    await Promise.all([1, 2, 3].map(() => pressAsk(parts, eventId, 'dara.sample@example.org')));
    expect(await everything()).toEqual(before);
    const fields = youngFields({ email: 'at.once@example.org', 'guardian.email': 'at.once.parent@example.org' });
    await call('postYoungForm', { params, ...postForm(fields) });
    await Promise.all([1, 2, 3].map(() => pressAsk(parts, eventId, 'at.once@example.org')));
    expect(await messagesTo('at.once.parent@example.org')).toHaveLength(3);
  });

  it('a GET of the page, or of the address that the button posts to, proves nothing', async () => {
    const fields = youngFields({ email: 'got@example.org', 'guardian.email': 'got.parent@example.org' });
    await call('postYoungForm', { params, ...postForm(fields) });
    const { realDeps } = await import('../../functions/attendee/index.ts');
    const token = await manageToken(
      (await registrationOf('got@example.org')) ?? expect.unreachable(),
      realDeps().secrets,
    );
    const page = await call('showRegistration', { params: { token } });
    expect(page.body).toContain(`action="/m/${token}/ask?lang=en"`);
    expect(page.body).toContain('Yes, this is me');
    await call('postAskGuardian', { method: 'GET', params: { token } });
    expect(await messagesTo('got.parent@example.org')).toEqual([]);
  });

  it('CS3: a guardian with the same address, however it is spelled, is refused on the field', async () => {
    const before = await everything();
    for (const [email, guardian] of [
      ['same@example.org', 'SAME@example.org'],
      ['same@example.org', 'same+parent@example.org'],
      ['some.one@gmail.com', 'someone+x@googlemail.com'],
    ] as const) {
      const fields = youngFields({ email, 'guardian.email': guardian });
      const answer = await call('postYoungForm', { params, ...postForm(fields) });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain('id="guardian-email-error"');
      expect(answer.body).toContain(`value="${email}"`);
    }
    expect(await everything()).toEqual(before);
  });

  it('pressing twice, or asking again, stores and mails nothing more', async () => {
    const fields = youngFields({ email: 'twice@example.org', 'guardian.email': 'twice.parent@example.org' });
    const answers = await Promise.all([1, 2, 3].map(() => call('postYoungForm', { params, ...postForm(fields) })));
    for (const { statusCode, headers } of answers) {
      expect([statusCode, headers?.['location']]).toEqual([303, `/e/${eventId}/thanks?lang=en&sent=young`]);
    }
    expect(await messagesTo('twice@example.org')).toHaveLength(1);
    expect((await scan(parts, 'care')).filter(({ email }) => email === 'twice.parent@example.org')).toHaveLength(1);
  });

  it('an address that is registered already gets a mail, and the guardian none; the answer is the same', async () => {
    await call('submitRegistration', { params, ...postJson(submission({ email: 'known@example.org' })) });
    const sent = youngSubmission({
      email: 'known@example.org',
      guardian: { name: 'P', email: 'not.asked@example.org', language: 'en' },
    });
    expect((await call('submitRegistration', { params, ...postJson(sent) })).statusCode).toBe(202);
    expect(await messagesTo('not.asked@example.org')).toEqual([]);
    expect((await messagesTo('known@example.org')).map(({ kind }) => kind)).toContain('pending-guardian');
  });

  it.each([
    ['name', '', 'required'],
    ['name', '😀', 'not-letters'],
    ['email', 'nobody', 'email-format'],
    ['guardian.email', '', 'required'],
    ['guardian.name', 'a\r\nBcc: x@example.org', 'line-break'],
    ['guardian.language', 'xx', 'unknown-option'],
  ])('is told what has to change in %s: %j', async (path, value, code) => {
    const before = await everything();
    const { guardian, ...own } = youngSubmission({ email: 'bad@example.org' });
    const [field, inner] = path.split('.') as [string, string | undefined];
    const sent = inner ? { ...own, guardian: { ...guardian, [inner]: value } } : { ...own, guardian, [field]: value };
    const answer = await call('submitRegistration', { params, ...postJson(sent) });
    expect(answer.statusCode).toBe(422);
    expect(JSON.parse(answer.body ?? '').errors).toMatchObject([{ path, code }]);
    expect(await everything()).toEqual(before);
  });

  it('is led from the big form to the short one, and nothing of the big one is kept', async () => {
    const before = await everything();
    const fields = formFields({ ageBand: 'minor', email: 'big@example.org' });
    const answer = await call('postForm', { params, ...postForm(fields) });
    expect([answer.statusCode, answer.headers?.['location']]).toEqual([303, `/e/${eventId}/register/young?lang=en`]);
    expect(await everything()).toEqual(before);
    const nobodys = await call('postForm', { params: { eventId: 'x\r\nlocation:y' }, ...postForm(fields) });
    expect([nobodys.statusCode, nobodys.headers?.['location']], 'of no event').toEqual([404, undefined]);
  });

  it('is told kindly that an event is for adults only', async () => {
    const adults = { eventId: 'adults-only' };
    expect((await call('showYoungForm', { params: adults })).statusCode).toBe(403);
    const answer = await call('submitRegistration', { params: adults, ...postJson(youngSubmission()) });
    expect(JSON.parse(answer.body ?? '').type).toBe('urn:plenary:problem:minors-later');
  });
});

describe('addresses that look mistyped', () => {
  const send = (changes: Record<string, string>, lang = 'en') =>
    call('postYoungForm', { params, query: { lang }, ...postForm(youngFields(changes)) });

  it('are asked about once, of the young person and the guardian, with nothing done', async () => {
    const before = await everything();
    const typed = { email: 'dara.typed@gmial.com', 'guardian.email': 'vanna.typed@yahoo.con' };
    const asked = await send(typed);
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain('<title>Is the email address right?');
    expect(asked.body).toContain('<a href="#emailMeant">Did you mean dara.typed@gmail.com?</a>');
    expect(asked.body).toContain('<a href="#guardian-emailMeant">Did you mean vanna.typed@yahoo.com?</a>');
    expect(asked.body).toContain('value="Vanna Sample"');
    expect((await send(typed, 'km')).body).toContain('តើលោកអ្នកចង់សរសេរ vanna.typed@yahoo.com មែនទេ?');
    // Of one it was said which is meant: the other is asked about still.
    const half = await send({ ...typed, emailMeant: 'dara.typed@gmail.com' });
    expect([half.statusCode, half.body?.includes('href="#emailMeant"')]).toEqual([200, false]);
    expect(half.body).toContain('href="#guardian-emailMeant"');
    expect(await everything()).toEqual(before);
  });

  it('are kept or replaced, each as its sender says', async () => {
    const answered = await send({
      email: 'dara.both@gmial.com',
      emailMeant: 'dara.both@gmail.com',
      'guardian.email': 'vanna.both@yahoo.con',
      'guardian.emailMeant': 'vanna.both@yahoo.con',
    });
    expect(answered.statusCode).toBe(303);
    const registration = await registrationOf('dara.both@gmail.com');
    const guardian = (await scan(parts, 'care')).find(({ sk }) => sk === registration?.reference);
    expect(guardian?.['email']).toBe('vanna.both@yahoo.con');
    expect(await registrationOf('dara.both@gmial.com')).toBeUndefined();
  });

  it('are told what has to change first, and that two would be one', async () => {
    const refused = await send({ name: '', email: 'dara.refused@gmial.com' });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('Did you mean dara.refused@gmail.com?');
    const same = await send({
      email: 'same@gmail.com',
      'guardian.email': 'same@gmial.com',
      'guardian.emailMeant': 'same@gmail.com',
    });
    expect(same.statusCode).toBe(422);
    expect(await registrationOf('same@gmail.com')).toBeUndefined();
  });
});
