import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import * as changes from '../../kernel/parts/change.ts';
import { t } from '../../words.ts';

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
