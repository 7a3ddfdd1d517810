import { useAct, useDesk, useRead } from '../desk.ts';
import { Button } from '../parts/button.tsx';
import { Heading } from '../parts/heading.tsx';
import { Show } from '../parts/show.tsx';
import { words } from '../words.ts';
import { QuotaCard } from './seats/quota-card.tsx';

/** How full the event is, quota by quota. */
export function Seats() {
  const { api, event, tell } = useDesk();
  const again = useAct();
  const quotas = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/quotas', { params: { eventId: event.id } }),
  );
  const readAgain = async (): Promise<void> => {
    await quotas.reload();
    tell(words.seats.readAgain);
  };
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
                <Button kind="second" busy={again.busy} onPress={() => again.run(readAgain)}>
                  {words.seats.again}
                </Button>
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
