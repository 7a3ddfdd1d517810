import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import { counterKey } from '../kernel/dynamo/keys.ts';
import { isId } from '../kernel/event-id.ts';
import type { Given } from '../kernel/parts.store.ts';
import { fromCounterItem } from '../seats/counter.store.ts';
import { type Counter, countersOf } from '../seats/quota.ts';
import type { EventDefinition } from './event.ts';
import { eventMemory } from './event-memory.store.ts';
import { itemReader, type LocalisedEvent } from './localised-event.store.ts';

/** Reads what an event's definition says. */
export interface EventStore {
  /** The event in one of its languages: the wanted one, else its first. */
  readonly readEvent: (eventId: string, language: string) => Promise<LocalisedEvent | undefined>;
  /**
   * The counters of each quota of an event that has no limit per organisation or country, by quota id.
   *
   * @param isConsistent for what was changed a moment ago: costs twice as much
   */
  readonly readCounters: (
    event: EventDefinition<string>,
    isConsistent?: boolean,
  ) => Promise<ReadonlyMap<string, readonly Counter[]>>;
}

export function eventStore({ client, registry: table, system }: Given<'registry', 'backOff'>): EventStore {
  const events = eventMemory(itemReader(client, table, system));
  return {
    async readEvent(eventId, language) {
      if (!isId(eventId)) return undefined;
      const event = events(eventId, language);
      return event.found(await batchGet(client, table, event.keys, system));
    },

    async readCounters({ id, quotas }, isConsistent) {
      const counted = quotas
        .filter(({ per }) => per === undefined)
        .map((quota) => ({
          id: quota.id,
          keys: countersOf({ quota: quota.id, shards: quota.shards }).map((counter) => counterKey(id, counter)),
        }));
      const keys = counted.flatMap((quota) => quota.keys);
      const item = await batchGet(client, table, keys, system, isConsistent);
      return new Map(
        counted.map((quota) => [
          quota.id,
          quota.keys.flatMap((key) => {
            const found = item(key);
            return found ? [fromCounterItem(found)] : [];
          }),
        ]),
      );
    },
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly events: EventStore;
  }
}
