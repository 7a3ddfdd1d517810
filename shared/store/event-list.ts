import type { DocumentClient } from './client.ts';
import { eventIdIn } from './event-list-item.ts';
import { eventListKey } from './keys.ts';
import { queryPartition } from './query-partition.ts';

/** Ids of all events that were published. */
export const listEvents = async (client: DocumentClient, table: string): Promise<readonly string[]> =>
  (await queryPartition(client, table, eventListKey('').pk)).map(eventIdIn);
