import { crc32 } from 'node:zlib';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld, isCalledOff, openModes } from '../../event/event-standing.ts';
import { isEventOver, retentionEnd } from '../../event/event-times.ts';
import { BusyError } from '../../kernel/errors.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newJob, newMessage } from '../../mail/outbox/new-items.store.ts';
import { promote } from '../../seats/admission.ts';
import { openKeptSeats, settleCounters } from '../../seats/kept-seats.case.ts';
import {
  type Counter,
  type CounterId,
  counterName,
  countersOf,
  hasFreeSeat,
  hasSeatKept,
  mayBeNeeded,
  type Pool,
  poolName,
  poolOf,
  poolsFor,
} from '../../seats/quota.ts';
import type { PoolId } from '../../seats/seat.schema.ts';
import { afterChange, counterChanges } from '../../seats/seat-changes.ts';
import type { KnownWaitlist, WaitlistEntry } from '../../seats/waitlist.store.ts';
import { changeRegistration, type PlannedChange, type Situation } from '../change/change-registration.case.ts';
import type { Registration } from '../registration.schema.ts';
import { changed } from '../registration-state.store.ts';
import { askForSeat } from './ask-unproven.case.ts';
import { releaseOver } from './release-unproven.case.ts';

type Deps = Needs<
  | 'careTable'
  | 'changes'
  | 'digestWriter'
  | 'jobs'
  | 'pools'
  | 'registrations'
  | 'secrets'
  | 'system'
  | 'unproven'
  | 'waitlist'
  | 'waitlistMemory'
>;

/** One run must end well within the function's 30 seconds; another job goes on from there. */
const MOST_PROMOTIONS = 200;

/** Milliseconds after which seats are opened that could not be while too many registered. */
const RUSH_PAUSE = 60_000;

/**
 * Gives free seats to those who wait, the longest first; who waits for something that is full is passed over. Nobody is overtaken: the list
 * is one for the whole event, and is gone through in its order. An attendee who is not proven keeps their place and is asked. Nobody is let
 * in to what does not take place. Where nothing is free, nobody who waits is read, unless seats that nobody proved in time may go by
 * themselves.
 */
export async function promoteWaiting(deps: Deps, eventId: string): Promise<void> {
  const event = await deps.waitlist.readEvent(eventId);
  if (event === undefined || isCalledOff(event)) return;
  const known = deps.waitlistMemory(event);
  const counters = await settleCounters(deps, event);
  const waiting = await promoteInOrder(deps, event, counters, known);
  if (waiting !== 'more') await releaseOver(deps, event, counters);
  const left = waiting === 'more' ? 'again' : await openKeptSeats(deps, event, waiting);
  if (left === 'nothing') return;
  const notBefore = left === 'later' ? new Date(deps.system.now().getTime() + RUSH_PAUSE) : undefined;
  await deps.jobs.add(newJob(deps.system, 'promote', eventId, { notBefore }), retentionEnd(event));
}

/** Calls come a quarter of an hour apart. Counters for which nobody waits are looked at once a day. */
const [CALLS_APART, TURNS] = [15 * 60_000, 96];

/**
 * Looks at the waiting list of every event that is not over, whether or not a job said so: what kept an attendee from a seat, or
 * a job from being done, may be gone. Where nobody waits, nobody is kept from anything: who finds a seat kept waits, and has it at the next
 * look. So its counters, a unit each, have their turn only to be as the definition says, and their seats open: what the job of that does within
 * seconds, or within four hours where the stream gave up on it (`wakeForgotten`).
 */
export async function promoteEverywhere(deps: Deps): Promise<void> {
  const now = deps.system.now();
  const turn = Math.floor(now.getTime() / CALLS_APART) % TURNS;
  for (const eventId of await deps.digestWriter.events()) {
    try {
      const event = await deps.waitlist.readEvent(eventId);
      if (event === undefined || isEventOver(event, now)) continue;
      const isIdle = crc32(eventId) % TURNS !== turn && (await deps.waitlist.isEmpty(eventId));
      if (!isIdle) await promoteWaiting(deps, eventId);
    } catch (error) {
      logger.error('waiting list not gone through', { error, eventId });
    }
  }
}

/**
 * @param counters of every quota that is not per organisation or country
 * @returns how many still wait in each quota, as far as the list was read; or that there are more than one run takes
 */
async function promoteInOrder(
  deps: Deps,
  event: EventDefinition<string>,
  counters: Map<string, Counter>,
  known: KnownWaitlist,
): Promise<ReadonlyMap<string, number> | 'more'> {
  const waiting = new Map<string, number>();
  const isDone = () => known.isOfQuotas && isAllTaken(event, counters);
  if (isDone()) return waiting;
  let isOfQuotas = true;
  let promotions = 0;
  for await (const page of deps.waitlist.pages(event.id)) {
    await readNewCounters(deps, event, page, counters);
    for (const entry of page) {
      if (entry.waitsFor.every((pool) => mayHaveSeat(event, pool, counters))) {
        if (entry.unproven) {
          await askForSeat(deps, event, entry);
        } else {
          promotions += 1;
          if (promotions > MOST_PROMOTIONS) return 'more';
          if (await tryToPromote(deps, event, entry, counters)) continue;
        }
      }
      if (entry.waitsFor.every((pool) => countersIn(event, pool).length === 0)) isOfQuotas = false;
      for (const { quota } of entry.waitsFor) waiting.set(quota, (waiting.get(quota) ?? 0) + 1);
    }
    if (isDone()) return waiting;
  }
  if (isOfQuotas) known.noteOfQuotas();
  return waiting;
}

