import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { json, type Reply } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { listHandOvers } from '../hand-over/hold-scans.case.ts';
import type { Holder } from '../holder.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { type CheckInList, doorOf } from '../list/list.ts';
import { isExpected } from '../scan/verdict.ts';
import { readCounts, tallyOf } from './counts.case.ts';
import { openIn, readInbox } from './inbox.case.ts';

type Deps = Needs<'client' | 'events' | 'holdersOf' | 'registry'>;

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
