import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MAIL_ATTRIBUTE } from '../../shared/kernel/dynamo/tables.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, SITE_URL, startParts } from '../support/parts.ts';
import { outboxInserts } from '../support/stream.ts';

let parts: Parts;
let outbox: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

const capacities = { 'in-person': 2 };

beforeAll(async () => {
  parts = await startParts();
  const event = forum();
  await parts.publish({
    ...event,
    quotas: event.quotas.map((quota) => ({
      ...quota,
      capacity:
        quota.when && 'mode' in quota.when && quota.when.mode.includes('in-person')
          ? capacities['in-person']
          : quota.capacity,
    })),
  });
  ({ handler: outbox } = await import('../../functions/outbox/index.ts'));
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const params = { eventId: 'asean-ict-forum' };
const register = (changes: Record<string, unknown>) =>
  call('submitRegistration', { params, ...postJson(submission(changes)) });
const deliverAll = async () => outbox(await outboxInserts(parts));

interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly tags: unknown;
}
const mailsTo = async (address: string): Promise<Mail[]> =>
  (await (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`)).json()) as Mail[];

const linkIn = (mail: Mail): string => new RegExp(`${SITE_URL}/m/([\\w.-]+)`).exec(mail.text)?.[1] ?? '';

describe('confirming', () => {
  it('AB3: mails a ticket, with nothing the sender chose in it', async () => {
    await register({ email: 'ticket@example.org', fullName: 'Xyzzy Plugh', organisation: 'Frobozz' });
    expect(await deliverAll()).toEqual({ batchItemFailures: [] });
    const [mail, ...others] = await mailsTo('ticket@example.org');
    expect(others).toEqual([]);
    expect(mail?.subject).toContain('ASEAN ICT Forum');
    for (const words of ['Xyzzy', 'Plugh', 'Frobozz', 'Policy officer']) {
      expect(mail?.text).not.toContain(words);
      expect(mail?.html).not.toContain(words);
    }
    expect(mail?.text).toContain(`${SITE_URL}/m/`);
  });

  it('sends each message once, however often the stream repeats itself', async () => {
    await deliverAll();
    await Promise.all([deliverAll(), deliverAll()]);
    expect(await mailsTo('ticket@example.org')).toHaveLength(1);
  });

  it('forgets the address once it is sent', async () => {
    const client = DynamoDBDocumentClient.from(parts.database.client);
    const { Items: all = [] } = await client.send(new ScanCommand({ TableName: parts.database.tables.outbox }));
    const Items = all.filter((item) => item[MAIL_ATTRIBUTE] !== undefined);
    expect(Items.length).toBeGreaterThan(0);
    for (const item of Items) {
      expect(item).toMatchObject({ state: 'sent', expiresAt: expect.any(Number), messageId: expect.any(String) });
      expect(item).not.toHaveProperty('to');
    }
  });

  it('writes in the language of the attendee', async () => {
    await register({ email: 'khmer@example.org', language: 'km', mode: 'online' });
    await deliverAll();
    const [mail] = await mailsTo('khmer@example.org');
    expect(mail?.subject).toMatch(/\p{Script=Khmer}/u);
    expect(mail?.text).toMatch(/\p{Script=Khmer}/u);
  });

  it('tells whoever came after the last seat that they wait', async () => {
    await register({ email: 'second@example.org' });
    await register({ email: 'third@example.org' });
    await deliverAll();
    const [seated] = await mailsTo('second@example.org');
    const [waiting] = await mailsTo('third@example.org');
    expect(seated?.text).not.toEqual(waiting?.text);
    const view = await call('getRegistration', {
      headers: { authorization: `Bearer ${linkIn(waiting as Mail)}` },
    });
    expect(JSON.parse(view.body ?? '')).toMatchObject({
      status: 'waitlisted',
      waitingFor: { quotas: ['Seats in Phnom Penh'], forSessionsAlone: false },
    });
    expect(waiting?.text).toContain('Seats in Phnom Penh');
    expect(JSON.parse(view.body ?? '')).not.toHaveProperty('ticket');
  });
});

describe('managing', () => {
  const tokenOf = async (address: string): Promise<string> => linkIn((await mailsTo(address))[0] as Mail);

  it('shows the registration and a ticket that the mail has too', async () => {
    const token = await tokenOf('ticket@example.org');
    const view = await call('getRegistration', { headers: { authorization: `Bearer ${token}` } });
    const { ticket, reference } = JSON.parse(view.body ?? '');
    expect(ticket.code).toMatch(/^PLN1:/);
    const page = await call('showRegistration', { params: { token } });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Xyzzy Plugh');
    expect(page.body).toContain('<svg');
    expect(/<title>(.*?)<\/title>/.exec(page.body ?? '')?.[1]).not.toContain('Xyzzy');
    expect(page.headers?.['cache-control']).toBe('no-store');
    const [mail] = await mailsTo('ticket@example.org');
    expect(mail?.text.replaceAll('-', '')).toContain(reference);
  });

  it('AU2: a hundred reads of every page of a holder change nothing', async () => {
    const token = await tokenOf('ticket@example.org');
    const client = DynamoDBDocumentClient.from(parts.database.client);
    const everything = async () =>
      Promise.all(
        Object.values(parts.database.tables).map(
          async (TableName) => (await client.send(new ScanCommand({ TableName }))).Items,
        ),
      );
    const before = await everything();
    for (let n = 0; n < 50; n += 1) {
      await call('showRegistration', { params: { token } });
      const head = await call('showRegistration', { params: { token }, method: 'HEAD' });
      expect(head.body).toBe('');
      await call('showJoin', { params: { token, sessionId: 'any' } });
    }
    expect(await everything()).toEqual(before);
  });

  it('AU1: a link with any character changed is no link', async () => {
    const token = await tokenOf('ticket@example.org');
    const proof = token.lastIndexOf('.') + 1;
    for (let at = 0; at < token.length - 1; at += 1) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      const answer = await call('showRegistration', { params: { token: changed } });
      expect(answer.statusCode).toBe(401);
    }
    expect(token.length - proof).toBe(22);
    for (const nonsense of ['.', 'x'.repeat(5000), '__proto__']) {
      expect((await call('showRegistration', { params: { token: nonsense } })).statusCode).toBe(401);
    }
    // What is no segment of a path is another path.
    for (const elsewhere of ['', '../../etc']) {
      expect((await call('showRegistration', { params: { token: elsewhere } })).statusCode).toBe(404);
    }
  });

  it('AU1: the token is stored nowhere', async () => {
    const token = await tokenOf('ticket@example.org');
    const client = DynamoDBDocumentClient.from(parts.database.client);
    for (const TableName of Object.values(parts.database.tables)) {
      const { Items } = await client.send(new ScanCommand({ TableName }));
      expect(JSON.stringify(Items)).not.toContain(token.slice(token.lastIndexOf('.') + 1));
    }
  });

  it('shows join links to those who are online, each behind a button', async () => {
    const token = await tokenOf('khmer@example.org');
    const view = JSON.parse(
      (await call('getRegistration', { headers: { authorization: `Bearer ${token}` } })).body ?? '',
    );
    expect(view.joinLinks.length).toBeGreaterThan(3);
    const sessionId = view.joinLinks[0].session;
    const shown = await call('showJoin', { params: { token, sessionId } });
    expect(shown.statusCode).toBe(200);
    expect(shown.body).not.toContain('meet.example.org');
    const early = await call('postJoin', {
      params: { token, sessionId },
      ...postForm([['action', 'join']]),
    });
    expect(early.statusCode).toBe(200);
    expect(early.body).not.toContain('meet.example.org');
    const waiting = await tokenOf('ticket@example.org');
    expect((await call('showJoin', { params: { token: waiting, sessionId: 'nothing' } })).statusCode).toBe(404);
  });

  it('shows the address of the meeting to whoever presses while it is open', async () => {
    const event = forum();
    const session = event.sessions.find(({ meetingUrl }) => meetingUrl !== undefined);
    const params = { token: await tokenOf('khmer@example.org'), sessionId: session?.id ?? '' };
    const { date } = event.days.find(({ id }) => id === session?.day) ?? {};
    vi.useFakeTimers({ now: new Date(`${date}T${session?.start}:00+07:00`), toFake: ['Date'] });
    const shown = await call('showJoin', { params });
    const pressed = await call('postJoin', { params, ...postForm([['action', 'join']]) });
    expect(shown.body).not.toContain(session?.meetingUrl);
    expect(pressed.body).toContain(`href="${session?.meetingUrl}"`);
  });

  it('cancels once and for all, gives the seat back, and lets the person register again', async () => {
    const token = await tokenOf('ticket@example.org');
    const client = DynamoDBDocumentClient.from(parts.database.client);
    const taken = async () =>
      (
        await client.send(new ScanCommand({ TableName: parts.database.tables.registry, ConsistentRead: true }))
      ).Items?.filter((item) => String(item['pk']).startsWith('QUOTA#asean-ict-forum#in-person##')).reduce(
        (sum, item) => sum + item['taken'],
        0,
      );
    const before = await taken();
    const answer = await call('postRegistration', {
      params: { token },
      ...postForm([['action', 'cancel']]),
    });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers?.['location']).toContain(`/m/${token}`);
    const again = await call('cancelRegistration', { headers: { authorization: `Bearer ${token}` } });
    expect([again.statusCode, JSON.parse(again.body ?? '').status]).toEqual([200, 'cancelled']);
    expect(JSON.parse(again.body ?? '')).not.toHaveProperty('ticket');
    expect(await taken()).toBe((before ?? 0) - 1);
    await deliverAll();
    expect(await mailsTo('ticket@example.org')).toHaveLength(2);
    await register({ email: 'ticket@example.org' });
    await deliverAll();
    expect(await mailsTo('ticket@example.org')).toHaveLength(3);
  });

  it('tells nobody that they cancelled who took that back before the mail left', async () => {
    await register({ email: 'undone@example.org', mode: 'online' });
    await deliverAll();
    const token = await tokenOf('undone@example.org');
    for (const action of ['cancel', 'undo-cancel']) {
      const answer = await call('postRegistration', { params: { token }, ...postForm([['action', action]]) });
      expect(answer.statusCode).toBe(303);
    }
    await deliverAll();
    const subjects = (await mailsTo('undone@example.org')).map(({ subject }) => subject);
    expect(subjects).toHaveLength(2);
    expect(new Set(subjects).size).toBe(1);
  });

  it('a press that is not "cancel" changes nothing', async () => {
    const token = await tokenOf('second@example.org');
    const answer = await call('postRegistration', {
      params: { token },
      ...postForm([['action', 'delete']]),
    });
    expect(answer.statusCode).toBe(422);
  });
});
