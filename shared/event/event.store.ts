import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { isId } from '../kernel/event-id.ts';
import type { System } from '../kernel/system.store.ts';
import { eventMemory } from './event-memory.store.ts';
import { itemReader, type LocalisedEvent } from './localised-event.store.ts';

/** Reads what an event's definition says. */
export interface EventStore {
  /** The event in one of its languages: the wanted one, else its first. */
  readonly readEvent: (eventId: string, language: string) => Promise<LocalisedEvent | undefined>;
}

export function eventStore(client: DocumentClient, table: string, system: Pick<System, 'backOff'>): EventStore {
  const events = eventMemory(itemReader(client, table, system));
  return {
    async readEvent(eventId, language) {
      if (!isId(eventId)) return undefined;
      const event = events(eventId, language);
      return event.found(await batchGet(client, table, event.keys, system));
    },
  };
}
