import { useDesk } from '../desk.ts';
import { Sure } from '../kernel/form/sure.tsx';
import { Button } from '../kernel/parts/button.tsx';
import { Failure } from '../kernel/parts/failure.tsx';
import { when } from '../names.ts';
import { words } from '../words.ts';
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
      () => (isRevoked ? words.certificate.restored : words.certificate.done),
    );
  return (
    <div class="action">
      <h3>{words.certificate.title}</h3>
      <p>{isRevoked ? words.certificate.revoked : words.certificate.explain}</p>
      {one.renamedAt && <p class="note warn">{words.certificate.renamed(when(event, one.renamedAt))}</p>}
      {isRevoked ? (
        <>
          <Failure error={error} />
          <Button kind="second" busy={busy} onPress={press}>
            {words.certificate.restore}
          </Button>
        </>
      ) : (
        <Sure
          label={words.certificate.revoke}
          follows={words.certificate.sure}
          now={words.certificate.revokeNow}
          kind="danger"
          busy={busy}
          error={error}
          onPress={press}
        />
      )}
    </div>
  );
}
