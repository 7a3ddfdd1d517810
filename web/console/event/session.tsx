import { NEW_SESSION, pageOf } from '../addresses.ts';
import { useDesk, useRead } from '../desk.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';
import { textIn } from './programme/local-text.ts';
import { SessionForm } from './programme/session-form.tsx';

/** One session to change, or one to add. */
export function Session({ one: sessionId }: { readonly one: string }) {
  const { api, event } = useDesk();
  const isNew = sessionId === NEW_SESSION;
  const programme = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/programme', { params: { eventId: event.id } }),
  );
  return (
    <>
      <p class="back">
        <a href={pageOf(event.id, 'programme')}>{t('session.back')}</a>
      </p>
      <Show of={programme}>
        {(read) => {
          const session = read.sessions.find(({ id }) => id === sessionId);
          if (!isNew && session === undefined) return <Heading>{t('session.notFound')}</Heading>;
          return (
            <>
              <Heading>{session ? textIn(read, session.title) : t('session.addTitle')}</Heading>
              <SessionForm programme={read} session={session} onStale={programme.reload} />
            </>
          );
        }}
      </Show>
    </>
  );
}
