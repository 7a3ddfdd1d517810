import { GetAccountCommand, PutAccountDetailsCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, SENDER, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';
import { outboxInserts } from '../support/stream.ts';
import { ask, grantTeam } from '../support/team.ts';
import { LOOK_AT_ACCOUNT } from '../support/timers.ts';

/* One account, from its sandbox to production: the tests follow one another. */

const EVENT = 'sandboxed';
const VERIFIED = 'verified@tester.example.org';
const STRANGER = 'stranger@elsewhere.example.org';
const HOURS = 60 * 60 * 1000;

type Handler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

let parts: Parts;
let outbox: Handler;
let housekeeping: typeof import('../../functions/housekeeping/index.ts').handler;

beforeAll(async () => {
  parts = await startParts({ sandbox: true, identities: [SENDER.replace(/.*@/, ''), VERIFIED] });
  await parts.publish(forum({ id: EVENT }));
  await grantTeam(parts, EVENT);
  ({ handler: outbox } = await import('../../functions/outbox/index.ts'));
  ({ handler: housekeeping } = await import('../../functions/housekeeping/index.ts'));
});
afterAll(() => parts?.stop());

const status = async () => (await ask('organiser', 'getMailStatus', { params: { eventId: EVENT } })).body;
const keepHouse = () => asFunction('housekeeping', () => housekeeping(LOOK_AT_ACCOUNT));

async function sweepAfter(hours: number): Promise<void> {
  const { sweep } = await import('../../shared/mail/outbox/sweep.case.ts');
  const deps = (await import('../../functions/outbox/index.ts')).realDeps();
  const at = new Date(Date.now() + hours * HOURS);
  await sweep({ ...deps, system: { ...deps.system, now: () => at } });
}

/** What became of the mail to someone. */
const mailTo = async (email: string) => {
  const answer = await fetch(`${parts.mailbox.url}/messages?to=${email}`);
  return ((await answer.json()) as unknown[]).length;
};
const states = async () =>
  (await scan(parts, 'outbox')).filter((item) => item['eventId'] === EVENT && item['kind']).map(({ state }) => state);

it('says nothing of the account before anyone looked', async () => {
  expect(await status()).toEqual({ waiting: 0 });
});

it('says that the account is in its sandbox, what it may send, and where to leave it', async () => {
  await keepHouse();
  expect(await status()).toEqual({
    waiting: 0,
    account: {
      troubles: ['sandbox'],
      production: false,
      enforcement: 'healthy',
      sending: true,
      senderVerified: true,
      perSecond: 1,
      daily: 200,
      sent: 0,
      readAt: expect.any(String),
      page: 'https://ap-southeast-1.console.aws.amazon.com/ses/home?region=ap-southeast-1#/account',
    },
  });
});

it('keeps whatever SES refuses in the sandbox, and says how much waits and since when', async () => {
  for (const email of [VERIFIED, STRANGER]) {
    const sent = submission({ email });
    expect((await call('submitRegistration', { params: { eventId: EVENT }, ...postJson(sent) })).statusCode).toBe(202);
  }
  const inserts = await outboxInserts(parts);
  expect(await asFunction('outbox', () => outbox(inserts))).toEqual({ batchItemFailures: [] });
  expect([await mailTo(VERIFIED), await mailTo(STRANGER)]).toEqual([1, 0]);
  await keepHouse();
  const [message] = (await scan(parts, 'outbox')).filter(({ to }) => to === STRANGER);
  expect(message).toMatchObject({ state: 'pending', attempts: 1 });
  expect(await status()).toMatchObject({ waiting: 1, account: { sent: 1, waitsSince: message?.['createdAt'] } });
});

it('loses nothing, however long that lasts, and sends it once the sandbox is left', async () => {
  for (const hours of [2, 4, 6]) await sweepAfter(hours);
  expect((await states()).sort()).toEqual(['pending', 'sent']);
  const ses = new SESv2Client({});
  await ses.send(new PutAccountDetailsCommand({ MailType: 'TRANSACTIONAL', WebsiteURL: 'https://forum.test' }));
  expect(await ses.send(new GetAccountCommand({}))).toMatchObject({ ProductionAccessEnabled: true });
  for (const hours of [8, 10]) await sweepAfter(hours);
  expect(await states()).toEqual(['sent', 'sent']);
  expect([await mailTo(VERIFIED), await mailTo(STRANGER)]).toEqual([1, 1]);
  await keepHouse();
  const after = await status();
  expect(after).toMatchObject({ waiting: 0, account: { troubles: [], production: true, sent: 2, daily: 50_000 } });
  expect(after.account).not.toHaveProperty('waitsSince');
});

it('is for organisers only', async () => {
  for (const who of ['thailand', 'safeguarding', 'care'] as const) {
    expect((await ask(who, 'getMailStatus', { params: { eventId: EVENT } })).status).toBe(403);
  }
});
