import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { realDeps as realOutbox } from '../../functions/outbox/index.ts';
import { newMessage } from '../../shared/mail/outbox/new-items.store.ts';
import { toOutboxItem } from '../../shared/mail/outbox/outbox-items.store.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { ask, grantTeam } from '../support/team.ts';

type Deps = ReturnType<typeof realOutbox>;

const HOUR = 60 * 60 * 1000;

let parts: Parts;
let outbox: Deps;
let use: typeof import('../../shared/mail/outbox/deliver.case.ts') &
  typeof import('../../shared/mail/outbox/sweep.case.ts');

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  await grantTeam(parts, params.eventId);
  outbox = (await import('../../functions/outbox/index.ts')).realDeps();
  use = {
    ...(await import('../../shared/mail/outbox/deliver.case.ts')),
    ...(await import('../../shared/mail/outbox/sweep.case.ts')),
  };
});
afterAll(() => parts?.stop());

const params = { eventId: 'asean-ict-forum' };
const register = async (email: string) => {
  const answer = await call('submitRegistration', { params, ...postJson(submission({ email, mode: 'online' })) });
  expect(answer.statusCode).toBe(202);
};
const deliverAll = async (ids: readonly string[]) => {
  for (const id of ids) await use.deliver(outbox, id);
};
const later = (milliseconds: number): Deps => ({
  ...outbox,
  system: { ...outbox.system, now: () => new Date(Date.now() + milliseconds) },
});

