import type { EventDefinition } from './event.ts';
import { isCalledOff } from './event-standing.ts';

export type WindowState = 'not-open' | 'open' | 'closed';

/**
 * Whether an event takes registrations at an instant; the closing instant itself is closed. Nobody registers for what does not
 * take place, or has no dates yet.
 */
export function registrationWindow(
  event: Pick<EventDefinition<unknown>, 'registration' | 'status'>,
  now: Date,
): WindowState {
  if (isCalledOff(event)) return 'closed';
  const { closed = false } = event.registration;
  if (closed || now.getTime() < Date.parse(event.registration.opensAt)) return 'not-open';
  return now.getTime() < Date.parse(event.registration.closesAt) ? 'open' : 'closed';
}
