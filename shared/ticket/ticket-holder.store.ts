import * as z from 'zod';
import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import type { ItemKey } from '../kernel/dynamo/keys.ts';
import type { Patient, TransactItem } from '../kernel/dynamo/transact.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { isOrWasGood } from './ticket.ts';
import { ticketHashOf } from './ticket-names.store.ts';

/**
 * Whose a ticket is. It is written with what makes the ticket good, and goes with it: a phone's scan of a ticket of a second ago leads to its
 * registration, which no index that lags can promise. Registrations of before have none, and are in the index of people long since.
 */
export const storedTicketHolder = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  reference: field(z.string(), 'ticket', 'event'),
}));

/** @param ticket `ticketHash`, base64url */
export const ticketHolderKey = (eventId: string, ticket: string): ItemKey => ({
  pk: `TICKET#${eventId}#${ticket}`,
  sk: 'HOLDER',
});

type Ticketed = Pick<Registration, 'status' | 'hadTicket' | 'ticketId' | 'ageBand' | 'fullName'>;

/** The ticket that leads to a registration; none to a minor of whom nothing stays. */
const leadingTo = (registration: Ticketed): string | undefined => {
  const isEmptied = registration.ageBand === 'minor' && registration.fullName === '';
  return isOrWasGood(registration) && !isEmptied ? ticketHashOf(registration) : undefined;
};

/**
 * What says whose a ticket is, as its registration is written.
 *
 * @param before absent for a new registration
 * @param after absent for one that is deleted
 * @param expiresAt epoch seconds
 */
export function holderWrites(
  table: string,
  { eventId, reference }: Pick<Registration, 'eventId' | 'reference'>,
  before: Ticketed | undefined,
  after: Ticketed | undefined,
  expiresAt: number,
): TransactItem[] {
  const [old, next] = [before && leadingTo(before), after && leadingTo(after)];
  if (old === next) return [];
  const held = (ticket: string) => ({ ...ticketHolderKey(eventId, ticket), v: 1, reference, expiresAt });
  return [
    ...(old === undefined ? [] : [{ Delete: { TableName: table, Key: ticketHolderKey(eventId, old) } }]),
    ...(next === undefined ? [] : [{ Put: { TableName: table, Item: held(next) } }]),
  ];
}

/**
 * References to which tickets lead, strongly consistent: a read unit for each. Whether a registration has its ticket still, it says itself.
 *
 * @param tickets `ticketHash`, base64url
 */
export async function referencesOf(
  client: DocumentClient,
  table: string,
  eventId: string,
  tickets: readonly string[],
  system: Pick<Patient, 'backOff'>,
): Promise<readonly string[]> {
  const keys = tickets.map((ticket) => ticketHolderKey(eventId, ticket));
  const find = await batchGet(client, table, keys, system, true);
  return keys.flatMap((key) => {
    const item = find(key);
    return item === undefined ? [] : [storedTicketHolder().parse(item).reference];
  });
}
