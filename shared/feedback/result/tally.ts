import { type FeedbackQuestion, HIGHEST_RATING } from '../../event/definition/feedback-rules.ts';
import type { FeedbackAnswers } from '../answer/answers.ts';
import type { Tally } from '../feedback-items.schema.ts';

export const NO_ANSWERS: Tally = { answers: 0, counts: {} };

/** Names one thing that can be chosen. @param choice an option's id, or a rating */
export const tallyKey = (question: string, choice: string | number): string => `${question}.${choice}`;

/** Bytes of all that one form counts, in an item of one KB: more would cost two write units each time, and twice. */
export const MOST_COUNTED_BYTES = 800;
/** Bytes of the number of some ten thousand people, and of what begins its attribute. */
const NUMBER_BYTES = 4;
const PREFIX_BYTES = 2;

/** Bytes that the counts of a form come to, once everything that it offers was chosen. */
export const countedBytes = (questions: readonly FeedbackQuestion<unknown>[]): number =>
  questions
    .filter(({ type }) => type !== 'text')
    .flatMap((question) => offered(question).map((choice) => tallyKey(question.id, choice)))
    .reduce((sum, key) => sum + PREFIX_BYTES + key.length + NUMBER_BYTES, 0);

/** What one form adds: texts are not counted. */
export function tallied(questions: readonly FeedbackQuestion<unknown>[], answers: FeedbackAnswers): Tally {
  const keys = questions.flatMap(({ id, type }) => {
    const value = answers[id];
    if (value === undefined || type === 'text') return [];
    const chosen = typeof value === 'object' ? value : [value];
    return chosen.map((choice) => tallyKey(id, choice));
  });
  return { answers: 1, counts: Object.fromEntries(keys.map((key) => [key, 1])) };
}

export function addTallies(tallies: readonly Tally[]): Tally {
  const counts: Record<string, number> = {};
  let answers = 0;
  for (const tally of tallies) {
    answers += tally.answers;
    for (const [key, count] of Object.entries(tally.counts)) counts[key] = (counts[key] ?? 0) + count;
  }
  return { answers, counts };
}

/** How many chose what of one question, in the order in which it is offered. */
export interface Distribution {
  readonly choices: readonly { readonly choice: string; readonly count: number }[];
  /** Of ratings, from 1 to 5; absent where nobody rated. */
  readonly mean?: number;
}

export function distributionOf(question: FeedbackQuestion<unknown>, { counts }: Tally): Distribution {
  const { id, type } = question;
  const choices = offered(question).map((choice) => ({ choice, count: counts[tallyKey(id, choice)] ?? 0 }));
  if (type !== 'rating') return { choices };
  const all = choices.reduce((sum, { count }) => sum + count, 0);
  const points = choices.reduce((sum, { choice, count }) => sum + Number(choice) * count, 0);
  return all === 0 ? { choices } : { choices, mean: points / all };
}

const offered = ({ type, options = [] }: FeedbackQuestion<unknown>): string[] =>
  type === 'rating' ? ratings() : options.map((option) => option.id);

const ratings = (): string[] => Array.from({ length: HIGHEST_RATING }, (_, index) => String(index + 1));
