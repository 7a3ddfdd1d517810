import { useChange } from '../kernel/parts/change.ts';
import type { AnswerOf } from '../kernel/routes.ts';
import { t } from '../words.ts';

export type Minor = AnswerOf<'GET /api/organiser/events/{eventId}/minors/{reference}'>;

/** What each part of the screen does with the young person that it shows. */
export interface ChildProps {
  readonly child: Minor;
  /** Shows them as a change left them. */
  readonly onChanged: (child: Minor) => void;
  /** Reads them again, after a change whose answer does not show them. */
  readonly reload: () => Promise<void>;
  /** Reads them again and says what changed: someone else was faster. */
  readonly onStale: () => Promise<void>;
}

/** When something was done, and by whom where that is known. */
export const bySomeone = (at: string, name: string | undefined): string =>
  name === undefined ? at : t('minors.child.by', { at, name });

/** A change of the young person who is shown, as they were looked at; where something changed meanwhile, nothing is done. */
export const useChildChange = (props: Pick<ChildProps, 'onChanged' | 'onStale'>) =>
  useChange<Minor>(props, t('minors.child.changedMeanwhile'));
