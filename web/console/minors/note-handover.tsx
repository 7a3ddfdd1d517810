import { useState } from 'preact/hooks';
import { adultPath, MOST_ADULTS } from '../../../shared/minors/handover/handover.ts';
import type { HandoverView } from '../../../shared/minors/minors.schema.ts';
import { useDesk } from '../desk.ts';
import { fieldError, SelectField, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { Disclosure } from '../kernel/parts/buttons.tsx';
import { t } from '../words.ts';
import { type ChildProps, useChildChange } from './one.ts';

interface NoteProps extends ChildProps {
  /** What was noted or said last. */
  readonly said: HandoverView['said'] | HandoverView['waiting'];
}

/** What a guardian without a page has signed on paper of how the young person leaves (CS3, CS24). */
export const NoteHandover = (props: NoteProps) => (
  <Disclosure label={t('minors.handover.note')}>{(close) => <Paper {...props} onClose={close} />}</Disclosure>
);

const ADULTS = Array.from({ length: MOST_ADULTS }, (_, index) => index);
const LABELS = {
  'handover.alone': t('minors.handover.alone'),
  ...Object.fromEntries(ADULTS.map((index) => [adultPath(index), t('minors.handover.adult', { number: index + 1 })])),
  'handover.never': t('minors.handover.never'),
};

function Paper({ child, said, onClose, ...rest }: NoteProps & { readonly onClose: () => void }) {
  const { api, event } = useDesk();
  const { busy, error, change } = useChildChange(rest);
  const [alone, setAlone] = useState(said ? (said.alone ? 'yes' : 'no') : '');
  const [adults, setAdults] = useState<readonly string[]>(ADULTS.map((index) => said?.adults[index] ?? ''));
  const [never, setNever] = useState(said?.never ?? '');
  const note = () =>
    api('POST /api/organiser/events/{eventId}/minors/{reference}/handover/statement', {
      params: { eventId: event.id, reference: child.reference },
      body: {
        handover: { adults: [...adults], never, ...(alone !== '' && { alone: alone === 'yes' }) },
        revision: child.revision,
      },
    });
  return (
    <FieldsForm
      send={t('minors.handover.noteNow')}
      busy={busy}
      error={error}
      labels={LABELS}
      onSend={() => change(note, () => t('minors.handover.noted'))}
      onCancel={onClose}
    >
      <SelectField
        name="handover.alone"
        label={t('minors.handover.alone')}
        hint={t('minors.handover.aloneHint')}
        choices={[
          ['', t('minors.handover.choose')],
          ['no', t('minors.handover.mayNot')],
          ['yes', t('minors.handover.mayLeave')],
        ]}
        value={alone}
        error={fieldError(error, 'handover.alone')}
        onChange={setAlone}
      />
      {ADULTS.map((index) => (
        <TextInput
          key={index}
          name={adultPath(index)}
          label={t('minors.handover.adult', { number: index + 1 })}
          value={adults[index] ?? ''}
          error={fieldError(error, adultPath(index))}
          onChange={(name) => setAdults(adults.map((each, at) => (at === index ? name : each)))}
        />
      ))}
      <TextInput
        name="handover.never"
        label={t('minors.handover.never')}
        value={never}
        error={fieldError(error, 'handover.never')}
        onChange={setNever}
      />
    </FieldsForm>
  );
}
