import { NEW_SESSION, sessionPage } from '../addresses.ts';
import { useDesk, useRead } from '../desk.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { dayName } from '../names.ts';
import { words } from '../words.ts';
import { EventState } from './programme/event-state.tsx';
import { textIn } from './programme/local-text.ts';
import { SessionTable } from './programme/session-table.tsx';
import { RegistrationWindow } from './programme/window.tsx';

/** When registration is open, and what happens when and where. */
export function Programme() {
  const { api, event } = useDesk();
  const programme = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/programme', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{words.programme.title}</Heading>
      <Show of={programme}>
        {(read) => (
          <>
            <EventState days={read.days} onChanged={programme.reload} />
            <RegistrationWindow programme={read} onChanged={programme.reload} />
            <div class="above">
              <h2>{words.programme.sessions}</h2>
              <a class="button screen" href={sessionPage(event.id, NEW_SESSION)}>
                {words.programme.add}
              </a>
            </div>
            <p>{words.programme.explain}</p>
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
