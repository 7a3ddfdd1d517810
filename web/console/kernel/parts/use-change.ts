import { useDesk } from '../../desk.ts';
import { type Stale, useUnlessStale } from './use-unless-stale.ts';

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
