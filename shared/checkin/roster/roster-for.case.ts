import { changesShard, minorsShard } from '../../registration/list/changes-shard.ts';
import { readRevocations } from '../../ticket/revocations.store.ts';
import { isOrWasGood } from '../../ticket/ticket-standing.ts';
import type { Mark } from '../scan/scan.ts';
import { changes, SETTLES } from './changes.case.ts';
import { type FeedPage, feedPage } from './check-in-feed.store.ts';
import type { Deps, For, Part } from './deps.case.ts';
import type { RosterAnswer, RosterSetup } from './roster.schema.ts';
import { decodeCursor, encodeCursor, type RosterCursor } from './roster-cursor.ts';
import { PARTITIONS, type RosterPerson, rosterPeople } from './roster-people.store.ts';
import { sealPeople } from './seal-people.case.ts';

/** Milliseconds for which what was told is told again: it is stamped a moment before it is written, by a function that has ten seconds. */
const FEED_SETTLES = 12_000;

/** How a ticket stands on a list by what others brought in. */
interface OthersCheckIn {
  readonly list: string;
  readonly ticket: string;
  readonly marks: readonly Mark[];
}

/**
 * What other devices brought in for the lists of this one, in one read of at most 1 MB; and its own, as long as it has not caught up: it
 * may have lost them.
 *
 * @param now epoch milliseconds
 */
async function others(
  { client, registry }: Deps,
  { device }: For,
  { feed, isCatchingUp }: Pick<RosterCursor, 'feed' | 'isCatchingUp'>,
  now: number,
): Promise<{ readonly checkIns: readonly OthersCheckIn[]; readonly feed: string; readonly hasMore: boolean }> {
  const page = await feedPage(client, registry, device.eventId, feed);
  const settled = new Date(now - FEED_SETTLES).toISOString();
  const next = page.next === undefined || page.next > settled ? settled : page.next;
  const reached = next > feed ? next : feed;
  return {
    checkIns: byTicket(page, ({ list, by }) => device.lists.includes(list) && (isCatchingUp || by !== device.id)),
    feed: reached,
    hasMore: page.next !== undefined && page.next <= settled,
  };
}

function byTicket({ marks }: FeedPage, isWanted: (mark: FeedPage['marks'][number]) => boolean): OthersCheckIn[] {
  const found = new Map<string, { list: string; ticket: string; marks: Map<string, Mark> }>();
  for (const each of marks.filter(isWanted)) {
    const { list, ticket, mark } = each;
    const place = `${list} ${ticket}`;
    const known = found.get(place) ?? { list, ticket, marks: new Map() };
    known.marks.set(mark.scanId, mark);
    found.set(place, known);
  }
  return [...found.values()].map(({ list, ticket, marks: each }) => ({ list, ticket, marks: [...each.values()] }));
}

/** Partitions that are read at once. */
const AT_ONCE = 4;
/** Bytes of entries in one answer: base64url makes a third more of them. */
const MOST_BYTES = 1_900_000;
/** Milliseconds after which no more partitions are begun: the function has ten seconds. */
const TIME = 5_000;
const NOBODY = { minors: 0, chaperones: 0 };

/**
 * Everyone who has a ticket, or had one, partition by partition: as many as one answer holds. Those who come and are under 18, or
 * look after them, are left for the changes, which know how many there are.
 *
 * @param from the first partition that was not read yet
 */
async function everyone(deps: Deps, { event, device, isVetted }: For, from: number): Promise<Part<number>> {
  const { client, registry, system } = deps;
  const until = system.now().getTime() + TIME;
  const parts: Buffer[] = [];
  let bytes = 0;
  let next = from;
  while (next < PARTITIONS && bytes < MOST_BYTES && system.now().getTime() < until) {
    const some = Array.from({ length: Math.min(AT_ONCE, PARTITIONS - next) }, (_, index) => next + index);
    const people = await Promise.all(
      some.map((partition) => rosterPeople(client, registry, device.eventId, partition)),
    );
    const sealed = sealPeople(event, people.flat().filter(isAlone), NOBODY, isVetted);
    parts.push(sealed);
    bytes += sealed.length;
    next += some.length;
  }
  return { entries: Buffer.concat(parts), reached: next };
}

/** Whether nobody else decides on whether they may go in. */
const isAlone = (person: RosterPerson): boolean =>
  isOrWasGood(person) && changesShard(person) !== minorsShard(person.eventId);

/** What a phone has to know beside its people. */
export interface Surroundings {
  /** A hash of it. */
  readonly tag: string;
  readonly make: () => Promise<RosterSetup>;
}

/**
 * What a phone takes over: all that there is, in as many answers as it takes, or what changed since. What it is told twice changes
 * nothing: it is told some of what is new more than once, so that nothing is missed.
 *
 * @param since the cursor of the answer before; whatever is none means that the phone has nothing
 */
export async function rosterFor(
  deps: Deps,
  whose: For,
  surroundings: Surroundings,
  since: string | undefined,
): Promise<Omit<RosterAnswer, 'device'>> {
  const now = deps.system.now().getTime();
  const told = since === undefined ? undefined : decodeCursor(since);
  const isKnown = told?.event === whose.event.version && told.isVetted === whose.isVetted;
  const known = isKnown ? told : undefined;
  const began = known ?? beginning(whose, now);
  const answer = await people(deps, whose, began, now);
  if (answer === undefined) return rosterFor(deps, whose, surroundings, undefined);
  const { entries, cursor, isComplete } = answer;
  const revoked = await readRevocations(deps.client, deps.registry, whose.device.eventId);
  const revocations = revoked === undefined ? '' : `${revoked.version}.${revoked.issuedAt}`;
  const feed = isComplete ? await others(deps, whose, cursor, now) : undefined;
  const hasMore = feed?.hasMore ?? true;
  const next: RosterCursor = {
    ...cursor,
    setup: surroundings.tag,
    revocations,
    ...(feed && { feed: feed.feed, isCatchingUp: cursor.isCatchingUp && hasMore }),
  };
  return {
    isWhole: known === undefined,
    hasMore,
    cursor: encodeCursor(next),
    ...(began.setup !== surroundings.tag && { setup: await surroundings.make() }),
    ...(revoked !== undefined && began.revocations !== revocations && { revocations: revoked.list }),
    entries: entries.toString('base64url'),
    checkIns: feed?.checkIns ?? [],
  };
}

/** @param now epoch milliseconds */
const beginning = ({ event, isVetted }: For, now: number): RosterCursor => ({
  ...{ event: event.version, isVetted, setup: '', partitions: 0, minors: '', feed: '', revocations: '' },
  changes: new Date(now - SETTLES).toISOString(),
  isCatchingUp: true,
});

/** Everyone, as far as this answer holds them, and then whoever changed meanwhile; `undefined` to begin anew. */
async function people(deps: Deps, whose: For, began: RosterCursor, now: number) {
  const all = began.partitions < PARTITIONS ? await everyone(deps, whose, began.partitions) : undefined;
  const cursor = { ...began, partitions: all?.reached ?? began.partitions };
  const first = all?.entries ?? Buffer.alloc(0);
  const isFull = cursor.partitions < PARTITIONS || first.length >= MOST_BYTES;
  if (isFull) return { entries: first, cursor, isComplete: false };
  const changed = await changes(deps, whose, cursor, now);
  if (changed === undefined) return undefined;
  const entries = Buffer.concat([first, changed.entries]);
  return { entries, cursor: { ...cursor, ...changed.reached }, isComplete: true };
}
