import { useRef, useState } from 'preact/hooks';
import { pageOf } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { requireTyped } from '../../kernel/form/require-typed.ts';
import { useUnlessStale } from '../../kernel/parts/use-unless-stale.ts';
import { navigate } from '../../router.ts';
import { t } from '../../words.ts';
import { type ProgrammeAnswer, type SessionAnswer, textIn } from './local-text.ts';
import { SessionFields, sessionLabels } from './session-fields.tsx';
import { newSessionId } from './session-id.ts';
import { requiredOf, sessionBody, typedOf } from './typed-session.ts';

/** How a session is saved now, for whoever began from an earlier one. */
function SessionNow({ programme, session }: { readonly programme: ProgrammeAnswer; readonly session: SessionAnswer }) {
  const day = programme.days.find(({ id }) => id === session.day);
  const groups = programme.categories.filter(({ id }) => session.audience?.includes(id));
  const facts = [
    textIn(programme, session.title),
    `${textIn(programme, day?.title)}, ${session.start}–${session.end}`,
    textIn(programme, session.room),
    session.signUp && t('programme.signUp'),
    groups.map(({ title }) => textIn(programme, title)).join(', '),
  ].filter(Boolean);
  return (
    <div class="note warn">
      <p>{t('session.now')}</p>
      <ul>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </div>
  );
}

interface SessionFormProps {
  readonly programme: ProgrammeAnswer;
  /** None where one is added. */
  readonly session: SessionAnswer | undefined;
  readonly onStale: () => Promise<void>;
}

/** What was typed stays where someone else was faster; what they made of this very session is shown above it then. */
export function SessionForm({ programme, session, onStale }: SessionFormProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'definition-changed',
    onStale,
    words: t('session.changedMeanwhile'),
  });
  const [typed, setTyped] = useState(() => typedOf(programme, session));
  const begun = useRef(session);
  const isOther = JSON.stringify(begun.current) !== JSON.stringify(session);
  const { version, languages, sessions } = programme;
  const save = async (): Promise<void> => {
    requireTyped(requiredOf(languages, typed));
    const body = sessionBody(languages, typed);
    const title = textIn(programme, body.title);
    const ids = sessions.map(({ id }) => id);
    await api('PUT /api/organiser/events/{eventId}/sessions/{sessionId}', {
      params: { eventId: event.id, sessionId: session?.id ?? newSessionId(title, ids) },
      body: { version, session: body },
    });
    navigate(pageOf(event.id, 'programme'));
    tell(session ? t('session.saved', { title }) : t('session.added', { title }));
  };
  return (
    <>
      {isOther && session && <SessionNow programme={programme} session={session} />}
      <FieldsForm
        send={session ? t('session.save') : t('session.add')}
        busy={busy}
        error={error}
        labels={sessionLabels(languages)}
        onSend={() => change(save)}
        onCancel={() => navigate(pageOf(event.id, 'programme'))}
      >
        <SessionFields programme={programme} typed={typed} error={error} onChange={setTyped} />
      </FieldsForm>
    </>
  );
}
