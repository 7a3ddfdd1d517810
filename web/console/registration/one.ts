import * as changes from '../kernel/parts/change.ts';
import type { AnswerOf } from '../kernel/routes.ts';
import { t } from '../words.ts';

export type OrganiserRegistration = AnswerOf<'GET /api/organiser/events/{eventId}/registrations/{reference}'>;

/** What each part of the screen does with the registration that it shows. */
export interface OneProps {
  readonly one: OrganiserRegistration;
  /** Shows it as a change left it. */
  readonly onChanged: (one: OrganiserRegistration) => void;
  /** Reads it again: someone else has changed it. */
  readonly onStale: () => Promise<void>;
}

/** A change of the registration that is shown; one that someone else has changed meanwhile is decided on anew. */
export const useRegistrationChange = (props: Pick<OneProps, 'onChanged' | 'onStale'>) =>
  changes.useChange<OrganiserRegistration>(props, t('one.changedMeanwhile'), 'changed-meanwhile');
