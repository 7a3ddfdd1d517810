import type { EventDefinition } from '../domain/event.ts';
import { isId } from '../domain/event-id.ts';
import type { Counter } from '../domain/quota.ts';
import type { System } from '../system.ts';
import { batchGet } from './batch-get.ts';
import type { DocumentClient } from './client.ts';
import { fromCounterItem } from './counter-item.ts';
import { eventKey, quotaKey, textKey } from './keys.ts';
import { itemReader, type LocalisedEvent, localiser } from './localised-event.ts';

/** Reads what an event's definition says. */
export interface EventStore {
  /** The event in one of its languages: the wanted one, else its first. */
  readonly readEvent: (eventId: string, language: string) => Promise<LocalisedEvent | undefined>;
  /** How full each quota of an event is, by quota id. */
  readonly readCounters: (event: EventDefinition<string>) => Promise<ReadonlyMap<string, Counter>>;
}

export function eventStore(client: DocumentClient, table: string, system: Pick<System, 'backOff'>): EventStore {
  const localised = localiser(itemReader(client, table, system));
  return {
    async readEvent(eventId, language) {
      if (!isId(eventId)) return undefined;
      const keys = [eventKey(eventId), textKey(eventId, language)] as const;
      const item = await batchGet(client, table, keys, system);
      return localised(item(keys[0]), item(keys[1]), language);
    },

    async readCounters({ id, quotas }) {
      const keys = quotas.map((quota) => quotaKey(id, quota.id, 0));
      const item = await batchGet(client, table, keys, system);
      const counters = quotas.flatMap((quota, index) => {
        const found = keys[index] && item(keys[index]);
        return found ? [[quota.id, fromCounterItem(found)] as const] : [];
      });
      return new Map(counters);
    },
  };
}
