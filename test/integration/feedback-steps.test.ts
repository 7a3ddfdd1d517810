import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEAST_GROUP } from '../../shared/feedback/result/groups.ts';
import { answering, type Said } from '../support/feedback.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

interface Distribution {
  readonly choices: readonly { readonly count: number }[];
}
interface Block {
  readonly labels: readonly string[];
  readonly answers: number;
  readonly questions: readonly Distribution[];
}
interface Look {
  readonly answers: number;
  readonly questions: readonly Distribution[];
  readonly by: Readonly<Record<'mode' | 'category', { readonly answers: number; readonly blocks: readonly Block[] }>>;
}

let events = 0;
async function opened() {
  events += 1;
  const eventId = `steps-${events}`;
  await openEvent(parts, eventId);
  await grantTeam(parts, eventId);
  const params = { eventId, formId: 'session-opening' };
  return {
    answer: answering(parts.database, eventId),
    look: async (): Promise<Look> => (await ask('organiser', 'showFeedback', { params })).body,
    texts: async (): Promise<string[]> => {
      const { body } = await ask('organiser', 'listFeedbackTexts', { params });
      return body.questions.flatMap(({ texts }: { texts: string[] }) => texts);
    },
  };
}

const said = fc.record({
  useful: fc.integer({ min: 1, max: 5 }),
  mode: fc.constantFrom('in-person', 'online'),
  category: fc.constantFrom('academia', 'media', 'other'),
  writes: fc.boolean(),
  looks: fc.boolean(),
});

/** Whose words are told apart by who wrote them. */
const wordsOf = (index: number): string => `Words of ${index}.`;

describe('what organisers see while people answer', () => {
  it('CS22 FB3: is of so many people as fives of them answered, words and numbers alike, whoever looks when; two looks differ by fives', async () => {
    const course = fc.array(said, { minLength: 8, maxLength: 36, size: 'max' });
    await fc.assert(
      fc.asyncProperty(course, async (people) => {
        const { answer, look, texts } = await opened();
        const looks: (Look & { readonly words: readonly string[] })[] = [];
        for (const [index, { writes, looks: isLooking, ...each }] of people.entries()) {
          await answer({ ...each, ...(writes && { comment: wordsOf(index) }) });
          if (!isLooking) continue;
          const seen = await look();
          const said = people.slice(0, index + 1);
          expect(seen.answers).toBe(said.length - (said.length % LEAST_GROUP));
          // Whose they are is a matter of chance: of each nobody can say more than that some of these said it.
          const words = await texts();
          const all = said.flatMap(({ writes: wrote }, at) => (wrote ? [wordsOf(at)] : []));
          expect(all).toEqual(expect.arrayContaining(words));
          expect(words.length).toBeGreaterThanOrEqual(all.length - (said.length % LEAST_GROUP));
          expect(words).toEqual(expect.arrayContaining([...(looks.at(-1)?.words ?? [])]));
          const counts = (seen.questions[0]?.choices ?? []).map(({ count }) => count);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(seen.answers);
          for (const [at, count] of counts.entries())
            expect(count).toBeLessThanOrEqual(said.filter(({ useful }) => useful === at + 1).length);
          looks.push({ ...seen, words });
        }
        expectNothingTold(looks);
      }),
      { numRuns: 4 },
    );
  });

  it('is the same for two who look at once, also where others answer meanwhile', async () => {
    const { answer, look, texts } = await opened();
    const say = (index: number): Said => ({ useful: 1 + (index % 5), comment: wordsOf(index) });
    const seen: (Look & { readonly words: number })[] = [];
    const watch = async (): Promise<void> => {
      for (let turn = 0; turn < 6; turn += 1) {
        const words = (await texts()).length;
        seen.push({ ...(await look()), words });
      }
    };
    const answers = Promise.all(Array.from({ length: 40 }, (_, index) => answer(say(index))));
    await Promise.all([answers, watch(), watch(), watch()]);
    const [one, other] = await Promise.all([look(), look()]);
    expect(one).toEqual(other);
    expect(one.answers).toBe(40);
    expect(await texts()).toHaveLength(one.answers);
    for (const each of seen) {
      // Words were looked at first: nobody had moved on to less meanwhile.
      expect(each.words).toBeLessThanOrEqual(each.answers);
      if (each.words > 0) expect(each.words).toBeGreaterThanOrEqual(LEAST_GROUP);
      for (const same of seen.filter(({ answers }) => answers === each.answers)) {
        expect({ ...same, words: 0 }).toEqual({ ...each, words: 0 });
      }
    }
    expectNothingTold([...seen].sort((a, b) => a.answers - b.answers));
  });
});

/** Neither all of it, nor a block, nor what is left of either when an earlier look is taken from it. */
function expectNothingTold(looks: readonly Look[]): void {
  const isNothingOrFive = (people: number): boolean => people === 0 || people >= LEAST_GROUP;
  const isFives = (people: number): boolean => people % LEAST_GROUP === 0;
  for (const [index, { answers, by }] of looks.entries()) {
    expect(answers).toSatisfy(isFives);
    for (const { answers: whole, blocks } of Object.values(by)) {
      for (const block of blocks) expect(block.answers).toBeGreaterThanOrEqual(LEAST_GROUP);
      expect(blocks.reduce((sum, block) => sum + block.answers, 0)).toBe(whole);
    }
    for (const before of looks.slice(0, index)) {
      expect(answers - before.answers).toSatisfy(isFives);
      for (const dimension of ['mode', 'category'] as const) {
        for (const { labels, answers: then } of before.by[dimension].blocks) {
          const same = by[dimension].blocks.filter((block) => block.labels.some((label) => labels.includes(label)));
          expect(same.reduce((sum, block) => sum + block.answers, 0) - then).toSatisfy(isNothingOrFive);
        }
      }
    }
  }
}
