import * as z from 'zod';
import type { EventDefinition } from '../event/event.ts';
import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import type { ItemKey } from '../kernel/dynamo/keys.ts';
import type { Given } from '../kernel/parts.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import { type Counter, type CounterId, counterName, countersOf } from './quota.ts';

/** One shard of a pool's counter, alone in its partition: no two share a throughput limit. */
export const counterKey = (eventId: string, id: CounterId): ItemKey => ({
  pk: `QUOTA#${eventId}#${counterName(id)}`,
  sk: 'QUOTA',
});

/** From `open` on they stand on counters that share a pool; `seats` on the first of them. */
export const storedCounter = stored(() => ({
  capacity: field(z.int(), 'impersonal', 'published'),
  taken: field(z.int(), 'impersonal', 'published'),
  waiting: field(z.int(), 'impersonal', 'published'),
  open: field(z.int().optional(), 'impersonal', 'published'),
  kept: field(z.int().optional(), 'impersonal', 'published'),
  openings: field(z.int().optional(), 'impersonal', 'published'),
  counters: field(z.int().optional(), 'impersonal', 'published'),
  /** Seats of all counters of the pool. */
  seats: field(z.int().optional(), 'impersonal', 'published'),
  /** Of the definition by which the capacity was last changed: an older one changes it no more. */
  version: field(z.int().optional(), 'impersonal', 'published'),
}));

export type StoredCounter = z.output<ReturnType<typeof storedCounter>>;

export function fromCounterItem(item: Record<string, unknown>): Counter {
  const { capacity, taken, waiting, open, kept = 0, openings = 0, counters = 1 } = storedCounter().parse(item);
  return { capacity, taken, waiting, ...(open !== undefined && { split: { open, kept, openings, counters } }) };
}

/** Reads how full quotas are. */
export interface CounterStore {
  /**
   * The counters of each quota of an event that has no limit per organisation or country, by quota id.
   *
   * @param isConsistent for what was changed a moment ago: costs twice as much
   */
  readonly read: (
    event: Pick<EventDefinition<string>, 'id' | 'quotas'>,
    isConsistent?: boolean,
  ) => Promise<ReadonlyMap<string, readonly Counter[]>>;
}

export const counterStore = ({ client, registry, system }: Given<'registry', 'backOff'>): CounterStore => ({
  async read({ id, quotas }, isConsistent) {
    const counted = quotas
      .filter(({ per }) => per === undefined)
      .map(({ id: quota, shards }) => ({
        quota,
        keys: countersOf({ quota, shards }).map((counter) => counterKey(id, counter)),
      }));
    const keys = counted.flatMap((each) => each.keys);
    const item = await batchGet(client, registry, keys, system, isConsistent);
    const read = (key: ItemKey): Counter[] => {
      const found = item(key);
      return found ? [fromCounterItem(found)] : [];
    };
    return new Map(counted.map((each) => [each.quota, each.keys.flatMap(read)]));
  },
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly counters: CounterStore;
  }
}
