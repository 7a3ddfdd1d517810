import type { AnswerValue } from './condition.ts';
import type { AttendanceMode, EventDefinition } from './event.ts';

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

/** Of whoever comes, or may still come. */
export const LIVE_STATUSES = [
  'pending-guardian',
  'pending-approval',
  'confirmed',
  'waitlisted',
] as const satisfies readonly RegistrationStatus[];
export const isLive = ({ status }: Pick<Attendee, 'status'>): boolean =>
  (LIVE_STATUSES as readonly RegistrationStatus[]).includes(status);

/** What someone chose of an event, and is counted by: once it has been checked against the event's definition. */
export interface Choices {
  readonly organisation: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly category: string;
  readonly mode: AttendanceMode;
  /** Ids of the event's days, in the event's order. */
  readonly days: readonly string[];
  /** Ids of the sessions that were signed up for, in the event's order. */
  readonly sessions: readonly string[];
  /** Asks for the closed sessions of their category; which these are is shown once someone approved. */
  readonly closedSessions: boolean;
  readonly answers: Readonly<Record<string, AnswerValue>>;
  /** Consent id to the version that was agreed to. */
  readonly consents: Readonly<Record<string, string>>;
}

/** What an event's rules know of someone who registered. */
export interface Attendee extends Choices {
  readonly status: RegistrationStatus;
}

/**
 * Whether someone refused what may be refused: pictures, recordings and what is done with them. Of someone under 18, both they and
 * their guardian have to say yes; only then is it among their consents (CS7).
 */
export const refusesPictures = (
  { consents }: Pick<EventDefinition<unknown>, 'consents'>,
  choices: Pick<Choices, 'consents'>,
): boolean => consents.some(({ id, required }) => !required && !Object.hasOwn(choices.consents, id));
