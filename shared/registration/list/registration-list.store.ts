import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { registrationPartition } from '../../kernel/dynamo/keys.ts';
import { queryPartition } from '../../kernel/dynamo/query-partition.store.ts';
import type { Database, Parts } from '../../kernel/parts.store.ts';
import { CROCKFORD } from '../../kernel/text/crockford.ts';
import type { Registration } from '../registration.schema.ts';
import { fromRegistrationItem } from '../registration-item.store.ts';

/**
 * All registrations of an event, in no order. Its 32 partitions are queried at once, strongly consistent, so that nobody
 * is missed and a decision is seen in the list right after it.
 *
 * Costs a read unit for each 4 KB: 5,000 registrations of 2 KB take 2,500 units (a thirtieth of a cent) and about a
 * second, which is fine for the handful of people who run an event; several times as many would need an index.
 */
export async function listRegistrations(
  client: DocumentClient,
  table: string,
  eventId: string,
): Promise<readonly Registration[]> {
  const partitions = await Promise.all(
    [...CROCKFORD].map((first) => queryPartition(client, table, registrationPartition(eventId, first))),
  );
  return partitions.flat().map(fromRegistrationItem);
}

export const registrationLister =
  ({ client, registry }: Database<'registry'>): Parts['listRegistrations'] =>
  (eventId) =>
    listRegistrations(client, registry, eventId);

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    /** All registrations of an event, in no order. */
    readonly listRegistrations: (eventId: string) => Promise<readonly Registration[]>;
  }
}
