import type { JobKind } from '../../event/job.ts';
import type { System } from '../../kernel/system.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { MailKind } from '../kinds.ts';
import type { OutboxMessage } from './message.schema.ts';
import type { Job } from './outbox-items.store.ts';

const MESSAGE_ID_BYTES = 16;

/**
 * A mail about a registration, to be written in the same transaction as what it tells.
 *
 * @param notBefore when it is not to leave at once
 */
export function newMessage(
  system: System,
  kind: MailKind,
  about: Pick<Registration, 'eventId' | 'reference' | 'email' | 'language'>,
  notBefore?: Date,
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
    ...(notBefore && { notBefore: notBefore.toISOString() }),
    attempts: 0,
  };
}

/** @param about the registration or announcement that it is about, and until when it has to wait */
export const newJob = (
  system: System,
  job: JobKind,
  eventId: string,
  about?: { readonly reference?: string; readonly notBefore?: Date },
): Job => ({
  id: newId(system),
  job,
  eventId,
  createdAt: system.now().toISOString(),
  ...(about?.reference !== undefined && { reference: about.reference }),
  ...(about?.notBefore && { notBefore: about.notBefore.toISOString() }),
});

/** 128 random bits, base64url. */
export const newId = (system: Pick<System, 'random'>): string =>
  Buffer.from(system.random(MESSAGE_ID_BYTES)).toString('base64url');
