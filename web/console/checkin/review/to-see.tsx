import { useDesk, useRead } from '../../desk.ts';
import { Heading } from '../../kernel/parts/heading.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { HandOverList } from '../hand-over/hand-overs.tsx';
import { doors } from '../lists/doors.ts';
import { listNames, useReader } from '../overview.ts';
import { ConflictCard } from './conflict-card.tsx';
import { DecidedTable } from './decided.tsx';

/** Scans that a person looks at, and what was said of others. */
export function ToSee() {
  const { api, event } = useDesk();
  const overview = useRead(event.id, useReader());
  const inbox = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/check-in/conflicts', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{doors.toSee.title}</Heading>
      <p>{doors.toSee.explain}</p>
      <Show of={overview}>
        {(read) => (
          <Show of={inbox}>
            {({ conflicts, more, decisions }) => (
              <>
                {conflicts.length === 0 && <p class="empty">{doors.toSee.none}</p>}
                {conflicts.map((conflict) => (
                  <ConflictCard
                    key={`${conflict.list} ${conflict.ticket}`}
                    conflict={conflict}
                    names={listNames(read)}
                    onChanged={inbox.show}
                    onStale={inbox.reload}
                  />
                ))}
                {more > 0 && <p class="note">{doors.toSee.more(more)}</p>}
                {decisions.length > 0 && (
                  <DecidedTable
                    decisions={decisions}
                    names={listNames(read)}
                    onChanged={inbox.show}
                    onStale={inbox.reload}
                  />
                )}
              </>
            )}
          </Show>
        )}
      </Show>
      <HandOverList />
    </>
  );
}
