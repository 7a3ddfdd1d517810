import type { AnswerOf } from '../kernel/api/routes.ts';

export type OrganiserRegistration = AnswerOf<'GET /api/organiser/events/{eventId}/registrations/{reference}'>;

/** What each part of the screen does with the registration that it shows. */
export interface OneProps {
  readonly one: OrganiserRegistration;
  /** Shows it as a change left it. */
  readonly onChanged: (one: OrganiserRegistration) => void;
  /** Reads it again: someone else has changed it. */
  readonly onStale: () => Promise<void>;
}
