import { useState } from 'preact/hooks';
import { localTimeOf } from '../../../../shared/kernel/text/zoned-time.ts';
import { useDesk } from '../../desk.ts';
import { TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { instantTyped } from '../../kernel/form/typed.ts';
import { zoneName } from '../../names.ts';
import { words } from '../../words.ts';
import { useWindowChange, type WindowProps } from './use-window-change.ts';

const LABELS = { opensAt: words.window.opensAt, closesAt: words.window.closesAt };

/** Times are typed as clocks at the event show them. */
export function WindowForm({ onClose, ...props }: WindowProps & { readonly onClose: () => void }) {
  const { event } = useDesk();
  const { timeZone, registration } = props.programme;
  const { busy, error, change } = useWindowChange(props);
  const [typed, setTyped] = useState({
    opensAt: localTimeOf(registration.opensAt, timeZone),
    closesAt: localTimeOf(registration.closesAt, timeZone),
  });
  const send = async (): Promise<void> => {
    const wanted = {
      opensAt: instantTyped(typed.opensAt, timeZone),
      closesAt: instantTyped(typed.closesAt, timeZone),
    };
    await change(wanted, words.window.saved, onClose);
  };
  return (
    <FieldsForm send={words.window.save} busy={busy} error={error} labels={LABELS} onSend={send} onCancel={onClose}>
      {(['opensAt', 'closesAt'] as const).map((name) => (
        <TextField
          key={name}
          name={name}
          type="datetime-local"
          label={LABELS[name]}
          hint={words.window.zone(zoneName(event))}
          value={typed[name]}
          error={fieldError(error, name)}
          onChange={(value) => setTyped({ ...typed, [name]: value })}
        />
      ))}
    </FieldsForm>
  );
}
