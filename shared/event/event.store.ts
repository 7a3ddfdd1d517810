import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { eventKey, eventListKey, type ItemKey, textKey, versionKey } from '../kernel/dynamo/keys.ts';
import { queryPartition } from '../kernel/dynamo/queries.store.ts';
import { isId } from '../kernel/event-id.ts';
import type { Database, Given, Parts } from '../kernel/parts.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import type { EventDefinition } from './event.ts';
import { asRulesItem, asVersionItem, rulesOf } from './event-item.store.ts';
import { type ItemReader, itemReader, type LocalisedEvent, localiser } from './localised-event.store.ts';

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

/** What to read of an event, and what it then is. */
interface AskedOfEvent {
  readonly keys: readonly ItemKey[];
  /** @param item finds what was read for a key */
  readonly found: (item: (key: ItemKey) => Record<string, unknown> | undefined) => Promise<LocalisedEvent | undefined>;
}

/** Asks for an event in a language. */
type EventMemory = (eventId: string, language: string) => AskedOfEvent;

/**
 * Remembers events as they were read: of one that is known already, some bytes say whether it is still the same, in place of
 * rules and words of 50 KB. Each publication has a version of its own.
 */
export function eventMemory(reader: ItemReader): EventMemory {
  const localise = localiser(reader);
  const known = new Map<string, LocalisedEvent>();

  return (eventId, language) => {
    const place = `${eventId} ${language}`;
    const before = known.get(place);
    const [version, rules, text] = [versionKey(eventId), eventKey(eventId), textKey(eventId, language)];
    return {
      keys: before === undefined ? [version, rules, text] : [version],
      found: async (item) => {
        const now = item(version) && asVersionItem(item(version)).version;
        if (before !== undefined && before.event.version === now) return before;
        const items = before === undefined ? [item(rules), item(text)] : await reader.readTogether([rules, text]);
        const localised = await localise(items[0], items[1], language);
        if (localised !== undefined && localised.event.version === now) known.set(place, localised);
        return localised;
      },
    };
  };
}

export type RulesReader = (eventId: string) => Promise<EventDefinition<string> | undefined>;

/** Reads the rules of an event as they are now; of its words, only their keys. */
export const rulesReader =
  ({ client, registry: table }: Database<'registry'>): RulesReader =>
  async (eventId) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: eventKey(eventId), ConsistentRead: true }),
    );
    return Item && rulesOf(asRulesItem(Item));
  };

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly readRules: RulesReader;
  }
}

/** That an event was published: its definition is read where it is. */
export const storedEventEntry = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'published'),
  sk: field(z.string(), 'impersonal', 'published'),
}));

export const toEventEntry = (eventId: string) => ({ ...eventListKey(eventId), v: 1 });

export const eventIdIn = (item: Record<string, unknown>): string => storedEventEntry().parse(item).sk;

/** Ids of all events that were published. */
export const listEvents = async (client: DocumentClient, table: string): Promise<readonly string[]> =>
  (await queryPartition(client, table, eventListKey('').pk)).map(eventIdIn);

export const eventLister =
  ({ client, registry }: Database<'registry'>): Parts['listEvents'] =>
  () =>
    listEvents(client, registry);

declare module '../kernel/parts.store.ts' {
  interface Parts {
    /** Ids of all events. */
    readonly listEvents: () => Promise<readonly string[]>;
  }
}
