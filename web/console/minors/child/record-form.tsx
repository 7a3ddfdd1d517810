import { useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { ChecksField, TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { refuse } from '../../kernel/form/require-typed.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { words } from '../../words.ts';
import { BlankForm } from '../children/blank-form.tsx';
import type { ChildProps, Minor } from './one.ts';
import { useChildChange } from './use-child-change.ts';

/** What stands on the paper about one consent. */
interface Marked {
  readonly ticked: boolean;
  /** As it is printed below the consent's title. */
  readonly version: string;
}

const nothingMarked: Marked = { ticked: false, version: '' };

interface MarkedConsentProps {
  readonly consent: Minor['consents'][number];
  readonly marked: Marked;
  readonly error: unknown;
  readonly onChange: (marked: Marked) => void;
}

/** Each for itself and unticked (CS6); of what is ticked, the version is typed from the paper, not taken from here. */
function MarkedConsent({ consent, marked, error, onChange }: MarkedConsentProps) {
  const { id, title, agreement, required } = consent;
  return (
    <>
      <ChecksField
        name={`consents.${id}`}
        label={title}
        hint={required ? words.paper.required : words.paper.choice}
        choices={[['yes', agreement]]}
        chosen={marked.ticked ? ['yes'] : []}
        error={fieldError(error, `consents.${id}`)}
        onChange={(chosen) => onChange({ ...marked, ticked: chosen.length > 0 })}
      />
      {marked.ticked && (
        <TextField
          name={`version.${id}`}
          label={words.paper.version}
          hint={words.paper.versionHint}
          value={marked.version}
          error={fieldError(error, `version.${id}`)}
          onChange={(version) => onChange({ ...marked, version })}
        />
      )}
    </>
  );
}

interface Signature {
  readonly signedBy: string;
  readonly signedOn: string;
  readonly phone: string;
}

/**
 * Says what is missing before anything is sent, in words for whoever holds the paper: those of the API are for whoever ticks
 * the box themselves.
 *
 * @returns consent id to the version that was signed
 * @throws ApiProblem as the API would answer
 */
function requireForm(
  consents: Minor['consents'],
  marked: Readonly<Record<string, Marked>>,
  { signedBy, signedOn, phone }: Signature,
): Readonly<Record<string, string>> {
  const messages: Record<string, string> = {};
  const signed: Record<string, string> = {};
  for (const { id, version, required } of consents) {
    const { ticked, version: typed } = marked[id] ?? nothingMarked;
    if (!ticked && required) messages[`consents.${id}`] = words.paper.notTicked;
    if (!ticked) continue;
    if (typed.trim() === '') messages[`version.${id}`] = words.required;
    else if (typed.trim() !== version) messages[`version.${id}`] = words.paper.otherVersion(version);
    signed[id] = version;
  }
  if (signedBy.trim() === '') messages['signedBy'] = words.required;
  if (phone.trim() === '') messages['phone'] = words.required;
  if (signedOn === '') messages['signedOn'] = words.required;
  if (Object.keys(messages).length > 0) refuse(messages);
  return signed;
}

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
