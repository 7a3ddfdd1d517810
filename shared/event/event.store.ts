import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import { isId } from '../kernel/event-id.ts';
import type { Given } from '../kernel/parts.store.ts';
import { eventMemory } from './event-memory.store.ts';
import { itemReader, type LocalisedEvent } from './localised-event.store.ts';

/** Reads what an event's definition says. */
export interface EventStore {
  /** The event in one of its languages: the wanted one, else its first. */
  readonly readEvent: (eventId: string, language: string) => Promise<LocalisedEvent | undefined>;
}

export function eventStore({ client, registry: table, system }: Given<'registry', 'backOff'>): EventStore {
  const events = eventMemory(itemReader(client, table, system));
  return {
    async readEvent(eventId, language) {
      if (!isId(eventId)) return undefined;
      const event = events(eventId, language);
      return event.found(await batchGet(client, table, event.keys, system));
    },
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly events: EventStore;
  }
}
