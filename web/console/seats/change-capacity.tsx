import { useState } from 'preact/hooks';
import { useDesk } from '../desk.ts';
import { TextField } from '../kernel/form/field.tsx';
import { fieldError } from '../kernel/form/field-errors.ts';
import { FieldsForm } from '../kernel/form/fields-form.tsx';
import { numberOf } from '../kernel/form/typed.ts';
import { Disclosure } from '../kernel/parts/disclosure.tsx';
import { useUnlessStale } from '../kernel/parts/use-unless-stale.ts';
import { words } from '../words.ts';
import type { QuotaProps } from './quota.ts';

export const ChangeCapacity = (props: QuotaProps) => (
  <Disclosure label={words.seats.change} about={props.quota.title}>
    {(close) => <CapacityForm {...props} onClose={close} />}
  </Disclosure>
);

/** What was typed stays where someone else was faster, beside what they made of it. */
function CapacityForm({ quota, version, onChanged, onStale, onClose }: QuotaProps & { readonly onClose: () => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'definition-changed',
    onStale,
    words: words.seats.changedMeanwhile,
  });
  const [typed, setTyped] = useState(String(quota.capacity));
  const field = `capacity-${quota.id}`;
  const send = async (): Promise<void> => {
    const capacity = numberOf(typed);
    const after = await api('PUT /api/organiser/events/{eventId}/quotas/{quotaId}', {
      params: { eventId: event.id, quotaId: quota.id },
      body: { version, capacity },
    });
    onChanged(after);
    tell(words.seats.changed(quota.title, capacity, quota.capacity));
    onClose();
  };
  return (
    <FieldsForm
      send={words.seats.save}
      busy={busy}
      error={error}
      labels={{ capacity: words.seats.capacity }}
      idOf={() => field}
      onSend={() => change(send)}
      onCancel={onClose}
    >
      <TextField
        name={field}
        type="number"
        label={quota.per ? words.seats.capacityPer[quota.per] : words.seats.capacity}
        hint={words.seats.follows}
        value={typed}
        error={fieldError(error, 'capacity')}
        onChange={setTyped}
      />
    </FieldsForm>
  );
}
