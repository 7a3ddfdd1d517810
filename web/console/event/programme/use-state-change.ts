import { useDesk } from '../../desk.ts';
import type { AnswerOf, BodyOf } from '../../kernel/api/routes.ts';
import { useUnlessStale } from '../../kernel/parts/use-unless-stale.ts';
import { t } from '../../words.ts';

export type State = AnswerOf<'GET /api/organiser/events/{eventId}/status'>;
type Wanted = Omit<BodyOf<'PUT /api/organiser/events/{eventId}/status'>, 'version'>;

export interface StateChange {
  readonly state: State;
  /** Reads again what follows it. */
  readonly onChanged: () => Promise<void>;
}

/** Changes whether and when the event takes place. */
export function useStateChange({ state, onChanged }: StateChange) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'definition-changed',
    onStale: onChanged,
    words: t('window.changedMeanwhile'),
  });
  return {
    busy,
    error,
    /** @param check throws what is wrong with what was typed */
    change: (wanted: Wanted, done: string, check: () => void = () => undefined) =>
      change(async () => {
        check();
        const body = { version: state.version, ...wanted };
        await api('PUT /api/organiser/events/{eventId}/status', { params: { eventId: event.id }, body });
        await onChanged();
        tell(done);
      }),
  };
}
