import type { Counter, Split } from './quota.ts';

/** A counter that shares its pool with others. */
export type SplitCounter = Counter & { readonly split: Split };

export const isSplit = (counter: Counter): counter is SplitCounter => counter.split !== undefined;

/**
 * Evens out kept seats: while one counter has more seats taken than it has, none is given at another. The capacities of
 * all add up to the same.
 */
export function levelKept(counters: readonly SplitCounter[]): readonly SplitCounter[] {
  let lacking = counters.reduce((sum, { split }) => sum + Math.max(0, -split.kept), 0);
  let spare = counters.reduce((sum, { split }) => sum + Math.max(0, split.kept), 0);
  const moved = Math.min(lacking, spare);
  [lacking, spare] = [moved, moved];
  return counters.map((counter) => {
    const { kept } = counter.split;
    const by = kept > 0 ? -Math.min(kept, spare) : Math.min(-kept, lacking);
    if (kept > 0) spare += by;
    else lacking -= by;
    return { ...counter, capacity: counter.capacity + by, split: { ...counter.split, kept: kept + by } };
  });
}

/** Opens to newcomers what is kept, where nobody waits. */
export function openKept(counters: readonly SplitCounter[]): readonly SplitCounter[] {
  if (counters.some(({ waiting }) => waiting > 0)) return counters;
  return counters.map((counter) => {
    const { open, kept, openings } = counter.split;
    return { ...counter, split: { open: open + Math.max(0, kept), kept: Math.min(0, kept), openings } };
  });
}

export const hasKept = (counters: readonly SplitCounter[]): boolean => counters.some(({ split }) => split.kept > 0);

export const hasToLevel = (counters: readonly SplitCounter[]): boolean =>
  hasKept(counters) && counters.some(({ split }) => split.kept < 0);
