import { useState } from 'preact/hooks';
import { useDesk } from '../desk.ts';
import { FieldsForm } from '../kernel/form/fields-form.tsx';
import { emptyPerson, PersonFields, personBody, personLabels } from '../kernel/form/person-fields.tsx';
import { Disclosure } from '../kernel/parts/disclosure.tsx';
import { t } from '../words.ts';
import type { OneProps } from './one.ts';
import { useChange } from './use-change.ts';

/** Someone else of the same organisation comes: the seat stays, ticket and link are replaced. */
export function Substitute({ one, ...rest }: OneProps) {
  const { api, event } = useDesk();
  const { busy, error, change } = useChange(rest);
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
