import type { ProblemType } from '../../../../shared/kernel/http/problem.schema.ts';
import { useAct, useDesk } from '../../desk.ts';
import { isProblem } from '../api.ts';

interface Changing<T> extends Stale {
  /** Shows it as a change left it. */
  readonly onChanged: (after: T) => void;
}

/** A change of the one thing that a screen shows; what came of it is said. */
export function useChange<T>({ onChanged, ...stale }: Changing<T>) {
  const { tell } = useDesk();
  const { busy, error, change } = useUnlessStale(stale);
  return {
    busy,
    error,
    change: (make: () => Promise<T>, say: (after: T) => string) =>
      change(async () => {
        const after = await make();
        tell(say(after));
        onChanged(after);
      }),
  };
}

export interface Stale {
  /** How the API says that someone else was faster. */
  readonly problem: ProblemType;
  /** Reads what they made of it. */
  readonly onStale: () => Promise<void>;
  readonly words: string;
}

/** A change of what is shown. Where someone else was faster, nothing is changed: what they did is read, and said. */
export function useUnlessStale({ problem, onStale, words }: Stale) {
  const { tell } = useDesk();
  const action = useAct();
  const change = (make: () => Promise<void>): Promise<void> =>
    action.run(() =>
      make().catch(async (error) => {
        if (!isProblem(error, problem)) throw error;
        await onStale();
        tell(words, 'warn');
      }),
    );
  return { busy: action.busy, error: action.error, change };
}
