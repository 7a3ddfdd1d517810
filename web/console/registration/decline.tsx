import { useState } from 'preact/hooks';
import { LongTextField } from '../kernel/form/field.tsx';
import { fieldError } from '../kernel/form/field-errors.ts';
import { FieldsForm } from '../kernel/form/fields-form.tsx';
import { Disclosure } from '../kernel/parts/disclosure.tsx';
import { words } from '../words.ts';
import type { OneProps } from './one.ts';
import { useChange } from './use-change.ts';
import { outcome, useDecision } from './use-decision.ts';

/** Asks for the words that the person will read. */
export function Decline({ one, ...rest }: OneProps) {
  const { busy, error, change } = useChange(rest);
  const decide = useDecision(one);
  const [typed, setTyped] = useState('');
  const note = typed.trim();
  const decline = () => decide({ decision: 'decline', ...(note !== '' && { note }) });
  return (
    <Disclosure label={words.decide.decline}>
      {(close) => (
        <FieldsForm
          send={words.decide.declineNow}
          kind="danger"
          busy={busy}
          error={error}
          labels={{ note: words.decide.note }}
          onSend={() => change(decline, outcome)}
          onCancel={close}
        >
          <LongTextField
            name="note"
            label={words.decide.note}
            hint={words.decide.noteHint}
            value={typed}
            error={fieldError(error, 'note')}
            onChange={setTyped}
          />
        </FieldsForm>
      )}
    </Disclosure>
  );
}
