import type { EventDefinition } from '../event/event.ts';
import { retentionEnd } from '../event/event-times.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { System } from '../kernel/system.store.ts';
import { putJob } from '../mail/outbox/job-item.store.ts';
import { newJob } from '../mail/outbox/new-items.store.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { putRevokedTicket } from './revoked-ticket.store.ts';
import { ticketHashOf, ticketPrefixOf } from './ticket-names.store.ts';
import { isOrWasGood } from './ticket-standing.ts';

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
 * A ticket that somebody may have scanned and that is nobody's any more: phones are told that it admits nobody (CS5), and what was
 * attended with it follows its holder, or names nobody.
 */
export function revokeTicket(
  { event, before, after, forget = false }: Change,
  { registry, outbox }: { readonly registry: string; readonly outbox: string },
  system: System,
): TransactItem[] {
  // Of someone under 18 who ended nothing stays but the ticket's number.
  const isEmptied = after.fullName === '' && before?.fullName !== '';
  const isLost = forget || isEmptied || before?.ticketId !== after.ticketId;
  if (before === undefined || !isLost) return [];
  // A desk finds adults who wait, too, and may have let them in. Nobody under 18 is found before they are confirmed (CS2).
  if (before.ageBand === 'minor' && !isOrWasGood(before)) return [];
  const [ticket, prefix] = [ticketHashOf(before), ticketPrefixOf(before)];
  const expiresAt = retentionEnd(event);
  // What somebody attended is theirs: it follows them, and nobody who comes in their place.
  const isSomeoneElse = forget || before.fullName !== after.fullName;
  const to = isSomeoneElse ? undefined : ticketHashOf(after);
  const now = system.now();
  const about = { reference: ticket, notBefore: new Date(now.getTime() + SCANS_END) };
  const job = newJob(system, isSomeoneElse ? 'unname-check-ins' : 'carry-check-ins', event.id, about);
  return [putRevokedTicket(registry, event.id, { prefix, ticket, to }, now, expiresAt), putJob(outbox, job, expiresAt)];
}
