import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Deps } from '../../functions/outbox/deps.ts';
import { newMessage } from '../../shared/registering/new-items.ts';
import { putMessage } from '../../shared/registering/writes.ts';
import { type DocumentClient, documentClient } from '../../shared/store/client.ts';
import { SEND_PACE_KEY } from '../../shared/store/send-pace-item.ts';
import { writeAll } from '../../shared/store/transact.ts';
import { call, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { outboxInserts } from '../support/stream.ts';
import { youngSubmission } from '../support/young.ts';

/** A tenth of the day is kept for what cannot wait. */
const QUOTA = { perSecond: 20, daily: 60 };
const DAY = 24 * 60 * 60 * 1000;

let parts: Parts;
let deps: Deps;
let documents: DocumentClient;
let use: typeof import('../../functions/outbox/sweep.ts') &
  typeof import('../../functions/outbox/index.ts') &
  typeof import('../../functions/outbox/pace.ts');

beforeAll(async () => {
  parts = await startParts({ quota: QUOTA });
  await parts.publish(forum());
  documents = documentClient();
  deps = (await import('../../functions/outbox/deps.ts')).realDeps();
  use = {
    ...(await import('../../functions/outbox/sweep.ts')),
    ...(await import('../../functions/outbox/index.ts')),
    ...(await import('../../functions/outbox/pace.ts')),
  };
});
afterAll(() => parts?.stop());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

let people = 0;
/** Mail that is written from the event alone, each to someone else. */
async function write(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) {
    people += 1;
    const about = { eventId: 'asean-ict-forum', reference: 'AAAAAAAAAA', language: 'en' };
    const message = newMessage(deps.system, 'erased', { ...about, email: `person-${people}@example.org` });
    await writeAll(documents, [putMessage(parts.database.tables.outbox, message, 2 ** 32)], deps.system);
  }
}

const messages = async () => (await scan(parts, 'outbox')).filter((item) => item['kind'] !== undefined);
const ofKind = async (kind: string) => (await messages()).filter((message) => message['kind'] === kind);
const inState = async (kind: string, state: string) => (await ofKind(kind)).filter((each) => each['state'] === state);
/** Oldest first. */
const recipients = async (): Promise<string[]> => {
  const answer = await fetch(`${parts.mailbox.url}/messages`);
  const mails = (await answer.json()) as { destinations: string[] }[];
  return mails.reverse().flatMap(({ destinations }) => destinations);
};
/** The stream tells of what is new. */
async function tellOfNew(): Promise<void> {
  const { Records } = await outboxInserts(parts);
  const unsent = new Set((await messages()).filter(({ state }) => state === 'pending').map(({ id }) => id));
  await use.handler({ Records: Records.filter(({ dynamodb }) => unsent.has(dynamodb?.Keys?.['id']?.S)) });
}
const later = (milliseconds: number) =>
  vi.useFakeTimers({ now: Date.now() + milliseconds, toFake: ['Date'], shouldAdvanceTime: true });

it('keeps the rate of the account, whoever sends, and is refused nothing for being too fast', async () => {
  await write(40);
  const { Records } = await outboxInserts(parts);
  const begun = Date.now();
  await Promise.all([Records.slice(0, 20), Records.slice(20)].map((half) => use.handler({ Records: half })));
  expect(Date.now() - begun).toBeGreaterThan((39 / QUOTA.perSecond) * 1000);
  expect(await messages()).toHaveLength(40);
  for (const message of await messages()) expect(message).toMatchObject({ state: 'sent', attempts: 1 });
});

it('sends what cannot wait before what can, however long that waited', async () => {
  for (const name of ['one', 'two', 'three']) {
    const guardian = { name: 'Parent Sample', email: `guardian-${name}@example.org`, language: 'en' };
    const body = youngSubmission({ email: `young-${name}@example.org`, guardian });
    await call('submitRegistration', { params: { eventId: 'asean-ict-forum' }, ...postJson(body) });
  }
  await tellOfNew();
  later(4 * DAY);
  await write(2);
  for (const message of await inState('erased', 'pending'))
    await deps.outbox.postpone(String(message['id']), new Date());
  await use.sweep(deps);
  expect((await recipients()).slice(-5).map((to) => to.replace(/-.*/, ''))).toEqual([
    'person',
    'person',
    'guardian',
    'guardian',
    'guardian',
  ]);
});

it('keeps some of the day for what cannot wait; what comes after that waits for the next day', async () => {
  later(11 * DAY);
  await write(55);
  await tellOfNew();
  await use.sweep(deps);
  expect(await inState('guardian-reminder', 'pending')).toHaveLength(3);
  await write(7);
  await tellOfNew();
  expect(await inState('erased', 'pending')).toHaveLength(7);
  expect((await inState('erased', 'pending')).map(({ attempts }) => attempts)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  later(DAY);
  await use.sweep(deps);
  expect(await inState('erased', 'pending')).toEqual([]);
  expect(await inState('guardian-reminder', 'pending')).toEqual([]);
});

it('goes on at the pace of a new account where SES does not say, and past a pace that cannot be read', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const table = parts.database.tables.outbox;
  const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
  await documents.send(new PutCommand({ TableName: table, Item: { ...SEND_PACE_KEY, v: 'other', revision: 7 } }));
  const silent = use.storedPace(documents, table, deps.system, () => Promise.reject(new Error('down')));
  expect(await silent.take(2, 'now')).toMatchObject({ every: 1000 });
  expect(error).toHaveBeenCalledOnce();
  const next = await silent.take(1, 'now');
  expect('startAt' in next && next.startAt - Date.now()).toBeGreaterThan(1000);
  expect(error).toHaveBeenCalledOnce();
});
