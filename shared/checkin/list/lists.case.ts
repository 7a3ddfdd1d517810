import { isDeepStrictEqual } from 'node:util';
import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { untilWritten } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { Reply } from '../../kernel/http/reply.ts';
import { formatInstant } from '../../kernel/i18n/formats.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { cleaned } from '../../kernel/text/cleaned.ts';
import { doesNotFit, type FieldIssue, unfit } from '../../kernel/text/field-problem.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import type { CheckInList, CheckInLists, Handout } from '../check-in-items.schema.ts';
import { readDevices } from '../device/known-device.case.ts';
import { overviewReply, readCounts } from '../review/overview.case.ts';
import { putCheckInLists, readCheckInLists } from './check-in-lists.store.ts';
import { handoutProblems, listProblems, listsOf } from './list.ts';

type ListsDeps = Needs<
  | 'attempt'
  | 'attendanceIndex'
  | 'attendanceMemory'
  | 'auditTable'
  | 'client'
  | 'events'
  | 'holdersOf'
  | 'registry'
  | 'system'
>;

/** Each lost race means that another organiser changed a list. */
const MOST_RACES = 5;
/** Letters, as a reader counts them. */
export const LONGEST_NAME = 80;

/** A list that is there already as it is wanted is a success, whatever was looked at. */
export const putCheckInList =
  (deps: ListsDeps): Permitted<typeof CHECK_IN_ROUTES.putCheckInList> =>
  async ({ params: { eventId, listId: id }, body: { revision: seen, name: typed, ...terms }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const name = typed === undefined ? '' : cleaned('name', typed, { max: LONGEST_NAME });
    const wanted: CheckInList = { id, ...(name !== '' && { name }), ...terms };
    return changeLists(deps, event, caller, { id, seen, action: 'change-list' }, async ({ lists, handouts }) => {
      const before = lists.find((list) => list.id === id);
      if (isDeepStrictEqual(before, wanted)) return 'as-wanted';
      return async () => {
        const isUsed = before !== undefined && (await isInUse(deps, eventId, id));
        const said = (instant: Date) => formatInstant(instant.toISOString(), language, event.timeZone);
        const issues = [...listProblems(event, lists, wanted, isUsed, said), ...takenBy(handouts, id)];
        if (issues.length > 0) throw new InvalidInputError(issues);
        return { lists: withOne(lists, wanted), handouts };
      };
    });
  };

/** The same of what is handed out. */
export const putHandout =
  (deps: ListsDeps): Permitted<typeof CHECK_IN_ROUTES.putHandout> =>
  async ({ params: { eventId, listId: id }, body: { revision: seen, name: typed, ...terms }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const name = cleaned('name', typed, { max: LONGEST_NAME });
    if (name === '') throw new InvalidInputError([{ path: 'name', code: 'required' }]);
    const wanted: Handout = { id, name, ...terms };
    return changeLists(deps, event, caller, { id, seen, action: 'change-list' }, async ({ lists, handouts }) => {
      const before = handouts.find((each) => each.id === id);
      if (isDeepStrictEqual(before, wanted)) return 'as-wanted';
      return async () => {
        const isUsed = before !== undefined && (await isInUse(deps, eventId, id));
        const issues = [...handoutProblems(event, { lists, handouts }, wanted, isUsed), ...takenBy(lists, id)];
        if (issues.length > 0) throw new InvalidInputError(issues);
        return { lists, handouts: withOne(handouts, wanted) };
      };
    });
  };

/** One that is gone already is a success, whatever was looked at. */
export const deleteCheckInList =
  (deps: ListsDeps): Permitted<typeof CHECK_IN_ROUTES.deleteCheckInList> =>
  async ({ params: { eventId, listId: id }, query: { revision: seen }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const about = { id, seen: Number(seen), action: 'remove-list' } as const;
    return changeLists(deps, event, caller, about, async (before) => {
      if (![...before.lists, ...before.handouts].some((list) => list.id === id)) return 'as-wanted';
      return async () => {
        const others = <Each extends { readonly id: string }>(all: readonly Each[]) =>
          all.filter((each) => each.id !== id);
        const [lists, handouts] = [others(before.lists), others(before.handouts)];
        const comesBack = listsOf(event, lists).some((list) => list.id === id);
        if (comesBack || (await isInUse(deps, eventId, id))) throw new ProblemError('list-in-use');
        return { lists, handouts };
      };
    });
  };

type Lists = Pick<CheckInLists, 'lists' | 'handouts'>;

interface ListChange {
  readonly id: string;
  /** As the member saw them: `revision` of all lists. */
  readonly seen: number;
  readonly action: 'change-list' | 'remove-list';
}

/**
 * Changes the lists of an event as they stand.
 *
 * @param change what they are to be, where they are not so yet
 * @throws ProblemError `out-of-date` where they are not as they were seen
 */
function changeLists(
  deps: ListsDeps,
  event: EventDefinition<string>,
  caller: Caller,
  { id, seen, action }: ListChange,
  change: (before: Lists) => Promise<'as-wanted' | (() => Promise<Lists>)>,
): Promise<Reply> {
  const attempt = async () => {
    const before = await readCheckInLists(deps.client, deps.registry, event);
    const wanted = await change(before);
    if (wanted === 'as-wanted') return overviewReply(deps, event);
    if (before.revision !== seen) throw new ProblemError('out-of-date');
    const { lists, handouts } = await wanted();
    const refusals = await deps.attempt([
      putCheckInLists(deps.registry, event.id, lists, before.revision, handouts),
      audited(deps, event, caller, action, id),
    ]);
    return refusals.length === 0 ? overviewReply(deps, event) : undefined;
  };
  return untilWritten(deps.system, attempt, MOST_RACES);
}

/** In its place; at the end where it is new. */
const withOne = <Each extends { readonly id: string }>(all: readonly Each[], wanted: Each): readonly Each[] =>
  all.some(({ id }) => id === wanted.id)
    ? all.map((each) => (each.id === wanted.id ? wanted : each))
    : [...all, wanted];

const takenBy = (others: readonly { readonly id: string }[], id: string): FieldIssue[] =>
  others.some((each) => each.id === id) ? [doesNotFit('listId', unfit('list-other-kind', { list: id }))] : [];

/**
 * Whether an attendee was counted on a list, or a phone may bring in scans for it: one whose shift is over still may, until it
 * is revoked: an organiser who takes the list away then knows what that phone may still hold.
 */
async function isInUse(
  deps: Pick<Needs<'client' | 'registry'>, 'client' | 'registry'>,
  eventId: string,
  list: string,
): Promise<boolean> {
  const [counted, devices] = await Promise.all([readCounts(deps, eventId, list), readDevices(deps, eventId)]);
  return counted.length > 0 || devices.some(({ lists, revokedAt }) => revokedAt === undefined && lists.includes(list));
}
