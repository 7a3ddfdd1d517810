import { useApp } from '../app-context.ts';
import type { Desk, Shown } from './use-desk.ts';

/** What staff may say of somebody who is about to leave and for whom more counts than that: a press notes them as gone (CS24). */
export function Leave({ desk, shown: { outcome } }: { readonly desk: Desk; readonly shown: Shown }) {
  const { words } = useApp();
  if (outcome.kind === 'wards-inside') {
    return (
      <button type="button" class="second" onClick={() => desk.leave()}>
        {words.verdict.leavesAnyway}
      </button>
    );
  }
  if (outcome.kind !== 'ask-companion') return null;
  return outcome.mayBe.map((companion) => (
    <button key={companion} type="button" class="second" onClick={() => desk.leave(companion)}>
      {companion === 'chaperone'
        ? words.verdict.companions.chaperone(outcome.person.chaperone ?? '')
        : words.verdict.companions[companion]}
    </button>
  ));
}
