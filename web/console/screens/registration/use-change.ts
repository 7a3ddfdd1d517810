import { isProblem } from '../../api/problem.ts';
import { useAct, useDesk } from '../../desk.ts';
import { words } from '../../words.ts';
import type { OneProps, OrganiserRegistration } from './one.ts';

/**
 * A change of the registration that is shown. Where someone else was faster, what they made of it is read and shown, and
 * nothing is changed: it is decided on anew.
 */
export function useChange({ onChanged, onStale }: Pick<OneProps, 'onChanged' | 'onStale'>) {
  const { tell } = useDesk();
  const action = useAct();
  const change = (make: () => Promise<OrganiserRegistration>, say: (after: OrganiserRegistration) => string) =>
    action.run(async () => {
      try {
        const after = await make();
        tell(say(after));
        onChanged(after);
      } catch (error) {
        if (isProblem(error, 'changed-meanwhile')) {
          await onStale();
          tell(words.one.changedMeanwhile);
        } else throw error;
      }
    });
  return { ...action, change };
}
