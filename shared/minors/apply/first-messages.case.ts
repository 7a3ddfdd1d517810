import type { EventDefinition } from '../../event/event.ts';
import type { System } from '../../kernel/system.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { toFocalPoint } from '../../registration/decide/to-focal-point.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { type GuardianContact, remindersAt } from '../young.ts';

interface GuardianMessages {
  readonly request: OutboxMessage;
  /** Deleted once there is an answer. */
  readonly reminders: readonly OutboxMessage[];
}

/** To the guardian of a minor, who is asked by mail. */
export function guardianMessages(
  system: System,
  { eventId, reference }: Pick<Registration, 'eventId' | 'reference'>,
  { email = '', language = '' }: GuardianContact,
  until: Date,
): GuardianMessages {
  const toGuardian = { eventId, reference, email, language };
  return {
    request: newMessage(system, 'guardian-request', toGuardian),
    reminders: remindersAt(system.now(), until).map((at) => newMessage(system, 'guardian-reminder', toGuardian, at)),
  };
}

/** To a minor whose guardian signs on paper, and to the focal point who helps them. */
export const paperMessages = (
  system: System,
  event: EventDefinition<string>,
  registration: Registration,
): readonly OutboxMessage[] => [
  newMessage(system, 'pending-paper', registration),
  ...toFocalPoint(system, event, 'paper-awaited', registration.reference),
];
