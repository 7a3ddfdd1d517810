import * as changes from '../kernel/parts/use-change.ts';
import { t } from '../words.ts';
import type { OneProps, OrganiserRegistration } from './one.ts';

/** A change of the registration that is shown; one that someone else has changed meanwhile is decided on anew. */
export const useChange = (props: Pick<OneProps, 'onChanged' | 'onStale'>) =>
  changes.useChange<OrganiserRegistration>({
    ...props,
    problem: 'changed-meanwhile',
    words: t('one.changedMeanwhile'),
  });
