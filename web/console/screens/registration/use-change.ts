import { useDesk } from '../../desk.ts';
import { useUnlessStale } from '../../parts/use-unless-stale.ts';
import { words } from '../../words.ts';
import type { OneProps, OrganiserRegistration } from './one.ts';

/** A change of the registration that is shown; one that someone else has changed meanwhile is decided on anew. */
export function useChange({ onChanged, onStale }: Pick<OneProps, 'onChanged' | 'onStale'>) {
  const { tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'changed-meanwhile',
    onStale,
    words: words.one.changedMeanwhile,
  });
  return {
    busy,
    error,
    change: (make: () => Promise<OrganiserRegistration>, say: (after: OrganiserRegistration) => string) =>
      change(async () => {
        const after = await make();
        tell(say(after));
        onChanged(after);
      }),
  };
}
