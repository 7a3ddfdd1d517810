import { useChange } from '../../kernel/parts/use-change.ts';
import { t } from '../../words.ts';
import type { ChildProps, Minor } from './one.ts';

/** A change of the young person who is shown, as they were looked at; where something changed meanwhile, nothing is done. */
export const useChildChange = (props: Pick<ChildProps, 'onChanged' | 'onStale'>) =>
  useChange<Minor>({ ...props, problem: 'out-of-date', words: t('minors.child.changedMeanwhile') });
