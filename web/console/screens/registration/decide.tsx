import { useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { Button } from '../../parts/button.tsx';
import { Disclosure } from '../../parts/disclosure.tsx';
import { Failure } from '../../parts/failure.tsx';
import { LongTextField } from '../../parts/field.tsx';
import { fieldError } from '../../parts/field-errors.ts';
import { FieldsForm } from '../../parts/fields-form.tsx';
import { words } from '../../words.ts';
import type { OneProps, OrganiserRegistration } from './one.ts';
import { useChange } from './use-change.ts';

/** Approving takes a press; declining asks for the words that the person will read. */
export function Decide({ one, ...rest }: OneProps) {
  const { api, event } = useDesk();
  const approval = useChange(rest);
  const refusal = useChange(rest);
  const [note, setNote] = useState('');
  const decide = (decision: { decision: 'approve' | 'decline'; note?: string }) =>
    api('POST /api/organiser/events/{eventId}/registrations/{reference}/decision', {
      params: { eventId: event.id, reference: one.reference },
      body: { ...decision, revision: one.revision },
    });
  const decline = (): Promise<OrganiserRegistration> =>
    decide({ decision: 'decline', ...(note.trim() !== '' && { note: note.trim() }) });
  return (
    <section class="decide" aria-labelledby="decide">
      <h2 id="decide">{words.decide.title}</h2>
      {one.closedSessions && <p>{words.decide.closedSessions}</p>}
      <Failure error={approval.error} />
      <div class="buttons">
        <Button busy={approval.busy} onPress={() => approval.change(() => decide({ decision: 'approve' }), outcome)}>
          {words.decide.approve}
        </Button>
        <Disclosure label={words.decide.decline}>
          {(close) => (
            <FieldsForm
              send={words.decide.declineNow}
              kind="danger"
              busy={refusal.busy}
              error={refusal.error}
              labels={{ note: words.decide.note }}
              onSend={() => refusal.change(decline, outcome)}
              onCancel={close}
            >
              <LongTextField
                name="note"
                label={words.decide.note}
                hint={words.decide.noteHint}
                value={note}
                error={fieldError(refusal.error, 'note')}
                onChange={setNote}
              />
            </FieldsForm>
          )}
        </Disclosure>
      </div>
    </section>
  );
}

const outcome = ({ status, fullName }: OrganiserRegistration): string => {
  if (status === 'declined') return words.decide.declined(fullName);
  return status === 'waitlisted' ? words.decide.waitlisted(fullName) : words.decide.approved(fullName);
};
