import { useDesk } from '../../desk.ts';
import type { BodyOf } from '../../kernel/api/routes.ts';
import { useUnlessStale } from '../../kernel/parts/use-unless-stale.ts';
import { t } from '../../words.ts';
import type { ProgrammeAnswer } from './local-text.ts';

export interface WindowProps {
  readonly programme: ProgrammeAnswer;
  /** Reads the programme again. */
  readonly onChanged: () => Promise<void>;
}

/** Times are ISO 8601, or `now` by the server's clock; what is left out stays. */
type Wanted = Omit<BodyOf<'PUT /api/organiser/events/{eventId}/registration-window'>, 'version'>;

export function useWindowChange({ programme, onChanged }: WindowProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'definition-changed',
    onStale: onChanged,
    words: t('window.changedMeanwhile'),
  });
  return {
    busy,
    error,
    /** @param wanted made once the press is heard: it may say what is missing */
    change: (wanted: Wanted | (() => Wanted), done: string, onDone: () => void = () => undefined) =>
      change(async () => {
        await api('PUT /api/organiser/events/{eventId}/registration-window', {
          params: { eventId: event.id },
          body: { version: programme.version, ...(typeof wanted === 'function' ? wanted() : wanted) },
        });
        await onChanged();
        tell(done);
        onDone();
      }),
  };
}
