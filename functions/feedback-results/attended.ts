import { scannedOn } from '../../shared/checking-in/counted.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { attendedAs, listsThatSay } from '../../shared/domain/feedback/attended.ts';
import type { FeedbackForm } from '../../shared/domain/feedback/form.ts';
import { labelsOf, OTHER } from '../../shared/domain/feedback/groups.ts';
import type { Dimension } from '../../shared/domain/feedback/published.ts';
import { readCheckInLists } from '../../shared/store/check-in-lists-item.ts';
import type { Deps } from './deps.ts';

/** How many people of one group came to what a form is about, in one way. */
export type Attended = readonly (Readonly<Record<Dimension, string>> & { readonly people: number })[];

/** What is counted for a ticket of nobody: nobody can be asked. */
const NOBODY = 'unknown';

/**
 * Who came to what each form is about: people, not scans. Where one list alone says so, that is what it counted; where several do, whoever
 * came to more than one of them is counted once, which no count can tell.
 */
export async function attendance(
  deps: Pick<Deps, 'client' | 'registry' | 'counts' | 'everyone'>,
  event: EventDefinition<string>,
): Promise<(form: FeedbackForm) => Promise<Attended>> {
  const { lists } = await readCheckInLists(deps.client, deps.registry, event);
  const counted = (await deps.counts(event.id, lists)).filter(({ category }) => category !== NOBODY);
  const scanned = scannedOn(counted);
  const came = scannedOn(counted, 'and-online');
  return async (form) => {
    const saying = listsThatSay(form, event, lists, scanned).filter(({ id }) => came.has(id));
    if (saying.length < 2)
      return counted.filter(({ list }) => list === saying[0]?.id).map(({ came: people, ...of }) => ({ ...of, people }));
    const everyone = await deps.everyone(event.id, lists);
    return everyone.flatMap(({ category, came }) => {
      const mode = attendedAs(form, event, { lists, came, scanned });
      return mode === undefined ? [] : [{ mode, category, people: 1 }];
    });
  };
}

export const peopleIn = (attended: Attended): number => attended.reduce((sum, { people }) => sum + people, 0);

/** How many came of whom these labels are said beside their answers. */
export function attendedWith(attended: Attended, dimension: Dimension, labels: readonly string[]): number {
  const groups: Record<string, number> = {};
  for (const each of attended) groups[each[dimension]] = (groups[each[dimension]] ?? 0) + each.people;
  const labelOf = labelsOf(groups);
  return Object.entries(groups)
    .filter(([group]) => labels.includes(labelOf[group] ?? OTHER))
    .reduce((sum, [, people]) => sum + people, 0);
}
