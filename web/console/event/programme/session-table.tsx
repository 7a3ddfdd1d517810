import { compareCodes } from '../../../../shared/kernel/text/text-order.ts';
import { sessionPage } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { words } from '../../words.ts';
import { type ProgrammeAnswer, type SessionAnswer, textIn } from './local-text.ts';

interface SessionTableProps {
  readonly programme: ProgrammeAnswer;
  /** Id of the day. */
  readonly day: string;
}

/** The sessions of a day in order of time; each title leads to where it is changed. */
export function SessionTable({ programme, day }: SessionTableProps) {
  const { event } = useDesk();
  const sessions = programme.sessions
    .filter((session) => session.day === day)
    .sort((a, b) => compareCodes(a.start, b.start) || compareCodes(a.end, b.end));
  if (sessions.length === 0) return <p class="empty">{words.programme.noSessions}</p>;
  return (
    <table class="stacked sessions">
      <thead>
        <tr>
          <th scope="col">{words.programme.time}</th>
          <th scope="col">{words.programme.session}</th>
          <th scope="col">{words.programme.room}</th>
          <th scope="col">{words.programme.who}</th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id}>
            <td class="time">
              {session.start}–{session.end}
            </td>
            <th scope="row">
              <a href={sessionPage(event.id, session.id)}>{textIn(programme, session.title)}</a>
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
          <span class="tag">{words.programme.closed}</span>
          <small>{groups.map(({ title }) => textIn(programme, title)).join(', ')}</small>
        </>
      ) : (
        words.programme.everyone
      )}
      {signUp && <small>{words.programme.signUp}</small>}
    </>
  );
}
