import type { EventDefinition } from '../domain/event.ts';
import { registrationWindow } from '../domain/registration-window.ts';
import { ProblemError } from '../errors.ts';

/** @throws ProblemError when the event does not take registrations now; its page says when it does */
export function requireOpen(event: EventDefinition<string>, now: Date): void {
  const state = registrationWindow(event, now);
  const about = { eventId: event.id };
  if (state === 'not-open') throw new ProblemError('registration-not-open', about);
  if (state === 'closed') throw new ProblemError('registration-closed', about);
}
