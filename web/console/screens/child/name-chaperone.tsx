import { useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { Disclosure } from '../../parts/disclosure.tsx';
import { TextField } from '../../parts/field.tsx';
import { fieldError } from '../../parts/field-errors.ts';
import { FieldsForm } from '../../parts/fields-form.tsx';
import { requireTyped } from '../../parts/require-typed.ts';
import { words } from '../../words.ts';
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
  const [chaperone, setChaperone] = useState('');
  const name = async (): Promise<Minor> => {
    requireTyped({ chaperone });
    const after = await api('POST /api/organiser/events/{eventId}/minors/{reference}/chaperone', {
      params: { eventId: event.id, reference: child.reference },
      body: { chaperone: chaperone.trim(), revision: child.revision },
    });
    onClose();
    return after;
  };
  return (
    <FieldsForm
      send={words.chaperone.send}
      busy={busy}
      error={error}
      labels={{ chaperone: words.chaperone.label }}
      onSend={() => change(name, outcome)}
      onCancel={onClose}
    >
      <TextField
        name="chaperone"
        label={words.chaperone.label}
        hint={words.chaperone.hint}
        value={chaperone}
        error={fieldError(error, 'chaperone')}
        onChange={setChaperone}
      />
    </FieldsForm>
  );
}

function outcome({ chaperone }: Minor): string {
  if (chaperone === undefined) return words.chaperone.removed;
  return chaperone.acceptedAt ? words.chaperone.atOnce(chaperone.name) : words.chaperone.named(chaperone.name);
}
