import * as z from 'zod';
import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { eventKey, eventListKey, type ItemKey, textKey, tombstoneKey, versionKey } from '../kernel/dynamo/keys.ts';
import { queryPartition, readItem } from '../kernel/dynamo/queries.store.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import { isId } from '../kernel/event-id.ts';
import type { Database, Given, Parts } from '../kernel/parts.store.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';
import { EVENT_STATUSES, type EventDefinition } from './event.ts';
import { asRulesItem, asVersionItem, rulesOf } from './event-item.store.ts';
import { statusOf } from './event-standing.ts';
import type { EventTexts } from './event-texts.ts';
import { firstDay, lastDay, retentionEnd } from './event-times.ts';
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
    const item = await readItem(client, table, eventKey(eventId));
    return item && rulesOf(asRulesItem(item));
  };

/**
 * The same for what looks at an event again and again: of rules that are known already, 1 unit says whether they are still the same, in place
 * of 7. Each publication writes both at once.
 */
export function rememberedRules({ client, registry: TableName }: Database<'registry'>): RulesReader {
  const read = rulesReader({ client, registry: TableName });
  const known = new Map<string, EventDefinition<string>>();
  return async (eventId) => {
    const before = known.get(eventId);
    if (before !== undefined) {
      const item = await readItem(client, TableName, versionKey(eventId));
      if (item && asVersionItem(item).version === before.version) return before;
    }
    const rules = await read(eventId);
    if (rules === undefined) known.delete(eventId);
    else known.set(eventId, rules);
    return rules;
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly readRules: RulesReader;
  }
}

/** Says that an attendee had everything about them erased, or that an event was deleted: what a restore brings back of them is erased again (CS20). */
export const storedTombstone = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'records', 'event'),
  /** HMAC of the reference. */
  hash: field(z.string(), 'records', 'event'),
  /** ISO 8601. */
  erasedAt: field(z.string(), 'records', 'event'),
}));
export interface Tombstone extends Omit<Output<typeof storedTombstone>, 'v'> {}

/** @param expiresAt epoch seconds */
export const toTombstoneItem = (tombstone: Tombstone, expiresAt: number) => ({
  ...tombstoneKey(tombstone.eventId, tombstone.hash),
  v: 1,
  ...tombstone,
  expiresAt,
});

/** Stands where the hash of a person would: the whole event was deleted. */
export const WHOLE_EVENT = 'EVENT';

/** Seconds for which it is known of an event at least that it was deleted: longer than a backup reaches back, or a job is kept. */
const KNOWN_GONE = 90 * 24 * 60 * 60;

/** Until when, in epoch seconds, nobody else's event has the id of one that is deleted now. */
export const goneUntil = (event: EventDefinition<string>, now: Date): number =>
  Math.max(retentionEnd(event), Math.floor(now.getTime() / 1000) + KNOWN_GONE);

export const eventTombstone = (event: EventDefinition<string>, now: Date) =>
  toTombstoneItem({ eventId: event.id, hash: WHOLE_EVENT, erasedAt: now.toISOString() }, goneUntil(event, now));

/** When an event was deleted, ISO 8601; kept until the end of its retention. */
export async function deletedAt(
  client: DocumentClient,
  registry: string,
  eventId: string,
): Promise<string | undefined> {
  const item = await readItem(client, registry, tombstoneKey(eventId, WHOLE_EVENT));
  return item?.['erasedAt'] as string | undefined;
}

/** That an event was published, with what a list of events says of it: its definition is read where it is. */
export const storedEventEntry = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'published'),
  sk: field(z.string(), 'impersonal', 'published'),
  /** In the event's own order of languages. Like all that follows absent where an earlier version of this program published it. */
  titles: field(z.array(z.object({ language: z.string(), title: z.string() })).optional(), 'impersonal', 'published'),
  /** In the event's time zone: `2027-11-02`. */
  firstDay: field(z.string().optional(), 'impersonal', 'published'),
  lastDay: field(z.string().optional(), 'impersonal', 'published'),
  status: field(z.enum(EVENT_STATUSES).optional(), 'impersonal', 'published'),
  rehearsal: field(z.literal(true).optional(), 'impersonal', 'published'),
  /** Whether each member of its team finds it among their events, also those who became one before there was such a list. */
  membersListed: field(z.literal(true).optional(), 'impersonal', 'published'),
}));
export interface EventEntry extends Omit<Output<typeof storedEventEntry>, 'v' | 'sk'> {
  readonly id: string;
}

export const toEventEntry = ({ id, ...said }: EventEntry) => ({ ...eventListKey(id), v: 1, ...said });

/** @throws ZodError when the table holds something else */
export function fromEventEntry(item: Record<string, unknown>): EventEntry {
  const { v: _, sk: id, ...said } = storedEventEntry().parse(item);
  return { id, ...said };
}

/** What a list says of an event. @param texts its words, by language and key */
export const eventEntryOf = (
  event: EventDefinition<string>,
  texts: Readonly<Record<string, EventTexts>>,
): Omit<EventEntry, 'membersListed'> => ({
  id: event.id,
  titles: event.languages.flatMap((language) => {
    const title = texts[language]?.[event.title];
    return title === undefined ? [] : [{ language, title }];
  }),
  firstDay: firstDay(event),
  lastDay: lastDay(event),
  status: statusOf(event),
  rehearsal: event.rehearsal,
});

/** Writes what is said of an event, and leaves what else its entry has. */
export function putEventEntry(table: string, { id, ...said }: EventEntry, condition?: string): TransactItem {
  const all = Object.entries({ v: 1, ...said }).filter(([, value]) => value !== undefined);
  return {
    Update: {
      TableName: table,
      Key: eventListKey(id),
      UpdateExpression: `SET ${all.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(all.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(all.map(([name, value]) => [`:${name}`, value])),
      ...(condition !== undefined && { ConditionExpression: condition }),
    },
  };
}

/** The entries of all events that were published; what was published a moment ago may be missing. */
export const eventEntries = async (client: DocumentClient, table: string): Promise<readonly EventEntry[]> =>
  (await queryPartition(client, table, eventListKey('').pk, { consistent: false })).map(fromEventEntry);

/** Ids of all events that were published. */
export const listEvents = async (client: DocumentClient, table: string): Promise<readonly string[]> =>
  (await queryPartition(client, table, eventListKey('').pk)).map((item) => fromEventEntry(item).id);

export const eventLister =
  ({ client, registry }: Database<'registry'>): Parts['listEvents'] =>
  () =>
    listEvents(client, registry);

export const entriesReader =
  ({ client, registry }: Database<'registry'>): Parts['eventEntries'] =>
  () =>
    eventEntries(client, registry);

declare module '../kernel/parts.store.ts' {
  interface Parts {
    /** Ids of all events. */
    readonly listEvents: () => Promise<readonly string[]>;
    /** What lists say of all events. */
    readonly eventEntries: () => Promise<readonly EventEntry[]>;
  }
}
