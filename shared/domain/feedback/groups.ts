/** Fewer than so many people are not told apart from others. */
export const LEAST_GROUP = 5;
/** What is said of those who belong to none that is large enough. */
export const OTHER = 'other';

/** Names of groups, each with what is said of whoever belongs to it. */
export type Labels = Readonly<Record<string, string>>;

/**
 * What may be said of someone beside their answers: their group if at least five of it came, or else that they belong to another one. The
 * others are five at least as well, if need be with the smallest group that would have been large enough. Of fewer than five in all
 * nothing is said.
 *
 * @param came how many of each group came
 */
export function labelsOf(came: Readonly<Record<string, number>>): Labels {
  const groups = Object.entries(came)
    .filter(([, count]) => count > 0)
    .sort(([one, a], [other, b]) => a - b || (one < other ? -1 : 1));
  const counts = groups.map(([, count]) => count);
  if (counts.reduce((sum, count) => sum + count, 0) < LEAST_GROUP) return {};
  const others = smallest(counts);
  return Object.fromEntries(groups.map(([group], index) => [group, index < others ? OTHER : group]));
}

/** Groups that are told apart: of those with the same block nobody learns more than what they said together. */
export type Blocks = readonly (readonly string[])[];

/**
 * Tells groups apart as far as each block has five answers at least. What was published once can be subtracted from what is published
 * next: so blocks are only ever split, never mixed.
 *
 * @param answered how many answers have each label
 * @param before the blocks that were published
 * @returns the last one may have fewer than five: then nothing is to be published
 */
export function blocksOf(answered: Readonly<Record<string, number>>, before: Blocks = []): Blocks {
  const old = new Set(before.flat());
  const fresh = Object.keys(answered).filter((label) => !old.has(label));
  return [...before, fresh].flatMap((labels) => split(labels, answered));
}

/** Into those that stand alone, and one of all others. */
function split(labels: readonly string[], answered: Readonly<Record<string, number>>): Blocks {
  const count = (label: string): number => answered[label] ?? 0;
  const inOrder = [...labels].sort((a, b) => count(a) - count(b) || (a < b ? -1 : 1));
  const together = smallest(inOrder.map(count));
  const alone = inOrder.slice(together).map((label) => [label]);
  return together === 0 ? alone : [inOrder.slice(0, together), ...alone];
}

/**
 * How many of the smallest groups have to be told together so that no group stands alone that is too small, nor what is left of all of them.
 *
 * @param counts from the smallest on
 */
function smallest(counts: readonly number[]): number {
  let people = 0;
  for (const [index, count] of counts.entries()) {
    const isEnough = index === 0 || people >= LEAST_GROUP;
    if (isEnough && count >= LEAST_GROUP) return index;
    people += count;
  }
  return counts.length;
}
