import { navigate, registrationAddress } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { takeLastBack } from '../held.tsx';
import { keyOf, useSecondPress } from '../keys.tsx';
import type { KnownPerson } from '../people.ts';
import type { DeskDecision } from './decisions.ts';

/** By the place of a key, which is the same in every layout; as in the list where it does the same. */
export const DESK_KEYS = {
  KeyJ: 'next',
  KeyK: 'previous',
  KeyO: 'open',
  KeyA: 'approve',
  KeyD: 'decline',
  KeyZ: 'takeBack',
} as const;
type Action = (typeof DESK_KEYS)[keyof typeof DESK_KEYS];

/** Keys of the desk, while the focus is on the applicant: to decide takes two presses. */
export function useDeskKeys(
  person: KnownPerson,
  onDecide: (decided: DeskDecision) => void,
  onStep: (by: 1 | -1) => void,
) {
  const { event } = useDesk();
  const { asks, forget, press } = useSecondPress();
  const decide = (kind: DeskDecision['kind']) => (): void => {
    if (press(person, kind)) onDecide({ kind });
  };
  const act: Readonly<Record<Action, () => void>> = {
    next: () => onStep(1),
    previous: () => onStep(-1),
    open: () => navigate(registrationAddress(event.id, person.reference)),
    approve: decide('approve'),
    decline: decide('decline'),
    takeBack: takeLastBack,
  };
  return {
    asks: asks?.reference === person.reference ? asks : undefined,
    onKeyDown: (pressed: KeyboardEvent): void => {
      const action = keyOf(pressed, DESK_KEYS);
      if (action !== 'approve' && action !== 'decline') forget();
      if (action === undefined) return;
      pressed.preventDefault();
      act[action]();
    },
  };
}
