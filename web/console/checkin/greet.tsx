import { LONGEST_GREETING, MOST_GREETED } from '../../../shared/checkin/greet/greet.ts';
import type { OrganiserRegistration } from '../../../shared/registration/list/registrations.schema.ts';
import { pageAddress, registrationAddress } from '../addresses.ts';
import { useAct, useDesk } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { requireTyped, useTyped } from '../kernel/form/typed.tsx';
import { Confirmation, Disclosure } from '../kernel/parts/buttons.tsx';
import { TableHead } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show, useLive } from '../kernel/parts/show.tsx';
import { countryText, dayName, when } from '../names.ts';
import { t } from '../words.ts';
import { Silent } from './arrivals.tsx';

const LIST = 'GET /api/organiser/events/{eventId}/check-in/greet';
type Greeted = AnswerOf<typeof LIST>['people'][number];
type GreetedOne = AnswerOf<'PUT /api/organiser/events/{eventId}/check-in/greet/{reference}'>;

/** Milliseconds: a scan is seen within five seconds. */
const EVERY = 3_000;

/** Whom protocol greets, and who of them is here, as it happens. */
export function GreetScreen() {
  const { api, event } = useDesk();
  const live = useLive(event.id, () => api(LIST, { params: { eventId: event.id } }), EVERY);
  return (
    <>
      <Heading>{t('doors.greet.title')}</Heading>
      <p>{t('doors.greet.explain', { most: MOST_GREETED })}</p>
      <Show of={live}>
        {({ date, people, silent }) =>
          people.length === 0 ? (
            <p class="empty">{t('doors.greet.none')}</p>
          ) : (
            <>
              {live.isOld && <p class="note warn">{t('checkIn.old')}</p>}
              <h2>{t('doors.greet.day', { date: dayName(date) })}</h2>
              <p role="status">
                {t('doors.greet.here', {
                  here: people.filter(({ status }) => status === 'came').length,
                  picked: people.length - withoutPlace(people),
                })}
              </p>
              {withoutPlace(people) > 0 && (
                <p class="note warn">{t('doors.greet.withoutPlace', { howMany: withoutPlace(people) })}</p>
              )}
              <p class="board-phones" role="status">
                {silent.length === 0
                  ? t('doors.greet.phonesFine')
                  : t('doors.greet.phonesSilent', { howMany: silent.length })}
              </p>
              <table class="stacked">
                <TableHead columns={[t('row.name'), t('doors.greet.why'), t('doors.greet.arrived')]} />
                <tbody>
                  {people.map((each) => (
                    <Row key={each.reference} of={each} />
                  ))}
                </tbody>
              </table>
              <Silent phones={silent} />
            </>
          )
        }
      </Show>
    </>
  );
}

const withoutPlace = (people: readonly Greeted[]): number =>
  people.filter(({ status }) => status === 'no-place').length;

const WAITING = {
  came: 'came',
  'not-yet': 'notYet',
  'no-check-in': 'noCheckIn',
  'not-today': 'notToday',
  'no-place': 'noPlace',
} as const;

function Row({ of }: { readonly of: Greeted }) {
  const { event } = useDesk();
  const { reference, honorific, fullName, nativeName, position, organisation, country, why, status, arrival } = of;
  return (
    <tr>
      <th scope="row">
        <a href={registrationAddress(event.id, reference)}>
          <bdi>{[honorific, fullName].filter(Boolean).join(' ')}</bdi>
        </a>
        {[nativeName, position, organisation].map(
          (each) =>
            each && (
              <small key={each}>
                <bdi>{each}</bdi>
              </small>
            ),
        )}
        <small>{countryText(event, country)}</small>
      </th>
      <td data-label={t('doors.greet.why')}>
        <bdi>{why}</bdi>
      </td>
      <td class="time" data-label={t('doors.greet.arrived')}>
        {arrival ? (
          <div>
            <b>{t('doors.greet.came')}</b>
            <small>{when(event, arrival.at)}</small>
            <small>{arrival.name ?? t('checkIn.entrance')}</small>
          </div>
        ) : (
          t(`doors.greet.${WAITING[status]}`)
        )}
      </td>
    </tr>
  );
}

