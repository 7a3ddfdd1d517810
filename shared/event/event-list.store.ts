import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { eventListKey } from '../kernel/dynamo/keys.ts';
import { queryPartition } from '../kernel/dynamo/query-partition.store.ts';
import type { Database, Parts } from '../kernel/parts.store.ts';
import { eventIdIn } from './event-list-item.store.ts';

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
