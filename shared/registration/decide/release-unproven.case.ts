import { deleteCareNeeds } from '../../care/care.store.ts';
import type { EventDefinition } from '../../event/event.ts';
import { isCalledOff } from '../../event/event-standing.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { logError } from '../../kernel/log.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Job } from '../../mail/outbox/job-item.store.ts';
import { changed, newJob, newMessage } from '../../mail/outbox/new-items.store.ts';
import { type Counter, counterName, countersOf, hasSeatKept, poolOf } from '../../seats/quota.ts';
import type { PoolId } from '../../seats/seat.schema.ts';
import {
  isOver,
  isReleased,
  isWaitedFor,
  mayGiveWay,
  parseRelease,
  seatsToRelease,
  type UnprovenSeat,
  unprovenSeatOf,
  type Waiter,
} from '../../seats/unproven-seat.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { hashHolder } from '../hashes.store.ts';

type Deps = Needs<'careTable' | 'changes' | 'jobs' | 'registrations' | 'secrets' | 'system' | 'unproven' | 'waitlist'>;

type Event = EventDefinition<string>;

/** One run must end well within the function's 30 seconds; another job goes on from there. */
const MOST_RELEASES = 200;

/**
 * Seats that nobody proved in time go to proven people who wait, as many as help them: by themselves only where the event says so, or
 * while it is under attack. Each that goes has the waiting list gone through again.
 *
 * @param counters of every quota that is not per organisation or country
 */
export async function releaseOver(deps: Deps, event: Event, counters: ReadonlyMap<string, Counter>): Promise<void> {
  const now = deps.system.now();
  if (!mayGiveWay(event, now) || !(await goesByItself(deps, event))) return;
  const over = (await deps.unproven.seats(event)).filter((seat) => isOver(seat, event, now));
  if (over.length === 0) return;
  const chosen = seatsToRelease(await provenWaiters(deps, event.id), over, (pool) => freeIn(event, pool, counters));
  await releaseAll(deps, event, chosen.slice(0, MOST_RELEASES), (seat) => isOver(seat, event, deps.system.now()));
}

/** The longest first. */
async function provenWaiters(deps: Deps, eventId: string): Promise<readonly Waiter[]> {
  const waiters: Waiter[] = [];
  for await (const page of deps.waitlist.pages(eventId)) waiters.push(...page.filter(({ unproven }) => !unproven));
  return waiters;
}

const goesByItself = async (deps: Deps, { id, registration }: Event): Promise<boolean> =>
  registration.releaseUnproven === 'automatic' || deps.unproven.isGuarded(id);

/** Seats that somebody who waits may have anyhow; of an organisation or country none is known. */
function freeIn({ quotas }: Event, pool: PoolId, counters: ReadonlyMap<string, Counter>): number {
  const quota = quotas.find(({ id }) => id === pool.quota);
  if (quota === undefined) return Number.POSITIVE_INFINITY;
  const all = countersOf(poolOf(quota, pool.group)).flatMap((id) => counters.get(counterName(id)) ?? []);
  return all
    .filter(hasSeatKept)
    .reduce((sum, { capacity, taken, split }) => sum + (split?.kept ?? capacity - taken), 0);
}

/**
 * What an organiser released by a press: it is decided on what is so now. Of those whose time is over none goes that nobody waits for, as
 * none is proposed; of a crowded domain all do.
 */
export async function releaseChosen(deps: Deps, { eventId, reference = '' }: Job): Promise<void> {
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
  deps: Deps,
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
    logError('seat not released', error, { eventId, reference });
    return false;
  }
}

/**
 * The registration ends, and its holder is told how to have a seat again. Whoever pressed a moment ago keeps it: what is proven, under
 * 18, or has a task is no unproven seat.
 *
 * @returns whether it went
 */
async function releaseOne(
  deps: Deps,
  event: Event,
  listed: UnprovenSeat,
  stillGoes: (seat: UnprovenSeat) => boolean,
): Promise<boolean> {
  const registration = await deps.registrations.read(event.id, listed.reference);
  if (registration === undefined) return false;
  const addressHash = await hashHolder(deps.secrets, registration);
  const ended = await changeRegistration(deps, event, registration, ({ before }) => {
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
