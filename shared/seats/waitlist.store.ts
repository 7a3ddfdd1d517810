import { paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type RulesReader, rememberedRules } from '../event/event.store.ts';
import type { EventDefinition } from '../event/event.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { waitlistKey } from '../kernel/dynamo/keys.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { Database } from '../kernel/parts.store.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';
import type { System } from '../kernel/system.store.ts';

/** An attendee's place in the waiting list. */
export const storedWaitlistEntry = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  reference: field(z.string(), 'place', 'event'),
  /** ISO 8601. */
  waitingSince: field(z.string(), 'place', 'event'),
  /** The pools in which there was no seat for them. */
  waitsFor: field(z.array(z.object({ quota: z.string(), group: z.string().optional() })), 'place', 'event'),
  /** Keeps the place, and is passed over until it is proven. */
  unproven: field(z.literal(true).optional(), 'place', 'event'),
  /** Lost a seat that was not proven in time: stands in front of everyone who did not. */
  lostSeat: field(z.literal(true).optional(), 'place', 'event'),
  /** When an owner moved them to the front, ISO 8601: stands before everyone who was not, and before who was moved up earlier. */
  movedUpAt: field(z.string().optional(), 'place', 'event'),
  /** When an unproven one was asked because a seat was free, ISO 8601. */
  askedAt: field(z.string().optional(), 'place', 'event'),
}));
export interface WaitlistEntry extends Omit<Output<typeof storedWaitlistEntry>, 'v'> {}

export const toWaitlistAttributes = (entry: WaitlistEntry) => ({ v: 1, ...entry });

export function fromWaitlistItem(item: Record<string, unknown>): WaitlistEntry {
  const { v: _, ...entry } = storedWaitlistEntry().parse(item);
  return entry;
}

interface WaitlistStore {
  readonly readEvent: RulesReader;
  /** Whether nobody waits for anything: 1 unit, for an entry is written in the transaction by which someone begins to wait. */
  readonly isEmpty: (eventId: string) => Promise<boolean>;
  /** Everyone who waits, in the order of the line. */
  readonly pages: (eventId: string) => AsyncIterable<readonly WaitlistEntry[]>;
}

export const waitlistStore = ({ client, registry: table }: Database<'registry'>): WaitlistStore => ({
  readEvent: rememberedRules({ client, registry: table }),
  isEmpty: async (eventId) =>
    (await client.send(new QueryCommand({ ...waitlistQuery(table, eventId), Limit: 1 }))).Items?.length === 0,
  pages: (eventId) => waitlistPages(client, table, eventId),
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly waitlist: WaitlistStore;
  }
}

/** Places that are looked at together. */
const AT_ONCE = 100;

const waitlistQuery = (TableName: string, eventId: string) => ({
  TableName,
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': waitlistKey(eventId, { waitingSince: '', reference: '' }).pk },
  ConsistentRead: true,
});

/** Everyone who waits, in the order of the line. */
export async function* waitlistPages(
  client: DocumentClient,
  table: string,
  eventId: string,
): AsyncGenerator<readonly WaitlistEntry[]> {
  const query = waitlistQuery(table, eventId);
  for await (const { Items = [] } of paginateQuery({ client, pageSize: AT_ONCE }, query)) {
    yield Items.map(fromWaitlistItem);
  }
}

/** What is known of an event's waiting list without reading it. */
export interface KnownWaitlist {
  /** Everyone in it waits for a quota that the event has, so that its counters say whether anyone can have a seat. */
  readonly isOfQuotas: boolean;
  /** It was gone through to its end, and that is so. */
  readonly noteOfQuotas: () => void;
}

type WaitlistMemory = (event: EventDefinition<string>) => KnownWaitlist;

/** Milliseconds after a publication within which an attendee may still enter the list by the definition before: requests end in 30 s. */
const ENTERED_BY_THEN = 60_000;

/**
 * Remembers which waiting lists hold nobody who waits for a quota that was taken away: they alone may have a seat although all are
 * taken. A list is gone through once for each version of the event, when nobody enters it by the one before any more.
 */
export function waitlistMemory({ now }: Pick<System, 'now'>): WaitlistMemory {
  const seen = new Map<string, { readonly version: number; readonly at: number; isOfQuotas: boolean }>();
  return ({ id, version }) => {
    const at = now().getTime();
    const before = seen.get(id);
    const known = before?.version === version ? before : { version, at, isOfQuotas: false };
    seen.set(id, known);
    return {
      isOfQuotas: known.isOfQuotas,
      noteOfQuotas: () => {
        known.isOfQuotas ||= at - known.at >= ENTERED_BY_THEN;
      },
    };
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly waitlistMemory: WaitlistMemory;
  }
}

export const putWaitlistEntry = (
  table: string,
  eventId: string,
  entry: WaitlistEntry,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...waitlistKey(eventId, entry),
      ...toWaitlistAttributes(entry),
      expiresAt,
    },
  },
});

export const deleteWaitlistEntry = (
  table: string,
  eventId: string,
  place: Pick<WaitlistEntry, 'waitingSince' | 'reference' | 'lostSeat' | 'movedUpAt'>,
): TransactItem => ({ Delete: { TableName: table, Key: waitlistKey(eventId, place) } });
