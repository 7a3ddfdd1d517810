import { compareCodes } from '../../../shared/kernel/text/text-order.ts';
import { NEW_SESSION, sessionAddress } from '../addresses.ts';
import { useDesk, useEventRead } from '../desk.ts';
import { Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { dayName, type ProgrammeAnswer, type SessionAnswer, textIn } from '../names.ts';
import { t } from '../words.ts';
import { EventState } from './event-state.tsx';
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
      <thead>
        <tr>
          <th scope="col">{t('programme.time')}</th>
          <th scope="col">{t('programme.session')}</th>
          <th scope="col">{t('programme.room')}</th>
          <th scope="col">{t('programme.who')}</th>
        </tr>
      </thead>
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
