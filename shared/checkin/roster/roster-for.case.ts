import { createHash } from 'node:crypto';
import type { EventDefinition } from '../../event/event.ts';
import { type ChangedKey, changedKeys } from '../../kernel/dynamo/queries.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { type Headcount, headcount, isReady, minorsOf } from '../../minors/chaperone/chaperone.ts';
import { changesShard, comingShards, endedShard, minorsShard } from '../../registration/list/changes-shard.ts';
import { readRegistrations } from '../../registration/list/registration-list.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { readRevocations, revokedSince } from '../../ticket/revoked-ticket.store.ts';
import { sealEntry } from '../../ticket/roster-seal.store.ts';
import { isOrWasGood } from '../../ticket/ticket.ts';
import { ticketHash, ticketHashOf, ticketIdBytes } from '../../ticket/ticket-names.store.ts';
import type { Device } from '../device/device.schema.ts';
import type { ScanMark } from '../scan/scan.ts';
import { type FeedPage, feedPage } from './check-in-feed.store.ts';
import type { KnownCheckIn, RosterAnswer, RosterSetup } from './roster.schema.ts';
import { decodeCursor, encodeCursor, type RosterCursor } from './roster-cursor.ts';
import { entryOf, packEntry, type Ties } from './roster-entry.ts';
import { PARTITIONS, type RosterPerson, rosterPeople } from './roster-people.store.ts';

type Deps = Given<'registry', 'now' | 'backOff'>;

/** Whose roster it is. */
interface For {
  readonly event: EventDefinition<string>;
  readonly device: Device;
  /** Whether entries of minors say who they are. */
  readonly isVetted: boolean;
}

/** Part of an answer: entries, and how far that goes. */
interface Part<Reached> {
  readonly entries: Buffer;
  readonly reached: Reached;
}

/** Milliseconds for which what was told is told again: it is stamped a moment before it is written, by a function that has ten seconds. */
const FEED_SETTLES = 12_000;

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
): Promise<{ readonly checkIns: readonly KnownCheckIn[]; readonly feed: string; readonly hasMore: boolean }> {
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

function byTicket({ marks }: FeedPage, isWanted: (mark: FeedPage['marks'][number]) => boolean): KnownCheckIn[] {
  const found = new Map<string, { list: string; ticket: string; marks: Map<string, ScanMark> }>();
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
  changes: new Date(now - ROSTER_SETTLES).toISOString(),
  isCatchingUp: true,
});

/** Everyone, as far as this answer holds them, and then those who changed meanwhile; `undefined` to begin anew. */
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

/**
 * Milliseconds for which what changed is told again: a write is stamped before it is made, may be tried again for some seconds, and
 * the index lags.
 */
export const ROSTER_SETTLES = 30_000;
/** Registrations that changed, above which everyone is read anew instead. */
const MOST_CHANGES = 8_000;

/**
 * Who changed since, as they are now. Where anything about anyone under 18 who comes changed, or about their chaperones, all of
 * these are told anew: whether one may go in depends on how many there are.
 *
 * @param now epoch milliseconds
 * @returns `undefined` where so many changed that everyone is to be read anew
 */
