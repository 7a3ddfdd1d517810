import { useState } from 'preact/hooks';
import { EVENT_STATUSES, type EventStatus } from '../../../shared/event/event.ts';
import { isCalledOff } from '../../../shared/event/event-standing.ts';
import { eventEnd, movedTo } from '../../../shared/event/event-times.ts';
import { pairsInOneRoom } from '../../../shared/event/sessions.ts';
import { compareCodes } from '../../../shared/kernel/text/text.ts';
import { NEW_SESSION, sessionAddress } from '../addresses.ts';
import { useDesk, useEventRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { fieldError } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { DigitsInput, READ, refuseTyped, requireTyped } from '../kernel/form/typed.tsx';
import { Confirmation, Disclosure } from '../kernel/parts/buttons.tsx';
import { useDefinitionChange } from '../kernel/parts/change.ts';
import { TableHead } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { dayName, type ProgrammeAnswer, type SessionAnswer, textIn } from '../names.ts';
import { t } from '../words.ts';
import { RegistrationWindow } from './window.tsx';

interface SessionTableProps {
  readonly programme: ProgrammeAnswer;
  /** Id of the day. */
  readonly day: string;
}

/** The sessions of a day in order of time; each title leads to where it is changed. */
function SessionTable({ programme, day }: SessionTableProps) {
  const { event } = useDesk();
  const sessions = programme.sessions
    .filter((session) => session.day === day)
    .sort((a, b) => compareCodes(a.start, b.start) || compareCodes(a.end, b.end));
  if (sessions.length === 0) return <p class="empty">{t('programme.noSessions')}</p>;
  return (
    <table class="stacked sessions">
      <TableHead columns={[t('programme.time'), t('programme.session'), t('programme.room'), t('programme.who')]} />
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id}>
            <td class="time">
              {session.start}–{session.end}
            </td>
            <th scope="row">
              <a href={sessionAddress(event.id, session.id)}>{textIn(programme, session.title)}</a>
            </th>
            <td>{textIn(programme, session.room)}</td>
            <td>
              <Who programme={programme} session={session} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Who({ programme, session }: { readonly programme: ProgrammeAnswer; readonly session: SessionAnswer }) {
  const { audience, signUp } = session;
  const groups = programme.categories.filter(({ id }) => audience?.includes(id));
  return (
    <>
      {audience ? (
        <>
          <span class="tag">{t('programme.closed')}</span>
          <small>{groups.map(({ title }) => textIn(programme, title)).join(', ')}</small>
        </>
      ) : (
        t('programme.everyone')
      )}
      {signUp && <small>{t('programme.signUp')}</small>}
    </>
  );
}

/** What hardly anyone means: two sessions in one room, and attendees of two at the same time. */
function Clashes({ programme }: { readonly programme: ProgrammeAnswer }) {
  const { languages, sessions, attendedAtOnce = [] } = programme;
  const titleOf = (id: string): string => textIn(programme, sessions.find((session) => session.id === id)?.title);
  const said = [
    ...pairsInOneRoom(sessions, ({ room }) => room?.[languages[0] ?? '']?.trim() ?? '').map(([{ id, room }, other]) =>
      t('programme.oneRoom', { one: titleOf(id), other: titleOf(other.id), room: textIn(programme, room) }),
    ),
    ...attendedAtOnce.map(({ session, other, attendees }) =>
      t('programme.attendedAtOnce', { attendees, one: titleOf(session), other: titleOf(other) }),
    ),
  ];
  if (said.length === 0) return null;
  return (
    <div class="note warn">
      {said.map((each) => (
        <p key={each}>{each}</p>
      ))}
    </div>
  );
}

/** When registration is open, and what happens when and where. */
export function ProgrammeScreen() {
  const { event } = useDesk();
  const programme = useEventRead('GET /api/organiser/events/{eventId}/programme');
  return (
    <>
      <Heading>{t('programme.title')}</Heading>
      <Show of={programme}>
        {(read) => (
          <>
            <Clashes programme={read} />
            <EventState days={read.days} onChanged={programme.reload} />
            <RegistrationWindow programme={read} onChanged={programme.reload} />
            <div class="above">
              <h2>{t('programme.sessions')}</h2>
              <a class="button screen" href={sessionAddress(event.id, NEW_SESSION)}>
                {t('programme.add')}
              </a>
            </div>
            <p>{t('programme.explain')}</p>
            {read.days.map(({ id, title, date }) => (
              <section key={id}>
                <h3>
                  {textIn(read, title)}, {dayName(date)}
                </h3>
                <SessionTable programme={read} day={id} />
              </section>
            ))}
          </>
        )}
      </Show>
    </>
  );
}

interface DatesFormProps extends StateChange {
  readonly days: ProgrammeAnswer['days'];
  /** Whether the event then takes place on the dates that it has, too. */
  readonly to?: EventStatus;
}

/** Puts the event on other dates, or has it take place again, on the same ones or others. All its days move along. */
function DatesForm({ days, to, ...props }: DatesFormProps) {
  const { busy, error, change } = useStateChange(props);
  const current = days[0]?.date ?? '';
  // Days that are over are proposed to nobody: all who are registered would be told of them.
  const [firstDay, setFirstDay] = useState(useHasPassed() ? '' : current);
  const { recipients, status } = props.state;
  const send = (): Promise<void> =>
    change(
      () => {
        requireTyped({ firstDay }, { day: { firstDay } });
        if (to === undefined && firstDay === current) refuseTyped({ firstDay: t('eventState.dates.same') });
        return { status: to ?? status, firstDay };
      },
      to ? t(`eventState.done.${to}`) : t('eventState.dates.done'),
    );
  return (
    <Disclosure label={to ? t(`eventState.change.${to}`) : t('eventState.dates.change')}>
      {(close) => (
        <FieldsForm
          send={to ? t(`eventState.sure.${to}`) : t('eventState.dates.sure')}
          busy={busy}
          error={error}
          labels={{ firstDay: t('eventState.dates.firstDay') }}
          onSend={send}
          onCancel={close}
        >
          {to && <p>{t(`eventState.follows.${to}`)}</p>}
          <DigitsInput
            as="day"
            name="firstDay"
            label={t('eventState.dates.firstDay')}
            hint={t('eventState.dates.hint', { days: days.length })}
            value={firstDay}
            error={fieldError(error, 'firstDay')}
            onChange={setFirstDay}
          />
          {READ.day(firstDay) === firstDay && (
            <p role="status">
              {t('eventState.dates.resulting', {
                dates: movedTo(days, firstDay)
                  .map(({ date }) => dayName(date))
                  .join('; '),
              })}
            </p>
          )}
          <p>
            {t('eventState.dates.follows')} {t('eventState.mailed', { people: recipients })}
          </p>
        </FieldsForm>
      )}
    </Disclosure>
  );
}

interface EventStateProps extends Pick<StateChange, 'onChanged'> {
  readonly days: ProgrammeAnswer['days'];
}

/** Whether and when the event takes place; everyone who is registered is told of a change. */
export function EventState({ days, onChanged }: EventStateProps) {
  const state = useEventRead('GET /api/organiser/events/{eventId}/status');
  const hasPassed = useHasPassed();
  const readBoth = async (): Promise<void> => {
    await Promise.all([state.reload(), onChanged()]);
  };
  return (
    <section class="card" aria-labelledby="event-state">
      <h2 id="event-state">{t('eventState.title')}</h2>
      <Show of={state}>
        {(read) => (
          <>
            <p>
              <span class={`tag ${read.status === 'scheduled' ? 'confirmed' : 'waitlisted'}`}>
                {t(`eventState.now.${read.status}`)}
              </span>{' '}
              {t(`eventState.means.${read.status}`)}
            </p>
            <div class="buttons">
              {changesFrom(read, hasPassed).map((to) =>
                to === 'scheduled' && isCalledOff(read) ? (
                  <DatesForm key={to} to={to} days={days} state={read} onChanged={readBoth} />
                ) : (
                  <Change key={to} to={to} state={read} onChanged={readBoth} />
                ),
              )}
              {!isCalledOff(read) && <DatesForm days={days} state={read} onChanged={readBoth} />}
            </div>
          </>
        )}
      </Show>
    </section>
  );
}

/** Whether all its days are over, by which nobody can come any more. */
function useHasPassed(): boolean {
  const { event, now } = useDesk();
  return now() >= eventEnd(event).getTime();
}

/** Of what has passed all are told that it was called off, or that it was not; nothing else is news. */
const changesFrom = (state: State, hasPassed: boolean): readonly EventStatus[] =>
  EVENT_STATUSES.filter(
    (status) =>
      status !== state.status &&
      (status !== 'moved-online' || state.offersOnline) &&
      (!hasPassed || isCalledOff(state) || isCalledOff({ status })),
  );

function Change({ to, ...props }: StateChange & { readonly to: EventStatus }) {
  const { busy, error, change } = useStateChange(props);
  return (
    <Confirmation
      label={t(`eventState.change.${to}`)}
      follows={`${t(`eventState.follows.${to}`)} ${t('eventState.mailed', { people: props.state.recipients })}`}
      now={t(`eventState.sure.${to}`)}
      kind={to === 'scheduled' ? undefined : 'danger'}
      busy={busy}
      error={error}
      onPress={() => change(() => ({ status: to }), t(`eventState.done.${to}`))}
    />
  );
}

type State = AnswerOf<'GET /api/organiser/events/{eventId}/status'>;

interface StateChange {
  readonly state: State;
  /** Reads again what follows it. */
  readonly onChanged: () => Promise<void>;
}

/** Changes whether and when the event takes place. */
const useStateChange = ({ state, onChanged }: StateChange) =>
  useDefinitionChange('PUT /api/organiser/events/{eventId}/status', state.version, onChanged);
