import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { realDeps as realOutbox } from '../../functions/outbox/index.ts';
import { beginYoung } from '../support/begin-young.ts';
import { writeErased } from '../support/erased-mail.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { outboxInserts } from '../support/stream.ts';
import { youngSubmission } from '../support/young.ts';

type Deps = ReturnType<typeof realOutbox>;

/** A tenth of the day is kept for what cannot wait. No day's mail is too fast, even at once. */
const QUOTA = { perSecond: 200, daily: 60 };
const DAY = 24 * 60 * 60 * 1000;

let parts: Parts;
let deps: Deps;
let use: typeof import('../../shared/mail/outbox/sweep.case.ts') & typeof import('../../functions/outbox/index.ts');

beforeAll(async () => {
  parts = await startParts({ quota: QUOTA });
  await parts.publish(forum());
  deps = (await import('../../functions/outbox/index.ts')).realDeps();
  use = {
    ...(await import('../../shared/mail/outbox/sweep.case.ts')),
    ...(await import('../../functions/outbox/index.ts')),
  };
});
afterAll(() => parts?.stop());
afterEach(() => vi.unstubAllGlobals());

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

it('sends what cannot wait before what can, however long that waited', async () => {
  for (const name of ['one', 'two', 'three']) {
    const guardian = { name: 'Parent Sample', email: `guardian-${name}@example.org`, language: 'en' };
    const body = youngSubmission({ email: `young-${name}@example.org`, guardian });
    await beginYoung(parts, 'asean-ict-forum', body);
  }
  await tellOfNew();
  shiftClock(4 * DAY);
  await writeErased(parts, 2);
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
  shiftClock(11 * DAY);
  await writeErased(parts, 55);
  await tellOfNew();
  await use.sweep(deps);
  expect(await inState('guardian-reminder', 'pending')).toHaveLength(3);
  await writeErased(parts, 7);
  await tellOfNew();
  // The day had five left.
  expect((await inState('erased', 'pending')).map(({ attempts }) => attempts)).toEqual([0, 0]);
  shiftClock(DAY);
  await use.sweep(deps);
  expect(await inState('erased', 'pending')).toEqual([]);
  expect(await inState('guardian-reminder', 'pending')).toEqual([]);
});
