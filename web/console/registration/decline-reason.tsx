import { DECLINE_REASONS, isUsualReason, type ToldReason } from '../../../shared/registration/decide/approval.ts';
import { useDesk } from '../desk.ts';
import { type FieldChoice, fieldError, LongTextField, SelectField } from '../kernel/form/field.tsx';
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
  const { declineReasons } = useDesk().event;
  const reasons: readonly FieldChoice[] =
    declineReasons?.map(({ id, title }) => [id, title]) ?? DECLINE_REASONS.map((id) => [id, reasonText({ id })]);
  return (
    <>
      <SelectField
        name="reason"
        label={t('decide.reason')}
        hint={t('decide.reasonHint')}
        choices={[['', t('decide.noReason')], ...reasons]}
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
