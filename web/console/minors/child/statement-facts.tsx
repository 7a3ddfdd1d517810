import type { Fact } from '../../kernel/parts/fact-list.tsx';
import { words } from '../../words.ts';
import type { HandoverView } from './one.ts';

/** What a guardian said or signed of how a young person leaves. */
export const statementFacts = (said: HandoverView['said'] | HandoverView['waiting']): readonly Fact[] => [
  [words.handover.alone, said && (said.alone ? words.handover.mayLeave : words.handover.mayNot)],
  [words.handover.adults, said?.adults.join('; ')],
  [words.handover.never, said?.never && <b>{said.never}</b>],
];