async function items() {
  const client = DynamoDBDocumentClient.from(parts.database.client);
  const input = { TableName: parts.database.tables.outbox, ConsistentRead: true };
  return (await client.send(new ScanCommand(input))).Items ?? [];
}
const pending = async () => (await items()).filter(({ state }) => state === 'pending');
const mailsTo = async (...addresses: string[]): Promise<number> => {
  const counts = addresses.map(async (address) => {
    const answer = await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`);
    return ((await answer.json()) as unknown[]).length;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
};

const SPELLINGS = ['v.ictim@gmail.com', ...Array.from({ length: 14 }, (_, n) => `vic.tim+${n}@googlemail.com`)];

it('AB2: fifteen mails to one inbox under many spellings: three in the first hour, ten in the first day', async () => {
  for (const email of SPELLINGS) await register(email);
  const ids = (await pending()).map(({ id }) => id);
  await Promise.all([deliverAll(ids), deliverAll(ids.toReversed())]);
  expect(await mailsTo(...SPELLINGS)).toBe(3);

  await register('someone.else@gmail.com');
  await deliverAll((await pending()).map(({ id }) => id));
  expect(await mailsTo('someone.else@gmail.com')).toBe(1);

  await use.sweep(later(HOUR / 2));
  expect(await mailsTo(...SPELLINGS)).toBe(3);
  for (let hours = 1.01; hours < 23; hours += 1) await use.sweep(later(hours * HOUR));
  expect(await mailsTo(...SPELLINGS)).toBe(10);
  for (let hours = 24; hours < 30; hours += 1.01) await use.sweep(later(hours * HOUR));
  expect(await mailsTo(...SPELLINGS)).toBe(15);
  expect(await pending()).toEqual([]);
});

it('AB2: asking for the link again and again keeps nobody from what they are told once', async () => {
  const email = 'asked-for@example.org';
  await register(email);
  const [{ reference } = {}] = (await pending()).filter(({ to }) => to === email);
  const client = DynamoDBDocumentClient.from(parts.database.client);
  const write = async (kind: 'link' | 'erased') => {
    const about = { eventId: params.eventId, reference: String(reference), language: 'en', email };
    const message = newMessage(outbox.system, kind, about);
    await client.send(new PutCommand({ TableName: parts.database.tables.outbox, Item: toOutboxItem(message) }));
    return message.id;
  };
  const links: string[] = [];
  for (let n = 0; n < 40; n += 1) links.push(await write('link'));
  await deliverAll([...(await pending()).filter(({ to }) => to === email).map(({ id }) => id)]);
  expect(await mailsTo(email)).toBe(3);
  const once = await write('erased');
  await deliverAll([once]);
  // Mails that waited as long as it share its first turns, and have used up theirs of the day by its second.
  for (const hours of [1.01, 2.02]) await use.sweep(later(hours * HOUR));
  const stateOf = async (id: string) => (await items()).find((item) => item['id'] === id);
  expect(await stateOf(once)).toMatchObject({ state: 'sent' });
  for (let hours = 3.03; hours < 30; hours += 1.01) await use.sweep(later(hours * HOUR));
  const ended = (await items()).filter(({ id }) => links.includes(id));
  expect(ended.filter(({ state }) => state === 'sent').length).toBeGreaterThanOrEqual(5);
  expect(ended.every(({ state, failure }) => state === 'sent' || failure === 'asked-too-often')).toBe(true);
  expect(await mailsTo(email)).toBeLessThan(16);
});

it('AB2: two hundred people behind one address of a network all get their mail', async () => {
  const addresses = Array.from({ length: 200 }, (_, n) => `delegate-${n}@ministry.test`);
  const people = [...addresses];
  while (people.length > 0) await Promise.all(people.splice(0, 20).map(register));
  await deliverAll((await pending()).map(({ id }) => id));
  expect(await mailsTo(...addresses)).toBe(200);
});

describe('CS17: mail to the focal point', () => {
  const FOCAL_POINT = 'safeguarding@copforum.example.org';
  const report = async (what: string) => {
    const answer = await call('postReport', {
      params,
      ...postForm([
        ['what', what],
        ['contact', ''],
      ]),
    });
    expect(answer.statusCode).toBe(303);
  };
  const reports = async () => (await items()).filter(({ kind }) => kind === 'report-received');
  const tell = async () => deliverAll((await reports()).map(({ id }) => id));

  it('has turns of its own, which nobody uses up who types that address into a form', async () => {
    const spellings = [1, 2, 3, 4, 5].map((n) => FOCAL_POINT.replace('@', `+${n}@`));
    for (const email of spellings) await register(email);
    await deliverAll((await pending()).map(({ id }) => id));
    expect(await mailsTo(...spellings)).toBe(3);
    await report('Someone follows children around');
    await tell();
    expect(await mailsTo(FOCAL_POINT)).toBe(1);
  });

  it('tells once of however many came before somebody looked, and within the hour of what came after', async () => {
    const look = async () => expect((await ask('safeguarding', 'listReports', { params })).status).toBe(200);
    for (let n = 1; n <= 12; n += 1) await report(`Junk ${n}`);
    await tell();
    expect(await mailsTo(FOCAL_POINT)).toBe(1);
    for (const n of [2, 3]) {
      await look();
      await report(`After look ${n}`);
      await tell();
      expect(await mailsTo(FOCAL_POINT)).toBe(n);
    }
    await look();
    await report('A real one, after all the junk');
    await tell();
    await use.sweep(later(HOUR / 2));
    expect(await mailsTo(FOCAL_POINT)).toBe(3);
    await use.sweep(later(1.01 * HOUR));
    expect(await mailsTo(FOCAL_POINT)).toBe(4);
    const settled = await reports();
    expect(settled.every(({ state }) => state === 'sent')).toBe(true);
    expect(settled.every((item) => item['to'] === undefined)).toBe(true);
  });
});

it('AB2: names nobody in what it remembers, and forgets that after a day', async () => {
  const caps = (await items()).filter(({ id }) => String(id).startsWith('CAP#'));
  expect(caps.length).toBeGreaterThan(0);
  for (const cap of caps) {
    expect(JSON.stringify(cap)).not.toMatch(/@|victim|delegate|safeguarding/);
    const { claims, turns, repeats = [] } = cap;
    const instants = [...claims.map(({ at }: { at: string }) => at), ...turns, ...repeats];
    const last = Math.max(...instants.map((at) => Date.parse(at)));
    expect(cap['expiresAt']).toBe(Math.ceil((last + 24 * HOUR) / 1000));
  }
});
