import type { EventDefinition } from './event.ts';

export type WindowState = 'not-open' | 'open' | 'closed';

/** Whether an event takes registrations at an instant; the closing instant itself is closed. */
export function registrationWindow(event: Pick<EventDefinition<unknown>, 'registration'>, now: Date): WindowState {
  if (now.getTime() < Date.parse(event.registration.opensAt)) return 'not-open';
  return now.getTime() < Date.parse(event.registration.closesAt) ? 'open' : 'closed';
}
