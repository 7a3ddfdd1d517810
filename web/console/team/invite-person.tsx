import { useState } from 'preact/hooks';
import type { Need, Way } from '../../../shared/team/role/organiser-role.schema.ts';
import { needsOf } from '../../../shared/team/role/role-rule.ts';
import { useAct, useDesk } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { fieldError, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { filled } from '../kernel/form/typed.tsx';
import { Disclosure } from '../kernel/parts/buttons.tsx';
import { OneTimeSecret } from '../kernel/parts/once.tsx';
import { when } from '../names.ts';
import { t } from '../words.ts';
import { GrantFields, grantLabels, grantOf, NO_GRANT, requireGrant } from './grant-fields.tsx';

type Made = Extract<AnswerOf<'POST /api/organiser/events/{eventId}/role-invitations'>, { readonly link: string }>;

const EMPTY = { label: '', email: '', reason: '' };

const LABELS = {
  ...grantLabels(),
  label: t('people.label'),
  email: t('people.email'),
  reason: t('people.reason'),
  grants: t('people.role'),
};

interface InvitePersonProps {
  /** Who at present is the second person for what concerns children. */
  readonly way: Way;
  readonly onInvited: () => Promise<void>;
}

/** A link for one person, to hand over or to be mailed; a proposal where it takes a second person. */
export function InvitePerson({ way, onInvited }: InvitePersonProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [typed, setTyped] = useState(EMPTY);
  const [given, setGiven] = useState(NO_GRANT);
  const [made, setMade] = useState<Made>();
  const field = (name: keyof typeof EMPTY) => ({
    name,
    value: typed[name],
    error: fieldError(error, name),
    onChange: (value: string) => setTyped({ ...typed, [name]: value }),
  });

  const grant = grantOf(event, given);
  const needs = needsOf([grant]);
  const isLapsed = needs.includes('children') && way === 'lapsed';

  const invite = async (close: () => void): Promise<void> => {
    const { label, email, reason } = typed;
    requireGrant(given, '', { label, ...(needs.length > 0 && { email }) });
    const body = { grants: [grant], ...filled({ label, email, ...(isLapsed && { reason }) }) };
    const answer = await api('POST /api/organiser/events/{eventId}/role-invitations', {
      params: { eventId: event.id },
      body,
    });
    const link = 'link' in answer ? answer : undefined;
    setMade(link);
    const sent = email.trim() === '' ? t('people.made') : t('people.mailed', { address: email.trim() });
    tell(link === undefined ? t('people.proposed') : sent);
    setTyped(EMPTY);
    setGiven(NO_GRANT);
    close();
    await onInvited();
  };
  return (
    <section>
      {made && (
        <div class="note">
          <OneTimeSecret
            label={t('people.link', { until: when(event, made.expiresAt) })}
            value={made.link}
            copied={t('people.copied')}
          />
        </div>
      )}
      <Disclosure label={t('people.invite')}>
        {(close) => (
          <FieldsForm
            send={t('people.send')}
            busy={busy}
            error={error}
            labels={LABELS}
            onSend={() => run(() => invite(close))}
            onCancel={close}
          >
            <GrantFields typed={given} error={error} onChange={setGiven} />
            <SecondPersons needs={needs} way={way} />
            {isLapsed && <TextInput label={t('people.reason')} hint={t('people.reasonHint')} {...field('reason')} />}
            <TextInput label={t('people.label')} hint={t('people.labelHint')} {...field('label')} />
            <TextInput
              type="email"
              label={needs.length > 0 ? t('people.email') : t('common.optional', { label: t('people.email') })}
              hint={needs.length > 0 ? t('people.emailLater') : t('people.emailHint')}
              {...field('email')}
            />
          </FieldsForm>
        )}
      </Disclosure>
    </section>
  );
}

interface SecondPersonsProps {
  readonly needs: readonly Need[];
  readonly way: Way;
}

/** For whom a proposal waits. */
export const SecondPersons = ({ needs, way }: SecondPersonsProps) => (
  <>
    {needs.map((need) => (
      <p class="hint" key={need}>
        {t('people.takesTwo', { second: t(`people.second.${need === 'care' ? need : way}`) })}
      </p>
    ))}
  </>
);
