import type { EventDefinition } from '../../shared/domain/event.ts';
import type { OutboxMessage } from '../../shared/domain/message.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import { type GuardianContact, remindersAt } from '../../shared/domain/young.ts';
import { newMessage } from '../../shared/registering/new-items.ts';
import { toFocalPoint } from '../../shared/registering/to-focal-point.ts';
import type { System } from '../../shared/system.ts';

interface FirstMessages {
  readonly now: readonly OutboxMessage[];
  /** Reminders, which are deleted once there is an answer. */
  readonly later: readonly OutboxMessage[];
}

/** To a minor and their guardian, who is asked by mail. */
export function guardianMessages(
  system: System,
  registration: Registration,
  { email = '', language = '' }: GuardianContact,
  until: Date,
): FirstMessages {
  const { eventId, reference } = registration;
  const toGuardian = { eventId, reference, email, language };
  return {
    now: [newMessage(system, 'pending-guardian', registration), newMessage(system, 'guardian-request', toGuardian)],
    later: remindersAt(system.now(), until).map((at) => newMessage(system, 'guardian-reminder', toGuardian, at)),
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
