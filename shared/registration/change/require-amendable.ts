import type { RegistrationStatus } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { eventEnd } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { requireNotCalledOff } from '../apply/require-open.ts';
import type { Registration } from '../registration.schema.ts';

const AMENDABLE: readonly RegistrationStatus[] = ['pending-approval', 'confirmed', 'waitlisted'];

/** @throws ProblemError when a registration cannot be changed, or not any more */
export function requireAmendable({ status }: Registration, event: EventDefinition<string>, now: Date): void {
  requireNotCalledOff(event);
  if (!AMENDABLE.includes(status) || now >= eventEnd(event)) throw new ProblemError('not-amendable');
}
