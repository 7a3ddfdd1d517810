import { eventOf } from '../../event/event-of.case.ts';
import { queryPartition } from '../../kernel/dynamo/query-partition.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { fromCheckInCountItem } from '../attendance/check-in-count.store.ts';
import { checkInCountPartition } from '../check-in-keys.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';

type Deps = Needs<'client' | 'events' | 'registry' | 'system'>;

type Counted = ReturnType<typeof fromCheckInCountItem>;

/** What devices counted for a list, each for itself: the sums are exact. Empty where nobody was ever scanned. */
export const readCounts = async (
  { client, registry }: Pick<Deps, 'client' | 'registry'>,
  eventId: string,
  list: string,
): Promise<readonly Counted[]> =>
  (await queryPartition(client, registry, checkInCountPartition(eventId, list))).map(fromCheckInCountItem);

export const tallyOf = (counted: readonly Counted[]) => ({
  came: counted.reduce((sum, { came }) => sum + came, 0),
  inside: counted.reduce((sum, { inside }) => sum + inside, 0),
});

export const countCheckIns =
  (deps: Deps): Permitted<'countCheckIns'> =>
  async ({ params: { eventId, listId }, language }) => {
    const { event } = await eventOf(deps, eventId, language);
    const { lists } = await readCheckInLists(deps.client, deps.registry, event);
    if (!lists.some(({ id }) => id === listId)) throw new ProblemError('not-found');
    const counted = await readCounts(deps, eventId, listId);
    return json(200, {
      list: listId,
      at: deps.system.now().toISOString(),
      total: tallyOf(counted),
      parts: partsOf(counted),
    });
  };

/** The largest first. */
function partsOf(counted: readonly Counted[]) {
  const groups = new Map<string, Counted[]>();
  for (const each of counted) {
    const name = `${each.category} ${each.mode}`;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return (
    [...groups.values()]
      .flatMap((group) => group.slice(0, 1).map(({ category, mode }) => ({ category, mode, ...tallyOf(group) })))
      // Who was scanned and taken back was not there.
      .filter(({ came, inside }) => came !== 0 || inside !== 0)
      .sort((a, b) => b.came - a.came)
  );
}
