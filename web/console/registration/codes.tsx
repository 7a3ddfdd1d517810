import { useState } from 'preact/hooks';
import { localTimeOf } from '../../../shared/kernel/text/zoned-time.ts';
import { useAct, useDesk, useEventRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { SelectField, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { DigitsInput, filled, instantTyped, numberOf, requireTyped, useTyped } from '../kernel/form/typed.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { TableHead } from '../kernel/parts/facts.tsx';
import { OneTimeSecret } from '../kernel/parts/once.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { categoryName, when, zoneName } from '../names.ts';
import { t } from '../words.ts';

/** Codes with which people register without waiting for a decision. */
export function CodesScreen() {
  const codes = useEventRead('GET /api/organiser/events/{eventId}/invitations');
  return (
    <>
      <Heading>{t('codes.title')}</Heading>
      <p>{t('codes.explain')}</p>
      <MakeCode onMade={codes.reload} />
      <Show of={codes}>
        {({ invitations }) =>
          invitations.length === 0 ? (
            <p class="empty">{t('codes.none')}</p>
          ) : (
            <CodeTable codes={invitations} onChanged={codes.show} />
          )
        }
      </Show>
    </>
  );
}

type CodeList = AnswerOf<'GET /api/organiser/events/{eventId}/invitations'>;
type Code = CodeList['invitations'][number];

interface CodeTableProps {
  readonly codes: readonly Code[];
  readonly onChanged: (codes: CodeList) => void;
}

/** Those that still let someone in come first. */
function CodeTable({ codes, onChanged }: CodeTableProps) {
  const isOpen = ({ state }: Code): number => (state === 'open' ? 0 : 1);
  return (
    <table class="stacked">
      <TableHead
        columns={[t('codes.label'), t('codes.onlyFor'), t('codes.used'), t('codes.validUntil')]}
        unseen={t('codes.revoke')}
      />
      <tbody>
        {[...codes]
          .sort((a, b) => isOpen(a) - isOpen(b))
          .map((code) => (
            <Row key={code.id} code={code} onChanged={onChanged} />
          ))}
      </tbody>
    </table>
  );
}

function Row({ code, onChanged }: { readonly code: Code; readonly onChanged: (codes: CodeList) => void }) {
  const { event } = useDesk();
  const bounds = [code.email, code.category && categoryName(event, code.category), code.organisation].filter(Boolean);
  return (
    <tr>
      <th scope="row">{code.label}</th>
      <td data-label={t('codes.onlyFor')}>{bounds.length > 0 ? bounds.join(', ') : t('codes.anyone')}</td>
      <td data-label={t('codes.used')}>{t('codes.uses', { used: code.used, uses: code.uses })}</td>
      <td data-label={t('codes.validUntil')} class="time">
        {when(event, code.validUntil)}
      </td>
      <td class="act">
        {code.state === 'open' ? (
          <Revoke code={code} onChanged={onChanged} />
        ) : (
          <span class="tag expired">{t(`codes.state.${code.state}`)}</span>
        )}
      </td>
    </tr>
  );
}

/** Two presses: people with the code are turned away from then on. */
function Revoke({ code, onChanged }: { readonly code: Code; readonly onChanged: (codes: CodeList) => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [sure, setSure] = useState(false);
  const revoke = async (): Promise<void> => {
    if (!sure) return setSure(true);
    const params = { eventId: event.id, invitationId: code.id };
    const left = await api('POST /api/organiser/events/{eventId}/invitations/{invitationId}/revoke', { params });
    tell(t('codes.revoked', { label: code.label }));
    onChanged(left);
  };
  return (
    <>
      <Button
        kind={sure ? 'danger' : 'second'}
        busy={busy}
        label={sure ? undefined : t('codes.revokeOf', { label: code.label })}
        onPress={() => run(revoke)}
      >
        {sure ? t('codes.revokeNow') : t('codes.revoke')}
      </Button>
      <FailureNote error={error} />
    </>
  );
}

interface MakeCodeProps {
  /** Reads the list again. */
  readonly onMade: () => Promise<void>;
}

/** The code and its link are shown this once, above the form that made them. */
function MakeCode({ onMade }: MakeCodeProps) {
  const [made, setMade] = useState<AnswerOf<'POST /api/organiser/events/{eventId}/invitations'>>();
  return (
    <section>
      {made && (
        <div class="note">
          <OneTimeSecret label={t('codes.code')} value={made.code} copied={t('codes.copied')} />
          <OneTimeSecret label={t('codes.link')} value={made.link} copied={t('codes.linkCopied')} />
        </div>
      )}
      <Disclosure label={t('codes.make')}>
        {(close) => (
          <CodeForm
            onClose={close}
            onMade={async (code) => {
              setMade(code);
              await onMade();
            }}
          />
        )}
      </Disclosure>
    </section>
  );
}

const labels = () => ({
  label: t('codes.label'),
  uses: t('codes.usesLabel'),
  validUntil: t('codes.validUntil'),
  email: t('codes.email'),
  category: t('codes.category'),
  organisation: t('codes.organisation'),
});

interface CodeFormProps {
  readonly onClose: () => void;
  readonly onMade: (made: AnswerOf<'POST /api/organiser/events/{eventId}/invitations'>) => Promise<void>;
}

function CodeForm({ onClose, onMade }: CodeFormProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const begin = {
    label: '',
    uses: '1',
    validUntil: localTimeOf(event.registration.closesAt, event.timeZone),
    email: '',
    category: '',
    organisation: '',
  };
  const { typed, field, optional } = useTyped(begin, labels(), error);
  const make = async (): Promise<void> => {
    const { label, uses, validUntil, ...bounds } = typed;
    requireTyped({ label, uses, validUntil }, { number: { uses }, moment: { validUntil } });
    const until = instantTyped(validUntil, event.timeZone, event.registration.closesAt);
    const made = await api('POST /api/organiser/events/{eventId}/invitations', {
      params: { eventId: event.id },
      body: { label, uses: numberOf(uses), validUntil: until, ...filled(bounds) },
    });
    tell(t('codes.made'));
    onClose();
    await onMade(made);
  };
  return (
    <FieldsForm
      send={t('codes.makeNow')}
      busy={busy}
      error={error}
      labels={labels()}
      onSend={() => run(make)}
      onCancel={onClose}
    >
      <TextInput {...field('label')} hint={t('codes.labelHint')} maxLength={100} />
      <DigitsInput {...field('uses')} as="number" hint={t('codes.usesHint')} />
      <DigitsInput {...field('validUntil')} as="moment" hint={zoneName(event)} />
      <SelectField
        {...field('category')}
        choices={[['', t('codes.anyCategory')], ...event.categories.map(({ id, title }) => [id, title] as const)]}
      />
      <TextInput {...optional('organisation')} hint={t('codes.organisationHint')} />
      <TextInput {...optional('email')} type="email" hint={t('codes.emailHint')} />
    </FieldsForm>
  );
}
