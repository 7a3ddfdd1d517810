import type { EventDefinition } from './event.ts';
import { type CounterId, counterName, countersOf, poolName } from './quota.ts';
import type { Seat } from './registration.ts';

/** What one change of a registration does to one counter. */
export interface CounterChange extends CounterId {
  readonly taken: -1 | 0 | 1;
  readonly waiting: -1 | 0 | 1;
  /** Of someone who newly waits: although a seat is free, for those who came before. */
  readonly behind: boolean;
  /** Of a pool per organisation or country: its seats, which its counter does not know before it is first used. */
  readonly groupCapacity: number | undefined;
}

/**
 * Nets what was held against what is held, counter by counter: an item may stand only once in a transaction. Whoever
 * waits for a pool waits in front of each of its counters, so that no newcomer finds a way past them.
 *
 * @param behind names of pools, as an admission says
 */
export function counterChanges(
  { quotas }: Pick<EventDefinition<string>, 'quotas'>,
  before: readonly Seat[],
  after: readonly Seat[],
  behind: readonly string[],
): readonly CounterChange[] {
  const changes = new Map<string, { -readonly [Key in keyof CounterChange]: CounterChange[Key] }>();
  const add = (seat: Seat, by: 1 | -1): void => {
    const quota = quotas.find(({ id }) => id === seat.quota);
    const shards = quota?.shards ?? 1;
    const touched = seat.state === 'taken' ? [seat] : countersOf({ ...seat, shards });
    for (const { group, shard } of touched) {
      const id = { quota: seat.quota, ...(group !== undefined && { group }), shard };
      const change = changes.get(counterName(id)) ?? {
        ...id,
        taken: 0,
        waiting: 0,
        behind: behind.includes(poolName(id)),
        groupCapacity: group === undefined ? undefined : (quota?.capacity ?? 0),
      };
      change[seat.state] = (change[seat.state] + by) as -1 | 0 | 1;
      changes.set(counterName(id), change);
    }
  };
  for (const seat of before) add(seat, -1);
  for (const seat of after) add(seat, 1);
  return [...changes.values()].filter(({ taken, waiting }) => taken !== 0 || waiting !== 0);
}

/** Whether someone who waits may now have a seat: one was given back, or was passed over for those who came before. */
export const mayPromote = (changes: readonly CounterChange[]): boolean =>
  changes.some(({ taken, waiting, behind }) => (taken < 0 && waiting === 0) || (waiting > 0 && behind));
