import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { queryPartition } from '../../kernel/dynamo/queries.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json, type Reply } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { type Arrivals, arrivalsOf, stepOfLane } from '../attendance/arrivals.ts';
import { readAttendance } from '../attendance/attendance.case.ts';
import { fromCheckInCountItem } from '../attendance/attendance.store.ts';
import { daysOnly, toldInstant } from '../attendance/minutes.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import type { CheckInList, Decision, Handout } from '../check-in-items.schema.ts';
import {
  checkInCountPartition,
  checkInDecisionKey,
  checkInDoubtKey,
  checkInFeedPartition,
  countedBy,
} from '../check-in-keys.ts';
import { storedHandOvers } from '../held-scans/hold-scans.case.ts';
import type { Holder } from '../holder.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { listTermsOf, scansOf } from '../list/list.ts';
import { fromCheckInFeedItem, type SharedMark } from '../roster/check-in-feed.store.ts';
import { LANES } from '../scan/keep-scan.case.ts';
import { passageOf } from '../scan/passage.ts';
import { ONLINE } from '../scan/scan.ts';
import { isExpected } from '../scan/verdict.ts';
import { fromCheckInDecisionItem, fromCheckInDoubtItem } from './decision.store.ts';
import { decisionsByTicket, type OpenConflict, openScans } from './decision.ts';

type OverviewDeps = Needs<
  'attendanceIndex' | 'attendanceMemory' | 'client' | 'events' | 'holdersOf' | 'registry' | 'system'
>;

export const showCheckIn =
  (deps: OverviewDeps): Permitted<typeof CHECK_IN_ROUTES.showCheckIn> =>
  async ({ params: { eventId }, language }) =>
    overviewReply(deps, (await eventOf(deps, eventId, language)).event);

/** All lists as they are now, and what they counted. */
export async function overviewReply(deps: OverviewDeps, event: EventDefinition<string>): Promise<Reply> {
  const [{ lists, handouts, revision }, inbox, handOvers, holders] = await Promise.all([
    readCheckInLists(deps.client, deps.registry, event),
    readInbox(deps, event.id),
    storedHandOvers(deps, event.id),
    deps.holdersOf(event),
  ]);
  return json(200, {
    revision,
    lists: await viewsOf(deps, event, lists, holders),
    handouts: await Promise.all(handouts.map((each) => handoutView(deps, event.id, each))),
    conflicts: inbox.toSee.flatMap((each) => openIn(inbox, each)).length,
    handedOver: handOvers
      .flatMap(({ parts }) => Object.values(parts))
      .reduce((sum, { statuses }) => sum + statuses.open, 0),
  });
}

type Rules = EventDefinition<string>;

/** An entrance counts for the day too: where anybody was scanned at one, what days count is made of the scans. */
async function viewsOf(deps: OverviewDeps, event: Rules, lists: readonly CheckInList[], holders: readonly Holder[]) {
  const all = await Promise.all(
    lists.map(async (list) => ({ list, counts: tallyOf(await readCounts(deps, event.id, list.id)) })),
  );
  const isFed = all.some(({ list, counts }) => list.place.kind === 'event' && counts.came > 0);
  const marks = isFed ? await readAttendance(deps, event.id) : new Map<string, readonly SharedMark[]>();
  return all.map(({ list, counts }) => {
    const isDay = isFed && list.place.kind === 'day' && list.categories === undefined;
    return viewOf(event, list, isDay ? talliedOn(event, list, lists, marks.values()) : counts, holders);
  });
}

/** Of each ticket, all of its scans that say who came to a list. */
function talliedOn(
  event: Rules,
  list: CheckInList,
  lists: readonly CheckInList[],
  tickets: Iterable<readonly SharedMark[]>,
) {
  const isOf = scansOf(event, list, lists);
  let [came, inside] = [0, 0];
  for (const all of tickets) {
    const marks = all.flatMap((each) => (isOf(each) ? [each.mark] : []));
    if (marks.length === 0) continue;
    const passage = passageOf(marks, list.passing);
    if (passage.checkIn !== undefined) came += 1;
    if (passage.isInside) inside += 1;
  }
  return { came, inside };
}

