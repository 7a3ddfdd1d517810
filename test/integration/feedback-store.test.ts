import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import { MANIFESTS } from '../../functions/manifests.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { MOST_TEXT_BYTES } from '../../shared/feedback/answer/answers.ts';
import type { SealedAnswer } from '../../shared/feedback/feedback-items.schema.ts';
import { nextStep } from '../../shared/feedback/result/overview.case.ts';
import { DIMENSIONS, NOTHING_ANSWERED, withAnswers } from '../../shared/feedback/result/published.ts';
import { MOST_COUNTED_BYTES } from '../../shared/feedback/result/tally.ts';
import type { FormOf } from '../../shared/feedback/token/pass.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { feedbackWith } from '../support/feedback.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';

const END = 2 ** 31;

let parts: Parts;
let meter: MeteredDatabase;
let client: DynamoDBClient;
let feedback: ReturnType<typeof feedbackWith>;
beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
  feedback = feedbackWith({
    ...{ client: documentClient(client), table: parts.database.tables.feedback },
    ...{ kms: new KMSClient({}), key: readEnvironment(MANIFESTS.feedback).feedbackKey },
  });
});
afterAll(async () => {
  client?.destroy();
  await meter?.stop();
  await parts?.stop();
});

type Answer = SealedAnswer & FormOf;

const answer = (form: string, changes: Partial<Answer> = {}): Answer => ({
  ...{ eventId: 'sample', form },
  tally: { answers: 1, counts: { 'useful.4': 1, 'use.yes': 1 } },
  labels: { mode: 'online', category: 'ngo' },
  texts: {},
  ...changes,
});
const keep = (of: Answer, token: Uint8Array = randomBytes(32)) => feedback.box.answer(of, token, END);
const itemsOf = async (form: string) =>
  (await scan(parts, 'feedback')).filter(({ pk, sk }) => String(pk).endsWith(`#${form}`) || sk === form);

/** Everything chosen that there is room for, and all the words: of the least that can be made shorter. */
function fullest(form: string): Answer {
  const idOf = (length: number) => randomBytes(length).toString('hex').slice(0, length);
  const each = 2 + 34 + 4;
  const choices = Array.from({ length: Math.floor(MOST_COUNTED_BYTES / each) }, () => [`${idOf(18)}.${idOf(15)}`, 1]);
  const letters = Array.from({ length: MOST_TEXT_BYTES / 3 }, () =>
    String.fromCodePoint(0x4e00 + (randomBytes(2).readUInt16BE() % 0x5000)),
  );
  return answer(form, {
    ...{ eventId: 'e'.repeat(40), labels: { mode: 'in-person', category: idOf(40) } },
    tally: { answers: 1, counts: Object.fromEntries(choices) },
    texts: { [idOf(40)]: letters.join('') },
  });
}

describe('feedback that is kept', () => {
  it('keeps what each token says once, also where all come at the same moment and come twice', async () => {
    const all = Array.from({ length: 60 }, (_, number) => ({
      token: randomBytes(32),
      said: answer('rush', {
        tally: { answers: 1, counts: { [`useful.${1 + (number % 5)}`]: 1 } },
        labels: { mode: number % 3 === 0 ? 'online' : 'in-person', category: number % 2 === 0 ? 'ngo' : 'un' },
      }),
    }));
    const results = await Promise.all([...all, ...all].map(({ said, token }) => keep(said, token)));
    expect(results.filter((refusals) => refusals.length === 0)).toHaveLength(60);
    expect(results.filter((refusals) => refusals[0]?.position === 0)).toHaveLength(60);
    const said = all.map((each) => each.said);
    expect(await feedback.answered('sample', 'rush')).toEqual(withAnswers(NOTHING_ANSWERED, said));
  });

  it('costs eight write units, whatever is said: with everything chosen, and all the words that there is room for', async () => {
    const form = `session-${'s'.repeat(40)}`;
    for (const said of [answer('least', { tally: { answers: 1, counts: {} } }), fullest(form)]) {
      await keep(said);
      meter.take();
      await keep(said);
      const units = meter.take().map(({ operation, writeUnits }) => [operation, writeUnits]);
      expect(units).toEqual([['TransactWriteItems', 8]]);
    }
  });

  it('FB2: looks the same whatever was said: of one length, in no order, without a time, with nothing of a token beside it', async () => {
    const words = Array.from({ length: 30 }, (_, number) => `Word ${number} `.repeat(1 + number));
    for (const comment of words) await keep(answer('words', { texts: { comment } }));
    await keep(fullest('words'));
    const items = await itemsOf('words');
    const answers = items.filter(({ pk }) => String(pk).startsWith('ANSWER#'));
    const spent = items.filter(({ pk }) => String(pk).startsWith('SPENT#'));
    expect([answers.length, spent.length, items.length]).toEqual([31, 31, 62]);
    for (const [of, attributes] of [
      [answers, ['expiresAt', 'pk', 'sealed', 'sk', 'v']],
      [spent, ['expiresAt', 'pk', 'sk', 'v']],
    ] as const) {
      expect(new Set(of.map((item) => Object.keys(item).sort().join()))).toEqual(new Set([attributes.join()]));
      expect(new Set(of.map(({ expiresAt }) => expiresAt))).toEqual(new Set([END]));
    }
    expect(new Set(answers.map(({ sealed }) => (sealed as Uint8Array).length)).size).toBe(1);
    const opened = await feedback.store.open(
      { eventId: 'sample', form: 'words' },
      await feedback.store.waiting({ eventId: 'sample', form: 'words' }),
    );
    const inOrder = opened.flatMap(({ texts }) => texts['comment'] ?? []);
    expect([...inOrder].sort()).toEqual([...words].sort());
    expect(inOrder).not.toEqual(words);
  });

  it('cannot be opened as the answer to another form, nor where it was changed', async () => {
    await keep(answer('moved'));
    const of = { eventId: 'sample', form: 'moved' };
    const waiting = await feedback.store.waiting(of);
    expect(await feedback.store.open(of, waiting)).toHaveLength(1);
    await expect(feedback.store.open({ ...of, form: 'other' }, waiting)).rejects.toThrow();
    const changed = waiting.map((each) => {
      const sealed = Buffer.from(each.sealed);
      sealed[sealed.length - 1] = (sealed[sealed.length - 1] ?? 0) ^ 1;
      return { ...each, sealed };
    });
    await expect(feedback.store.open(of, changed)).rejects.toThrow();
  });

  it('comes to the same whatever was answered in which order, and whatever of it was shown when', async () => {
    const one = fc.record({
      mode: fc.constantFrom('online', 'in-person'),
      category: fc.constantFrom('ngo', 'un', 'other'),
      rating: fc.integer({ min: 1, max: 5 }),
      looks: fc.boolean(),
    });
    let course = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 14 }), async (people) => {
        course += 1;
        const form = `course-${course}`;
        const all: Answer[] = [];
        for (const { rating, looks, ...labels } of people) {
          const said = answer(form, { labels, tally: { answers: 1, counts: { [`useful.${rating}`]: 1 } } });
          all.push(said);
          await keep(said);
          if (looks) await nextStep({ feedback: feedback.store, system: realSystem }, forum({ id: 'sample' }), form);
        }
        const answered = await feedback.answered('sample', form);
        const sums = withAnswers(NOTHING_ANSWERED, all);
        for (const dimension of DIMENSIONS) expect(answered[dimension]).toEqual(sums[dimension]);
      }),
      { numRuns: 20 },
    );
  });
});
