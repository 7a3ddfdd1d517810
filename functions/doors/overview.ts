import { listHandOvers } from '../../shared/checking-in/hand-over/hold-scans.ts';
import type { Holder } from '../../shared/domain/check-in/holder.ts';
import { type CheckInList, doorOf } from '../../shared/domain/check-in/list.ts';
import { isExpected } from '../../shared/domain/check-in/verdict.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { eventOf } from '../../shared/event/event-of.case.ts';
import { json, type Reply } from '../../shared/kernel/http/reply.ts';
import { readCheckInLists } from '../../shared/store/check-in-lists-item.ts';
import type { Permitted } from '../../shared/team/role/permitted.case.ts';
import { readCounts, tallyOf } from './counts.ts';
import type { Deps } from './deps.ts';
import { openIn, readInbox } from './inbox.ts';

export const showCheckIn =
  (deps: Deps): Permitted<'showCheckIn'> =>
  async ({ params: { eventId }, language }) =>
    overviewReply(deps, (await eventOf(deps, eventId, language)).event);

/** All lists as they are now, and what they counted. */
export async function overviewReply(deps: Deps, event: EventDefinition<string>): Promise<Reply> {
  const [{ lists, revision }, inbox, handOvers, holders] = await Promise.all([
    readCheckInLists(deps.client, deps.registry, event),
    readInbox(deps, event.id),
    listHandOvers(deps, event.id),
    deps.holdersOf(event),
  ]);
  return json(200, {
    revision,
    lists: await Promise.all(lists.map((list) => viewOf(deps, event, list, holders))),
    conflicts: inbox.toSee.flatMap((each) => openIn(inbox, each)).length,
    handedOver: handOvers
      .flatMap(({ parts }) => Object.values(parts))
      .reduce((sum, { statuses }) => sum + statuses.open, 0),
  });
}

async function viewOf(deps: Deps, event: EventDefinition<string>, list: CheckInList, holders: readonly Holder[]) {
  const door = doorOf(event, list);
  const counted = await readCounts(deps, event.id, list.id);
  return {
    ...list,
    ...(door && { opens: new Date(door.opensAt).toISOString(), closes: new Date(door.closesAt).toISOString() }),
    expected: door === undefined ? 0 : holders.filter((holder) => isExpected(door, holder)).length,
    counts: tallyOf(counted),
  };
}
