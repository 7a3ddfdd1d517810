import { useState } from 'preact/hooks';
import { ROLES_OUTSIDE_QUOTAS } from '../../../shared/registration/registration.ts';
import { navigate, registrationAddress } from '../addresses.ts';
import { useAct, useDesk } from '../desk.ts';
import { ChecksField, fieldError, SelectField, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { emptyPerson, PersonFields, personBody, personLabels } from '../kernel/form/person-fields.tsx';
import { useTyped } from '../kernel/form/typed.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { countryChoices } from '../names.ts';
import { t } from '../words.ts';

type Role = (typeof ROLES_OUTSIDE_QUOTAS)[number];

const LABELS = {
  ...personLabels,
  role: t('fact.role'),
  organisation: t('fact.organisation'),
  country: t('fact.country'),
  category: t('fact.category'),
  mode: t('fact.mode'),
  days: t('fact.days'),
};

/** Someone with a task at the event: takes no seat of any quota, gets the same mail and ticket as everyone. */
export function AddPerson() {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [person, setPerson] = useState(() => emptyPerson(event.languages[0] ?? ''));
  const begin = {
    role: ROLES_OUTSIDE_QUOTAS[0] as string,
    organisation: '',
    country: '',
    category: '',
    mode: event.modes[0]?.id ?? ('in-person' as string),
  };
  const { typed, field } = useTyped(begin, LABELS, error);
  const [days, setDays] = useState<readonly string[]>(event.days.map(({ id }) => id));
  const add = async (): Promise<void> => {
    const added = await api('POST /api/organiser/events/{eventId}/registrations', {
      params: { eventId: event.id },
      body: { ...typed, role: typed.role as Role, ...personBody(person), days },
    });
    navigate(registrationAddress(event.id, added.reference));
    tell(t('add.done', { name: added.fullName }));
  };
  const titled = (parts: readonly { readonly id: string; readonly title: string }[]) =>
    parts.map(({ id, title }) => [id, title] as const);
  return (
    <>
      <Heading>{t('add.title')}</Heading>
      <p>{t('add.explain')}</p>
      <FieldsForm send={t('add.send')} busy={busy} error={error} labels={LABELS} onSend={() => run(add)}>
        <SelectField
          {...field('role')}
          choices={ROLES_OUTSIDE_QUOTAS.map((role) => [role, t(`role.${role}`)] as const)}
        />
        <PersonFields person={person} error={error} onChange={setPerson} />
        <TextInput {...field('organisation')} />
        <SelectField {...field('country')} choices={countryChoices(event, t('common.chooseCountry'))} />
        <SelectField {...field('category')} choices={[['', t('common.chooseGroup')], ...titled(event.categories)]} />
        <SelectField {...field('mode')} choices={titled(event.modes)} />
        <ChecksField
          name="days"
          label={LABELS.days}
          choices={titled(event.days)}
          chosen={days}
          error={fieldError(error, 'days')}
          onChange={setDays}
        />
      </FieldsForm>
    </>
  );
}
