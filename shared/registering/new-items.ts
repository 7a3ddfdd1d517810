import { encodeCrockford } from '../domain/crockford.ts';
import type { EventDefinition } from '../domain/event.ts';
import type { Job, JobKind } from '../domain/job.ts';
import type { MessageKind, OutboxMessage } from '../domain/message.ts';
import { makeReference } from '../domain/reference.ts';
import type { Application, Registration, RegistrationStatus, Seat } from '../domain/registration.ts';
import type { System } from '../system.ts';

const REFERENCE_BYTES = 9;
const TICKET_ID_BYTES = 12;
const MESSAGE_ID_BYTES = 16;

/** How a registration begins. */
export interface Beginning {
  readonly status: RegistrationStatus;
  readonly seats: readonly Seat[];
  readonly approved?: boolean;
  readonly invitation?: string | undefined;
}

export function newRegistration(
  system: System,
  event: EventDefinition<string>,
  application: Application,
  { status, seats, ...rest }: Beginning,
): Registration {
  const now = system.now().toISOString();
  return {
    ...application,
    ...rest,
    status,
    seats,
    ...(status === 'waitlisted' && { waitingSince: now }),
    eventId: event.id,
    role: 'attendee',
    reference: makeReference(system.random(REFERENCE_BYTES)),
    ticketId: encodeCrockford(system.random(TICKET_ID_BYTES)),
    linkVersion: 1,
    revision: 1,
    definitionVersion: event.version,
    submittedAt: now,
    changedAt: now,
  };
}

/** A mail about a registration, to be written in the same transaction as what it tells. */
export function newMessage(
  system: System,
  kind: MessageKind,
  about: Pick<Registration, 'eventId' | 'reference' | 'email' | 'language'>,
): OutboxMessage {
  return {
    id: newId(system),
    kind,
    eventId: about.eventId,
    reference: about.reference,
    to: about.email,
    language: about.language,
    state: 'pending',
    createdAt: system.now().toISOString(),
    attempts: 0,
  };
}

export const newJob = (system: System, job: JobKind, eventId: string): Job => ({
  id: newId(system),
  job,
  eventId,
  createdAt: system.now().toISOString(),
});

const newId = (system: System): string => Buffer.from(system.random(MESSAGE_ID_BYTES)).toString('base64url');

/** The next state of a registration. */
export const changed = (before: Registration, changes: Partial<Registration>, now: Date): Registration => ({
  ...before,
  ...changes,
  revision: before.revision + 1,
  changedAt: now.toISOString(),
});
