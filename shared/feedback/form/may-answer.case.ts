import { NOBODY } from '../../checkin/attendance/check-in-count.store.ts';
import { type Counted, cameAtLeast, scannedOn } from '../../checkin/attendance/counted.store.ts';
import type { CheckInList } from '../../checkin/list/list.ts';
import type { EventDefinition } from '../../event/event.ts';
import { type About, decidedBy, isOfClosedSession, listsThatSay } from './attended.ts';
import type { AttendedBy } from './form.ts';

/** How many came. */
interface Many {
  readonly people: number;
  /** Whether there may be more: whoever is on several lists is counted on that where most of their group are. */
  readonly isAtLeast: boolean;
}

/** Who may answer about a session. */
export interface MayAnswer {
  readonly by: AttendedBy;
  /** What an organiser said. */
  readonly set?: AttendedBy;
  /** Who came to it; of these, who was counted at a door. Others joined online. */
  readonly door: Many & { readonly scanned: number };
  /** Who came that day, these among them. */
  readonly day: Many;
  readonly isClosed: boolean;
}

interface Known {
  readonly lists: readonly Pick<CheckInList, 'id' | 'place'>[];
  readonly counted: readonly Counted[];
}

/**
 * By what lists counted: nobody is looked at one by one.
 *
 * @returns `undefined` of the form about the whole event
 */
export function mayAnswer(
  form: About,
  event: Pick<EventDefinition<unknown>, 'sessions'>,
  { lists, counted }: Known,
): MayAnswer | undefined {
  if (form.session === undefined) return undefined;
  const scanned = scannedOn(counted);
  const saying = (by: AttendedBy) => listsThatSay({ ...form, by }, event, lists, scanned).map(({ id }) => id);
  const door = saying('door');
  const atDoors = counted.filter(({ isOnline }) => !isOnline);
  return {
    by: decidedBy(form, lists, scanned),
    ...(form.by && { set: form.by }),
    door: { ...manyOn(counted, door), scanned: manyOn(atDoors, door).people },
    day: manyOn(counted, saying('day')),
    isClosed: isOfClosedSession(form, event),
  };
}

function manyOn(counted: readonly Counted[], lists: readonly string[]): Many {
  const ofPeople = counted.filter(({ category }) => category !== NOBODY);
  const came = scannedOn(ofPeople, 'and-online');
  const people = Object.values(cameAtLeast('category', ofPeople, lists)).reduce((sum, most) => sum + most, 0);
  return { people, isAtLeast: lists.filter((list) => came.has(list)).length > 1 };
}
