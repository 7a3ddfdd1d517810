import { useState } from 'preact/hooks';
import { localTimeOf } from '../../../../shared/kernel/text/zoned-time.ts';
import { useAct, useDesk } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api/routes.ts';
import { SelectField, TextField } from '../../kernel/form/field.tsx';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { requireTyped } from '../../kernel/form/require-typed.ts';
import { filled, instantTyped, numberOf } from '../../kernel/form/typed.ts';
import { useTyped } from '../../kernel/form/use-typed.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { Once } from '../../kernel/parts/once.tsx';
import { zoneName } from '../../names.ts';
import { t } from '../../words.ts';

interface MakeCodeProps {
  /** Reads the list again. */
  readonly onMade: () => Promise<void>;
}

/** The code and its link are shown this once, above the form that made them. */
export function MakeCode({ onMade }: MakeCodeProps) {
  const [made, setMade] = useState<AnswerOf<'POST /api/organiser/events/{eventId}/invitations'>>();
  return (
    <section>
      {made && (
        <div class="note">
          <Once label={t('codes.code')} value={made.code} copied={t('codes.copied')} />
          <Once label={t('codes.link')} value={made.link} copied={t('codes.linkCopied')} />
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

const LABELS = {
  label: t('codes.label'),
  uses: t('codes.usesLabel'),
  validUntil: t('codes.validUntil'),
  email: t('codes.email'),
  category: t('codes.category'),
  organisation: t('codes.organisation'),
};

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
  const { typed, field, optional } = useTyped(begin, LABELS, error);
  const make = async (): Promise<void> => {
    const { label, uses, validUntil, ...bounds } = typed;
    requireTyped({ label, uses, validUntil });
    const made = await api('POST /api/organiser/events/{eventId}/invitations', {
      params: { eventId: event.id },
      body: { label, uses: numberOf(uses), validUntil: instantTyped(validUntil, event.timeZone), ...filled(bounds) },
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
      labels={LABELS}
      onSend={() => run(make)}
      onCancel={onClose}
    >
      <TextField {...field('label')} hint={t('codes.labelHint')} maxLength={100} />
      <TextField {...field('uses')} type="number" hint={t('codes.usesHint')} />
      <TextField {...field('validUntil')} type="datetime-local" hint={zoneName(event)} />
      <SelectField
        {...field('category')}
        choices={[['', t('codes.anyCategory')], ...event.categories.map(({ id, title }) => [id, title] as const)]}
      />
      <TextField {...optional('organisation')} hint={t('codes.organisationHint')} />
      <TextField {...optional('email')} type="email" hint={t('codes.emailHint')} />
    </FieldsForm>
  );
}
