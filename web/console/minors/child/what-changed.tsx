import { type PublicEvent, useDesk } from '../../desk.ts';
import { dayName, when } from '../../names.ts';
import { words } from '../../words.ts';
import { answerText, vettingText } from '../children/chaperones.tsx';
import { stateText } from '../children/minor-state.tsx';
import { consentText } from './facts.tsx';
import type { Minor } from './one.ts';

interface WhatChangedProps {
  /** As they were looked at when someone else was faster. */
  readonly from: Minor;
  readonly to: Minor;
}

/** What someone else did meanwhile, point by point. */
export function WhatChanged({ from, to }: WhatChangedProps) {
  const { event } = useDesk();
  const before = new Map(pointsOf(event, from));
  const changes = pointsOf(event, to).filter(([label, now]) => before.get(label) !== now);
  if (changes.length === 0) return null;
  return (
    <section class="note warn">
      <p>{words.child.meanwhile}</p>
      <ul>
        {changes.map(([label, now]) => (
          <li key={label}>
            {words.child.was(label, before.get(label) || words.child.nothing, now || words.child.nothing)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function leavingText({ handoverWaiting, guardian }: Minor): string {
  if (handoverWaiting) return words.children.leaving;
  return guardian.handover?.isConfirmed ? words.child.confirmed : '';
}

/** Whatever a change of theirs may have been, in words. */
function pointsOf(event: PublicEvent, child: Minor): readonly (readonly [label: string, text: string])[] {
  const { guardian, chaperone, mode, answerBy } = child;
  const { paper } = guardian;
  return [
    [words.children.state, stateText(child)],
    [words.child.mode, mode ? words.mode[mode] : ''],
    [words.child.answerBy, answerBy ? when(event, answerBy) : ''],
    [words.child.guardian, [guardian.name, guardian.email ?? words.child.onPaper].join(', ')],
    [words.child.signed, paper ? words.child.signedBy(paper.signedBy, dayName(paper.signedOn)) : ''],
    [words.handover.title, leavingText(child)],
    ...child.consents.map((consent) => [consent.title, consentText(child.step, consent)] as const),
    [words.chaperone.title, chaperone?.name ?? ''],
    [words.chaperone.answer, chaperone ? answerText(event, chaperone) : ''],
    [words.chaperone.vetting, chaperone ? vettingText(chaperone) : ''],
  ];
}
