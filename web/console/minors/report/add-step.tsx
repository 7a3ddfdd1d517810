import { useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { LongTextField, SelectField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { useUnlessStale } from '../../kernel/parts/use-unless-stale.ts';
import { words } from '../../words.ts';
import type { OneReport } from './steps.tsx';

interface AddStepProps {
  readonly report: OneReport;
  readonly onAdded: (after: OneReport) => void;
  readonly onStale: () => Promise<void>;
}

const STATES = ['looked-at', 'handled'] as const;

/** Says how far a report is and what was done; whoever has not seen the step before adds none. */
export function AddStep({ report: { reference, steps }, onAdded, onStale }: AddStepProps) {
  const { api, event, tell } = useDesk();
  const [state, setState] = useState<(typeof STATES)[number]>('looked-at');
  const [note, setNote] = useState('');
  const { busy, error, change } = useUnlessStale({
    problem: 'out-of-date',
    onStale,
    words: words.reports.changedMeanwhile,
  });
  const add = async (): Promise<void> => {
    const after = await api('POST /api/organiser/events/{eventId}/reports/{reference}/steps', {
      params: { eventId: event.id, reference },
      body: { state, after: steps.length, ...(note.trim() !== '' && { note: note.trim() }) },
    });
    setNote('');
    tell(words.reports.added[state]);
    onAdded(after);
  };
  return (
    <section class="screen">
      <h2>{words.reports.add}</h2>
      <p>{words.reports.explainStep}</p>
      <FieldsForm
        send={words.reports.send}
        busy={busy}
        error={error}
        labels={{ state: words.reports.next, note: words.reports.note }}
        onSend={() => change(add)}
      >
        <SelectField
          name="state"
          label={words.reports.next}
          choices={STATES.map((each) => [each, words.reports.choices[each]] as const)}
          value={state}
          error={fieldError(error, 'state')}
          onChange={(chosen) => setState(STATES.find((each) => each === chosen) ?? 'looked-at')}
        />
        <LongTextField
          name="note"
          label={words.reports.note}
          hint={words.reports.noteHint}
          value={note}
          error={fieldError(error, 'note')}
          onChange={setNote}
        />
      </FieldsForm>
    </section>
  );
}
