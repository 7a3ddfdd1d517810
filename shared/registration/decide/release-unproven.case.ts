import { deleteCareNeeds } from '../../care/care.store.ts';
import type { EventDefinition } from '../../event/event.ts';
import { isCalledOff } from '../../event/event-standing.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { json } from '../../kernel/http/reply.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { isUnreachable } from '../../mail/fate/mail-fate.ts';
import { newJob, newMessage } from '../../mail/outbox/new-items.store.ts';
import { type Job, putJob } from '../../mail/outbox/outbox-items.store.ts';
import { type Counter, counterName, countersOf, hasSeatKept, poolOf } from '../../seats/quota.ts';
import type { PoolId, UnprovenSeat } from '../../seats/seat.schema.ts';
import {
  crowdedDomains,
  groupSeats,
  isNeverReached,
  isOver,
  isReleased,
  isWaitedFor,
  mayGiveWay,
  parseRelease,
  type Release,
  releaseName,
  rulesOfUnproven,
  seatsToRelease,
  unprovenSeatOf,
  type Waiter,
} from '../../seats/unproven-seat.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { definitionOf } from '../../team/role/within-reach.case.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { hashHolder } from '../hashes.store.ts';
import { changed } from '../registration-state.store.ts';
import type { UNPROVEN_SEAT_ROUTES } from './unproven-seats.routes.ts';
import { MOST_UNREACHED } from './unproven-seats.schema.ts';

type UnprovenSeatsDeps = Needs<
  'auditTable' | 'events' | 'outboxTable' | 'registrations' | 'system' | 'unprovenSeats' | 'write'
>;

/**
 * What of the unproven seats an organiser has to know, from the lists of them and of those who wait; nobody else is read but some of those
 * to whom nothing was delivered, so that their addresses can be corrected.
 */
export const listUnprovenSeats =
  (deps: UnprovenSeatsDeps): Permitted<typeof UNPROVEN_SEAT_ROUTES.listUnprovenSeats> =>
  async ({ params: { eventId }, language }) => {
    const event = await definitionOf(deps, eventId, language);
    const [seats, waiting] = await Promise.all([deps.unprovenSeats.seats(event), deps.unprovenSeats.waiting(eventId)]);
    const now = deps.system.now();
    const proven = waiting.filter(({ unproven }) => unproven === undefined);
    const mayRelease = mayGiveWay(event, now);
    const proposed = mayRelease ? seats.filter((seat) => isOver(seat, event, now) && isWaitedFor(seat, proven)) : [];
    return json(200, {
      unproven: seats.length,
      waiting: { proven: proven.length, unproven: waiting.length - proven.length },
      proposed: [...groupSeats(proposed)],
      crowded: [...crowdedDomains(seats)],
      unreached: await unreachedOf(deps, eventId, seats, now),
      ...rulesOfUnproven(event.registration),
      mayRelease,
    });
  };

async function unreachedOf(
  deps: UnprovenSeatsDeps,
  eventId: string,
  seats: readonly UnprovenSeat[],
  now: Date,
): Promise<{ reference: string; name: string }[]> {
  const silent = new Map(
    seats
      .filter(({ deliveredAt }) => deliveredAt === undefined)
      .sort((a, b) => (a.submittedAt < b.submittedAt ? -1 : 1))
      .slice(0, MOST_UNREACHED)
      .map((seat) => [seat.reference, seat]),
  );
  const read = await deps.unprovenSeats.registrations(eventId, [...silent.keys()]);
  return read.flatMap((registration) => {
    const { reference, fullName, mail } = registration;
    const seat = silent.get(reference);
    const isOne = seat !== undefined && unprovenSeatOf(registration) !== undefined;
    return isOne && (isNeverReached(seat, now) || isUnreachable(mail)) ? [{ reference, name: fullName }] : [];
  });
}

/**
 * Has housekeeping release them: hundreds of seats are more than a request has time for. All of a domain end at once only where it is
 * crowded, as the list says: nobody else loses a seat before two mails asked for it.
 */
export const releaseUnprovenSeats =
  (deps: UnprovenSeatsDeps): Permitted<typeof UNPROVEN_SEAT_ROUTES.releaseUnprovenSeats> =>
  async ({ params: { eventId }, language, body: { seats } }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const isWhole = ({ minute }: Release): boolean => minute === undefined;
    const listed = seats.some(isWhole) ? await deps.unprovenSeats.seats(event) : [];
    const crowded = new Set(crowdedDomains(listed).map(({ domain }) => domain));
    const released = seats.filter((each) => !isWhole(each) || crowded.has(each.domain));
    const names = [...new Set(released.map(releaseName))];
    const jobs = names.map((reference) => newJob(deps.system, 'release-unproven', eventId, { reference }));
    await deps.write([
      audited(deps, event, caller, 'release-seats'),
      ...jobs.map((job) => putJob(deps.outboxTable, job, retentionEnd(event))),
    ]);
    return json(202, { groups: names.length });
  };

type ReleaseUnprovenDeps = Needs<
  'careTable' | 'changes' | 'jobs' | 'registrations' | 'secrets' | 'system' | 'unproven' | 'waitlist'
>;

type Event = EventDefinition<string>;

/** One run must end well within the function's 30 seconds; another job goes on from there. */
const MOST_RELEASES = 200;

