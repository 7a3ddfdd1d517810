import type { ProblemType } from '../../../../shared/kernel/http/problem.schema.ts';
import { useAct, useDesk } from '../../desk.ts';
import { t } from '../../words.ts';
import { type BodyOf, isProblem } from '../api.ts';

interface Changing<T> {
  /** Shows it as a change left it. */
  readonly onChanged: (after: T) => void;
  readonly onStale: () => Promise<void>;
}

/** A change of the one thing that a screen shows; what came of it is said. */
export function useChange<T>({ onChanged, onStale }: Changing<T>, words: string, problem?: ProblemType) {
  const { tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onStale, words, problem);
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

type DefinitionRoute =
  | 'PUT /api/organiser/events/{eventId}/status'
  | 'PUT /api/organiser/events/{eventId}/registration-window';

/**
 * A change of the event's definition, in the version that is shown.
 *
 * @param onChanged reads again what follows it
 */
export function useDefinitionChange<Key extends DefinitionRoute>(
  route: Key,
  version: number,
  onChanged: () => Promise<void>,
) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onChanged, t('window.changedMeanwhile'), 'definition-changed');
  type Change = Omit<BodyOf<Key>, 'version'>;
  return {
    busy,
    error,
    /** @param make called once the press is heard: it may say what is missing */
    change: (make: () => Change, done: string, onDone: () => void = () => undefined) =>
      change(async () => {
        await api(route, { params: { eventId: event.id }, body: { version, ...make() } } as never);
        await onChanged();
        tell(done);
        onDone();
      }),
  };
}

/**
 * A change of what is shown. Where someone else was faster, nothing is changed: what they did is read, and said.
 *
 * @param onStale reads what they made of it
 * @param problem how the API says that someone else was faster
 */
export function useUnlessStale(onStale: () => Promise<void>, words: string, problem: ProblemType = 'out-of-date') {
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
