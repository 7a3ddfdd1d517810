import type { EventDefinition } from '../../event/event.ts';
import { mayName, OTHER } from '../../feedback/result/groups.ts';
import type { NameableLabels } from '../../feedback/token/labels.ts';
import { type Counted, cameAtLeast, NOBODY } from './attendance.store.ts';

/**
 * What may be said of people beside their answers, now that so many came: five at least are alike in both together. An attendee online
 * while their group was in the room would otherwise be the only one of whom both is said, where either is said of many.
 *
 * @param named until now: it stays
 * @param lists ids of those that say who came
 */
export function namedNow(
  named: NameableLabels,
  counted: readonly Counted[],
  lists: readonly string[],
  event: Pick<EventDefinition<unknown>, 'modes' | 'categories'>,
): NameableLabels {
  const ofPeople = counted.filter(({ category }) => category !== NOBODY);
  const all = { modes: event.modes.map(({ id }) => id), categories: event.categories.map(({ id }) => id) };
  const modes = mayName(named.modes, cameAtLeast('mode', ofPeople, lists), all.modes);
  const labelOf = (mode: string): string => (modes.includes(mode) ? mode : OTHER);
  const categories = [...modes, OTHER].flatMap((label) => {
    const alike = ofPeople.filter(({ mode }) => labelOf(mode) === label);
    const before = named.categories[label] ?? [];
    const groups = mayName(before, cameAtLeast('category', alike, lists), all.categories);
    return groups.length === 0 ? [] : [[label, groups]];
  });
  return { modes, categories: Object.fromEntries(categories) };
}
