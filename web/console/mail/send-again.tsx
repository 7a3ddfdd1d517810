import { useAct, useDesk } from '../desk.ts';
import { Button } from '../kernel/parts/button.tsx';
import { Failure } from '../kernel/parts/failure.tsx';
import { words } from '../words.ts';

interface SendAgainProps {
  readonly reference: string;
  readonly onSent: () => Promise<void>;
}

/** For whoever lost the mail, or had a full mailbox: their ticket once more, or the link where they have none. */
export function SendAgain({ reference, onSent }: SendAgainProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const send = async (): Promise<void> => {
    const params = { eventId: event.id, reference };
    const { mailed } = await api('POST /api/organiser/events/{eventId}/registrations/{reference}/mail', { params });
    if (mailed) tell(words.mailLog.sent);
    else tell(words.mailLog.tooSoon, 'warn');
    await onSent();
  };
  return (
    <>
      <Failure error={error} />
      <p class="buttons">
        <Button kind="second" busy={busy} onPress={() => run(send)}>
          {words.mailLog.again}
        </Button>
      </p>
    </>
  );
}
