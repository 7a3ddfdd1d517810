import { scannedOn } from '../../shared/checking-in/counted.ts';
import { type Labelled, labelling } from '../../shared/checking-in/labelling.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { listsThatTellApart } from '../../shared/domain/feedback/attended.ts';
import type { FeedbackForm } from '../../shared/domain/feedback/form.ts';
import { readCheckInLists } from '../../shared/store/check-in-lists-item.ts';
import type { Deps } from './deps.ts';

/**
 * What may be said of someone beside their answers, by what is counted at that moment: five people at least are alike. More may come who
 * are; those who answered before them stay with the others, who are only more then.
 *
 * @param own how they took part, and their group
 */
export async function labelsFor(
  deps: Deps,
  event: EventDefinition<string>,
  form: FeedbackForm<string>,
  own: Labelled,
): Promise<Labelled> {
  const { lists } = await readCheckInLists(deps.client, deps.registry, event);
  const counted = await deps.counts(event.id, lists);
  const that = listsThatTellApart(form, event, lists, scannedOn(counted)).map(({ id }) => id);
  return labelling(counted, that)(own);
}
