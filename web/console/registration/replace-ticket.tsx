import { useState } from 'preact/hooks';
import { pageOf } from '../addresses.ts';
import { useDesk } from '../desk.ts';
import { Sure } from '../kernel/form/sure.tsx';
import { t } from '../words.ts';
import type { OneProps } from './one.ts';
import { useChange } from './use-change.ts';

/** For a badge or ticket that somebody else may hold: its code stops working, and a new badge is printed. */
export function ReplaceTicket({ one, ...rest }: OneProps) {
  const { api, event } = useDesk();
  const { busy, error, change } = useChange(rest);
  const [isDone, setIsDone] = useState(false);
  const { reference, revision } = one;
  const replace = () =>
    change(
      async () => {
        const after = await api('POST /api/organiser/events/{eventId}/registrations/{reference}/ticket', {
          params: { eventId: event.id, reference },
          body: { revision },
        });
        setIsDone(true);
        return after;
      },
      () => t('newTicket.done'),
    );
  return (
    <div class="action">
      <h3>{t('newTicket.title')}</h3>
      <p>{t('newTicket.explain')}</p>
      {isDone ? (
        <a href={pageOf(event.id, 'badges', { reference })}>{t('newTicket.badge')}</a>
      ) : (
        <Sure
          label={t('newTicket.make')}
          follows={t('newTicket.sure')}
          now={t('newTicket.makeNow')}
          kind="danger"
          busy={busy}
          error={error}
          onPress={replace}
        />
      )}
    </div>
  );
}
