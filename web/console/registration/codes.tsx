import { useDesk, useRead } from '../desk.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { words } from '../words.ts';
import { CodeTable } from './codes/code-table.tsx';
import { MakeCode } from './codes/make-code.tsx';

/** Codes with which people register without waiting for a decision. */
export function Codes() {
  const { api, event } = useDesk();
  const codes = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/invitations', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{words.codes.title}</Heading>
      <p>{words.codes.explain}</p>
      <MakeCode onMade={codes.reload} />
      <Show of={codes}>
        {({ invitations }) =>
          invitations.length === 0 ? (
            <p class="empty">{words.codes.none}</p>
          ) : (
            <CodeTable codes={invitations} onChanged={codes.show} />
          )
        }
      </Show>
    </>
  );
}
