import type { AttendanceMode } from '../../../shared/domain/event.ts';
import { asHeld } from '../../../shared/domain/event-standing.ts';
import { isUnreached } from '../../../shared/domain/mail-state.ts';
import { parseReference } from '../../../shared/domain/reference.ts';
import {
  REGISTRATION_STATUSES,
  type Registration,
  type RegistrationStatus,
} from '../../../shared/domain/registration.ts';

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
  const words = comparable(q).split(/\s+/);
  const reference = parseReference(q);
  return (registration) =>
    (status === undefined || registration.status === status) &&
    (category === undefined || registration.category === category) &&
    (mode === undefined || asHeld(event, registration).mode === mode) &&
    (country === undefined || registration.country === country) &&
    (unreached === undefined || isUnreached(registration)) &&
    (registration.reference === reference || containsAll(registration, words));
}

function containsAll(
  { fullName, badgeName, nativeName = '', organisation, email, reference }: Registration,
  words: readonly string[],
): boolean {
  const text = comparable([fullName, badgeName, nativeName, organisation, email, reference].join(' '));
  return words.every((word) => text.includes(word));
}

/** Accents of Latin letters; the marks of other scripts are letters to their readers. */
const ACCENTS = /[\u0300-\u036f]/g;

/** However it is typed: in capitals or not, with accents or without. */
const comparable = (text: string): string => text.normalize('NFKD').replace(ACCENTS, '').toLowerCase().trim();

export function countByStatus(registrations: readonly Registration[]): Record<RegistrationStatus, number> {
  const counts = Object.fromEntries(REGISTRATION_STATUSES.map((status) => [status, 0]));
  for (const { status } of registrations) counts[status] = (counts[status] ?? 0) + 1;
  return counts as Record<RegistrationStatus, number>;
}
