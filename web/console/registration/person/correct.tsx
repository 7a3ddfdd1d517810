import { useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { fieldError, TextInput } from '../../kernel/form/field.tsx';
import { FieldsForm } from '../../kernel/form/form.tsx';
import { emptyPerson, PersonFields, personBody, personLabels } from '../../kernel/form/person-fields.tsx';
import { filled } from '../../kernel/form/typed.tsx';
import { Disclosure } from '../../kernel/parts/buttons.tsx';
import { t } from '../../words.ts';
import { type OneProps, useRegistrationChange } from './one.ts';

/** The form beside it asks the same of another person. */
const correctId = (path: string): string => `correct-${path}`;

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
  const { busy, error, change } = useRegistrationChange(rest);
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
      idOf={correctId}
      onSend={send}
      onCancel={onClose}
    >
      <p>{follows.filter(Boolean).join(' ')}</p>
      <TextInput
        name={correctId('fullName')}
        label={t('fact.fullName')}
        value={typed.fullName}
        error={fieldError(error, 'fullName')}
        onChange={(name) => setTyped({ ...typed, fullName: name })}
      />
      <TextInput
        name={correctId('nativeName')}
        label={t('common.optional', { label: t('fact.nativeName') })}
        value={typed.nativeName}
        error={fieldError(error, 'nativeName')}
        onChange={(name) => setTyped({ ...typed, nativeName: name })}
      />
    </FieldsForm>
  );
}

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
  const { busy, error, change } = useRegistrationChange(rest);
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
      idOf={correctId}
      onSend={send}
      onCancel={onClose}
    >
      <TextInput
        name={correctId('email')}
        type="email"
        label={t('fact.email')}
        value={email}
        error={fieldError(error, 'email')}
        onChange={setEmail}
      />
    </FieldsForm>
  );
}

/** Someone else of the same organisation comes: the seat stays, ticket and link are replaced. */
export function Substitute({ one, ...rest }: OneProps) {
  const { api, event } = useDesk();
  const { busy, error, change } = useRegistrationChange(rest);
  const [person, setPerson] = useState(() => emptyPerson(one.language));
  const send = (close: () => void) =>
    change(
      async () => {
        const after = await api('POST /api/organiser/events/{eventId}/registrations/{reference}/substitute', {
          params: { eventId: event.id, reference: one.reference },
          body: { ...personBody(person), revision: one.revision },
        });
        close();
        setPerson(emptyPerson(one.language));
        return after;
      },
      ({ fullName }) => t('substitute.done', { to: fullName, from: one.fullName }),
    );
  return (
    <div class="action">
      <h3>{t('substitute.title')}</h3>
      <p>{t('substitute.explain', { organisation: one.organisation || t('substitute.sameGroup') })}</p>
      <Disclosure label={t('substitute.open')}>
        {(close) => (
          <FieldsForm
            send={t('substitute.send')}
            busy={busy}
            error={error}
            labels={personLabels}
            onSend={() => send(close)}
            onCancel={close}
          >
            <PersonFields person={person} error={error} onChange={setPerson} />
          </FieldsForm>
        )}
      </Disclosure>
    </div>
  );
}
