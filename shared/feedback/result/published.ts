import type { AnswerBlock, Answered, Breakdown, CountedAnswer, Published, Tally } from '../feedback-items.schema.ts';
import { blocksOf, LEAST_GROUP, OTHER } from './groups.ts';
import { addTallies, NO_ANSWERS } from './tally.ts';

/** What is told apart: by how people took part, and by their group. */
export const DIMENSIONS = ['mode', 'category'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const NOTHING_ANSWERED: Answered = { mode: {}, category: {} };

/** With what some more people answered. */
export function withAnswers(before: Answered, answers: readonly CountedAnswer[]): Answered {
  const by = (dimension: Dimension) => {
    const labels: Record<string, Tally> = { ...before[dimension] };
    for (const { labels: own, tally } of answers)
      labels[own[dimension]] = addTallies([labels[own[dimension]] ?? NO_ANSWERS, tally]);
    return labels;
  };
  return { mode: by('mode'), category: by('category') };
}

export const NOTHING_PUBLISHED: Published = {
  all: NO_ANSWERS,
  by: { mode: { answers: 0, blocks: [] }, category: { answers: 0, blocks: [] } },
};

/**
 * What may be shown next. A reader who saw what was shown before, and subtracts it, learns what five people said together at the least, in
 * all and of each block; so up to four who answered last are not shown, and may never be.
 *
 * @returns `before` itself where nothing more may be shown
 */
export function publish(before: Published, answered: Answered): Published {
  const all = addTallies(Object.values(answered.mode));
  if (all.answers - before.all.answers < LEAST_GROUP) return before;
  const by = (dimension: Dimension) => breakdown(before.by[dimension], answered[dimension], all.answers);
  return { all, by: { mode: by('mode'), category: by('category') } };
}

function breakdown(before: Breakdown, answered: Readonly<Record<string, Tally>>, answers: number): Breakdown {
  const counts = Object.fromEntries(Object.entries(answered).map(([label, tally]) => [label, tally.answers]));
  const blocks = blocksOf(
    counts,
    before.blocks.map(({ labels }) => labels),
  ).map((labels) => blockOf(labels, answered));
  const isLarge = blocks.every((block) => block.answers >= LEAST_GROUP);
  const isFarFromBefore = before.blocks.every((block) => {
    const more = blockOf(block.labels, answered).answers - block.answers;
    return more === 0 || more >= LEAST_GROUP;
  });
  return isLarge && isFarFromBefore ? { answers, blocks } : before;
}

const blockOf = (labels: readonly string[], answered: Readonly<Record<string, Tally>>): AnswerBlock => ({
  labels,
  ...addTallies(labels.map((label) => answered[label] ?? NO_ANSWERS)),
});

/** How an attendee took part and of which group they are; or what is said of that. */
export type Labelled = Readonly<Record<Dimension, string>>;

/** What may be said of the attendees who answer a form, and is "other" else. */
export interface NameableLabels {
  readonly modes: readonly string[];
  /** The groups, by what is said of how they took part: five people at least are alike in both together. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
}

export const NOTHING_NAMED: NameableLabels = { modes: [], categories: {} };

/** What is said of an attendee beside their answers. */
export function labelsOf({ modes, categories }: NameableLabels, own: Labelled): Labelled {
  const mode = modes.includes(own.mode) ? own.mode : OTHER;
  return { mode, category: categories[mode]?.includes(own.category) ? own.category : OTHER };
}
