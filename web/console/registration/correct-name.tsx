import { useState } from 'preact/hooks';
import { useDesk } from '../desk.ts';
import { TextField } from '../kernel/form/field.tsx';
import { fieldError } from '../kernel/form/field-errors.ts';
import { FieldsForm } from '../kernel/form/fields-form.tsx';
import { filled } from '../kernel/form/typed.ts';
import { Disclosure } from '../kernel/parts/disclosure.tsx';
import { t } from '../words.ts';
import type { OneProps } from './one.ts';
import { useChange } from './use-change.ts';

/** For a name that was mistyped: they are the same person, and keep their ticket. */
export const CorrectName = (props: OneProps) => (
  <div class="action">
    <h3>{t('name.title')}</h3>
    <p>{t('name.explain')}</p>
    <Disclosure label={t('name.open')}>{(close) => <NameForm {...props} onClose={close} />}</Disclosure>
  </div>
);

/** Begins with the names as they are whenever it is opened: someone else may have taken the place. */
function NameForm({ one, onClose, ...rest }: OneProps & { readonly onClose: () => void }) {
  const { api, event } = useDesk();
  const { busy, error, change } = useChange(rest);
  const [typed, setTyped] = useState({ fullName: one.fullName, nativeName: one.nativeName ?? '' });
  const send = () =>
    change(
      async () => {
        const after = await api('POST /api/organiser/events/{eventId}/registrations/{reference}/name', {
          params: { eventId: event.id, reference: one.reference },
          body: { fullName: typed.fullName, ...filled({ nativeName: typed.nativeName }), revision: one.revision },
        });
        onClose();
        return after;
      },
      (after) => t('name.done', { name: after.fullName }),
    );
  const follows = [
    event.certificate && t('name.certificate'),
    one.badgeName === one.fullName && t('name.badge'),
    t('name.noMail'),
  ];
  return (
    <FieldsForm
      send={t('name.send')}
      busy={busy}
      error={error}
      labels={{ fullName: t('fact.fullName'), nativeName: t('fact.nativeName') }}
      onSend={send}
      onCancel={onClose}
    >
      <p>{follows.filter(Boolean).join(' ')}</p>
      <TextField
        name="fullName"
        label={t('fact.fullName')}
        value={typed.fullName}
        error={fieldError(error, 'fullName')}
        onChange={(name) => setTyped({ ...typed, fullName: name })}
      />
      <TextField
        name="nativeName"
        label={t('common.optional', { label: t('fact.nativeName') })}
        value={typed.nativeName}
        error={fieldError(error, 'nativeName')}
        onChange={(name) => setTyped({ ...typed, nativeName: name })}
      />
    </FieldsForm>
  );
}
