import type { EventDefinition } from '../../event/event.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { type CheckInList, doorOf, type Place, sessionListId } from './list.ts';

/** Lists of one event. */
export const MOST_LISTS = 100;

type Event = Pick<EventDefinition<unknown>, 'days' | 'sessions' | 'categories' | 'timeZone' | 'retention'>;

/**
 * What is wrong with a list as an organiser wants it.
 *
 * @param lists those that there are, the one in question as it was among them
 * @param isUsed whether people were counted on it, or phones may scan for it: what they counted depends on its place and on how
 * people pass
 */
export function listProblems(
  event: Event,
  lists: readonly CheckInList[],
  wanted: CheckInList,
  isUsed: boolean,
): readonly FieldIssue[] {
  const before = lists.find(({ id }) => id === wanted.id);
  const problems = [
    ...(before === undefined && lists.length >= MOST_LISTS
      ? [doesNotFit('listId', `an event has at most ${MOST_LISTS} lists`)]
      : []),
    ...placeProblems(event, wanted),
    ...categoryProblems(event, wanted),
    ...(before !== undefined && isUsed ? usedProblems(before, wanted) : []),
  ];
  return problems.length > 0 ? problems : timeProblems(event, wanted);
}

function placeProblems({ days, sessions }: Event, { id: list, place }: CheckInList): FieldIssue[] {
  if (place.kind === 'day' && !days.some(({ id }) => id === place.day)) return [unknown('place.day')];
  const isMissing = place.kind === 'session' && !sessions.some(({ id }) => id === place.session);
  if (isMissing) return [unknown('place.session')];
  const owner = sessions.find(({ id }) => sessionListId(id) === list);
  const isOwn = owner === undefined || (place.kind === 'session' && place.session === owner.id);
  return isOwn ? [] : [doesNotFit('place', `the list ${list} is for the session ${owner.id}`)];
}

const categoryProblems = (event: Event, { categories = [] }: CheckInList): FieldIssue[] =>
  categories.flatMap((wanted, index) =>
    event.categories.some(({ id }) => id === wanted) ? [] : [unknown(`categories.${index}`)],
  );

function usedProblems(before: CheckInList, wanted: CheckInList): FieldIssue[] {
  const why = 'people were counted on this list, or a phone may scan for it. Make another list instead';
  return [
    ...(placeName(before.place) === placeName(wanted.place) ? [] : [doesNotFit('place', why)]),
    ...(before.passing === wanted.passing ? [] : [doesNotFit('passing', why)]),
  ];
}

const placeName = (place: Place): string =>
  place.kind === 'day' ? `day ${place.day}` : place.kind === 'session' ? `session ${place.session}` : place.kind;

/** Also where one of the two times follows the programme. */
function timeProblems(event: Event, wanted: CheckInList): FieldIssue[] {
  const door = doorOf(event, wanted);
  if (door === undefined || door.opensAt < door.closesAt) return [];
  const isGiven = wanted.closesAt !== undefined || wanted.opensAt === undefined;
  const closes = new Date(door.closesAt).toISOString();
  return isGiven
    ? [doesNotFit('closesAt', 'it would close before it opens')]
    : [doesNotFit('opensAt', `it would open after it closes, at ${closes}`)];
}

const unknown = (path: string): FieldIssue => ({ path, code: 'unknown-option' });
const doesNotFit = (path: string, problem: string): FieldIssue => ({ path, code: 'does-not-fit', params: { problem } });
