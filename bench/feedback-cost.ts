import { constants, createPrivateKey, randomBytes, randomUUID, sign } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { EVENT_FORM } from '../shared/feedback/form/form.ts';
import { isSigned, makeBlindKeyPair } from '../shared/feedback/token/blind-signature.store.ts';
import { putFeedbackKeys } from '../shared/feedback/token/feedback-keys.store.ts';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { ANSWERS_PREFIX } from '../shared/kernel/dynamo/tables.ts';
import { writeAll } from '../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import { callHandler, postJson } from '../test/support/call.ts';
import { forum } from '../test/support/forum.ts';
import { OPEN_NOW, setForms } from '../test/support/open-forms.ts';
import { type Parts, startParts } from '../test/support/parts.ts';
import { type Handler, newInstance } from './cost/instance.ts';
import type { Measure } from './measure.ts';
import { FAR_AWAY } from './people.ts';
import { percentile } from './statistics.ts';

const EVENT = 'feedback-cost';
const ROUNDS = 400;
const WARM_UP = 50;
/** Of a bare write of one item, in the same run. */
const MOST = 1.5;

/** How long the function takes that keeps an answer, beside one that does nothing but write an item. */
export async function feedbackCost(): Promise<Measure[]> {
  const parts = await startParts();
  try {
    await parts.publish(forum({ id: EVENT }));
    await setForms(parts, EVENT, { [EVENT_FORM]: OPEN_NOW });
    const { publicKey, privateKey } = await makeBlindKeyPair();
    const keys = { publicKeys: { adult: publicKey, young: publicKey }, sealed: Buffer.alloc(0) };
    const { registry } = parts.database.tables;
    const kept = putFeedbackKeys(registry, { eventId: EVENT, form: EVENT_FORM }, keys, FAR_AWAY);
    await writeAll(documentClient(parts.database.client), [kept], realSystem);
    const [answer, bare] = [await newInstance('feedback', randomUUID()), bareHandler(parts)];
    const times = { answer: [] as number[], bare: [] as number[], check: [] as number[] };
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      const token = randomBytes(32);
      const signature = signPlainly(privateKey, token);
      const proof = { token: token.toString('base64url'), signature: signature.toString('base64url') };
      const body = { ...proof, mode: 'online', category: 'ngo', answers: { overall: 1 + (Math.abs(round) % 5) } };
      const check = await timed(() => isSigned(publicKey, token, signature));
      const ours = () => timed(() => send(answer, body, 201));
      const theirs = () => timed(() => send(bare, body, 200));
      // The first may pay for what the other finds ready.
      const [answered, written] =
        round % 2 === 0 ? [await ours(), await theirs()] : swapped(await theirs(), await ours());
      if (round < 0) continue;
      times.answer.push(answered - check);
      times.bare.push(written);
      times.check.push(check);
    }
    const [answered, written] = [percentile(times.answer, 95), percentile(times.bare, 95)];
    return [
      {
        what: 'keeping an answer, p95, without the check of its token',
        value: answered / written,
        unit: 'x',
        budget: { atMost: MOST },
      },
      { what: 'the same, median', value: percentile(times.answer, 50) / percentile(times.bare, 50), unit: 'x' },
      { what: 'a bare write, p95', value: written, unit: 'ms' },
      { what: 'the check of a token, p95', value: percentile(times.check, 95), unit: 'ms' },
    ];
  } finally {
    await parts.stop();
  }
}

/** As it comes of blinding, in a tenth of the time. */
function signPlainly(privateKey: Buffer, message: Uint8Array): Buffer {
  const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' });
  return sign('sha384', message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 });
}

const swapped = (a: number, b: number): [number, number] => [b, a];

async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function send(handler: Handler, body: unknown, status: number): Promise<void> {
  const answer = await callHandler(handler, 'sendFeedback', {
    params: { eventId: EVENT, form: EVENT_FORM },
    ...postJson(body),
  });
  if (answer.statusCode !== status) throw new Error(`${answer.statusCode} ${answer.body}`);
}

/** Writes what it is sent, and nothing else. */
function bareHandler({ database }: Parts): Handler {
  const client = documentClient();
  return async ({ body = '' }) => {
    const sent = JSON.parse(Buffer.from(body, 'base64').toString('utf8'));
    const item = { pk: `${ANSWERS_PREFIX}bare`, sk: sent.token, ...sent, expiresAt: FAR_AWAY };
    await client.send(new PutCommand({ TableName: database.tables.feedback, Item: item }));
    return { statusCode: 200, body: '{}' };
  };
}
