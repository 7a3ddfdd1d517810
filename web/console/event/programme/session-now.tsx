import { words } from '../../words.ts';
import { type ProgrammeAnswer, type SessionAnswer, textIn } from './local-text.ts';

/** How a session is saved now, for whoever began from an earlier one. */
export function SessionNow({
  programme,
  session,
}: {
  readonly programme: ProgrammeAnswer;
  readonly session: SessionAnswer;
}) {
  const day = programme.days.find(({ id }) => id === session.day);
  const groups = programme.categories.filter(({ id }) => session.audience?.includes(id));
  const facts = [
    textIn(programme, session.title),
    `${textIn(programme, day?.title)}, ${session.start}–${session.end}`,
    textIn(programme, session.room),
    session.signUp && words.programme.signUp,
    groups.map(({ title }) => textIn(programme, title)).join(', '),
  ].filter(Boolean);
  return (
    <div class="note warn">
      <p>{words.session.now}</p>
      <ul>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </div>
  );
}
