import { arrivalsOf } from '../../shared/domain/check-in/arrivals.ts';
import { ProblemError } from '../../shared/errors.ts';
import { json } from '../../shared/http/reply.ts';
import { eventOf } from '../../shared/organising/event-of.ts';
import type { Permitted } from '../../shared/organising/permitted.ts';
import { fromCheckInFeedItem } from '../../shared/store/check-in-feed-item.ts';
import { checkInFeedPartition } from '../../shared/store/check-in-keys.ts';
import { readCheckInLists } from '../../shared/store/check-in-lists-item.ts';
import { queryPartition } from '../../shared/store/query-partition.ts';
import type { Deps } from './deps.ts';

/** When people came to a list, from what phones told each other: all of their scans are there, in few items. */
export const showArrivals =
  (deps: Deps): Permitted<'showArrivals'> =>
  async ({ params: { eventId, listId }, language }) => {
    const { client, registry } = deps;
    const { event } = await eventOf(deps, eventId, language);
    const { lists } = await readCheckInLists(client, registry, event);
    const found = lists.find(({ id }) => id === listId);
    if (found === undefined) throw new ProblemError('not-found');
    const feed = await queryPartition(client, registry, checkInFeedPartition(eventId));
    const scans = feed.flatMap(fromCheckInFeedItem).filter(({ list }) => list === listId);
    return json(200, {
      steps: arrivalsOf(scans, found.passing).map(({ from, came }) => ({ from: new Date(from).toISOString(), came })),
    });
  };