/** Whether nobody can have a seat, whatever they wait for. Which groups a limit per organisation or country has, the list alone says. */
const isAllTaken = ({ quotas }: EventDefinition<string>, counters: ReadonlyMap<string, Counter>): boolean =>
  quotas.every(({ id, per, shards }) => {
    if (per !== undefined) return false;
    const all = countersOf({ quota: id, shards }).flatMap((name) => counters.get(counterName(name)) ?? []);
    const isWaitedFor = all.some(({ waiting }) => waiting > 0);
    return !isWaitedFor || all.every((counter) => !hasSeatKept(counter) && !hasFreeSeat(counter));
  });

/** Reads counters of groups new in a page: as the definition says, also where its publication was interrupted, with what they owe paid. */
async function readNewCounters(
  deps: Deps,
  event: EventDefinition<string>,
  page: readonly WaitlistEntry[],
  counters: Map<string, Counter>,
): Promise<void> {
  const pools = page.flatMap(({ waitsFor }) => waitsFor).flatMap((pool) => poolIn(event, pool) ?? []);
  const wanted = new Map(
    pools
      .filter((pool) => !countersOf(pool).some((id) => counters.has(counterName(id))))
      .map((pool) => [poolName(pool), pool]),
  );
  for (const [name, counter] of await deps.pools.read(event, [...wanted.values()])) counters.set(name, counter);
}

/** Nothing for a quota that the event no longer has, or that is for the room of one that has moved online. */
function poolIn(event: EventDefinition<string>, pool: PoolId): Pool | undefined {
  const quota = event.quotas.find(({ id }) => id === pool.quota);
  return quota && mayBeNeeded(quota, openModes(event)) ? poolOf(quota, pool.group) : undefined;
}

function countersIn(event: EventDefinition<string>, pool: PoolId): readonly CounterId[] {
  const known = poolIn(event, pool);
  return known === undefined ? [] : countersOf(known);
}

function mayHaveSeat(event: EventDefinition<string>, pool: PoolId, counters: ReadonlyMap<string, Counter>): boolean {
  const ids = countersIn(event, pool);
  return ids.length === 0 || ids.some((id) => hasSeat(counters.get(counterName(id))));
}

const hasSeat = (counter: Counter | undefined): boolean => counter === undefined || hasSeatKept(counter);

/**
 * Whatever is wrong with one registration keeps nobody behind it from a seat: it is reported, and keeps its place.
 *
 * @returns whether they wait no more
 * @throws BusyError when rivals do not let go: the job is soon done again
 */
async function tryToPromote(...args: Parameters<typeof promoteOne>): Promise<boolean> {
  try {
    return await promoteOne(...args);
  } catch (error) {
    if (error instanceof BusyError) throw error;
    const [, { id: eventId }, { reference }] = args;
    logger.error('not promoted', { error, eventId, reference });
    return false;
  }
}

/** @returns whether they wait no more */
async function promoteOne(
  deps: Deps,
  event: EventDefinition<string>,
  { reference }: WaitlistEntry,
  counters: Map<string, Counter>,
): Promise<boolean> {
  const read = await deps.registrations.read(event.id, reference);
  if (read === undefined) return true;
  let last: Situation | undefined;
  let ahead: readonly string[] = [];
  const after = await changeRegistration(deps, event, read, 'system', (situation) => {
    last = situation;
    for (const [name, counter] of situation.counters) counters.set(name, counter);
    const decided = decide(deps, event, situation.before, counters);
    ahead = decided?.ahead ?? [];
    return decided;
  });
  const before = last?.before;
  if (before !== undefined && before !== after) note(event, before, after, counters, ahead);
  return after.status !== 'waitlisted';
}

/** A seat if all they need can be had; where more turned out to be full, they wait for that as well, in the place they have. */
function decide(
  deps: Deps,
  event: EventDefinition<string>,
  before: Registration,
  counters: ReadonlyMap<string, Counter>,
): PlannedChange {
  if (before.status !== 'waitlisted' || before.unproven) return undefined;
  const held = asHeld(event, before);
  const { status, seats, behind, ahead } = promote(poolsFor(event, held), before.seats, counters, deps.system.chance());
  const now = deps.system.now();
  if (status === 'confirmed') {
    const after = changed(before, { mode: held.mode, status, seats, waiting: undefined }, now);
    return { after, ahead, messages: [newMessage(deps.system, 'promoted', after)] };
  }
  const kept = before.seats.filter(({ state }) => state === 'taken');
  const waited = before.seats.filter(({ state }) => state === 'waiting');
  const isNew = seats.some((seat) => !waited.some((each) => poolName(each) === poolName(seat)));
  return isNew ? { after: changed(before, { seats: [...kept, ...seats] }, now), behind, messages: [] } : undefined;
}

/** What the change did to the counters that are known. */
function note(
  event: EventDefinition<string>,
  before: Registration,
  after: Registration,
  counters: Map<string, Counter>,
  ahead: readonly string[],
): void {
  for (const change of counterChanges(event, before.seats, after.seats, [], ahead)) {
    const counter = counters.get(counterName(change));
    if (counter !== undefined) counters.set(counterName(change), afterChange(counter, change));
  }
}
