import type { AnswerValue } from './condition.ts';
import type { AttendanceMode } from './event.ts';

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

/** What someone may ask of an event, once it has been checked against the event's definition. */
export interface Application {
  readonly email: string;
  readonly language: string;
  readonly honorific?: string;
  readonly fullName: string;
  readonly badgeName: string;
  readonly nativeName?: string;
  readonly position: string;
  readonly organisation: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly category: string;
  readonly mode: AttendanceMode;
  /** Ids of the event's days, in the event's order. */
  readonly days: readonly string[];
  readonly answers: Readonly<Record<string, AnswerValue>>;
  /** Consent id to the version that was agreed to. */
  readonly consents: Readonly<Record<string, string>>;
}

/** A seat in one quota's counter: held, or waited for. */
export interface Seat {
  readonly quota: string;
  readonly shard: number;
  readonly state: 'taken' | 'waiting';
}

/** One person's registration for one event. `eventId` and `reference` together are its identity. */
export interface Registration extends Application {
  readonly eventId: string;
  /** 10 characters of Crockford base32, the last a check character; no credential. */
  readonly reference: string;
  readonly status: RegistrationStatus;
  readonly seats: readonly Seat[];
  /** 96 random bits, as 20 Crockford characters. */
  readonly ticketId: string;
  /** Raised to make all earlier manage links invalid. */
  readonly linkVersion: number;
  /** Raised with each change: what a conditional write compares. */
  readonly revision: number;
  readonly definitionVersion: number;
  /** ISO 8601 instants, UTC. */
  readonly submittedAt: string;
  readonly changedAt: string;
}
