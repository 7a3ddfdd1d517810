import { useState } from 'preact/hooks';
import { lastDay } from '../../../../shared/domain/event-times.ts';
import { useDesk, useIsVetted } from '../../desk.ts';
import { dayName } from '../../names.ts';
import { Disclosure } from '../../parts/disclosure.tsx';
import { TextField } from '../../parts/field.tsx';
import { fieldError } from '../../parts/field-errors.ts';
import { FieldsForm } from '../../parts/fields-form.tsx';
import { useUnlessStale } from '../../parts/use-unless-stale.ts';
import { words } from '../../words.ts';
import type { ChaperoneRow } from './list.ts';

interface VetProps {
  readonly adult: ChaperoneRow;
  /** Reads again what is shown. */
  readonly onChanged: () => Promise<void>;
  /** The same, where someone else was faster. */
  readonly onStale: () => Promise<void>;
}

/** Until when an adult was vetted; it holds for all whom they look after. For focal points. */
export const Vet = (props: VetProps) =>
  useIsVetted('safeguarding') ? (
    <Disclosure label={words.vet.open} about={props.adult.name}>
      {(close) => <VettingForm {...props} onClose={close} />}
    </Disclosure>
  ) : null;

function VettingForm({ adult, onChanged, onStale, onClose }: VetProps & { readonly onClose: () => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'out-of-date',
    onStale,
    words: words.vet.changedMeanwhile,
  });
  const [until, setUntil] = useState(adult.vettedUntil ?? '');
  const field = `vetted-${adult.reference}`;
  const send = async (): Promise<void> => {
    const after = await api('POST /api/organiser/events/{eventId}/chaperones/{reference}/vetting', {
      params: { eventId: event.id, reference: adult.reference },
      body: { vettedUntil: until || null, revision: adult.revision },
    });
    onClose();
    tell(after.vettedUntil ? words.vet.saved(after.name, dayName(after.vettedUntil)) : words.vet.ended(after.name));
    await onChanged();
  };
  return (
    <FieldsForm
      send={words.vet.save}
      busy={busy}
      error={error}
      labels={{ vettedUntil: words.vet.until }}
      idOf={() => field}
      onSend={() => change(send)}
      onCancel={onClose}
    >
      <TextField
        name={field}
        type="date"
        label={words.vet.until}
        hint={words.vet.hint(dayName(lastDay(event)))}
        value={until}
        error={fieldError(error, 'vettedUntil')}
        onChange={setUntil}
      />
    </FieldsForm>
  );
}
