import { useDesk } from '../../desk.ts';
import { TextInput } from '../../kernel/form/field.tsx';
import { FieldsForm } from '../../kernel/form/form.tsx';
import { requireTyped, useTyped } from '../../kernel/form/typed.tsx';
import { Disclosure } from '../../kernel/parts/buttons.tsx';
import { t } from '../../words.ts';
import { type OneProps, useRegistrationChange } from './one.ts';

/** Letters of the reason, as the API counts them. */
const LONGEST_REASON = 200;

/** For someone who waits: before all others who do, which is an owner's alone to say, and is noted. */
export const MoveUp = (props: OneProps) => (
  <div class="action">
    <h3>{t('person.moveUp.title')}</h3>
    <p>{t('person.moveUp.explain')}</p>
    <Disclosure label={t('person.moveUp.open')}>{(close) => <ReasonForm {...props} onClose={close} />}</Disclosure>
  </div>
);

function ReasonForm({ one, onClose, ...rest }: OneProps & { readonly onClose: () => void }) {
  const { api, event } = useDesk();
  const { busy, error, change } = useRegistrationChange(rest);
  const labels = { reason: t('person.moveUp.reason') };
  const { typed, field } = useTyped({ reason: '' }, labels, error);
  const send = () =>
    change(
      async () => {
        requireTyped(typed);
        const after = await api('POST /api/organiser/events/{eventId}/registrations/{reference}/move-up', {
          params: { eventId: event.id, reference: one.reference },
          body: { reason: typed.reason.trim(), revision: one.revision },
        });
        onClose();
        return after;
      },
      ({ fullName }) => t('person.moveUp.done', { name: fullName }),
    );
  return (
    <FieldsForm
      send={t('person.moveUp.send')}
      busy={busy}
      error={error}
      labels={labels}
      onSend={send}
      onCancel={onClose}
    >
      <TextInput {...field('reason')} hint={t('person.moveUp.hint', { most: LONGEST_REASON })} />
    </FieldsForm>
  );
}