function viewOf(event: Rules, list: CheckInList, counts: ReturnType<typeof tallyOf>, holders: readonly Holder[]) {
  const door = listTermsOf(event, list);
  return {
    ...list,
    ...(door && { opens: new Date(door.opensAt).toISOString(), closes: new Date(door.closesAt).toISOString() }),
    expected: door === undefined ? 0 : holders.filter((holder) => isExpected(door, holder)).length,
    counts,
  };
}

/** Of each, how many people were given it, and how many have it still: no attendance of theirs. */
async function handoutView(deps: OverviewDeps, eventId: string, handout: Handout) {
  const { came, inside } = tallyOf(await readCounts(deps, eventId, handout.id));
  return { ...handout, counts: { people: came, out: handout.isLent ? inside : 0 } };
}

/** What people have to look at, the oldest first, and what was decided so far. */
export interface Inbox {
  readonly toSee: readonly OpenConflict[];
  readonly decisions: readonly Decision[];
  /** On one ticket and list, in order. */
  readonly decisionsOn: ReturnType<typeof decisionsByTicket>;
}

export async function readInbox(
  { client, registry }: Pick<Needs<'client' | 'registry'>, 'client' | 'registry'>,
  eventId: string,
): Promise<Inbox> {
  const none = { eventId, list: '', ticket: '' };
  const [doubts, decided] = await Promise.all([
    queryPartition(client, registry, checkInDoubtKey(eventId, '', '').pk),
    queryPartition(client, registry, checkInDecisionKey(none, 0).pk),
  ]);
  const toSee = doubts.map(fromCheckInDoubtItem).sort((a, b) => a.since - b.since);
  return inboxOf(toSee, decided.map(fromCheckInDecisionItem));
}

export const inboxOf = (toSee: readonly OpenConflict[], decisions: readonly Decision[]): Inbox => ({
  toSee,
  decisions,
  decisionsOn: decisionsByTicket(decisions),
});

/** Scans of one ticket on which nobody decided. */
export const openIn = ({ decisionsOn }: Inbox, toSee: OpenConflict): readonly string[] =>
  openScans(toSee, decisionsOn(toSee));

type CountsDeps = Needs<'client' | 'events' | 'registry' | 'system'>;

type Counted = ReturnType<typeof fromCheckInCountItem>;

/** What devices counted for a list, each for itself: the sums are exact. Empty where nobody was ever scanned. */
export const readCounts = async (
  { client, registry }: Pick<CountsDeps, 'client' | 'registry'>,
  eventId: string,
  list: string,
): Promise<readonly Counted[]> =>
  (await queryPartition(client, registry, checkInCountPartition(eventId, list))).map(fromCheckInCountItem);

const tallyOf = (counted: readonly Counted[]) => ({
  came: counted.reduce((sum, { came }) => sum + came, 0),
  inside: counted.reduce((sum, { inside }) => sum + inside, 0),
});

export const countCheckIns =
  (deps: CountsDeps): Permitted<typeof CHECK_IN_ROUTES.countCheckIns> =>
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

type Deps = Needs<'client' | 'events' | 'registry' | 'system'>;

/**
 * When people came to a list. At its door: from what phones told each other, all of their scans are there, in few items. Online: from
 * what is counted of them, step by step. Who joins online and comes to the door later came in both ways. Once minutes are over,
 * a step is a day.
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
    const isOf = scansOf(event, found, lists);
    const by = listTermsOf(event, found) ?? found;
    const isAtDoor = (each: SharedMark) => each.mark.device !== ONLINE && isOf(each);
    const stepAt = toldInstant(event, deps.system.now());
    const all = [arrivalsOf(feed.flatMap(fromCheckInFeedItem).filter(isAtDoor), by), joinedOf(counted)];
    const [atDoor = [], joined = []] = all.map((steps) =>
      steps.map(({ from, came }) => ({ from: stepAt(from), came })),
    );
    return json(200, { ...daysOnly(event, deps.system.now()), steps: together(atDoor, joined) });
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
