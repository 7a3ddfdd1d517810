import { coalesce } from './coalesce.ts';
import type { Deps } from './deps.ts';
import { pauseAfter } from './pace.ts';

/** Something that is done again and again. */
export interface Endeavour {
  /** Now, whatever went wrong before; of several at once, one does it. */
  readonly now: () => Promise<void>;
  /** Now, unless it was tried a moment ago and failed. */
  readonly soon: () => void;
}

/**
 * Does work every few seconds while the page is seen and there is a network, and less and less often while it fails.
 *
 * @param work tells whether it went well; it does not throw
 */
export function keepTrying(
  { after, chance, steady, isOnline, isVisible }: Pick<Deps, 'after' | 'chance' | 'steady' | 'isOnline' | 'isVisible'>,
  work: () => Promise<boolean>,
): Endeavour {
  let failures = 0;
  let endedAt = 0;
  let callOff: () => void = () => undefined;
  const now = coalesce(async () => {
    callOff();
    failures = (await work()) ? 0 : failures + 1;
    endedAt = steady();
    plan();
  });
  const plan = (): void => {
    callOff();
    callOff = after(pauseAfter(failures, chance()), () => {
      if (isOnline() && isVisible()) void now();
      else plan();
    });
  };
  return {
    now,
    soon() {
      if (failures === 0 || steady() - endedAt >= pauseAfter(0, 0)) void now();
    },
  };
}
