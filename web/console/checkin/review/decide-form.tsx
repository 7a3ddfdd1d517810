import { useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import type { BodyOf } from '../../kernel/api/routes.ts';
import { LongTextField, SelectField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { requireTyped } from '../../kernel/form/require-typed.ts';
import { filled } from '../../kernel/form/typed.ts';
import { useUnlessStale } from '../../kernel/parts/use-unless-stale.ts';
import { words } from '../../words.ts';
import { doors } from '../lists/doors.ts';
import type { ConflictProps } from './answers.ts';

type Decision = BodyOf<'POST /api/organiser/events/{eventId}/check-in/conflicts/{listId}/{ticket}'>['decision'];

const LABELS = { decision: doors.toSee.decision, note: doors.toSee.note };

/** What is said is of the scans that are shown, and of none that come later. */
export function DecideForm({
  conflict,
  onChanged,
  onStale,
  onClose,
}: ConflictProps & { readonly onClose: () => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'out-of-date',
    onStale,
    words: doors.toSee.changedMeanwhile,
  });
  const [decision, setDecision] = useState('');
  const [note, setNote] = useState('');
  const { list: listId, ticket, scans, decisions: after, isGone } = conflict;
  const idOf = (path: string): string => `${path}-${listId}-${ticket}`;
  const save = async (): Promise<void> => {
    requireTyped({ decision });
    const seen = scans.filter((scan) => (scan.isConflict || scan.doubt !== undefined) && !scan.isDecided);
    const inbox = await api('POST /api/organiser/events/{eventId}/check-in/conflicts/{listId}/{ticket}', {
      params: { eventId: event.id, listId, ticket },
      body: { decision: decision as Decision, scans: seen.map(({ scanId }) => scanId), after, ...filled({ note }) },
    });
    tell(doors.toSee.saved);
    onClose();
    onChanged(inbox);
  };
  return (
    <FieldsForm
      send={doors.toSee.save}
      busy={busy}
      error={error}
      labels={LABELS}
      idOf={idOf}
      onSend={() => change(save)}
      onCancel={onClose}
    >
      <SelectField
        name={idOf('decision')}
        label={LABELS.decision}
        error={fieldError(error, 'decision')}
        choices={[['', doors.toSee.choose], ...Object.entries(doors.toSee.decisions)]}
        value={decision}
        onChange={setDecision}
      />
      {isGone && note === '' ? (
        <p class="hint">{doors.toSee.goneHint}</p>
      ) : (
        <LongTextField
          name={idOf('note')}
          label={words.optional(LABELS.note)}
          hint={isGone ? doors.toSee.goneHint : doors.toSee.noteHint}
          error={fieldError(error, 'note')}
          value={note}
          onChange={setNote}
        />
      )}
    </FieldsForm>
  );
}
