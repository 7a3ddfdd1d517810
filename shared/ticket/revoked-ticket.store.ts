import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { EventDefinition } from '../event/event.ts';
import { retentionEnd } from '../event/event-times.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { type ItemKey, NOT_THERE } from '../kernel/dynamo/keys.ts';
import { queryPartition, readItem } from '../kernel/dynamo/queries.store.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import type { System } from '../kernel/system.store.ts';
import { newJob } from '../mail/outbox/new-items.store.ts';
import { putJob } from '../mail/outbox/outbox-items.store.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { isOrWasGood } from './ticket.ts';
import { ticketHashOf, ticketPrefixOf } from './ticket-names.store.ts';

const ITEM_VERSION = 1;

/** A ticket that was good and that no registration has any more: it was replaced, or everything about its holder was erased. */
export const storedRevokedTicket = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  /** `revocationPrefix`, base64url: of a ticket id that is kept nowhere, so that it leads to nobody. */
  prefix: field(z.string(), 'records', 'event'),
  /** `ticketHash`, base64url: of the same. */
  ticket: field(z.string(), 'records', 'event'),
  /** The hash of the ticket that the same person has instead. Absent where another person comes, or everything about them was erased. */
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
const putRevokedTicket = (
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

/** Those of them from some instant on, ISO 8601. @param isConsistent costs twice as much: for what is decided */
export async function revokedSince(
  client: DocumentClient,
  table: string,
  eventId: string,
  from: string,
  isConsistent = true,
): Promise<readonly RevokedTicket[]> {
  const query = {
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND sk >= :from',
    ExpressionAttributeValues: { ':pk': revokedTicketKey(eventId, '', '').pk, ':from': from },
    ConsistentRead: isConsistent,
  };
  const found: RevokedTicket[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) found.push(...Items.map(fromItem));
  return found;
}

/** Milliseconds within which what was attended has followed to another ticket, also where that was tried again and again. */
const CARRIED_WITHIN = 24 * 60 * 60 * 1000;

/**
 * Finds tickets, as hashes, that a person had before the one that they have, of which attendance may have to follow still: for what is
 * shown, so that one of a moment ago may be missing.
 */
export async function formerTickets(
  { client, registry, system }: Given<'registry', 'now'>,
  eventId: string,
): Promise<(ticket: string) => readonly string[]> {
  const from = new Date(system.now().getTime() - CARRIED_WITHIN).toISOString();
  const replaced = (await revokedSince(client, registry, eventId, from, false)).filter(({ to }) => to !== undefined);
  const latestFirst = replaced.toReversed();
  const now = new Set(replaced.map(({ to }) => to));
  return (ticket) => {
    const before: string[] = [];
    if (!now.has(ticket)) return before;
    let to = ticket;
    // Each stands for the one before it.
    for (const revoked of latestFirst) {
      if (revoked.to !== to) continue;
      to = revoked.ticket;
      before.push(to);
    }
    return before;
  };
}

/** Since when a ticket is revoked: epoch milliseconds. */
export const revokedAt = ({ place }: Pick<RevokedTicket, 'place'>): number =>
  Date.parse(place.slice(0, place.indexOf('#')));

function fromItem(item: Record<string, unknown>): RevokedTicket {
  const { v: _, ...revoked } = storedRevokedTicket().parse(item);
  return { ...revoked, place: String(item['sk']) };
}

/** Milliseconds after which no scan is being kept any more by what was known before: a function runs for 10 seconds at most. */
const SCANS_END = 15_000;

/** What becomes of a registration: see `RegistrationChange`. */
interface Change {
  readonly event: EventDefinition<string>;
  readonly before: Registration | undefined;
  readonly after: Registration;
  readonly forget?: boolean;
}

/**
 * A ticket that a device may have scanned and that is nobody's any more: phones are told that it admits nobody (CS5), and what was
 * attended with it follows its holder, or names nobody.
 */
export function revokeTicket(
  { event, before, after, forget = false }: Change,
  { registry, outbox }: { readonly registry: string; readonly outbox: string },
  system: System,
): TransactItem[] {
  // Nothing stays of a minor who ended but the ticket's number.
  const isEmptied = after.fullName === '' && before?.fullName !== '';
  const isLost = forget || isEmptied || before?.ticketId !== after.ticketId;
  if (before === undefined || !isLost) return [];
  // A desk finds adults who wait, too, and may have let them in. A minor is not found before they are confirmed (CS2).
  if (before.ageBand === 'minor' && !isOrWasGood(before)) return [];
  const [ticket, prefix] = [ticketHashOf(before), ticketPrefixOf(before)];
  const expiresAt = retentionEnd(event);
  // What a person attended is theirs: it follows them, and nobody who comes in their place.
  const isSomeoneElse = forget || before.fullName !== after.fullName;
  const to = isSomeoneElse ? undefined : ticketHashOf(after);
  const now = system.now();
  const about = { reference: ticket, notBefore: new Date(now.getTime() + SCANS_END) };
  const job = newJob(system, isSomeoneElse ? 'unname-check-ins' : 'carry-check-ins', event.id, about);
  return [putRevokedTicket(registry, event.id, { prefix, ticket, to }, now, expiresAt), putJob(outbox, job, expiresAt)];
}

/** The list of an event's revoked tickets, as it was signed last. */
export const storedRevocations = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  /** The list's own: it never falls. */
  version: field(z.int(), 'records', 'event'),
  /** Epoch seconds. */
  issuedAt: field(z.int(), 'records', 'event'),
  /** A hash of what the list was made from: as long as that is the same, so is the list. */
  madeOf: field(z.string(), 'records', 'event'),
  /** A hash of the tickets on it. */
  tickets: field(z.string(), 'records', 'event'),
  /** As phones verify it (`ticket/revocation-list.ts`), base64url. */
  list: field(z.string(), 'records', 'event'),
}));

export type StoredRevocations = Omit<z.output<ReturnType<typeof storedRevocations>>, 'v'>;

/** As it is now; none where no phone was ever let in. */
export async function readRevocations(
  client: DocumentClient,
  table: string,
  eventId: string,
): Promise<StoredRevocations | undefined> {
  const item = await readItem(client, table, revocationsKey(eventId));
  if (item === undefined) return undefined;
  const { v: _, ...revocations } = storedRevocations().parse(item);
  return revocations;
}

/**
 * Puts a list in place of the one that was read. Versions only rise (TK8).
 *
 * @param expiresAt epoch seconds
 */
export const putRevocations = (
  table: string,
  eventId: string,
  before: StoredRevocations | undefined,
  after: StoredRevocations,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...revocationsKey(eventId), v: ITEM_VERSION, ...after, expiresAt },
    ...(before === undefined
      ? { ConditionExpression: NOT_THERE }
      : {
          ConditionExpression: 'version = :version AND issuedAt = :issuedAt',
          ExpressionAttributeValues: { ':version': before.version, ':issuedAt': before.issuedAt },
        }),
  },
});

/** Tickets that no registration has any more, in order of time. @param at ISO 8601 */
export const revokedTicketKey = (eventId: string, at: string, prefix: string): ItemKey => ({
  pk: `REVOKED#${eventId}`,
  sk: `${at}#${prefix}`,
});

/** The list of revoked tickets as it was signed last. */
export const revocationsKey = (eventId: string): ItemKey => ({ pk: `REVOCATIONS#${eventId}`, sk: 'REVOCATIONS' });
