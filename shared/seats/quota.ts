import type { Choices } from '../event/attendee.schema.ts';
import type { Attendee } from '../event/attendee.ts';
import { holds, narrowCondition } from '../event/condition.ts';
import type { EventDefinition, Mode, Quota } from '../event/event.ts';
import { organisationGroup } from '../kernel/text/text.ts';
import type { PoolId, Seat } from './seat.schema.ts';

/** One counter of a pool. Where it is the only one, a newcomer takes a seat while `taken < capacity` and nobody waits. */
export interface Counter {
  readonly capacity: number;
  readonly taken: number;
  /** How many wait for the pool who are counted here. */
  readonly waiting: number;
  /** Of a pool that is split over several counters. */
  readonly split?: Split | undefined;
}

/**
 * The seats of one of several counters: `capacity = taken + open + kept`. A newcomer, who looks at one counter only, takes open seats only.
 * What is given back is kept, until housekeeping has found that nobody waits and opens it: so nobody who waits is passed by a newcomer at
 * another counter, and joining the waiting list changes one counter, not all.
 *
 * Seats are opened at all counters at once, which raises `openings`; in between, open seats only become fewer. So a counter
 * that had none has none while `openings` stays as it was read.
 */
export interface Split {
  readonly open: number;
  /** For those who wait. Below zero while more seats are taken than there are. */
  readonly kept: number;
  /**
   * How often kept seats were looked after, the same on every counter of the pool: who joins the waiting list says what they have read, so
   * that no seat was opened, unseen by them, at another counter.
   */
  readonly openings: number;
  /** How many share the pool, as this one knows: a newcomer who knows of fewer has to look at the others before they wait. */
  readonly counters: number;
}

/** Seats that are as good as one another: those of a quota, or of a quota for one organisation or country. */
export interface Pool extends PoolId {
  /** Seats in all. */
  readonly capacity: number;
  /** The counters that they are split over: at least as many. */
  readonly shards: number;
}

/**
 * DynamoDB holds each item of a transaction for about 15 ms, and refuses a second transaction on it meanwhile: a counter takes
 * at most 66 registrations a second, and 64 of them 1,000 a second with three quarters of their time to spare. As many are
 * read in one `BatchGetItem`, and written in one transaction: both end at 100 items.
 */
export const MOST_COUNTERS = 64;
/** So that no counter has much more left than the others when the last seats go. */
const SEATS_PER_COUNTER = 25;

/** How many counters so many seats are split over. */
export const countersFor = (capacity: number): number =>
  Math.min(MOST_COUNTERS, Math.max(1, Math.ceil(capacity / SEATS_PER_COUNTER)));

/**
 * Quotas with as many counters as their seats ask for. There are never fewer than before: a counter that is there holds seats,
 * or people who wait.
 */
export const withCounters = <Text>(
  quotas: readonly Quota<Text>[],
  before: readonly Quota<unknown>[],
): readonly Quota<Text>[] =>
  quotas.map((quota) => {
    const shards = before.find(({ id }) => id === quota.id)?.shards ?? 1;
    return { ...quota, shards: Math.max(quota.shards, shards, countersFor(quota.capacity)) };
  });

/** Names one counter of an event. */
export interface CounterId extends PoolId {
  readonly shard: number;
}

/** What rules of seats look at in a registration. */
export interface SeatHolder extends Attendee {
  readonly seats: readonly Seat[];
}

/** What of an application decides which pools it needs a seat in. */
export type QuotaChoices = Pick<Choices, 'category' | 'mode' | 'country' | 'organisation' | 'sessions' | 'answers'>;

/** The pools that an application needs a seat in: in each one that matches. */
export function poolsFor(event: Pick<EventDefinition<string>, 'quotas'>, application: QuotaChoices): readonly Pool[] {
  return event.quotas
    .filter((quota) => holds(quota.when, application))
    .map((quota) => poolOf(quota, groupOf(quota, application)));
}

/** Whether anyone who takes part in one of these ways may need a seat in a quota. */
export function mayBeNeeded({ when }: Pick<Quota<unknown>, 'when'>, modes: readonly Mode<unknown>[]): boolean {
  if (when === undefined) return true;
  return narrowCondition(when, { modes: modes.map(({ id }) => id) }) !== false;
}

