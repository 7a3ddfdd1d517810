import { pendingSince } from '../decide/approval.ts';
import type { Registration } from '../registration.schema.ts';

/** The newest first; or whoever has waited for a decision longest, before all who wait for none. */
export const REGISTRATION_ORDERS = ['newest', 'waiting-longest'] as const;
export type RegistrationOrder = (typeof REGISTRATION_ORDERS)[number];

type Placed = Pick<Registration, 'status' | 'pendingSince' | 'submittedAt' | 'reference'>;

/** Beyond every instant as text. */
const AFTER_ALL = '~';

/**
 * Where a registration stands: what a cursor remembers, also after those around it came or went. Those of one instant stand
 * by their references, so that the order never changes.
 */
export const placeIn = (order: RegistrationOrder, registration: Placed): string =>
  order === 'newest'
    ? `${registration.submittedAt}#${registration.reference}`
    : `${pendingSince(registration) ?? AFTER_ALL + registration.submittedAt}#${registration.reference}`;

/** Whether a place comes later in an order than another. */
export const isBehind = (order: RegistrationOrder, place: string, other: string): boolean =>
  order === 'newest' ? place < other : place > other;

export const inOrder = <T extends Placed>(order: RegistrationOrder, registrations: readonly T[]): readonly T[] =>
  registrations
    .map((registration) => ({ registration, place: placeIn(order, registration) }))
    .sort((a, b) => (isBehind(order, a.place, b.place) ? 1 : -1))
    .map(({ registration }) => registration);
