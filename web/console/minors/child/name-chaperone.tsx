import { useDesk } from '../../desk.ts';
import { requireTyped } from '../../kernel/form/require-typed.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { words } from '../../words.ts';
import { AdultForm } from '../children/adult-form.tsx';
import type { ChildProps, Minor } from './one.ts';
import { useChildChange } from './use-child-change.ts';

/** By reference, also on the spot: whoever has said yes before looks after the young person at once. */
export const NameChaperone = (props: ChildProps) => (
  <Disclosure label={props.child.chaperone ? words.chaperone.swap : words.chaperone.name}>
    {(close) => <Adult {...props} onClose={close} />}
  </Disclosure>
);

function Adult({ child, onClose, ...rest }: ChildProps & { readonly onClose: () => void }) {
  const { api, event } = useDesk();
  const { busy, error, change } = useChildChange(rest);
  const name = async (chaperone: string): Promise<Minor> => {
    requireTyped({ chaperone });
    const after = await api('POST /api/organiser/events/{eventId}/minors/{reference}/chaperone', {
      params: { eventId: event.id, reference: child.reference },
      body: { chaperone, revision: child.revision },
    });
    onClose();
    return after;
  };
  return (
    <AdultForm
      hint={words.chaperone.hint}
      send={words.chaperone.send}
      busy={busy}
      error={error}
      onSend={(chaperone) => change(() => name(chaperone), outcome)}
      onCancel={onClose}
    />
  );
}

function outcome({ chaperone }: Minor): string {
  if (chaperone === undefined) return words.chaperone.removed;
  return chaperone.acceptedAt ? words.chaperone.atOnce(chaperone.name) : words.chaperone.named(chaperone.name);
}
