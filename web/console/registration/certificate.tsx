import { useDesk } from '../desk.ts';
import { Sure } from '../kernel/form/sure.tsx';
import { Button } from '../kernel/parts/button.tsx';
import { Failure } from '../kernel/parts/failure.tsx';
import { when } from '../names.ts';
import { t } from '../words.ts';
import type { OneProps } from './one.ts';
import { useChange } from './use-change.ts';

/** Withdraws what says that someone came, also where it was printed; to give it back takes one press. */
export function Certificate({ one, ...rest }: OneProps) {
  const { api, event } = useDesk();
  const { busy, error, change } = useChange(rest);
  const { reference, revision, certificateRevoked: isRevoked } = one;
  const press = () =>
    change(
      () =>
        api('PUT /api/organiser/events/{eventId}/registrations/{reference}/certificate', {
          params: { eventId: event.id, reference },
          body: { revision, revoked: !isRevoked },
        }),
      () => (isRevoked ? t('certificate.restored') : t('certificate.done')),
    );
  return (
    <div class="action">
      <h3>{t('certificate.title')}</h3>
      <p>{isRevoked ? t('certificate.revoked') : t('certificate.explain')}</p>
      {one.renamedAt && <p class="note warn">{t('certificate.renamed', { at: when(event, one.renamedAt) })}</p>}
      {isRevoked ? (
        <>
          <Failure error={error} />
          <Button kind="second" busy={busy} onPress={press}>
            {t('certificate.restore')}
          </Button>
        </>
      ) : (
        <Sure
          label={t('certificate.revoke')}
          follows={t('certificate.sure')}
          now={t('certificate.revokeNow')}
          kind="danger"
          busy={busy}
          error={error}
          onPress={press}
        />
      )}
    </div>
  );
}
