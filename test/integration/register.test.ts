import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, postForm, postJson } from '../support/call.ts';
import { formFields, forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';

let parts: Parts;

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  await parts.publish(
    forum({ id: 'closed-forum', registration: { opensAt: '2026-01-01T00:00:00Z', closesAt: '2026-02-01T00:00:00Z' } }),
  );
  await parts.publish(
    forum({ id: 'later-forum', registration: { opensAt: '2090-01-01T00:00:00Z', closesAt: '2091-02-01T00:00:00Z' } }),
  );
});
afterAll(() => parts?.stop());

const params = { eventId: 'asean-ict-forum' };
const submit = (body: unknown, headers = {}) => call('submitRegistration', { params, ...postJson(body, headers) });

async function everything() {
  const client = DynamoDBDocumentClient.from(parts.database.client);
  const scan = async (table: string) =>
    (await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }))).Items ?? [];
  const registry = await scan(parts.database.tables.registry);
  return {
    registrations: registry.filter((item) => String(item['pk']).startsWith('REGISTRATION#')),
    locks: registry.filter((item) => item['sk'] === 'LOCK'),
    counters: registry.filter((item) => item['sk'] === 'QUOTA'),
    messages: await scan(parts.database.tables.outbox),
  };
}

describe('registering', () => {
  it('writes registration, lock, seats and message, and answers without telling', async () => {
    const before = await everything();
    const answer = await submit(submission({ email: 'one@example.org' }));
    expect(answer.statusCode).toBe(202);
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ status: 'accepted', email: 'one@example.org' });
    const after = await everything();
    expect(after.registrations.length - before.registrations.length).toBe(1);
    expect(after.locks.length - before.locks.length).toBe(1);
    expect(after.messages.length - before.messages.length).toBe(1);
    const message = after.messages.find((item) => item['to'] === 'one@example.org');
    expect(message).toMatchObject({ kind: 'confirmed', state: 'pending', language: 'en' });
    expect(JSON.stringify(after.locks)).not.toContain('one@example.org');
  });

  it('never registers the same request twice, and mails nothing for it', async () => {
    const body = submission({ email: 'twice@example.org' });
    const first = await submit(body);
    const between = await everything();
    const second = await submit(body);
    expect([second.statusCode, second.body]).toEqual([first.statusCode, first.body]);
    expect(await everything()).toEqual(between);
  });

  it('AU5: a known address gets the same answer, and one mail that says so', async () => {
    const first = await submit(submission({ email: 'known@example.org' }));
    const second = await submit(submission({ email: 'KNOWN@example.org', fullName: 'Someone Else' }));
    await submit(submission({ email: 'known@example.org', fullName: 'A Third' }));
    expect(second.statusCode).toBe(first.statusCode);
    const { messages, registrations } = await everything();
    const mails = messages.filter((item) => String(item['to']).toLowerCase() === 'known@example.org');
    expect(mails.map((item) => item['kind']).sort()).toEqual(['already-registered', 'confirmed']);
    expect(registrations.filter((item) => item['email'] === 'known@example.org')).toHaveLength(1);
  });

  it('an idempotency key makes a request the same one whatever it holds', async () => {
    const key = { 'idempotency-key': 'a-key-of-my-own' };
    await submit(submission({ email: 'keyed@example.org' }), key);
    const between = await everything();
    await submit(submission({ email: 'keyed@example.org', fullName: 'Changed' }), key);
    expect(await everything()).toEqual(between);
  });

  it('twenty at once with one address leave one registration', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) => submit(submission({ email: 'race@example.org', fullName: `Racer ${n}` }))),
    );
    expect(all.every((answer) => answer.statusCode === 202)).toBe(true);
    const { registrations } = await everything();
    expect(registrations.filter((item) => item['email'] === 'race@example.org')).toHaveLength(1);
  });

  it('the form goes on to the thanks page with the typed address out of the way', async () => {
    const answer = await call('postForm', { params, ...postForm(formFields({ email: 'form@example.org' })) });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers?.['location']).toBe('/e/asean-ict-forum/thanks?lang=en');
    expect(answer.cookies?.[0]).toMatch(
      /^__Secure-sent=[\w-]+; Path=\/e\/[\w-]+\/thanks; Max-Age=300; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(JSON.stringify(answer.headers)).not.toContain('form@');
  });
});

