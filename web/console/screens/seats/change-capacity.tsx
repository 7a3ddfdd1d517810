import { useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { Disclosure } from '../../parts/disclosure.tsx';
import { TextField } from '../../parts/field.tsx';
import { fieldError } from '../../parts/field-errors.ts';
import { FieldsForm } from '../../parts/fields-form.tsx';
import { useUnlessStale } from '../../parts/use-unless-stale.ts';
import { words } from '../../words.ts';
import type { QuotaCardProps } from './quota-card.tsx';

/** A number that was typed; one that is none is refused like any other by the API. */
const numberOf = (typed: string): number => (typed.trim() === '' ? Number.NaN : Number(typed));

/** What was typed stays where someone else was faster, beside what they made of it. */
export function ChangeCapacity({ quota, version, onChanged, onStale }: QuotaCardProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'definition-changed',
    onStale,
    words: words.seats.changedMeanwhile,
  });
  const [typed, setTyped] = useState(String(quota.capacity));
  const field = `capacity-${quota.id}`;
  const send = (close: () => void) =>
    change(async () => {
      const after = await api('PUT /api/organiser/events/{eventId}/quotas/{quotaId}', {
        params: { eventId: event.id, quotaId: quota.id },
        body: { version, capacity: numberOf(typed) },
      });
      onChanged(after);
      tell(words.seats.changed(quota.title, numberOf(typed), quota.capacity));
      close();
    });
  return (
    <Disclosure label={words.seats.change} about={quota.title}>
      {(close) => (
        <FieldsForm
          send={words.seats.save}
          busy={busy}
          error={error}
          labels={{ capacity: words.seats.capacity }}
          idOf={() => field}
          onSend={() => send(close)}
          onCancel={close}
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
      )}
    </Disclosure>
  );
}