/** The seats of a quota, or of one country or organisation in it. */
export const poolOf = ({ id, capacity, shards }: Quota<unknown>, group?: string | undefined): Pool => ({
  ...idOf({ quota: id, group }),
  capacity,
  shards,
});

const groupOf = ({ per }: Quota<unknown>, { country, organisation }: QuotaChoices): string | undefined =>
  per === 'country' ? country : per === 'organisation' ? organisationGroup(organisation) : undefined;

export const poolName = ({ quota, group = '' }: PoolId): string => `${quota}#${group}`;
export const counterName = (id: CounterId): string => nameAt(poolName(id), id.shard);

/** Of each quota, by the number of its counters: a registration asks several times. Of groups there may be any number. */
const quotaNames = new Map<string, readonly string[]>();

/** The name of each counter of a pool, in order. */
export function counterNames(pool: PoolId & { readonly shards: number }): readonly string[] {
  const name = poolName(pool);
  const many = nameAt(name, pool.shards);
  const known = quotaNames.get(many);
  if (known !== undefined) return known;
  const names = Array.from({ length: pool.shards }, (_, shard) => nameAt(name, shard));
  if (pool.group === undefined) quotaNames.set(many, names);
  return names;
}

const nameAt = (pool: string, shard: number): string => `${pool}#${shard}`;

/** Written out: a registration asks for up to 64 counters of each quota, several times. */
export const countersOf = ({ quota, group, shards }: PoolId & { readonly shards: number }): readonly CounterId[] =>
  Array.from({ length: shards }, (_, shard) => (group === undefined ? { quota, shard } : { quota, group, shard }));

/** A counter as decisions take it: one alone, of a group, is told each time how many seats there are. */
export const asTold = ({ group, capacity }: Pool, counter: Counter): Counter =>
  group !== undefined && counter.split === undefined ? { ...counter, capacity } : counter;

/** What names a pool, without the rest. */
export const idOf = ({ quota, group }: PoolId): PoolId => ({ quota, ...(group !== undefined && { group }) });

/**
 * Splits a capacity over counters of which some seats are taken, so that no more are taken in all: what is taken comes
 * first, what is free is spread evenly.
 *
 * @param taken one number for each counter
 * @returns the capacity of each; they add up to the capacity
 */
export function distribute(capacity: number, taken: readonly number[]): readonly number[] {
  let left = capacity;
  const covered = taken.map((seats) => {
    const here = Math.min(seats, left);
    left -= here;
    return here;
  });
  const each = Math.floor(left / taken.length);
  return covered.map((seats, index) => seats + each + (index < left % taken.length ? 1 : 0));
}

/** Whether a newcomer may have a seat, by one counter. */
export const hasFreeSeat = ({ taken, capacity, waiting, split }: Counter): boolean =>
  split === undefined ? taken < capacity && waiting === 0 : split.open > 0;

/** Whether an attendee who waits may have a seat, by one counter. */
export const hasSeatKept = ({ taken, capacity, split }: Counter): boolean =>
  split === undefined ? taken < capacity : split.kept > 0;

/** Whether a seat in a quota can be had at once, by all its counters. */
export const hasRoom = (counters: readonly Counter[]): boolean => counters.some(hasFreeSeat);

/** Counters by `counterName`, as far as they are known. */
export type Counters = ReadonlyMap<string, Counter>;
/** The same for those who look some of them up, whatever they are kept in. */
export type KnownCounters = Pick<Counters, 'get'>;

/** What an attendee in the waiting list waits for. */
export interface WaitingFor {
  /** As the event calls the quotas in which there is no seat for them. */
  readonly quotas: readonly string[];
  /** They would wait for none of these without the sessions that they chose. */
  readonly forSessionsAlone: boolean;
}

/** @returns nothing for an attendee who does not wait */
export function waitingFor(event: Pick<EventDefinition<string>, 'quotas'>, holder: SeatHolder): WaitingFor | undefined {
  if (holder.status !== 'waitlisted') return undefined;
  const waiting = holder.seats.filter(({ state }) => state === 'waiting');
  const otherwise = new Set(poolsFor(event, { ...holder, sessions: [] }).map(poolName));
  return {
    quotas: event.quotas.filter(({ id }) => waiting.some(({ quota }) => quota === id)).map(({ title }) => title),
    forSessionsAlone: waiting.length > 0 && waiting.every((pool) => !otherwise.has(poolName(pool))),
  };
}