describe('an address that looks mistyped', () => {
  const sendForm = (changes: Record<string, unknown>, more: [string, string][] = [], lang = 'en') =>
    call('postForm', { params, query: { lang }, ...postForm([...formFields(changes), ...more]) });
  const registered = async (address: string) => (await everything()).messages.filter(({ to }) => to === address);

  it('is asked about once, with everything typed still there and nothing done', async () => {
    const before = await everything();
    const asked = await sendForm({ email: 'once@gmial.com' });
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain('<title>Is the email address right?');
    expect(asked.body).toContain('<a href="#emailMeant">Did you mean once@gmail.com?</a>');
    expect(asked.body).toContain('value="once@gmial.com" maxlength');
    expect(asked.body).toMatch(/name="emailMeant" value="once@gmial.com" checked>Keep once@gmial.com/);
    expect(asked.body).toContain('value="Somchai Sample"');
    expect(asked.body).toMatch(/name="days" value="day-1"[^>]* checked/);
    expect(await everything()).toEqual(before);
  });

  it('is kept where its sender says so', async () => {
    const kept = await sendForm({ email: 'kept@gmial.com' }, [['emailMeant', 'kept@gmial.com']]);
    expect(kept.statusCode).toBe(303);
    expect(await registered('kept@gmial.com')).toHaveLength(1);
  });

  it('is replaced where its sender says so', async () => {
    const used = await sendForm({ email: 'used@gmail.con' }, [['emailMeant', 'used@gmail.com']]);
    expect(used.statusCode).toBe(303);
    expect(await registered('used@gmail.com')).toHaveLength(1);
    expect(await registered('used@gmail.con')).toHaveLength(0);
  });

  it('is asked about anew where another was typed meanwhile, and an answer to another counts for nothing', async () => {
    const other = await sendForm({ email: 'other@hotmial.com' }, [['emailMeant', 'other@gmail.com']]);
    expect([other.statusCode, other.body?.includes('Did you mean other@hotmail.com?')]).toEqual([200, true]);
    const mended = await sendForm({ email: 'mended@example.org' }, [['emailMeant', 'someone@gmail.com']]);
    expect(mended.statusCode).toBe(303);
    expect(await registered('mended@example.org')).toHaveLength(1);
  });

  it('is asked about along with what has to change, in Khmer too', async () => {
    const refused = await sendForm({ email: 'both@gmial.com', fullName: '' }, [], 'km');
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('តើលោកអ្នកចង់សរសេរ both@gmail.com មែនទេ?');
    expect(refused.body).toContain('សូមបំពេញឈ្មោះពេញ។');
  });

  it('is never refused to programs', async () => {
    expect((await submit(submission({ email: 'program@gmial.com' }))).statusCode).toBe(202);
  });
});

