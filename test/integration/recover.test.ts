import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, postForm, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { outboxInserts } from '../support/stream.ts';

let parts: Parts;
let outbox: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

const params = { eventId: 'asean-ict-forum' };
const recover = (email: string) => call('recoverLink', { params, ...postJson({ email }) });
const mailsTo = async (address: string) =>
  (await (await fetch(`${parts.mailbox.url}/messages?to=${address}`)).json()) as { subject: string; text: string }[];
const deliverAll = async () => outbox(await outboxInserts(parts));
const everything = async () => {
  const client = DynamoDBDocumentClient.from(parts.database.client);
  const all = Object.values(parts.database.tables).map((TableName) => client.send(new ScanCommand({ TableName })));
  return (await Promise.all(all)).map(({ Items }) => Items);
};

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  ({ handler: outbox } = await import('../../functions/outbox/index.ts'));
  await call('submitRegistration', { params, ...postJson(submission({ email: 'lost@example.org' })) });
  await deliverAll();
});
afterAll(() => parts?.stop());

describe('find my registration', () => {
  it('AU5: answers the same for known and unknown addresses, and mails only the known one', async () => {
    const known = await recover('Lost@Example.org');
    const before = await everything();
    const unknown = await recover('nobody@example.org');
    expect(await everything()).toEqual(before);
    const { email: _, ...said } = JSON.parse(known.body ?? '');
    const { email: __, ...saidToOther } = JSON.parse(unknown.body ?? '');
    expect([unknown.statusCode, unknown.headers, saidToOther]).toEqual([202, known.headers, said]);
    await deliverAll();
    const [mail, first, ...others] = await mailsTo('lost@example.org');
    expect(others).toEqual([]);
    expect(mail?.subject).toContain('The link to your registration');
    const link = /\/m\/[\w.-]+/;
    expect(link.exec(mail?.text ?? '')?.[0]).toBe(link.exec(first?.text ?? '')?.[0]);
    expect(await mailsTo('nobody@example.org')).toEqual([]);
  });

  it('AB2: asked again at once, mails nothing more', async () => {
    for (let n = 0; n < 3; n += 1) expect((await recover('lost@example.org')).statusCode).toBe(202);
    await deliverAll();
    expect(await mailsTo('lost@example.org')).toHaveLength(2);
  });

  it('works as a form, and says what to do next without telling', async () => {
    const form = await call('showFind', { params });
    expect(form.body).toContain('name="email"');
    const sent = await call('postFind', { params, ...postForm([['email', 'nobody@example.org']]) });
    expect([sent.statusCode, sent.headers?.['location']]).toEqual([303, '/e/asean-ict-forum/find?lang=en&sent=yes']);
    const next = await call('showFind', { params, query: { sent: 'yes' } });
    expect(next.body).toContain('If this address is registered');
  });

  it('asks nothing about what is no address, which it refuses with the address that was probably meant', async () => {
    for (const email of ['"lost"@gmial.com', `${'x'.repeat(300)}@gmial.com`]) {
      for (const chosen of [[], [['emailMeant', email]]] as [string, string][][]) {
        for (const [route, fields] of [
          ['postFind', []],
          ['postDelegationStart', [['language', 'en']]],
        ] as ['postFind' | 'postDelegationStart', [string, string][]][]) {
          const answer = await call(route, { params, ...postForm([['email', email], ...fields, ...chosen]) });
          expect([answer.statusCode, answer.body?.includes('id="email-error"')]).toEqual([422, true]);
          expect(answer.body).not.toContain('Is the email address right?');
          expect(answer.body).toContain('@gmail.com" id="emailMeant"');
        }
      }
    }
  });

  it('AU5: asks once about an address that looks mistyped, alike of known and unknown ones, and mails nothing then', async () => {
    const post = (fields: [string, string][], lang = 'en') =>
      call('postFind', { params, query: { lang }, ...postForm(fields) });
    await call('submitRegistration', { params, ...postJson(submission({ email: 'known@gmial.com' })) });
    await deliverAll();
    const before = await everything();
    const [known, unknown] = [await post([['email', 'known@gmial.com']]), await post([['email', 'other@gmial.com']])];
    expect(known.body).toContain('<title>Is the email address right?');
    expect(known.body).toContain('<a href="#emailMeant">Did you mean known@gmail.com?</a>');
    expect([known.statusCode, known.headers]).toEqual([200, unknown.headers]);
    expect(known.body?.replaceAll('known@', 'other@')).toBe(unknown.body);
    expect((await post([['email', 'known@gmail.con']], 'km')).body).toContain('តើលោកអ្នកចង់សរសេរ known@gmail.com មែនទេ?');
    expect(await everything()).toEqual(before);
    const kept = [
      ['email', 'known@gmial.com'],
      ['emailMeant', 'known@gmial.com'],
    ] as [string, string][];
    expect((await post(kept)).statusCode).toBe(303);
    await deliverAll();
    const subjects = (await mailsTo('known@gmial.com')).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject.includes('The link to your registration'))).toHaveLength(1);
  });

  it('mails to the address that was probably meant, where its sender says so', async () => {
    await call('submitRegistration', { params, ...postJson(submission({ email: 'used@gmail.com' })) });
    const used = [
      ['email', 'used@gmial.com'],
      ['emailMeant', 'used@gmail.com'],
    ] as [string, string][];
    expect((await call('postFind', { params, ...postForm(used) })).statusCode).toBe(303);
    await deliverAll();
    expect((await mailsTo('used@gmail.com')).map(({ subject }) => subject)).toContainEqual(
      expect.stringContaining('The link to your registration'),
    );
  });

  it.each([
    ['no address', [['email', 'nobody']], 422],
    ['nothing', [], 422],
    [
      'two addresses',
      [
        ['email', 'a@example.org'],
        ['email', 'b@example.org'],
      ],
      422,
    ],
    [
      'a stranger among the fields',
      [
        ['email', 'a@example.org'],
        ['admin', 'yes'],
      ],
      422,
    ],
  ] as [string, [string, string][], number][])('%s: the form again, or a problem', async (_, fields, status) => {
    const before = await everything();
    const answer = await call('postFind', { params, ...postForm(fields) });
    expect(answer.statusCode).toBe(status);
    expect(await everything()).toEqual(before);
  });

  it('is offered on the page of the event, to which the bare address leads', async () => {
    const home = await call('showHome', { query: { lang: 'km' } });
    expect([home.statusCode, home.headers?.['location']]).toEqual([303, '/e/asean-ict-forum?lang=km']);
    expect((await call('showEvent', { params })).body).toContain('/e/asean-ict-forum/find');
  });

  it('is not found for an unknown event', async () => {
    const answer = await call('recoverLink', {
      params: { eventId: 'nowhere' },
      ...postJson({ email: 'a@example.org' }),
    });
    expect(answer.statusCode).toBe(404);
  });

  it('mails nothing once the registration is cancelled', async () => {
    const [mail] = await mailsTo('lost@example.org');
    const token = /\/m\/([\w.-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
    await call('cancelRegistration', { headers: { authorization: `Bearer ${token}` } });
    await recover('lost@example.org');
    await deliverAll();
    const subjects = (await mailsTo('lost@example.org')).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject.startsWith('The link'))).toHaveLength(1);
  });
});