/**
 * Seats that nobody proved in time go to proven people who wait, as many as help them: by themselves only where the event says so, or
 * while it is under attack. Each that goes has the waiting list gone through again.
 *
 * @param counters of every quota that is not per organisation or country
 */
export async function releaseOver(
  deps: ReleaseUnprovenDeps,
  event: Event,
  counters: ReadonlyMap<string, Counter>,
): Promise<void> {
  const now = deps.system.now();
  if (!mayGiveWay(event, now) || !(await goesByItself(deps, event))) return;
  const over = (await deps.unproven.seats(event)).filter((seat) => isOver(seat, event, now));
  if (over.length === 0) return;
  const chosen = seatsToRelease(await provenWaiters(deps, event.id), over, (pool) => freeIn(event, pool, counters));
  await releaseAll(deps, event, chosen.slice(0, MOST_RELEASES), (seat) => isOver(seat, event, deps.system.now()));
}

/** The longest first. */
async function provenWaiters(deps: ReleaseUnprovenDeps, eventId: string): Promise<readonly Waiter[]> {
  const waiters: Waiter[] = [];
  for await (const page of deps.waitlist.pages(eventId)) waiters.push(...page.filter(({ unproven }) => !unproven));
  return waiters;
}

const goesByItself = async (deps: ReleaseUnprovenDeps, { id, registration }: Event): Promise<boolean> =>
  registration.releaseUnproven === 'automatic' || deps.unproven.isGuarded(id);

/** Seats that those who wait may have anyhow; of an organisation or country none is known. */
function freeIn({ quotas }: Event, pool: PoolId, counters: ReadonlyMap<string, Counter>): number {
  const quota = quotas.find(({ id }) => id === pool.quota);
  if (quota === undefined) return Number.POSITIVE_INFINITY;
  const all = countersOf(poolOf(quota, pool.group)).flatMap((id) => counters.get(counterName(id)) ?? []);
  return all
    .filter(hasSeatKept)
    .reduce((sum, { capacity, taken, split }) => sum + (split?.kept ?? capacity - taken), 0);
}

/**
 * What an organiser released by a press: it is decided on what is so now. A seat whose time is over stays where nobody waits for it, as it
 * is not proposed; those of a crowded domain all go.
 */
export async function releaseChosen(deps: ReleaseUnprovenDeps, { eventId, reference = '' }: Job): Promise<void> {
  const event = await deps.waitlist.readEvent(eventId);
  if (event === undefined || isCalledOff(event) || !mayGiveWay(event, deps.system.now())) return;
  const release = parseRelease(reference);
  const waiters = release.minute === undefined ? undefined : await provenWaiters(deps, eventId);
  const isChosen = (seat: UnprovenSeat) =>
    isReleased(seat, release, event, deps.system.now()) && (waiters === undefined || isWaitedFor(seat, waiters));
  const chosen = (await deps.unproven.seats(event)).filter(isChosen);
  const released = await releaseAll(deps, event, chosen.slice(0, MOST_RELEASES), isChosen);
  // Where none went, none would by another job: it would go on for ever.
  if (chosen.length <= MOST_RELEASES || released === 0) return;
  await deps.jobs.add(newJob(deps.system, 'release-unproven', eventId, { reference }), retentionEnd(event));
}

/** How many are released at once: each is a transaction of its own. */
const AT_ONCE = 8;

/** @returns how many went */
async function releaseAll(
  deps: ReleaseUnprovenDeps,
  event: Event,
  seats: readonly UnprovenSeat[],
  stillGoes: (seat: UnprovenSeat) => boolean,
): Promise<number> {
  let released = 0;
  for (let from = 0; from < seats.length; from += AT_ONCE) {
    const some = seats.slice(from, from + AT_ONCE);
    const done = await Promise.all(some.map((seat) => tryToRelease(deps, event, seat, stillGoes)));
    released += done.filter(Boolean).length;
  }
  return released;
}

/** Whatever is wrong with one registration keeps no other seat from being released. */
async function tryToRelease(...args: Parameters<typeof releaseOne>): Promise<boolean> {
  try {
    return await releaseOne(...args);
  } catch (error) {
    const [, { id: eventId }, { reference }] = args;
    logger.error('seat not released', { error, eventId, reference });
    return false;
  }
}

/**
 * The registration ends, and its holder is told how to have a seat again. A holder who pressed a moment ago keeps it: one who is proven, a
 * minor or has a task holds no unproven seat.
 *
 * @returns whether it went
 */
async function releaseOne(
  deps: ReleaseUnprovenDeps,
  event: Event,
  listed: UnprovenSeat,
  stillGoes: (seat: UnprovenSeat) => boolean,
): Promise<boolean> {
  const registration = await deps.registrations.read(event.id, listed.reference);
  if (registration === undefined) return false;
  const addressHash = await hashHolder(deps.secrets, registration);
  const ended = await changeRegistration(deps, event, registration, 'system', ({ before }) => {
    const now = deps.system.now();
    const seat = unprovenSeatOf(before);
    if (seat === undefined || !mayGiveWay(event, now) || !stillGoes({ ...listed, ...seat })) return undefined;
    const nothing = { seats: [], waiting: undefined } as const;
    const after = changed(before, { ...nothing, status: 'expired', seatLostAt: now.toISOString() }, now);
    return {
      after,
      lock: { release: true, addressHash },
      messages: [newMessage(deps.system, 'seat-released', after)],
      also: [deleteCareNeeds(deps.careTable, before)],
    };
  });
  return ended.status === 'expired';
}