describe('bad input', () => {
  const bad: [string, Record<string, unknown>, string][] = [
    ['an unknown category', { category: 'pirates' }, 'category'],
    ['a missing name', { fullName: ' ' }, 'fullName'],
    ['10 KB in a name', { fullName: 'n'.repeat(10_000) }, 'fullName'],
    ['CR/LF in a name', { fullName: 'Eve\r\nBcc: all@example.org' }, 'fullName'],
    ['emoji in a name', { fullName: 'Som 😀' }, 'fullName'],
    ['an address without a domain', { email: 'somebody@' }, 'email'],
    ['a Khmer address', { email: 'សុខ@example.org' }, 'email'],
    ['Khmer in the category', { category: 'សុខ' }, 'category'],
    ['emoji in the country', { country: '😀' }, 'country'],
    ['no day', { days: [] }, 'days'],
    ['no consent', { consents: {} }, 'consents.code-of-conduct'],
    ['an old consent', { consents: { 'code-of-conduct': '1999' } }, 'consents.code-of-conduct'],
    ['an unknown key', { admin: true }, 'admin'],
    ['a foreign question', { answers: { constructor: 'x' } }, 'answers.constructor'],
    ['a wrong type', { fullName: 7 }, 'fullName'],
  ];
  it.each(bad)(
    '%s: 422 that names the field in the language of the page, and nothing is written',
    async (_, changes, path) => {
      const before = await everything();
      for (const lang of ['en', 'km']) {
        const answer = await call('submitRegistration', {
          params,
          query: { lang },
          ...postJson(submission(changes)),
        });
        expect(answer.statusCode).toBe(422);
        const problem = JSON.parse(answer.body ?? '');
        expect(problem.errors.map((error: { path: string }) => error.path)).toContain(path);
        expect(/\p{Script=Khmer}/u.test(problem.errors[0].message)).toBe(lang === 'km');
      }
      expect(await everything()).toEqual(before);
    },
  );

  it('AB12: __proto__ is refused and inert', async () => {
    const answer = await submit(`{"__proto__":{"admin":true},${JSON.stringify(submission()).slice(1)}`);
    expect(answer.statusCode).toBe(422);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
    const form = await call('postForm', { params, ...postForm([...formFields(), ['__proto__', 'x']]) });
    expect(form.statusCode).toBe(422);
  });

  it.each([
    ['a body over the limit', { ...postJson(submission({ fullName: 'n'.repeat(20_000) })) }, 413],
    ['a wrong content type', { body: 'x', headers: { 'content-type': 'text/plain' } }, 415],
    ['broken JSON', { ...postJson('{"email":') }, 400],
    [
      'bytes that are no UTF-8',
      { body: Buffer.from([0x22, 0xff, 0x22]), headers: { 'content-type': 'application/json' } },
      400,
    ],
  ])('%s: a problem document', async (_, what, status) => {
    const answer = await call('submitRegistration', { params, ...what });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers?.['content-type']).toBe('application/problem+json');
    expect(JSON.parse(answer.body ?? '').title.length).toBeGreaterThan(5);
  });

  it.each([
    ['an unknown event', 'nowhere', 404],
    ['an event id of 3 KB', 'n'.repeat(3000), 404],
    ['an event id of another script', 'ព្រឹត្តិការណ៍', 404],
    ['a closed event', 'closed-forum', 409],
    ['an event that has not opened', 'later-forum', 409],
  ])('%s', async (_, eventId, status) => {
    const json = await call('submitRegistration', { params: { eventId }, ...postJson(submission()) });
    expect(json.statusCode).toBe(status);
    const form = await call('postForm', { params: { eventId }, ...postForm(formFields()) });
    expect(form.statusCode).toBe(status);
    expect(form.headers?.['content-type']).toContain('text/html');
  });

  it('CS1: an adult’s answers are not taken from people under 18, and nothing of them is stored', async () => {
    const before = await everything();
    const json = await submit(submission({ ageBand: 'minor' }));
    const form = await call('postForm', { params, ...postForm(formFields({ ageBand: 'minor' })) });
    expect([json.statusCode, form.statusCode]).toEqual([422, 303]);
    expect(await everything()).toEqual(before);
  });

  it('the form comes back with what was typed and a focused summary', async () => {
    const answer = await call('postForm', {
      params,
      query: { lang: 'km' },
      ...postForm(formFields({ email: 'nowhere', fullName: 'សុខ ដារ៉ា' })),
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('សុខ ដារ៉ា');
    expect(answer.body).toMatch(/role="alert"[^>]*|autofocus/);
    expect(answer.body).toContain('href="#email"');
  });
});

describe('AB10: names of every script pass unharmed', () => {
  it.each(['សុខ ដារ៉ា', 'สมชาย ใจดี', 'ສົມຊາຍ', 'မောင်မောင်', 'Nguyễn Thị Ánh', '王小明', 'Suharto', "N'Golo O’Neil-Müller"])(
    '%s',
    async (fullName) => {
      const email = `${Buffer.from(fullName).toString('hex').slice(0, 40)}@example.org`;
      expect((await submit(submission({ email, fullName }))).statusCode).toBe(202);
      const { registrations } = await everything();
      expect(registrations.find((item) => item['email'] === email)).toMatchObject({
        fullName: fullName.normalize('NFC'),
      });
    },
  );

  it('bidi overrides do not', async () => {
    await submit(submission({ email: 'bidi@example.org', fullName: 'Ab\u202Ecd\u200B' }));
    const { registrations } = await everything();
    expect(registrations.find((item) => item['email'] === 'bidi@example.org')).toMatchObject({ fullName: 'Abcd' });
  });
});
