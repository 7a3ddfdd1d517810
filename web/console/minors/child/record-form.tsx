import { useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { words } from '../../words.ts';
import { BlankForm } from '../children/blank-form.tsx';
import { type Marked, MarkedConsent, nothingMarked } from './marked-consent.tsx';
import type { ChildProps, Minor } from './one.ts';
import { requireForm } from './require-form.ts';
import { useChildChange } from './use-child-change.ts';

/** What a focal point reads on a form that a guardian without e-mail has signed (CS3). */
export const RecordForm = (props: ChildProps) => (
  <section class="decide" aria-labelledby="paper">
    <h2 id="paper">{words.paper.title}</h2>
    <p>{words.paper.explain}</p>
    <BlankForm label={words.paper.blank} />
    <Disclosure label={words.paper.open}>{(close) => <Paper {...props} onClose={close} />}</Disclosure>
  </section>
);

function Paper({ child, onClose, ...rest }: ChildProps & { readonly onClose: () => void }) {
  const { api, event } = useDesk();
  const { busy, error, change } = useChildChange(rest);
  const [marked, setMarked] = useState<Readonly<Record<string, Marked>>>({});
  const [signedBy, setSignedBy] = useState('');
  const [signedOn, setSignedOn] = useState('');
  const [phone, setPhone] = useState('');
  const record = async (): Promise<Minor> => {
    const consents = requireForm(child.consents, marked, { signedBy, signedOn, phone });
    const body = { consents, signedBy, signedOn, phone, revision: child.revision };
    const params = { eventId: event.id, reference: child.reference };
    return api('POST /api/organiser/events/{eventId}/minors/{reference}/paper', { params, body });
  };
  return (
    <FieldsForm
      send={words.paper.send}
      busy={busy}
      error={error}
      labels={labelsOf(child)}
      onSend={() => change(record, () => words.paper.recorded)}
      onCancel={onClose}
    >
      {child.consents.map((consent) => (
        <MarkedConsent
          key={consent.id}
          consent={consent}
          marked={marked[consent.id] ?? nothingMarked}
          error={error}
          onChange={(now) => setMarked({ ...marked, [consent.id]: now })}
        />
      ))}
      <TextField
        name="signedBy"
        label={words.paper.signedBy}
        value={signedBy}
        error={fieldError(error, 'signedBy')}
        onChange={setSignedBy}
      />
      <TextField
        name="phone"
        label={words.paper.phone}
        value={phone}
        error={fieldError(error, 'phone')}
        onChange={setPhone}
      />
      <TextField
        name="signedOn"
        type="date"
        label={words.paper.signedOn}
        value={signedOn}
        error={fieldError(error, 'signedOn')}
        onChange={setSignedOn}
      />
    </FieldsForm>
  );
}

const labelsOf = ({ consents }: Minor): Record<string, string> => ({
  ...Object.fromEntries(
    consents.flatMap(({ id, title }) => [
      [`consents.${id}`, title],
      [`version.${id}`, words.paper.versionOf(title)],
    ]),
  ),
  signedBy: words.paper.signedBy,
  phone: words.paper.phone,
  signedOn: words.paper.signedOn,
});
