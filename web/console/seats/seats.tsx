import { useState } from 'preact/hooks';
import { useDesk, useEventRead } from '../desk.ts';
import { fieldError } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { DigitsInput, numberOf, requireTyped } from '../kernel/form/typed.tsx';
import { Disclosure } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { FillBar, TableHead } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { ReadAgain, Show } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';
import { groupName, overText, type QuotaProps, type QuotaView, quotaText } from './quota.ts';

const ChangeCapacity = (props: QuotaProps) => (
  <Disclosure label={t('seats.change')} about={props.quota.title}>
    {(close) => <CapacityForm {...props} onClose={close} />}
  </Disclosure>
);

/** What was typed stays where someone else was faster, beside what they made of it. */
function CapacityForm({ quota, version, onChanged, onStale, onClose }: QuotaProps & { readonly onClose: () => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onStale, t('seats.changedMeanwhile'), 'definition-changed');
  const [typed, setTyped] = useState(String(quota.capacity));
  const field = `capacity-${quota.id}`;
  const send = async (): Promise<void> => {
    requireTyped({ capacity: typed }, { number: { capacity: typed } });
    const capacity = numberOf(typed);
    const after = await api('PUT /api/organiser/events/{eventId}/quotas/{quotaId}', {
      params: { eventId: event.id, quotaId: quota.id },
      body: { version, capacity },
    });
    onChanged(after);
    tell(t(capacity > quota.capacity ? 'seats.more' : 'seats.fewer', { quota: quota.title, now: capacity }));
    onClose();
  };
  return (
    <FieldsForm
      send={t('seats.save')}
      busy={busy}
      error={error}
      labels={{ capacity: t('seats.capacity') }}
      idOf={() => field}
      onSend={() => change(send)}
      onCancel={onClose}
    >
      <DigitsInput
        as="number"
        name={field}
        label={quota.per ? t(`seats.capacityPer.${quota.per}`) : t('seats.capacity')}
        hint={t('seats.follows')}
        value={typed}
        error={fieldError(error, 'capacity')}
        onChange={setTyped}
      />
    </FieldsForm>
  );
}

/** Of a quota per organisation or country: each that has seats or waits for one, the fullest first. */
function Groups({ quota: { per, groups = [], capacity } }: { readonly quota: QuotaView }) {
  const { event } = useDesk();
  if (per === undefined || groups.length === 0) return null;
  return (
    <details>
      <summary>{t(`seats.showGroups.${per}`, { howMany: groups.length })}</summary>
      <table class="seats">
        <TableHead columns={[t(`seats.group.${per}`), t('seats.taken'), t('seats.waiting')]} />
        <tbody>
          {groups.map((group, place) => (
            <tr key={group.name || place}>
              <th scope="row">{groupName(event, per, group)}</th>
              <td class={group.overfull ? 'over' : undefined}>{t('seats.of', { taken: group.taken, capacity })}</td>
              <td>{group.waiting}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** One quota: how full it is, by whom, and how many seats it has. */
function QuotaCard(props: QuotaProps) {
  const { quota } = props;
  const over = overText(useDesk().event, quota);
  const heading = `quota-${quota.id}`;
  return (
    <section class="card" aria-labelledby={heading}>
      <h2 id={heading}>{quota.title}</h2>
      <p>{quotaText(quota)}</p>
      {quota.per === undefined && <FillBar label={quota.title} taken={quota.taken} capacity={quota.capacity} />}
      {over && <p class="over">{over}</p>}
      {quota.per && <Groups quota={quota} />}
      <ChangeCapacity {...props} />
    </section>
  );
}

/** How full the event is, quota by quota. */
export function SeatsScreen() {
  const quotas = useEventRead('GET /api/organiser/events/{eventId}/quotas');
  return (
    <>
      <Heading>{t('seats.title')}</Heading>
      <p>{t('seats.explain')}</p>
      <Show of={quotas}>
        {({ version, quotas: all }) =>
          all.length === 0 ? (
            <p class="empty">{t('seats.none')}</p>
          ) : (
            <>
              <p class="screen">
                <ReadAgain label={t('seats.again')} reload={quotas.reload} told={t('seats.readAgain')} />
              </p>
              {all.map((quota) => (
                <QuotaCard
                  key={quota.id}
                  quota={quota}
                  version={version}
                  onChanged={quotas.show}
                  onStale={quotas.reload}
                />
              ))}
            </>
          )
        }
      </Show>
    </>
  );
}
