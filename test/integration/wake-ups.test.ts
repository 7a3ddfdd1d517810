import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { PEOPLE } from '../../local/identity/people.ts';
import { SAMPLE_EVENT } from '../../local/seed.ts';
import { type LocalSystem, startSystem } from '../../local/system.ts';
import { MOST_RECEIVED, startWakeUps } from '../../local/wake-ups.ts';
import { readWakeUp, wakeUpQueue } from '../../shared/event/wake-up.store.ts';
import { submission } from '../support/forum.ts';
import { signIn } from '../support/sign-in.ts';

/* A whole system as it is deployed, and no browser that says when the time of a decision is over. */

let system: LocalSystem;
let token: string;
let documents: DynamoDBDocumentClient;

beforeAll(async () => {
  system = await startSystem({ quiet: true });
  const organiser = PEOPLE.find(({ name }) => name === 'Organiser');
  ({ access_token: token } = await signIn(system, organiser?.subject ?? ''));
  documents = DynamoDBDocumentClient.from(new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb }));
});
afterAll(async () => {
  documents?.destroy();
  await system?.stop();
});

const SECOND = 1000;
const BULK = `/api/organiser/events/${SAMPLE_EVENT}/bulk`;

async function post(path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(system.siteUrl + path, { method: 'POST', headers, body: JSON.stringify(body ?? {}) });
  return { status: answer.status, body: await answer.json() };
}

const itemsOf = async (table: 'registry' | 'outbox') => {
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: system.tables[table] }));
  return Items;
};

const mailsTo = async (email: string): Promise<number> =>
  ((await (await fetch(`${system.mailboxUrl}/messages?to=${encodeURIComponent(email)}`)).json()) as unknown[]).length;

/** Someone whose registration a person decides on, with the first mail in their inbox. */
async function apply(name: string) {
  const email = `${name}@media.example.org`;
  const sent = submission({ email, category: 'media', mode: 'online', answers: { mediaType: 'print' } });
  const { status } = await post(`/api/events/${SAMPLE_EVENT}/registrations`, sent);
  expect(status).toBe(202);
  await expect.poll(() => mailsTo(email), { interval: 100 }).toBe(1);
  const found = (await itemsOf('registry')).find((item) => item['email'] === email);
  return { email, reference: String(found?.['reference']), revision: Number(found?.['revision']) };
}

async function decide({ reference, revision }: { readonly reference: string; readonly revision: number }) {
  const id = randomBytes(16).toString('base64url');
  const { status, body } = await post(BULK, {
    ...{ kind: 'approve', id, isSingle: true },
    people: [{ reference, revision }],
  });
  expect([status, body.status, body.people]).toEqual([202, 'held', [{ reference, outcome: 'done' }]]);
  return { id, at: performance.now() };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('mail of a decision leaves ten seconds after it, with no tab open: not before, once, and not at all where it was stopped', async () => {
  const [left, stopped, doubled] = [await apply('left'), await apply('stopped'), await apply('doubled')];
  const about = await decide(left);
  const [back] = [await decide(stopped)];
  await decide(doubled);
  const sqs = new SQSClient({ ...LOCAL_AWS, endpoint: system.environment['AWS_ENDPOINT_URL_SQS'] ?? '', md5: false });
  const jobs = (await itemsOf('outbox')).filter((item) => item['job'] === 'do-bulk');
  expect(jobs.length).toBeGreaterThanOrEqual(3);
  // SQS delivers at least once.
  for (const MessageBody of jobs.flatMap(({ id }) => [JSON.stringify({ jobId: id }), JSON.stringify({ jobId: id })])) {
    const QueueUrl = system.environment['WAKE_UPS_URL'];
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds: 10 }));
  }
  sqs.destroy();
  await pause(5 * SECOND);
  expect((await post(`${BULK}/${back.id}/take-back`)).status).toBe(202);
  await pause(about.at + 9.5 * SECOND - performance.now());
  expect(await mailsTo(left.email), 'before its time').toBe(1);
  await expect.poll(() => mailsTo(left.email), { interval: 100, timeout: 6 * SECOND }).toBe(2);
  expect(performance.now() - about.at).toBeLessThan(15 * SECOND);
  await expect.poll(() => mailsTo(doubled.email), { interval: 100, timeout: 6 * SECOND }).toBe(2);
  await pause(3 * SECOND);
  expect([await mailsTo(left.email), await mailsTo(doubled.email), await mailsTo(stopped.email)]).toEqual([2, 2, 1]);
  const after = (await itemsOf('registry')).find((item) => item['email'] === stopped.email);
  expect(after?.['status']).toBe('pending-approval');
}, 40_000);

describe('the queue of wake-ups', () => {
  async function opened(invoke: (event: SQSEvent) => Promise<unknown>, hiddenMs = 0) {
    const given: string[] = [];
    const queue = await startWakeUps({ invoke, hiddenMs, onFailure: async (body) => void given.push(body) });
    const sqs = new SQSClient({ ...LOCAL_AWS, endpoint: queue.endpoint, maxAttempts: 1, md5: false });
    const wakeUps = wakeUpQueue({ sqs, wakeUps: queue.url, system: { now: () => new Date() } });
    const stop = async () => {
      sqs.destroy();
      await queue.stop();
    };
    return { wakeUps, given, stop };
  }

  it('never calls before its time, at once where that has come, and not where it is further off than SQS takes', async () => {
    const woken: [string, number][] = [];
    const { wakeUps, stop } = await opened(async ({ Records }) => {
      for (const { body } of Records) woken.push([readWakeUp(body), Date.now()]);
      return { batchItemFailures: [] };
    });
    const at = Date.now() + 1200;
    await wakeUps.ask('soon', new Date(at));
    await wakeUps.ask('past', new Date(at - 60_000));
    await wakeUps.ask('far', new Date(at + 16 * 60_000));
    await expect.poll(() => woken.map(([id]) => id), { timeout: 5000 }).toEqual(['past', 'soon']);
    expect(woken[1]?.[1]).toBeGreaterThanOrEqual(at);
    await stop();
    await expect(wakeUps.ask('down', new Date())).rejects.toThrow();
  });

  it('calls again where the function failed, and gives up into the dead letters', async () => {
    let calls = 0;
    const { wakeUps, given, stop } = await opened(async ({ Records: [record] }) => {
      calls += 1;
      if (calls === 1) throw new Error('fell');
      return { batchItemFailures: [{ itemIdentifier: record?.messageId }] };
    });
    await wakeUps.ask('poison', new Date());
    await expect.poll(() => given).toEqual([JSON.stringify({ jobId: 'poison' })]);
    expect(calls).toBe(MOST_RECEIVED);
    await stop();
  });

  it('names no job where a message is none of ours', () => {
    expect(['', 'null', '{}', '[1]', '{"jobId":"x"}'].map(readWakeUp)).toEqual(['', '', '', '', 'x']);
  });
});
