import type { EventDefinition } from '../event/event.ts';
import type { Behind } from './admission.ts';
import { type Counter, type CounterId, counterName, poolName } from './quota.ts';
import type { PoolId, Seat } from './seat.schema.ts';

/** What one change of a registration does to one counter. */
export interface CounterChange extends CounterId {
  readonly taken: -1 | 0 | 1;
  readonly waiting: -1 | 0 | 1;
  /** An attendee who waited for the pool, or longer than all who do, has a seat in it now. */
  readonly promoted: boolean;
  /** How an attendee newly waits there, as the admission says. */
  readonly behind: Behind | undefined;
  /** One of several counters of its pool. */
  readonly isSplit: boolean;
  /** The seats of a pool per organisation or country with one counter, which that does not know before it is first used. */
  readonly groupCapacity: number | undefined;
}

/**
 * Nets what was held against what is held, counter by counter: an item may stand only once in a transaction.
 *
 * @param ahead pools in which a seat is taken that is kept for those who wait there
 * @param isSplit whether a pool was found to have several counters, although the definition that was read says one
 */
export function counterChanges(
  { quotas }: Pick<EventDefinition<string>, 'quotas'>,
  before: readonly Seat[],
  after: readonly Seat[],
  behind: readonly Behind[],
  ahead: readonly string[] = [],
  isSplit: (pool: string) => boolean = () => false,
): readonly CounterChange[] {
  const changes = new Map<string, { -readonly [Key in keyof CounterChange]: CounterChange[Key] }>();
  const add = (seat: Seat, by: 1 | -1): void => {
    const { group, shard } = seat;
    const quota = quotas.find(({ id }) => id === seat.quota);
    const id = { quota: seat.quota, ...(group !== undefined && { group }), shard };
    const hasSeveral = (quota?.shards ?? 1) > 1 || isSplit(poolName(id));
    const change = changes.get(counterName(id)) ?? {
      ...id,
      taken: 0,
      waiting: 0,
      promoted: ahead.includes(poolName(id)) || (isAmong(before, id, 'waiting') && isAmong(after, id, 'taken')),
      behind: behind.find(({ pool }) => pool === poolName(id)),
      isSplit: hasSeveral,
      groupCapacity: group === undefined || hasSeveral ? undefined : (quota?.capacity ?? 0),
    };
    change[seat.state] = (change[seat.state] + by) as -1 | 0 | 1;
    changes.set(counterName(id), change);
  };
  for (const seat of before) add(seat, -1);
  for (const seat of after) add(seat, 1);
  return [...changes.values()].filter(({ taken, waiting }) => taken !== 0 || waiting !== 0);
}

const isAmong = (seats: readonly Seat[], pool: PoolId, state: Seat['state']): boolean =>
  seats.some((seat) => seat.state === state && poolName(seat) === poolName(pool));

/**
 * What a change does to the seats of a split pool: a newcomer takes an open one, an attendee who waited a kept one, and what is
 * given back is kept.
 */
export function splitChange({ taken, promoted }: CounterChange): { readonly open: -1 | 0; readonly kept: -1 | 0 | 1 } {
  if (taken < 0) return { open: 0, kept: 1 };
  if (taken === 0) return { open: 0, kept: 0 };
  return promoted ? { open: 0, kept: -1 } : { open: -1, kept: 0 };
}

/** Whether one of several counters has the seat that a change takes, and opened none since it was read for an attendee who is to wait. */
export function isPossible({ split }: Counter, change: CounterChange): boolean {
  if (split === undefined) return true;
  const { open, kept } = splitChange(change);
  return (
    split.open + open >= 0 &&
    (kept >= 0 || split.kept > 0) &&
    (change.waiting <= 0 || split.openings === (change.behind?.openings ?? 0))
  );
}

/** A counter after a change of it. */
export function afterChange(counter: Counter, change: CounterChange): Counter {
  const { split } = counter;
  const { open, kept } = splitChange(change);
  return {
    capacity: counter.capacity,
    taken: counter.taken + change.taken,
    waiting: counter.waiting + change.waiting,
    ...(split && { split: { ...split, open: split.open + open, kept: split.kept + kept } }),
  };
}

/**
 * Whether housekeeping has something to do: a seat was given back or was passed over for those who came before, or an attendee left the
 * waiting list of a split pool, whose kept seats may be opened now.
 *
 * @param isProven whether a seat that was passed over may be theirs at once
 */
export const mayPromote = (changes: readonly CounterChange[], isProven = true): boolean =>
  changes.some(
    ({ taken, waiting, behind, isSplit, promoted }) =>
      (taken < 0 && waiting === 0) ||
      (waiting > 0 && behind?.passesSeat === true && isProven) ||
      (waiting < 0 && isSplit && !promoted),
  );
