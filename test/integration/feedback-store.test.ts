import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { MOST_TEXT_BYTES } from '../../shared/domain/feedback/answers.ts';
import { type Answered, DIMENSIONS } from '../../shared/domain/feedback/published.ts';
import { addTallies, MOST_COUNTED_BYTES, type Tally } from '../../shared/domain/feedback/tally.ts';
import { documentClient } from '../../shared/store/client.ts';
import { type Answer, type FeedbackStore, feedbackStore } from '../../shared/store/feedback-store.ts';
import { realSystem } from '../../shared/system.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';

const END = 2 ** 31;

let parts: Parts;
let meter: MeteredDatabase;
let client: DynamoDBClient;
let store: FeedbackStore;
beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
  store = feedbackStore(documentClient(client), parts.database.tables.feedback, realSystem);
});
afterAll(async () => {
  client?.destroy();
  await meter?.stop();
  await parts?.stop();
});

const answer = (form: string, changes: Partial<Answer> = {}): Answer => ({
  ...{ eventId: 'sample', form, token: randomBytes(32) },
  tally: { answers: 1, counts: { 'useful.4': 1, 'use.yes': 1 } },
  labels: { mode: 'online', category: 'ngo' },
  texts: {},
  ...changes,
});

describe('feedback that is kept', () => {
  it('counts what each token says once, exactly, also where all come at the same moment and come twice', async () => {
    const all = Array.from({ length: 60 }, (_, number) =>
      answer('rush', {
        tally: { answers: 1, counts: { [`useful.${1 + (number % 5)}`]: 1 } },
        labels: { mode: number % 3 === 0 ? 'online' : 'in-person', category: number % 2 === 0 ? 'ngo' : 'un' },
      }),
    );
    const results = await Promise.all([...all, ...all].map((each) => store.answer(each, END)));
    expect(results.filter((result) => result === 'counted')).toHaveLength(60);
    expect(results.filter((result) => result === 'spent-before')).toHaveLength(60);
    const answered = await store.answered('sample', 'rush');
    for (const dimension of DIMENSIONS) expect(answered[dimension]).toEqual(sums(all, dimension));
  });

  it('costs eight write units at the most: with everything chosen, and all the words that there is room for', async () => {
    // As an item is once thousands have chosen all that there is room for.
    const name = (choice: number) => `${'q'.repeat(18)}.${String(choice).padStart(15, 'o')}`;
    const each = 2 + name(0).length + 4;
    const choices = Array.from({ length: Math.floor(MOST_COUNTED_BYTES / each) }, (_, choice) => [
      name(choice),
      99_999,
    ]);
    const full = answer('full', {
      ...{ eventId: 'e'.repeat(40), form: `session-${'s'.repeat(40)}` },
      labels: { mode: 'in-person', category: 'c'.repeat(40) },
      tally: { answers: 99_999, counts: Object.fromEntries(choices) },
      texts: { [`${'q'.repeat(40)}`]: 'ក'.repeat(MOST_TEXT_BYTES / 3) },
    });
    meter.take();
    await store.answer(full, END);
    const units = meter.take().map(({ operation, writeUnits }) => [operation, writeUnits]);
    expect(units).toEqual([['TransactWriteItems', expect.any(Number)]]);
    expect(units[0]?.[1]).toBeLessThanOrEqual(8);
  });

  it('keeps what was written apart from all else, in no order, without a time', async () => {
    const words = Array.from({ length: 30 }, (_, number) => `Word ${number}`);
    for (const comment of words) await store.answer(answer('words', { texts: { comment } }), END);
    const texts = (await store.texts('sample', 'words')).map((written) => written.texts['comment']);
    expect([...texts].sort()).toEqual([...words].sort());
    expect(texts).not.toEqual(words);
    const items = (await scan(parts, 'feedback')).filter(({ pk }) => String(pk).endsWith('#words'));
    const attributes = new Set(items.flatMap((item) => Object.keys(item)));
    expect([...attributes].sort()).toEqual(
      ['answers', 'expiresAt', 'n:use.yes', 'n:useful.4', 'pk', 'sk', 'texts', 'v'].sort(),
    );
    expect(new Set(items.map(({ expiresAt }) => expiresAt))).toEqual(new Set([END]));
  });

  it('comes to the same whatever was answered in which order', async () => {
    const one = fc.record({
      mode: fc.constantFrom('online', 'in-person'),
      category: fc.constantFrom('ngo', 'un', 'other'),
      rating: fc.integer({ min: 1, max: 5 }),
    });
    let course = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 12 }), async (people) => {
        course += 1;
        const all = people.map(({ rating, ...labels }) =>
          answer(`course-${course}`, { labels, tally: { answers: 1, counts: { [`useful.${rating}`]: 1 } } }),
        );
        await Promise.all(all.map((each) => store.answer(each, END)));
        const answered = await store.answered('sample', `course-${course}`);
        for (const dimension of DIMENSIONS) expect(answered[dimension]).toEqual(sums(all, dimension));
      }),
      { numRuns: 20 },
    );
  });
});

function sums(all: readonly Answer[], dimension: keyof Answered): Readonly<Record<string, Tally>> {
  const labels = [...new Set(all.map((each) => each.labels[dimension]))];
  return Object.fromEntries(
    labels.map((label) => [
      label,
      addTallies(all.filter((each) => each.labels[dimension] === label).map(({ tally }) => tally)),
    ]),
  );
}
