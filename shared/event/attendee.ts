import type { Choices } from './attendee.schema.ts';
import { isInForce } from './consents.ts';
import type { EventDefinition } from './event.ts';

export const REGISTRATION_STATUSES = [
  'pending-guardian',
  'pending-approval',
  'confirmed',
  'waitlisted',
  'cancelled',
  'declined',
  'expired',
] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/** Of attendees who come, or may still come. */
export const LIVE_STATUSES = ['pending-guardian', 'pending-approval', 'confirmed', 'waitlisted'] as const;
export const isLive = ({ status }: Pick<Attendee, 'status'>): boolean =>
  (LIVE_STATUSES as readonly RegistrationStatus[]).includes(status);
/** Of those among them whose guardian's answer is not awaited. */
export const STANDING: readonly RegistrationStatus[] = ['pending-approval', 'confirmed', 'waitlisted'];
export const stands = ({ status }: Pick<Attendee, 'status'>): boolean => STANDING.includes(status);

/** What an event's rules know of a person who registered. */
export interface Attendee extends Choices {
  readonly status: RegistrationStatus;
}

/**
 * Whether an attendee refused what may be refused: pictures, recordings and what is done with them. Of a minor, both they and
 * their guardian have to say yes; only then is it among their consents (CS7).
 */
export const refusesPictures = (
  event: Pick<EventDefinition<unknown>, 'consents' | 'minors'>,
  { consents, minor }: Pick<Choices, 'consents'> & { readonly minor?: Guarded | undefined },
): boolean =>
  event.consents.some((each) => !each.required && !isInForce(event, each, consents, minor?.guardianConsents));

/** Of a minor, what their guardian agreed to. */
interface Guarded {
  readonly guardianConsents?: Readonly<Record<string, string>> | undefined;
}

/** All that is known of anyone's age: never a date of birth. */
export type AgeBand = 'adult' | 'minor';

/** `no-check-in`: they were expected, it is over, and nothing was recorded, which does not say that they were not there. */
export const PRESENCES = ['came', 'not-yet', 'no-check-in'] as const;
export type Presence = (typeof PRESENCES)[number];
