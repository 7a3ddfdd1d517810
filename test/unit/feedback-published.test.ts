import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answered, Published } from '../../shared/feedback/feedback-items.schema.ts';
import { LEAST_GROUP, OTHER } from '../../shared/feedback/result/groups.ts';
import { DIMENSIONS, NOTHING_PUBLISHED, publish } from '../../shared/feedback/result/published.ts';
import { addTallies, NO_ANSWERS } from '../../shared/feedback/result/tally.ts';

const GROUPS = ['government', 'industry', 'ngo', 'un', 'youth'];
const MODES = ['in-person', 'online'];

/** Someone's answer: a rating, with what was said of them. */
const answer = fc.record({
  mode: fc.constantFrom(...MODES),
  category: fc.constantFrom(...GROUPS, OTHER),
  rating: fc.integer({ min: 1, max: 5 }),
});
type Answer = typeof answer extends fc.Arbitrary<infer T> ? T : never;

function answered(answers: readonly Answer[]): Answered {
  const by = (dimension: 'mode' | 'category') =>
    Object.fromEntries(
      [...new Set(answers.map((each) => each[dimension]))].map((label) => {
        const of = answers.filter((each) => each[dimension] === label);
        return [label, addTallies(of.map(({ rating }) => ({ answers: 1, counts: { [`useful.${rating}`]: 1 } })))];
      }),
    );
  return { mode: by('mode'), category: by('category') };
}

/** Everything that was ever shown while people answered, looked at after each of them or less often. */
function shown(answers: readonly Answer[], every: number): Published[] {
  const all: Published[] = [];
  let last = NOTHING_PUBLISHED;
  for (let count = 1; count <= answers.length; count += 1) {
    if (count % every !== 0 && count < answers.length) continue;
    const next = publish(last, answered(answers.slice(0, count)));
    if (next !== last) all.push(next);
    last = next;
  }
  return all;
}

/** How many people each sum is of that comes of taking what was shown once from what was shown of the same people later. */
function differences(all: readonly Published[]): number[] {
  const pairs = all.flatMap((later, index) => all.slice(0, index).map((earlier) => [earlier, later] as const));
  return pairs.flatMap(([earlier, later]) => [
    later.all.answers - earlier.all.answers,
    ...DIMENSIONS.flatMap((dimension) =>
      earlier.by[dimension].blocks.map(({ labels, answers }) => {
        const same = later.by[dimension].blocks.filter((block) => block.labels.some((label) => labels.includes(label)));
        return addTallies(same).answers - answers;
      }),
    ),
  ]);
}

describe('what organisers see of feedback', () => {
  const runs = fc.array(answer, { maxLength: 120, size: 'max' });

  it('CS22: is never of fewer than five, nor is what is left when what was shown before is taken from it', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 9 }), (answers, every) => {
        const all = shown(answers, every);
        const sizes = all.flatMap(({ all: whole, by }) => [
          whole.answers,
          ...DIMENSIONS.flatMap((dimension) => by[dimension].blocks.map((block) => block.answers)),
        ]);
        for (const size of sizes) expect(size).toBeGreaterThanOrEqual(LEAST_GROUP);
        for (const left of differences(all)) if (left !== 0) expect(left).toBeGreaterThanOrEqual(LEAST_GROUP);
      }),
      { numRuns: 300 },
    );
  });

  it('CS22: nor of what is left when all blocks but one are taken from the whole', () => {
    fc.assert(
      fc.property(runs, (answers) => {
        for (const { by } of shown(answers, 1)) {
          for (const { answers: whole, blocks } of Object.values(by)) {
            expect(addTallies(blocks).answers).toBe(whole);
          }
        }
      }),
    );
  });

  it('is what was answered: each sum is exact, and no block mixes what was told apart before', () => {
    fc.assert(
      fc.property(runs, (answers) => {
        let last = NOTHING_PUBLISHED;
        for (const next of shown(answers, 1)) {
          const until = answers.slice(0, next.all.answers);
          expect(next.all).toEqual(addTallies(Object.values(answered(until).mode)));
          for (const dimension of DIMENSIONS) {
            const { blocks } = next.by[dimension];
            for (const { labels } of last.by[dimension].blocks) {
              const inside = blocks.filter((block) => block.labels.some((label) => labels.includes(label)));
              expect(inside.flatMap((block) => block.labels).sort()).toEqual([...labels].sort());
            }
          }
          last = next;
        }
      }),
    );
  });

  it('goes on in steps of five', () => {
    const same = Array.from({ length: 23 }, () => ({ mode: 'online', category: 'ngo', rating: 4 }));
    expect(shown(same, 1).map(({ all }) => all.answers)).toEqual([5, 10, 15, 20]);
  });

  it('is nothing before five have answered', () => {
    expect(publish(NOTHING_PUBLISHED, answered([]))).toBe(NOTHING_PUBLISHED);
    expect(NOTHING_PUBLISHED.all).toEqual(NO_ANSWERS);
  });
});
