import { eventOf } from '../../event/event-of.case.ts';
import { queryPartition } from '../../kernel/dynamo/queries.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { type Arrivals, arrivalsOf, stepOfLane } from '../attendance/arrivals.ts';
import { fromCheckInCountItem } from '../attendance/attendance.store.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import { checkInCountPartition, checkInFeedPartition, countedBy } from '../check-in-keys.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { fromCheckInFeedItem, type SharedMark } from '../roster/check-in-feed.store.ts';
import { LANES } from '../scan/keep-scan.case.ts';
import { ONLINE } from '../scan/scan.ts';

type Deps = Needs<'client' | 'events' | 'registry'>;

/**
 * When people came to a list. At its door: from what phones told each other, all of their scans are there, in few items. Online: from
 * what is counted of them, step by step. Who joins online and comes to the door later came in both ways.
 */
export const showArrivals =
  (deps: Deps): Permitted<typeof CHECK_IN_ROUTES.showArrivals> =>
  async ({ params: { eventId, listId }, language }) => {
    const { client, registry } = deps;
    const { event } = await eventOf(deps, eventId, language);
    const { lists } = await readCheckInLists(client, registry, event);
    const found = lists.find(({ id }) => id === listId);
    if (found === undefined) throw new ProblemError('not-found');
    const [feed, counted] = await Promise.all([
      queryPartition(client, registry, checkInFeedPartition(eventId)),
      queryPartition(client, registry, checkInCountPartition(eventId, listId)),
    ]);
    // Another ticket for an attendee who joined online is told to phones, and is counted as online still.
    const isAtDoor = ({ list, mark }: SharedMark) => list === listId && mark.device !== ONLINE;
    const atDoor = arrivalsOf(feed.flatMap(fromCheckInFeedItem).filter(isAtDoor), found.passing);
    return json(200, { steps: together(atDoor, joinedOf(counted)) });
  };

/** How many were counted first when they joined online, in each step. */
function joinedOf(counted: readonly Record<string, unknown>[]): readonly Arrivals[] {
  return counted.flatMap((item) => {
    const place = String(item['sk']);
    if (!place.startsWith(countedBy(ONLINE))) return [];
    const [, lane] = place.split('#');
    return [{ from: stepOfLane(Number(lane), LANES), came: fromCheckInCountItem(item).came }];
  });
}

/** Steps in which anybody came in either way, in order of time. */
function together(atDoor: readonly Arrivals[], joined: readonly Arrivals[]) {
  const steps = new Map<number, { came: number; online: number }>();
  const stepAt = (from: number) => {
    const step = steps.get(from) ?? { came: 0, online: 0 };
    steps.set(from, step);
    return step;
  };
  for (const { from, came } of atDoor) stepAt(from).came += came;
  for (const { from, came } of joined) stepAt(from).online += came;
  return [...steps]
    .filter(([, { came, online }]) => came !== 0 || online !== 0)
    .sort(([a], [b]) => a - b)
    .map(([from, step]) => ({ from: new Date(from).toISOString(), ...step }));
}