async function changes(
  { client, registry, system }: Deps,
  { event, device, isVetted }: For,
  cursor: Pick<RosterCursor, 'changes' | 'minors' | 'isCatchingUp'>,
  now: number,
): Promise<Part<Pick<RosterCursor, 'changes' | 'minors'>> | undefined> {
  const { eventId } = device;
  const read = (shard: string, after?: string) => changedKeys(client, registry, shard, after);
  const shards = [...comingShards(eventId), endedShard(eventId)];
  const [young, revoked, ...changed] = await Promise.all([
    read(minorsShard(eventId)),
    revokedSince(client, registry, eventId, cursor.changes),
    ...shards.map((shard) => read(shard, cursor.changes)),
  ]);
  const alone = changed.flat();
  if (alone.length > MOST_CHANGES && !cursor.isCatchingUp) return undefined;
  const minors = hashOf(young);
  const together = minors === cursor.minors ? [] : young;
  const find = (keys: readonly ChangedKey[]) =>
    readRegistrations(
      client,
      registry,
      eventId,
      keys.map(({ reference }) => reference),
      system,
    );
  const [theirs, others] = await Promise.all([find(together), find(alone)]);
  const known = new Set(together.map(({ reference }) => reference));
  // Who began to come since the index was read, and is under 18, is told with the others as soon as it names them.
  const isTold = others.filter(
    (each) =>
      isOrWasGood(each) && !known.has(each.reference) && !(each.ageBand === 'minor' && each.status === 'confirmed'),
  );
  const counts = headcount(theirs, event);
  return {
    entries: Buffer.concat([
      ...revoked.map(({ ticket }) => noEntry(Buffer.from(ticket, 'base64url'))),
      sealPeople(event, [...isTold, ...theirs.filter(isOrWasGood)], counts, isVetted),
    ]),
    reached: { changes: later(cursor.changes, new Date(now - ROSTER_SETTLES).toISOString()), minors },
  };
}

const later = (a: string, b: string): string => (a > b ? a : b);

const hashOf = (keys: readonly ChangedKey[]): string =>
  createHash('sha256')
    .update(
      keys
        .map(({ reference, changedAt }) => `${reference} ${changedAt}`)
        .sort()
        .join('\n'),
    )
    .digest('base64url')
    .slice(0, 12);

const LENGTH_BYTES = 2;

/**
 * Entries that open with the ticket alone, one after another, as a phone takes them over (CI11).
 *
 * @param counts of the whole event, where any of them is under 18
 * @param seesMinors whether entries of people under 18 say who they are (CS13)
 */
const sealPeople = (
  event: EventDefinition<unknown>,
  people: readonly RosterPerson[],
  counts: Headcount,
  seesMinors: boolean,
): Buffer => {
  const tiesOf = tiesAmong(people, event);
  return Buffer.concat(
    people.map((person) => {
      const id = ticketIdBytes(person.ticketId);
      const entry = packEntry(entryOf(event, person, counts, seesMinors, tiesOf(person)));
      return framed(ticketHash(id), sealEntry(entry, id, person.eventId));
    }),
  );
};

/** That there is no entry under a ticket any more. @param hash `ticketHash`, 16 bytes */
const noEntry = (hash: Uint8Array): Buffer => framed(hash, new Uint8Array());

function framed(hash: Uint8Array, sealed: Uint8Array): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(sealed.length);
  return Buffer.concat([hash, length, sealed]);
}

type Tied = Pick<
  Registration,
  'reference' | 'status' | 'mode' | 'ageBand' | 'ticketId' | 'badgeName' | 'minor' | 'chaperoning'
>;

/**
 * Who looks after whom, among people who come. Nobody leaves with an adult who has not said yes, or is not vetted, or not any more: such
 * a one is only asked about those who were entrusted to them (CS24).
 *
 * @param people with all who are under 18, and all who look after them, where any of them is asked for
 */
export function tiesAmong(people: readonly Tied[], event: Pick<EventDefinition<unknown>, 'days'>): (of: Tied) => Ties {
  const byReference = new Map(people.map((each) => [each.reference, each]));
  return (of) => {
    const tie = of.minor?.chaperone;
    const adult = tie?.acceptedAt === undefined ? undefined : byReference.get(tie.reference);
    const wards = minorsOf(of).flatMap((reference) => {
      const minor = byReference.get(reference);
      return minor?.status === 'confirmed' ? [ticketHashOf(minor)] : [];
    });
    return {
      chaperone: adult && isReady(adult, event) ? adult.badgeName : undefined,
      wards,
      ...(isReady(of, event) && { mayTakeAlong: true as const }),
    };
  };
}
