import { useState } from 'preact/hooks';
import { RELEASES } from '../../../../shared/event/event.ts';
import { SelectField, TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { requireTyped } from '../../kernel/form/require-typed.ts';
import { t } from '../../words.ts';
import { useWindowChange, type WindowProps } from './use-window-change.ts';

const UNPROVEN_LABELS = {
  proveWithin: t('unproven.within'),
  unit: t('unproven.unit'),
  releaseUnproven: t('unproven.release'),
};
type Release = WindowProps['programme']['registration']['releaseUnproven'];

/** Within which time a seat is to be proven while others wait for it, and what becomes of it then. */
export function UnprovenForm({ onClose, ...props }: WindowProps & { readonly onClose: () => void }) {
  const { proveWithin, releaseUnproven } = props.programme.registration;
  const { busy, error, change } = useWindowChange(props);
  const [proved, unitNow = ''] = proveWithin.split(' ');
  const [number, setNumber] = useState(proved ?? '');
  const [unit, setUnit] = useState(unitNow.startsWith('hour') ? 'hours' : 'days');
  const [release, setRelease] = useState<Release>(releaseUnproven);
  const send = (): Promise<void> =>
    change(
      () => {
        requireTyped({ proveWithin: number });
        return { proveWithin: `${number.trim()} ${unit}`, releaseUnproven: release };
      },
      t('unproven.saved'),
      onClose,
    );
  return (
    <FieldsForm send={t('unproven.save')} busy={busy} error={error} labels={UNPROVEN_LABELS} onSend={send} onCancel={onClose}>
      <TextField
        name="proveWithin"
        type="number"
        label={UNPROVEN_LABELS.proveWithin}
        hint={t('unproven.withinHint')}
        value={number}
        error={fieldError(error, 'proveWithin')}
        onChange={setNumber}
      />
      <SelectField
        name="unit"
        label={UNPROVEN_LABELS.unit}
        choices={[
          ['days', t('unproven.days')],
          ['hours', t('unproven.hours')],
        ]}
        value={unit}
        onChange={setUnit}
      />
      <SelectField
        name="releaseUnproven"
        label={UNPROVEN_LABELS.releaseUnproven}
        choices={RELEASES.map((each) => [each, t(`unproven.releases.${each}`)] as const)}
        value={release}
        error={fieldError(error, 'releaseUnproven')}
        onChange={(value) => setRelease(value as Release)}
      />
    </FieldsForm>
  );
}
