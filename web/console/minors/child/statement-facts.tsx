import type { Fact } from '../../kernel/parts/fact-list.tsx';
import { t } from '../../words.ts';
import type { HandoverView } from './one.ts';

/** What a guardian said or signed of how a young person leaves. */
export const statementFacts = (said: HandoverView['said'] | HandoverView['waiting']): readonly Fact[] => [
  [t('minors.handover.alone'), said && (said.alone ? t('minors.handover.mayLeave') : t('minors.handover.mayNot'))],
  [t('minors.handover.adults'), said?.adults.join('; ')],
  [t('minors.handover.never'), said?.never && <b>{said.never}</b>],
];
