import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { revokedTicketKey } from '../checkin/check-in-keys.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { queryPartition } from '../kernel/dynamo/query-partition.store.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';

const ITEM_VERSION = 1;

/** A ticket that was good and that no registration has any more: it was replaced, or everything about its holder was erased. */
export const storedRevokedTicket = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  /** `revocationPrefix`, base64url: of a ticket id that is kept nowhere, so that it leads to nobody. */
  prefix: field(z.string(), 'records', 'event'),
  /** `ticketHash`, base64url: of the same. */
  ticket: field(z.string(), 'records', 'event'),
  /** Of the ticket that the same person has instead. Absent where somebody else comes, or everything about them was erased. */
  to: field(z.string().optional(), 'records', 'event'),
}));

export interface RevokedTicket {
  readonly prefix: string;
  readonly ticket: string;
  readonly to?: string | undefined;
  /** Its sort key: ISO 8601 and the prefix, in order of time. */
  readonly place: string;
}

/** @param expiresAt epoch seconds */
export const putRevokedTicket = (
  table: string,
  eventId: string,
  { prefix, ticket, to }: Omit<RevokedTicket, 'place'>,
  now: Date,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...revokedTicketKey(eventId, now.toISOString(), prefix),
      ...{ v: ITEM_VERSION, prefix, ticket, expiresAt },
      ...(to !== undefined && { to }),
    },
  },
});

/** All of an event, in order of time. */
export const revokedTickets = async (
  client: DocumentClient,
  table: string,
  eventId: string,
): Promise<readonly RevokedTicket[]> =>
  (await queryPartition(client, table, revokedTicketKey(eventId, '', '').pk)).map(fromItem);

/** Those of them from some instant on, ISO 8601. */
export async function revokedSince(
  client: DocumentClient,
  table: string,
  eventId: string,
  from: string,
): Promise<readonly RevokedTicket[]> {
  const query = {
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND sk >= :from',
    ExpressionAttributeValues: { ':pk': revokedTicketKey(eventId, '', '').pk, ':from': from },
    ConsistentRead: true,
  };
  const found: RevokedTicket[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) found.push(...Items.map(fromItem));
  return found;
}

/** Since when a ticket is revoked: epoch milliseconds. */
export const revokedAt = ({ place }: Pick<RevokedTicket, 'place'>): number =>
  Date.parse(place.slice(0, place.indexOf('#')));

function fromItem(item: Record<string, unknown>): RevokedTicket {
  const { v: _, ...revoked } = storedRevokedTicket().parse(item);
  return { ...revoked, place: String(item['sk']) };
}
