import { useState } from 'preact/hooks';
import { useDesk } from '../desk.ts';
import { TextField } from '../kernel/form/field.tsx';
import { fieldError } from '../kernel/form/field-errors.ts';
import { FieldsForm } from '../kernel/form/fields-form.tsx';
import { Disclosure } from '../kernel/parts/disclosure.tsx';
import { t } from '../words.ts';
import type { OneProps } from './one.ts';
import { useChange } from './use-change.ts';

/** For an address that was mistyped: their mail is sent again, to the right one. */
export const CorrectAddress = (props: OneProps) => (
  <div class="action">
    <h3>{t('address.title')}</h3>
    <p>{t('address.explain')}</p>
    <Disclosure label={t('address.open')}>{(close) => <AddressForm {...props} onClose={close} />}</Disclosure>
  </div>
);

/** Begins with the address as it is whenever it is opened: someone else may have taken the place. */
function AddressForm({ one, onClose, ...rest }: OneProps & { readonly onClose: () => void }) {
  const { api, event } = useDesk();
  const { busy, error, change } = useChange(rest);
  const [email, setEmail] = useState(one.email);
  const send = () =>
    change(
      async () => {
        const after = await api('POST /api/organiser/events/{eventId}/registrations/{reference}/address', {
          params: { eventId: event.id, reference: one.reference },
          body: { email: email.trim(), revision: one.revision },
        });
        onClose();
        return after;
      },
      (after) => t('address.done', { email: after.email }),
    );
  return (
    <FieldsForm
      send={t('address.send')}
      busy={busy}
      error={error}
      labels={{ email: t('fact.email') }}
      onSend={send}
      onCancel={onClose}
    >
      <TextField
        name="email"
        type="email"
        label={t('fact.email')}
        value={email}
        error={fieldError(error, 'email')}
        onChange={setEmail}
      />
    </FieldsForm>
  );
}
