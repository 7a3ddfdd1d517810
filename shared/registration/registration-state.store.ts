import { isLive, type RegistrationStatus } from '../event/attendee.ts';
import type { EventDefinition } from '../event/event.ts';
import type { System } from '../kernel/system.store.ts';
import { encodeCrockford } from '../kernel/text/crockford.ts';
import { makeReference } from '../kernel/text/reference.ts';
import { holdsPlace } from '../mail/fate/mail-fate.ts';
import type { Seat } from '../seats/seat.schema.ts';
import { isOrWasGood } from '../ticket/ticket.ts';
import { withdrawnQuestions } from './ask/asked.ts';
import type { Application, Registration } from './registration.schema.ts';
import type { ProofKind, Role } from './registration.ts';

const REFERENCE_BYTES = 9;
const TICKET_ID_BYTES = 12;

/** How a registration begins. */
export interface Beginning {
  readonly status: RegistrationStatus;
  readonly seats: readonly Seat[];
  readonly approved?: boolean;
  readonly invitation?: string | undefined;
  /** What shows from the beginning whose it is. */
  readonly proven?: ProofKind | undefined;
  /** `attendee` where absent. */
  readonly role?: Role;
}

export function newRegistration(
  system: System,
  event: EventDefinition<string>,
  application: Application,
  { status, seats, role = 'attendee', proven, ...rest }: Beginning,
): Registration {
  const now = system.now().toISOString();
  return {
    ...application,
    ...rest,
    status,
    seats,
    ...(status === 'waitlisted' && { waiting: { since: now } }),
    ...(status === 'pending-approval' && { pendingSince: now }),
    ...(proven ? { proven: { how: proven, at: now } } : { unproven: true }),
    eventId: event.id,
    role,
    reference: makeReference(system.random(REFERENCE_BYTES)),
    ticketId: newTicketId(system),
    linkVersion: 1,
    revision: 1,
    definitionVersion: event.version,
    submittedAt: now,
    changedAt: now,
  };
}

/** 96 random bits, as 20 Crockford characters. */
export const newTicketId = (system: Pick<System, 'random'>): string => encodeCrockford(system.random(TICKET_ID_BYTES));

/** Of an attendee who lost a seat, until they have one again, or end otherwise. */
const STANDS_FIRST: readonly RegistrationStatus[] = ['expired', 'waitlisted'];

/** The next state of a registration. */
export function changed(before: Registration, changes: Partial<Registration>, now: Date): Registration {
  const changedAt = now.toISOString();
  const after = { ...before, ...changes, revision: before.revision + 1, changedAt };
  return {
    ...after,
    ...(before.seatLostAt !== undefined && !STANDS_FIRST.includes(after.status) && { seatLostAt: undefined }),
    ...(before.lapsed && after.status !== 'cancelled' && { lapsed: undefined }),
    // An attendee who newly has a place is mailed, and is given as much time to be reached as anyone.
    ...(holdsPlace(after) && !holdsPlace(before) && { mail: undefined }),
    // What should be arranged is deleted with the place, and is asked anew of one who has it again.
    ...(before.hasNeeds && !isLive(after) && { hasNeeds: undefined }),
    ...(before.careAnswered && !isLive(after) && { careAnswered: undefined }),
    ...(after.closedSessions && after.withoutClosedSessions && { withoutClosedSessions: undefined }),
    ...(after.status !== 'pending-approval' && withdrawnQuestions(after, changedAt)),
    ...(before.handed && after.status !== 'pending-approval' && { handed: undefined }),
    ...waitsForDecision(before, after, changedAt),
    ...knownTicket(before, after),
  };
}

/** A ticket that was good is still in people's hands; one that took its place is not, before it is good itself. */
function knownTicket(before: Registration, after: Registration): Pick<Registration, 'hadTicket'> {
  const isKnown = isOrWasGood(before) && before.ticketId === after.ticketId && after.status !== 'confirmed';
  return isKnown || before.hadTicket ? { hadTicket: isKnown || undefined } : {};
}

/** Begins with the step that asks for a decision, and ends with the one that is it. */
function waitsForDecision(before: Registration, after: Registration, now: string): Pick<Registration, 'pendingSince'> {
  if (after.status !== 'pending-approval') return before.pendingSince ? { pendingSince: undefined } : {};
  return before.status === 'pending-approval' ? {} : { pendingSince: now };
}
