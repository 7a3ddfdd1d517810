import { type Counted, scannedOn } from '../../shared/checking-in/counted.ts';
import { type Labelled, labelling } from '../../shared/checking-in/labelling.ts';
import type { CheckInList } from '../../shared/domain/check-in/list.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { attendedAs, listsThatSay } from '../../shared/domain/feedback/attended.ts';
import type { FeedbackForm } from '../../shared/domain/feedback/form.ts';
import type { Dimension } from '../../shared/domain/feedback/published.ts';
import { NOBODY } from '../../shared/store/check-in-count-item.ts';
import { readCheckInLists } from '../../shared/store/check-in-lists-item.ts';
import type { Deps } from './deps.ts';
import type { Comer } from './everyone.ts';

/** Who came to what a form is about. */
export interface Attended {
  /** How many people of one group came in one way. */
  readonly groups: readonly (Labelled & { readonly people: number })[];
  /** What is said of them beside their answers: by what was counted, as it is when they answer. */
  readonly labelOf: (own: Labelled) => Labelled;
}

type Form = Pick<FeedbackForm, 'id' | 'session'>;

/** Reads what is counted, and says of each form who came. */
export async function attendance(
  deps: Pick<Deps, 'client' | 'registry' | 'counts' | 'everyone'>,
  event: EventDefinition<string>,
): Promise<(form: Form) => Promise<Attended>> {
  const { lists } = await readCheckInLists(deps.client, deps.registry, event);
  const counted = await deps.counts(event.id, lists);
  return (form) => attendedOf(form, event, { lists, counted, everyone: () => deps.everyone(event.id, lists) });
}

/** What is known of who came where; reading of everyone where takes long. */
interface Known {
  readonly lists: readonly Pick<CheckInList, 'id' | 'place'>[];
  readonly counted: readonly Counted[];
  readonly everyone: () => Promise<readonly Comer[]>;
}

/**
 * Who came to what a form is about: people, not scans. Where one list alone says so, that is what it counted; where several do, whoever
 * came to more than one of them is counted once, which no count can tell.
 */
export async function attendedOf(
  form: Form,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  { lists, counted, everyone }: Known,
): Promise<Attended> {
  const scanned = scannedOn(counted);
  const saying = listsThatSay(form, event, lists, scanned).map(({ id }) => id);
  const labelOf = labelling(counted, saying);
  const ofPeople = counted.filter(({ category }) => category !== NOBODY);
  const came = scannedOn(ofPeople, 'and-online');
  const [only, ...others] = saying.filter((id) => came.has(id));
  if (others.length === 0) {
    const groups = ofPeople.filter(({ list }) => list === only);
    return { groups: groups.map(({ mode, category, came: people }) => ({ mode, category, people })), labelOf };
  }
  const groups = (await everyone()).flatMap(({ category, came }) => {
    const mode = attendedAs(form, event, { lists, came, scanned });
    return mode === undefined ? [] : [{ mode, category, people: 1 }];
  });
  return { groups, labelOf };
}

export const peopleIn = ({ groups }: Attended): number => groups.reduce((sum, { people }) => sum + people, 0);

/** How many came of whom these labels are said beside their answers. */
export const attendedWith = ({ groups, labelOf }: Attended, dimension: Dimension, labels: readonly string[]): number =>
  groups.filter((group) => labels.includes(labelOf(group)[dimension])).reduce((sum, { people }) => sum + people, 0);
