import { useState } from 'preact/hooks';
import { localTimeOf } from '../../../shared/kernel/text/zoned-time.ts';
import { useDesk } from '../desk.ts';
import { TextField } from '../kernel/form/field.tsx';
import { fieldError } from '../kernel/form/field-errors.ts';
import { FieldsForm } from '../kernel/form/fields-form.tsx';
import { instantTyped } from '../kernel/form/typed.ts';
import { when, zoneName } from '../names.ts';
import type { Results } from './form.ts';
import { said } from './said.ts';

interface OpenAtProps {
  readonly form: Results;
  readonly busy: boolean;
  readonly error: unknown;
  /** @param at an instant, ISO 8601 */
  readonly onSend: (at: string) => Promise<void>;
  readonly onClose: () => void;
}

/** The time is typed as clocks at the event show it. */
export function OpenAt({ form, busy, error, onSend, onClose }: OpenAtProps) {
  const { event } = useDesk();
  const { timeZone } = event;
  const [at, setAt] = useState(localTimeOf(form.opensAt, timeZone));
  return (
    <FieldsForm
      send={said.feedbackForm.setTime}
      busy={busy}
      error={error}
      labels={{ at: said.feedbackForm.at }}
      onSend={() => onSend(instantTyped(at, timeZone))}
      onCancel={onClose}
    >
      <TextField
        name="at"
        type="datetime-local"
        label={said.feedbackForm.at}
        hint={said.feedbackForm.atHint(zoneName(event), when(event, form.lastMoment))}
        value={at}
        error={fieldError(error, 'at')}
        onChange={setAt}
      />
    </FieldsForm>
  );
}
