import { useState } from 'preact/hooks';
import { useDesk, useRead } from '../desk.ts';
import { TextField } from '../kernel/form/field.tsx';
import { fieldError } from '../kernel/form/field-errors.ts';
import { FieldsForm } from '../kernel/form/fields-form.tsx';
import { numberOf } from '../kernel/form/typed.ts';
import { Disclosure } from '../kernel/parts/disclosure.tsx';
import { Fill } from '../kernel/parts/fill.tsx';
import { Heading } from '../kernel/parts/heading.tsx';
import { ReadAgain } from '../kernel/parts/read-again.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { useUnlessStale } from '../kernel/parts/use-unless-stale.ts';
import { words } from '../words.ts';
import { groupName, overText, type Quota, type QuotaProps, quotaText } from './quota.ts';

const ChangeCapacity = (props: QuotaProps) => (
  <Disclosure label={words.seats.change} about={props.quota.title}>
    {(close) => <CapacityForm {...props} onClose={close} />}
  </Disclosure>
);

/** What was typed stays where someone else was faster, beside what they made of it. */
function CapacityForm({ quota, version, onChanged, onStale, onClose }: QuotaProps & { readonly onClose: () => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'definition-changed',
    onStale,
    words: words.seats.changedMeanwhile,
  });
  const [typed, setTyped] = useState(String(quota.capacity));
  const field = `capacity-${quota.id}`;
  const send = async (): Promise<void> => {
    const capacity = numberOf(typed);
    const after = await api('PUT /api/organiser/events/{eventId}/quotas/{quotaId}', {
      params: { eventId: event.id, quotaId: quota.id },
      body: { version, capacity },
    });
    onChanged(after);
    tell(words.seats.changed(quota.title, capacity, quota.capacity));
    onClose();
  };
  return (
    <FieldsForm
      send={words.seats.save}
      busy={busy}
      error={error}
      labels={{ capacity: words.seats.capacity }}
      idOf={() => field}
      onSend={() => change(send)}
      onCancel={onClose}
    >
      <TextField
        name={field}
        type="number"
        label={quota.per ? words.seats.capacityPer[quota.per] : words.seats.capacity}
        hint={words.seats.follows}
        value={typed}
        error={fieldError(error, 'capacity')}
        onChange={setTyped}
      />
    </FieldsForm>
  );
}

/** Of a quota per organisation or country: each that has seats or waits for one, the fullest first. */
function Groups({ quota: { per, groups = [], capacity } }: { readonly quota: Quota }) {
  if (per === undefined || groups.length === 0) return null;
  return (
    <details>
      <summary>{words.seats.showGroups[per](groups.length)}</summary>
      <table class="seats">
        <thead>
          <tr>
            <th scope="col">{words.seats.group[per]}</th>
            <th scope="col">{words.seats.taken}</th>
            <th scope="col">{words.seats.waiting}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group, place) => (
            <tr key={group.name || place}>
              <th scope="row">{groupName(per, group)}</th>
              <td class={group.overfull ? 'over' : undefined}>{words.seats.of(group.taken, capacity)}</td>
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
  const over = overText(quota);
  const heading = `quota-${quota.id}`;
  return (
    <section class="card" aria-labelledby={heading}>
      <h2 id={heading}>{quota.title}</h2>
      <p>{quotaText(quota)}</p>
      {quota.per === undefined && <Fill label={quota.title} taken={quota.taken} capacity={quota.capacity} />}
      {over && <p class="over">{over}</p>}
      {quota.per && <Groups quota={quota} />}
      <ChangeCapacity {...props} />
    </section>
  );
}

/** How full the event is, quota by quota. */
export function Seats() {
  const { api, event } = useDesk();
  const quotas = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/quotas', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{words.seats.title}</Heading>
      <p>{words.seats.explain}</p>
      <Show of={quotas}>
        {({ version, quotas: all }) =>
          all.length === 0 ? (
            <p class="empty">{words.seats.none}</p>
          ) : (
            <>
              <p class="screen">
                <ReadAgain label={words.seats.again} reload={quotas.reload} told={words.seats.readAgain} />
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
