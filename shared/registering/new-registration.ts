import { encodeCrockford } from '../domain/crockford.ts';
import type { EventDefinition } from '../domain/event.ts';
import type { MessageKind, OutboxMessage } from '../domain/message.ts';
import type { Admission } from '../domain/quota.ts';
import { makeReference } from '../domain/reference.ts';
import type { Application, Registration } from '../domain/registration.ts';
import type { System } from '../system.ts';

const REFERENCE_BYTES = 9;
const TICKET_ID_BYTES = 12;
const MESSAGE_ID_BYTES = 16;

export function newRegistration(
  system: System,
  event: EventDefinition<string>,
  application: Application,
  admission: Admission,
): Registration {
  const now = system.now().toISOString();
  return {
    ...application,
    ...admission,
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
    id: Buffer.from(system.random(MESSAGE_ID_BYTES)).toString('base64url'),
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
