import { NOBODY } from '../../checkin/attendance/check-in-count.store.ts';
import { type Counted, scannedOn } from '../../checkin/attendance/counted.store.ts';
import { readCheckInLists } from '../../checkin/list/check-in-lists.store.ts';
import type { CheckInList } from '../../checkin/list/list.ts';
import type { EventDefinition } from '../../event/event.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { type About, attendedAs, decidedBy, isOfClosedSession, isToldOf, listsThatSay } from '../form/attended.ts';
import { type MayAnswer, mayAnswer } from '../form/may-answer.case.ts';
import { readFeedbackLabels } from '../token/feedback-labels.store.ts';
import { type Labelled, labelsOf, type Named } from '../token/labels.ts';
import type { Comer } from './everyone.case.ts';
import type { Dimension } from './published.ts';

type Deps = Needs<'client' | 'counts' | 'everyone' | 'registry'>;

/** Who came to what a form is about. */
export interface Attended {
  /** How many people of one group came in one way. */
  readonly groups: readonly (Labelled & { readonly people: number })[];
  /** What is said of them beside their answers, now: who answered before more was named is among the others. */
  readonly labelOf: (own: Labelled) => Labelled;
}

/** Reads what is counted, and says of each form who came, and who may answer. */
export async function attendance(
  deps: Pick<Deps, 'client' | 'registry' | 'counts' | 'everyone'>,
  event: EventDefinition<string>,
) {
  const { lists } = await readCheckInLists(deps.client, deps.registry, event);
  const counted = await deps.counts(event.id, lists);
  const everyone = () => deps.everyone(event.id, lists);
  return {
    async attendedBy(form: About): Promise<Attended> {
      const of = { eventId: event.id, form: form.id };
      const { named } = await readFeedbackLabels(deps.client, deps.registry, of);
      return attendedOf(form, event, { lists, counted, everyone, named });
    },
    mayAnswer: (form: About): MayAnswer | undefined => mayAnswer(form, event, { lists, counted }),
  };
}

/** What is known of who came where; reading of everyone where takes long. */
interface Known {
  readonly lists: readonly Pick<CheckInList, 'id' | 'place'>[];
  readonly counted: readonly Counted[];
  readonly everyone: () => Promise<readonly Comer[]>;
  /** What is said of people beside their answers. */
  readonly named: Named;
}

/**
 * Who came to what a form is about, and may know of it: people, not scans. Where one list alone says so, that is what it counted; where
 * several do, whoever came to more than one of them is counted once, which no count can tell. Nor does it of those who came on the day of a
 * closed session who was let into it.
 */
export async function attendedOf(
  form: About,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  { lists, counted, everyone, named }: Known,
): Promise<Attended> {
  const scanned = scannedOn(counted);
  const saying = listsThatSay(form, event, lists, scanned).map(({ id }) => id);
  const labelOf = (own: Labelled) => labelsOf(named, own);
  const ofPeople = counted.filter(({ category }) => category !== NOBODY);
  const came = scannedOn(ofPeople, 'and-online');
  const [only, ...others] = saying.filter((id) => came.has(id));
  const isOfSome = isOfClosedSession(form, event) && decidedBy(form, lists, scanned) === 'day';
  if (others.length === 0 && !isOfSome) {
    const groups = ofPeople.filter(({ list }) => list === only);
    return { groups: groups.map(({ mode, category, came: people }) => ({ mode, category, people })), labelOf };
  }
  const groups = (await everyone()).flatMap((comer) => {
    const attendance = { lists, came: comer.came, scanned };
    const tookPart = attendedAs(form, event, attendance);
    return tookPart === undefined || !isToldOf(form, event, comer, attendance) ? [] : [{ ...tookPart, people: 1 }];
  });
  return { groups, labelOf };
}

export const peopleIn = ({ groups }: Attended): number => groups.reduce((sum, { people }) => sum + people, 0);

/** How many came of whom these labels are said beside their answers. */
export const attendedWith = ({ groups, labelOf }: Attended, dimension: Dimension, labels: readonly string[]): number =>
  groups.filter((group) => labels.includes(labelOf(group)[dimension])).reduce((sum, { people }) => sum + people, 0);
