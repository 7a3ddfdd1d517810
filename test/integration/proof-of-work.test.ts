import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProofChallenge } from '../../shared/kernel/proof.schema.ts';
import { watchForAttack } from '../../shared/mail/limits/watch-for-attack.case.ts';
import { solveChallenge } from '../../web/site/script/solve-challenge.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { formFields, forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { outboxInserts, recordsOf } from '../support/stream.ts';

let parts: Parts;
const params = { eventId: 'asean-ict-forum' };
const RATE = 12;

beforeAll(async () => {
  parts = await startParts();
  const event = forum();
  await parts.publish({ ...event, registration: { ...event.registration, attackRate: RATE } });
});
afterAll(() => parts?.stop());

const submit = (changes: Record<string, unknown>) =>
  call('submitRegistration', { params, ...postJson(submission({ mode: 'online', ...changes })) });
const registered = async (email: string): Promise<number> => {
  const client = DynamoDBDocumentClient.from(parts.database.client);
  const { Items = [] } = await client.send(new ScanCommand({ TableName: parts.database.tables.registry }));
  return Items.filter((item) => item['email'] === email).length;
};
async function proofOf(challenge: ProofChallenge): Promise<string> {
  return btoa(JSON.stringify({ challenge, solution: await solveChallenge(challenge.parameters) }));
}
const challengeIn = (body = ''): ProofChallenge => {
  const found = /data-challenge="([^"]*)"/.exec(body)?.[1] ?? '';
  return JSON.parse(found.replaceAll('&quot;', '"'));
};

it('in quiet times nobody meets it, and the event does not say from when on', async () => {
  const { body } = await call('getEvent', { params });
  expect(body).not.toContain('attackRate');
  for (let n = 0; n < RATE; n += 1) expect((await submit({ email: `quiet-${n}@example.org` })).statusCode).toBe(202);
  await seenByOutbox();
  expect((await submit({ email: 'one-more@example.org' })).statusCode).toBe(202);
});

describe('AB4: instances that see a part of a rush each', () => {
  const formsSeen = async (id: string) => {
    const { realDeps } = await import('../../functions/outbox/index.ts');
    await parts.publish({ ...forum(), id, registration: { ...forum().registration, attackRate: RATE } });
    const guards = () => scan(parts, 'registry', { having: { pk: `GUARD#${id}` } });
    /** @returns how many guards there are afterwards */
    return async (count: number, createdAt: string) => {
      const mail = { kind: 'confirmed', eventId: id, createdAt };
      const items = Array.from({ length: count }, (_, n) => ({ ...mail, id: `${n}` }));
      await watchForAttack(realDeps(), recordsOf(items).Records);
      return (await guards()).length;
    };
  };

  it('watch together', async () => {
    const seen = await formsSeen('in-parts');
    const now = new Date().toISOString();
    expect([await seen(RATE / 2, now), await seen(RATE / 2, now), await seen(1, now)]).toEqual([0, 0, 1]);
  });

  it('see what stays below the rate for long', async () => {
    const seen = await formsSeen('slowly');
    for (const minute of ['00', '20', '40']) expect(await seen(RATE, `2027-03-01T12:${minute}:00.000Z`)).toBe(0);
    expect(await seen(1, '2027-03-01T13:00:00.000Z')).toBe(0);
    expect(await seen(1, '2027-03-01T12:50:00.000Z')).toBe(1);
  });
});

it('AB4: above the rate each form has to be proven, and each proof counts once', async () => {
  await Promise.all(Array.from({ length: RATE }, (_, n) => submit({ email: `rush-${n}@example.org` })));
  const promotions = async () => (await scan(parts, 'outbox', { having: { job: 'promote' } })).length;
  const before = await promotions();
  await seenByOutbox();
  // Seats that nobody proved in time may go by themselves from now on: that is looked at, once.
  expect(await promotions()).toBe(before + 1);
  await seenByOutbox();
  expect(await promotions()).toBe(before + 1);
  const refused = await submit({ email: 'late@example.org' });
  expect(refused.statusCode).toBe(403);
  const problem = JSON.parse(refused.body ?? '');
  expect(problem.type).toBe('urn:plenary:problem:proof-needed');
  expect(await registered('late@example.org')).toBe(0);

  const proof = await proofOf(problem.challenge);
  expect((await submit({ email: 'late@example.org', proof })).statusCode).toBe(202);
  expect(await registered('late@example.org')).toBe(1);
  const again = await submit({ email: 'replay@example.org', proof });
  expect([again.statusCode, JSON.parse(again.body ?? '').type]).toEqual([403, problem.type]);
  expect(await registered('replay@example.org')).toBe(0);
  expect((await submit({ email: 'made-up@example.org', proof: btoa('{}') })).statusCode).toBe(403);
});

it('AB4: twenty who share one proof are one', async () => {
  const { challenge } = JSON.parse((await submit({ email: 'shared@example.org' })).body ?? '');
  const proof = await proofOf(challenge);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => submit({ email: `shared-${n}@example.org`, proof })),
  );
  expect(answers.filter(({ statusCode }) => statusCode === 202)).toHaveLength(1);
});

it('AB4: whoever sends the same again, not having had the answer, has nothing left to prove', async () => {
  const { challenge } = JSON.parse((await submit({ email: 'lost-answer@example.org' })).body ?? '');
  const proof = await proofOf(challenge);
  for (let n = 0; n < 2; n += 1) {
    expect((await submit({ email: 'lost-answer@example.org', proof })).statusCode).toBe(202);
  }
  expect(await registered('lost-answer@example.org')).toBe(1);
});

it('AB4: fields that have to change are told first; nobody computes for those', async () => {
  expect((await submit({ email: 'no address' })).statusCode).toBe(422);
});

it('AB4: a form comes back with everything in it, and the work to do', async () => {
  const fields = formFields({ email: 'form@example.org', fullName: 'Form "Sample"', mode: 'online' });
  const refused = await call('postForm', { params, ...postForm(fields) });
  expect(refused.statusCode).toBe(403);
  expect(refused.body).toContain('Form &quot;Sample&quot;');
  expect(refused.body).toContain('/assets/prove.js');
  const proof = await proofOf(challengeIn(refused.body));
  const sent = await call('postForm', { params, ...postForm([...fields, ['proof', proof]]) });
  expect(sent.statusCode).toBe(303);
  expect(await registered('form@example.org')).toBe(1);
});

it('AB4, AU5: asking for the link has to be proven too, the same for known and unknown addresses', async () => {
  for (const email of ['late@example.org', 'nobody@example.org']) {
    const ask = (proof?: string) => call('recoverLink', { params, ...postJson({ email, proof }) });
    const { challenge } = JSON.parse((await ask()).body ?? '');
    const proof = await proofOf(challenge);
    expect((await ask(proof)).statusCode).toBe(202);
    expect((await ask(proof)).statusCode).toBe(403);
  }
  const page = await call('postFind', { params, ...postForm([['email', 'late@example.org']]) });
  expect(page.statusCode).toBe(403);
  const proof = await proofOf(challengeIn(page.body));
  const sent = await call('postFind', {
    params,
    ...postForm([
      ['email', 'late@example.org'],
      ['proof', proof],
    ]),
  });
  expect(sent.statusCode).toBe(303);
});

/** Lets the outbox function see what was written, as the stream shows it. */
async function seenByOutbox(): Promise<void> {
  const { handler }: { handler: (event: DynamoDBStreamEvent) => Promise<unknown> } = await import(
    '../../functions/outbox/index.ts'
  );
  await handler(await outboxInserts(parts));
}
