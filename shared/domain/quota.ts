import { holds } from './condition.ts';
import type { EventDefinition, Quota } from './event.ts';
import type { Application, Seat } from './registration.ts';

/** One shard of a quota: never `taken > capacity`; a newcomer passes nobody who waits. */
export interface Counter {
  readonly capacity: number;
  readonly taken: number;
  readonly waiting: number;
}

/** Names one counter of an event. */
export interface CounterId {
  readonly quota: string;
  readonly shard: number;
}

export const hasFreeSeat = (counter: Counter): boolean => counter.taken < counter.capacity && counter.waiting === 0;

/** The quotas that an application needs a seat in. */
export function quotasFor(
  event: Pick<EventDefinition<string>, 'quotas'>,
  application: Pick<Application, 'category' | 'mode' | 'answers'>,
): readonly Quota<string>[] {
  return event.quotas.filter((quota) => holds(quota.when, application));
}

/** What is decided for someone who needs no approval: a seat in every quota, or waiting in each one that is full. */
export interface Admission {
  readonly status: 'confirmed' | 'waitlisted';
  readonly seats: readonly Seat[];
}

/**
 * One decision over all counters. Someone who waits for one quota holds no seat in another and does not stand in
 * the way of those who need only that other.
 *
 * @param counters as far as they are known; an unknown one is taken to have a seat: the write's condition corrects
 *   a wrong guess
 */
export function admit(needed: readonly CounterId[], counters: ReadonlyMap<string, Counter>): Admission {
  const full = needed.filter((id) => {
    const counter = counters.get(counterName(id));
    return counter !== undefined && !hasFreeSeat(counter);
  });
  return full.length === 0
    ? { status: 'confirmed', seats: needed.map((id) => ({ ...id, state: 'taken' })) }
    : { status: 'waitlisted', seats: full.map((id) => ({ ...id, state: 'waiting' })) };
}

export const counterName = ({ quota, shard }: CounterId): string => `${quota}#${shard}`;
