import { useDesk } from '../../desk.ts';
import { useUnlessStale } from '../../parts/use-unless-stale.ts';
import { words } from '../../words.ts';
import type { ProgrammeAnswer } from './local-text.ts';

export interface WindowProps {
  readonly programme: ProgrammeAnswer;
  /** Reads the programme again. */
  readonly onChanged: () => Promise<void>;
}

interface Wanted {
  /** ISO 8601, or `now` by the server's clock. */
  readonly opensAt: string;
  readonly closesAt: string;
}

export function useWindowChange({ programme, onChanged }: WindowProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'definition-changed',
    onStale: onChanged,
    words: words.window.changedMeanwhile,
  });
  return {
    busy,
    error,
    change: (wanted: Wanted, done: string, onDone: () => void = () => undefined) =>
      change(async () => {
        await api('PUT /api/organiser/events/{eventId}/registration-window', {
          params: { eventId: event.id },
          body: { version: programme.version, ...wanted },
        });
        await onChanged();
        tell(done);
        onDone();
      }),
  };
}
