import { useDesk } from '../desk.ts';
import type { BodyOf } from '../kernel/api/routes.ts';
import { useUnlessStale } from '../kernel/parts/use-unless-stale.ts';
import { t } from '../words.ts';
import type { Results } from './form.ts';

type Change = BodyOf<'POST /api/organiser/events/{eventId}/feedback/{formId}/changes'>;

/** Every change is of what was looked at: where somebody else was faster, theirs is shown. */
export function useFormChange({ id, revision }: Pick<Results, 'id' | 'revision'>, onChanged: () => Promise<void>) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'out-of-date',
    onStale: onChanged,
    words: t('feedback.form.changedMeanwhile'),
  });
  const send = (wanted: DistributiveOmit<Change, 'revision'>, done: string): Promise<void> =>
    change(async () => {
      const params = { eventId: event.id, formId: id };
      const body = { ...wanted, revision };
      await api('POST /api/organiser/events/{eventId}/feedback/{formId}/changes', { params, body });
      await onChanged();
      tell(done);
    });
  return { busy, error, send };
}

type DistributiveOmit<T, Name extends keyof T> = T extends unknown ? Omit<T, Name> : never;
