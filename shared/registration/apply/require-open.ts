import { stands } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { isCalledOff } from '../../event/event-standing.ts';
import { eventStart, isEventOver, registrationWindow } from '../../event/event-times.ts';
import { takesAddress } from '../../kernel/canary.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Registration } from '../registration.schema.ts';

/**
 * @param address for which; where there is none yet, the event of the canary takes nobody
 * @throws ProblemError when the event does not take registrations now; its page says when it does, or why it does not
 */
export function requireOpen(event: EventDefinition<string>, now: Date, address?: string): void {
  requireNotCalledOff(event);
  const state = takesAddress(event.id, address) ? registrationWindow(event, now) : 'closed';
  if (state !== 'open') throw new ProblemError(`registration-${state}`, { eventId: event.id });
}

/** Of minors, all has to be agreed to before the event begins (CS4): what came later would be deleted at once. @throws ProblemError */
export function requireOpenToMinors(event: EventDefinition<string>, now: Date): void {
  requireOpen(event, now);
  if (now >= eventStart(event)) throw new ProblemError('registration-closed', { eventId: event.id });
}

/** @throws ProblemError where there is nothing to come to, so nothing to register for or to change */
export function requireNotCalledOff(event: Pick<EventDefinition<string>, 'id' | 'status'>): void {
  if (isCalledOff(event)) throw new ProblemError(`event-${event.status}`, { eventId: event.id });
}

/** @throws ProblemError when a registration cannot be changed, or not any more */
export function requireAmendable(registration: Registration, event: EventDefinition<string>, now: Date): void {
  requireNotCalledOff(event);
  if (!stands(registration) || isEventOver(event, now)) throw new ProblemError('not-amendable');
}
