import { labelsOf, OTHER } from '../domain/feedback/groups.ts';
import type { Dimension } from '../domain/feedback/published.ts';
import { NOBODY } from '../store/check-in-count-item.ts';
import { type Counted, cameAtLeast } from './counted.ts';

/** How someone took part and of which group they are; or what is said of that. */
export type Labelled = Readonly<Record<Dimension, string>>;

/**
 * What may be said of someone beside their answers, by what is counted now: five people at least are alike in both together. Whoever came online
 * while their group was in the room would otherwise be the only one of whom both is said, where either is said of many.
 *
 * @param lists ids of those that say who came
 */
export function labelling(counted: readonly Counted[], lists: readonly string[]): (own: Labelled) => Labelled {
  const ofPeople = counted.filter(({ category }) => category !== NOBODY);
  const modes = labelsOf(cameAtLeast('mode', ofPeople, lists));
  const modeOf = (mode: string): string => modes[mode] ?? OTHER;
  const alike = (label: string): readonly Counted[] => ofPeople.filter(({ mode }) => modeOf(mode) === label);
  const groups = new Map(
    [...Object.values(modes), OTHER].map((label) => [label, labelsOf(cameAtLeast('category', alike(label), lists))]),
  );
  return (own) => {
    const mode = modeOf(own.mode);
    return { mode, category: groups.get(mode)?.[own.category] ?? OTHER };
  };
}
