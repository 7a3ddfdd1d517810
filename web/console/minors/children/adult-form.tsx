import { useState } from 'preact/hooks';
import { TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { t } from '../../words.ts';

interface AdultFormProps {
  readonly hint: string;
  /** Of the button that sends it. */
  readonly send: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSend: (reference: string) => void;
  readonly onCancel: () => void;
}

/** An adult by reference: focal points see no list of the people who come. */
export function AdultForm({ hint, send, busy, error, onSend, onCancel }: AdultFormProps) {
  const [reference, setReference] = useState('');
  return (
    <FieldsForm
      send={send}
      busy={busy}
      error={error}
      labels={{ chaperone: t('minors.chaperone.label') }}
      onSend={() => onSend(reference.trim())}
      onCancel={onCancel}
    >
      <TextField
        name="chaperone"
        label={t('minors.chaperone.label')}
        hint={hint}
        value={reference}
        error={fieldError(error, 'chaperone')}
        onChange={setReference}
      />
    </FieldsForm>
  );
}
