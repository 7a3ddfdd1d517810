import { useState } from 'preact/hooks';
import { whyOf } from '../../../shared/domain/why.ts';
import { useAct, useDesk } from '../desk.ts';
import { words } from '../words.ts';
import { TextField } from './field.tsx';
import { fieldError } from './field-errors.ts';
import { FieldsForm } from './fields-form.tsx';
import { refuse } from './require-typed.ts';

/** Asked once per sitting, when the first record of someone under 18 is opened (CS14). */
export function AskWhy({ onSaid }: { readonly onSaid: () => Promise<void> }) {
  const { sayWhy } = useDesk();
  const { busy, error, run } = useAct();
  const [why, setWhy] = useState('');
  const say = async (): Promise<void> => {
    if (whyOf(encodeURIComponent(why)) === undefined) refuse({ why: words.askWhy.needed });
    sayWhy(why);
    await onSaid();
  };
  return (
    <section>
      <h2>{words.askWhy.title}</h2>
      <p>{words.askWhy.explain}</p>
      <FieldsForm
        send={words.askWhy.send}
        busy={busy}
        error={error}
        labels={{ why: words.askWhy.why }}
        onSend={() => run(say)}
      >
        <TextField
          name="why"
          label={words.askWhy.why}
          hint={words.askWhy.hint}
          value={why}
          error={fieldError(error, 'why')}
          onChange={setWhy}
        />
      </FieldsForm>
    </section>
  );
}
