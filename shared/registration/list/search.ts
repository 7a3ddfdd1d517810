import { REGISTRATION_STATUSES, type RegistrationStatus } from '../../event/attendee.ts';
import type { AttendanceMode } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { isUnreached } from '../../mail/fate/mail-state.ts';
import type { Registration } from '../registration.schema.ts';
import { personMatcher } from './person-search.ts';

export interface Filter {
  readonly status?: RegistrationStatus | undefined;
  readonly category?: string | undefined;
  readonly mode?: AttendanceMode | undefined;
  readonly country?: string | undefined;
  readonly unreached?: 'true' | undefined;
  readonly q?: string | undefined;
}

/** Whether a registration is wanted, of an event as it takes place now. */
export function matcher(
  event: Parameters<typeof asHeld>[0],
  { status, category, mode, country, unreached, q = '' }: Filter,
): (registration: Registration) => boolean {
  const isMeant = personMatcher(q);
  return (registration) =>
    (status === undefined || registration.status === status) &&
    (category === undefined || registration.category === category) &&
    (mode === undefined || asHeld(event, registration).mode === mode) &&
    (country === undefined || registration.country === country) &&
    (unreached === undefined || isUnreached(registration)) &&
    isMeant(registration);
}

export function countByStatus(registrations: readonly Registration[]): Record<RegistrationStatus, number> {
  const counts = Object.fromEntries(REGISTRATION_STATUSES.map((status) => [status, 0]));
  for (const { status } of registrations) counts[status] = (counts[status] ?? 0) + 1;
  return counts as Record<RegistrationStatus, number>;
}
