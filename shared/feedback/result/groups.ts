/** Fewer than so many people are not told apart from others. */
export const LEAST_GROUP = 5;
/** What is said of those who belong to none that is large enough. */
export const OTHER = 'other';

/**
 * Which groups may be named beside an answer: five people at least came of each, and five or nobody can be of all others together, of whom
 * is said that they are of another one. Where fewer came who are of another one, a large group stays with them: an attendee may still come
 * who would be alone. What was named once stays so: a group that had to join the others later would leave those new among them to be known.
 * But where fewer may answer than did, as once an attendee was scanned at a session's door, or one came of a group that was not to be,
 * an attendee would be alone as it is: then it is named anew.
 *
 * @param before what was named until now
 * @param came how many of each group came
 * @param all groups of which anybody may come
 * @returns `before` itself where nothing else may be
 */
export function mayName(
  before: readonly string[],
  came: Readonly<Record<string, number>>,
  all: readonly string[],
): readonly string[] {
  const count = (group: string): number => came[group] ?? 0;
  const sum = (groups: readonly string[]): number => groups.reduce((people, group) => people + count(group), 0);
  const groups = [...new Set([...all, ...Object.keys(came)])];
  const isSomeoneAlone = [...before.map(count), sum(groups.filter((group) => !before.includes(group)))].some(isFew);
  const named = isSomeoneAlone && before.length > 0 ? [] : before;
  const others = groups
    .filter((group) => !named.includes(group))
    .sort((a, b) => count(a) - count(b) || (a < b ? -1 : 1));
  const large = others.filter((group) => count(group) >= LEAST_GROUP);
  const small = others.filter((group) => count(group) < LEAST_GROUP);
  const areMany = small.length === 0 || sum(small) >= LEAST_GROUP;
  const more = areMany ? large : large.slice(1);
  return more.length === 0 ? named : [...named, ...more];
}

const isFew = (people: number): boolean => people > 0 && people < LEAST_GROUP;

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
