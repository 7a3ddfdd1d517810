import { isDeepStrictEqual } from 'node:util';
import { eventOf } from '../../event/event-of.case.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import type { CheckInList } from '../check-in-items.schema.ts';
import { readDevices } from '../device/known-device.case.ts';
import { overviewReply, readCounts } from '../review/overview.case.ts';
import { cleaned } from '../texts.ts';
import { putCheckInLists, readCheckInLists } from './check-in-lists.store.ts';
import { listProblems, listsOf } from './list.ts';

type ListsDeps = Needs<'attempt' | 'auditTable' | 'client' | 'events' | 'holdersOf' | 'registry' | 'system'>;

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
    for (let race = 1; race <= MOST_RACES; race += 1) {
      const { lists, revision } = await readCheckInLists(deps.client, deps.registry, event);
      const before = lists.find((list) => list.id === id);
      if (isDeepStrictEqual(before, wanted)) return overviewReply(deps, event);
      if (revision !== seen) throw new ProblemError('out-of-date');
      const isUsed = before !== undefined && (await isInUse(deps, eventId, id));
      const issues = listProblems(event, lists, wanted, isUsed);
      if (issues.length > 0) throw new InvalidInputError(issues);
      const changed = before === undefined ? [...lists, wanted] : lists.map((list) => (list.id === id ? wanted : list));
      const refusals = await deps.attempt([
        putCheckInLists(deps.registry, eventId, changed, revision),
        audited(deps, event, caller, 'change-list', id),
      ]);
      if (refusals.length === 0) return overviewReply(deps, event);
    }
    throw new BusyError();
  };

/** One that is gone already is a success, whatever was looked at. */
export const deleteCheckInList =
  (deps: ListsDeps): Permitted<typeof CHECK_IN_ROUTES.deleteCheckInList> =>
  async ({ params: { eventId, listId: id }, query: { revision: seen }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    for (let race = 1; race <= MOST_RACES; race += 1) {
      const { lists, revision } = await readCheckInLists(deps.client, deps.registry, event);
      if (!lists.some((list) => list.id === id)) return overviewReply(deps, event);
      if (revision !== Number(seen)) throw new ProblemError('out-of-date');
      const others = lists.filter((list) => list.id !== id);
      const comesBack = listsOf(event, others).some((list) => list.id === id);
      if (comesBack || (await isInUse(deps, eventId, id))) throw new ProblemError('list-in-use');
      const refusals = await deps.attempt([
        putCheckInLists(deps.registry, eventId, others, revision),
        audited(deps, event, caller, 'remove-list', id),
      ]);
      if (refusals.length === 0) return overviewReply(deps, event);
      await deps.system.backOff(race);
    }
    throw new BusyError();
  };

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
