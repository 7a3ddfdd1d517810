import { useDesk, useRead } from '../desk.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { ReadAgain } from '../kernel/parts/read-again.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { words } from '../words.ts';
import { QuotaCard } from './quota-card.tsx';

/** How full the event is, quota by quota. */
export function Seats() {
  const { api, event } = useDesk();
  const quotas = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/quotas', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{words.seats.title}</Heading>
      <p>{words.seats.explain}</p>
      <Show of={quotas}>
        {({ version, quotas: all }) =>
          all.length === 0 ? (
            <p class="empty">{words.seats.none}</p>
          ) : (
            <>
              <p class="screen">
                <ReadAgain label={words.seats.again} reload={quotas.reload} told={words.seats.readAgain} />
              </p>
              {all.map((quota) => (
                <QuotaCard
                  key={quota.id}
                  quota={quota}
                  version={version}
                  onChanged={quotas.show}
                  onStale={quotas.reload}
                />
              ))}
            </>
          )
        }
      </Show>
    </>
  );
}
