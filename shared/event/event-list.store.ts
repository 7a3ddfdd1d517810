import * as z from 'zod';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { eventListKey } from '../kernel/dynamo/keys.ts';
import { queryPartition } from '../kernel/dynamo/query-partition.store.ts';
import type { Database, Parts } from '../kernel/parts.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';

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
