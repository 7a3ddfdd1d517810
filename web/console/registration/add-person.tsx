import { ROLES_OUTSIDE_QUOTAS } from '../../../shared/registration/registration.ts';
import { navigate, registrationAddress } from '../addresses.ts';
import { useAct, useDesk } from '../desk.ts';
import { SelectField } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { attendeeLabels, useAttendee } from '../kernel/form/person-fields.tsx';
import { useTyped } from '../kernel/form/typed.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { t } from '../words.ts';

type Role = (typeof ROLES_OUTSIDE_QUOTAS)[number];

const LABELS = { ...attendeeLabels, role: t('fact.role') };

/** Someone with a task at the event: takes no seat of any quota, gets the same mail and ticket as everyone. */
export function AddPerson() {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const { typed, field } = useTyped({ role: ROLES_OUTSIDE_QUOTAS[0] as string }, LABELS, error);
  const attendee = useAttendee(error);
  const add = async (): Promise<void> => {
    const added = await api('POST /api/organiser/events/{eventId}/registrations', {
      params: { eventId: event.id },
      body: { role: typed.role as Role, ...attendee.body },
    });
    navigate(registrationAddress(event.id, added.reference));
    tell(t('add.done', { name: added.fullName }));
  };
  return (
    <>
      <Heading>{t('add.title')}</Heading>
      <p>{t('add.explain')}</p>
      <FieldsForm send={t('add.send')} busy={busy} error={error} labels={LABELS} onSend={() => run(add)}>
        <SelectField
          {...field('role')}
          choices={ROLES_OUTSIDE_QUOTAS.map((role) => [role, t(`role.${role}`)] as const)}
        />
        {attendee.fields}
      </FieldsForm>
    </>
  );
}
