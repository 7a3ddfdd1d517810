import { useState } from 'preact/hooks';
import { isUsualReason, type ToldReason } from '../../../shared/registration/decide/approval.ts';
import { useEventRead } from '../desk.ts';
import { fieldError, LongTextField, SelectField } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { Disclosure } from '../kernel/parts/buttons.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';

/** Why people are declined: a reason that was chosen, and words of the member's own. */
export interface DeclineWhy {
  readonly reason: string;
  readonly note: string;
}
export const NO_WHY: DeclineWhy = { reason: '', note: '' };

/** As requests have it. */
export const whySent = ({ reason, note }: DeclineWhy) => ({
  ...(reason !== '' && { reason }),
  ...(note.trim() !== '' && { note: note.trim() }),
});

export const reasonText = ({ id, text }: ToldReason): string =>
  text ?? (isUsualReason(id) ? t(`decide.reason.${id}`) : id);

interface DeclineFieldsProps {
  readonly why: DeclineWhy;
  readonly error: unknown;
  readonly onChange: (why: DeclineWhy) => void;
}

/** A reason of the event, or of the product where the event names none, and words beside it. */
export function DeclineFields({ why, error, onChange }: DeclineFieldsProps) {
  const read = useEventRead('GET /api/organiser/events/{eventId}/decline-reasons');
  const { loaded } = read;
  // What is not there yet takes no room of its own: the list is there before it is opened.
  const reasons = loaded.state === 'ready' ? loaded.value.reasons : [];
  return (
    <>
      {loaded.state === 'failed' && <Show of={read}>{() => null}</Show>}
      <SelectField
        name="reason"
        label={t('decide.reason')}
        hint={t('decide.reasonHint')}
        choices={[['', t('decide.noReason')], ...reasons.map((each) => [each.id, reasonText(each)] as const)]}
        value={why.reason}
        error={fieldError(error, 'reason')}
        onChange={(reason) => onChange({ ...why, reason })}
      />
      <LongTextField
        name="note"
        label={t('decide.note')}
        hint={t('decide.noteHint')}
        value={why.note}
        error={fieldError(error, 'note')}
        onChange={(note) => onChange({ ...why, note })}
      />
    </>
  );
}

interface DeclineProps {
  readonly busy: boolean;
  /** Of the whole, shown above the fields; what concerns one field is shown at it. */
  readonly error: unknown;
  readonly refused?: unknown;
  /** What was typed before, where it was not taken. */
  readonly before?: DeclineWhy | undefined;
  readonly onDecline: (why: DeclineWhy) => void;
}

/** Asks for the reason and the words that the person will read. */
export function Decline({ busy, error, refused = error, before = NO_WHY, onDecline }: DeclineProps) {
  const [why, setWhy] = useState<DeclineWhy>(before);
  return (
    <Disclosure label={t('decide.decline')}>
      {(close) => (
        <FieldsForm
          send={t('decide.declineNow')}
          kind="danger"
          busy={busy}
          error={error}
          labels={{ reason: t('decide.reason'), note: t('decide.note') }}
          onSend={() => onDecline(why)}
          onCancel={close}
        >
          <DeclineFields why={why} error={refused} onChange={setWhy} />
        </FieldsForm>
      )}
    </Disclosure>
  );
}
