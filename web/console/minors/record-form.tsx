import { useState } from 'preact/hooks';
import { digitsTyped } from '../../../shared/kernel/text/text.ts';
import { useDesk } from '../desk.ts';
import { ChecksField, fieldError, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { DigitsInput, requireTyped } from '../kernel/form/typed.tsx';
import { Disclosure } from '../kernel/parts/buttons.tsx';
import { t } from '../words.ts';
import { BlankForm, type ChildProps, type Minor, useChildChange } from './minor.tsx';

/** What stands on the paper about one consent. */
interface MarkedConsents {
  readonly ticked: boolean;
  /** As it is printed below the consent's title. */
  readonly version: string;
}

const nothingMarked: MarkedConsents = { ticked: false, version: '' };

interface MarkedConsentProps {
  readonly consent: Minor['consents'][number];
  readonly marked: MarkedConsents;
  readonly error: unknown;
  readonly onChange: (marked: MarkedConsents) => void;
}

/** Each for itself and unticked (CS6); of what is ticked, the version is typed from the paper, not taken from here. */
function MarkedConsent({ consent, marked, error, onChange }: MarkedConsentProps) {
  const { id, title, agreement, required } = consent;
  return (
    <>
      <ChecksField
        name={`consents.${id}`}
        label={title}
        hint={required ? t('minors.paper.required') : t('minors.paper.choice')}
        choices={[['yes', agreement]]}
        chosen={marked.ticked ? ['yes'] : []}
        error={fieldError(error, `consents.${id}`)}
        onChange={(chosen) => onChange({ ...marked, ticked: chosen.length > 0 })}
      />
      {marked.ticked && (
        <TextInput
          name={`version.${id}`}
          label={t('minors.paper.version')}
          hint={t('minors.paper.versionHint')}
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
 * Says what is missing before anything is sent, in words for the member who holds the paper: those of the API are for a guardian who ticks
 * the box themselves.
 *
 * @returns consent id to the version that was signed
 * @throws ApiProblem as the API would answer
 */
function requireForm(
  consents: Minor['consents'],
  marked: Readonly<Record<string, MarkedConsents>>,
  { signedBy, signedOn, phone }: Signature,
): Readonly<Record<string, string>> {
  const messages: Record<string, string> = {};
  const signed: Record<string, string> = {};
  for (const { id, version, required } of consents) {
    const { ticked, version: typed } = marked[id] ?? nothingMarked;
    if (!ticked && required) messages[`consents.${id}`] = t('minors.paper.notTicked');
    if (!ticked) continue;
    if (typed.trim() === '') messages[`version.${id}`] = t('common.required');
    else if (digitsTyped(typed) !== digitsTyped(version))
      messages[`version.${id}`] = t('minors.paper.otherVersion', { version });
    signed[id] = version;
  }
  requireTyped({ signedBy, phone, signedOn }, { day: { signedOn } }, messages);
  return signed;
}

/** What a focal point reads on a form that a guardian without email has signed (CS3). */
export const RecordForm = (props: ChildProps) => (
  <section class="decide" aria-labelledby="paper">
    <h2 id="paper">{t('minors.paper.title')}</h2>
    <p>{t('minors.paper.explain')}</p>
    <BlankForm label={t('minors.paper.blank')} />
    <Disclosure label={t('minors.paper.open')}>{(close) => <Paper {...props} onClose={close} />}</Disclosure>
  </section>
);

function Paper({ child, onClose, ...rest }: ChildProps & { readonly onClose: () => void }) {
  const { api, event } = useDesk();
  const { busy, error, change } = useChildChange(rest);
  const [marked, setMarked] = useState<Readonly<Record<string, MarkedConsents>>>({});
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
      send={t('minors.paper.send')}
      busy={busy}
      error={error}
      labels={labelsOf(child)}
      onSend={() => change(record, () => t('minors.paper.recorded'))}
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
      <TextInput
        name="signedBy"
        label={t('minors.paper.signedBy')}
        value={signedBy}
        error={fieldError(error, 'signedBy')}
        onChange={setSignedBy}
      />
      <TextInput
        name="phone"
        label={t('minors.paper.phone')}
        value={phone}
        error={fieldError(error, 'phone')}
        onChange={setPhone}
      />
      <DigitsInput
        as="day"
        name="signedOn"
        label={t('minors.paper.signedOn')}
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
      [`version.${id}`, t('minors.paper.versionOf', { title })],
    ]),
  ),
  signedBy: t('minors.paper.signedBy'),
  phone: t('minors.paper.phone'),
  signedOn: t('minors.paper.signedOn'),
});
