import { useAct, useDesk, useIsVetted } from '../../desk.ts';
import { requireTyped } from '../../kernel/form/require-typed.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { words } from '../../words.ts';
import { AdultForm } from './adult-form.tsx';

interface AskChaperoneProps {
  /** Reads the list again. */
  readonly onAsked: () => Promise<void>;
}

/** One adult more than there are young people to entrust: the event needs some to spare. For focal points. */
export const AskChaperone = (props: AskChaperoneProps) =>
  useIsVetted('safeguarding') ? (
    <Disclosure label={words.ask.open}>{(close) => <Ask {...props} onClose={close} />}</Disclosure>
  ) : null;

function Ask({ onAsked, onClose }: AskChaperoneProps & { readonly onClose: () => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const ask = async (chaperone: string): Promise<void> => {
    requireTyped({ chaperone });
    const { name, acceptedAt } = await api('POST /api/organiser/events/{eventId}/chaperones', {
      params: { eventId: event.id },
      body: { chaperone },
    });
    onClose();
    tell(acceptedAt ? words.ask.before(name) : words.chaperone.named(name));
    await onAsked();
  };
  return (
    <AdultForm
      hint={words.ask.hint}
      send={words.ask.send}
      busy={busy}
      error={error}
      onSend={(chaperone) => run(() => ask(chaperone))}
      onCancel={onClose}
    />
  );
}