interface GreetOneProps {
  readonly one: Pick<OrganiserRegistration, 'reference' | 'fullName' | 'status'>;
  readonly greeting: GreetedOne;
  readonly onChanged: (greeting: GreetedOne) => void;
}

/** On an adult's page, for those who greet: whether they are picked, and the line that says why or how. */
export const GreetOne = ({ one: { reference, fullName: name, status }, greeting, onChanged }: GreetOneProps) => (
  <section class="screen" aria-labelledby="greet">
    <h2 id="greet">{t('page.greet')}</h2>
    <Picked {...{ reference, name, onChanged }} one={greeting} comes={status === 'confirmed'} />
  </section>
);

interface PickedProps {
  readonly reference: string;
  readonly name: string;
  /** Whether the person comes: only then they can be picked. */
  readonly comes: boolean;
  readonly one: GreetedOne;
  readonly onChanged: (one: GreetedOne) => void;
}

function Picked(props: PickedProps) {
  const { event } = useDesk();
  const { one, comes } = props;
  const isFull = one.why === undefined && one.picked >= MOST_GREETED;
  return (
    <>
      {one.why === undefined ? (
        <p class="empty">{t('doors.greet.notPicked')}</p>
      ) : (
        <p>
          <bdi>{one.why}</bdi>
        </p>
      )}
      {isFull && <p class="note">{t('doors.greet.full', { most: MOST_GREETED })}</p>}
      {one.why !== undefined && !comes && <p class="note warn">{t('doors.greet.mayComeBack')}</p>}
      {((comes && !isFull) || one.why !== undefined) && (
        <div class="buttons">
          {comes && (
            <Disclosure label={one.why === undefined ? t('doors.greet.pick') : t('doors.greet.change')}>
              {(close) => <LineForm {...props} onClose={close} />}
            </Disclosure>
          )}
          {one.why !== undefined && <TakeOff {...props} />}
        </div>
      )}
      <p>
        <a class="beside" href={pageAddress(event.id, 'greet')}>
          {t('doors.greet.all')}
        </a>
      </p>
    </>
  );
}

function LineForm({ reference, name, one, onChanged, onClose }: PickedProps & { readonly onClose: () => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const labels = { why: t('doors.greet.why') };
  const { typed, field } = useTyped({ why: one.why ?? '' }, labels, error);
  const write = async (): Promise<void> => {
    requireTyped(typed);
    const params = { eventId: event.id, reference };
    const body = { ...typed };
    const after = await api('PUT /api/organiser/events/{eventId}/check-in/greet/{reference}', { params, body });
    onClose();
    tell(t('doors.greet.saved', { name }));
    onChanged(after);
  };
  return (
    <FieldsForm
      send={t('doors.greet.write')}
      busy={busy}
      error={error}
      labels={labels}
      onSend={() => run(write)}
      onCancel={onClose}
    >
      <TextInput {...field('why')} hint={t('doors.greet.whyHint')} maxLength={LONGEST_GREETING * 4} />
    </FieldsForm>
  );
}

function TakeOff({ reference, name, onChanged }: PickedProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const takeOff = async (): Promise<void> => {
    const params = { eventId: event.id, reference };
    const after = await api('DELETE /api/organiser/events/{eventId}/check-in/greet/{reference}', { params });
    tell(t('doors.greet.takenOff', { name }));
    onChanged(after);
  };
  return (
    <Confirmation
      label={t('doors.greet.off')}
      follows={t('doors.greet.offFollows')}
      now={t('doors.greet.offNow')}
      kind="danger"
      busy={busy}
      error={error}
      onPress={() => run(takeOff)}
    />
  );
}
