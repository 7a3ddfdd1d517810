import { useDesk, useRead } from '../desk.ts';
import { when, zoneName } from '../names.ts';
import { Button } from '../parts/button.tsx';
import { Heading } from '../parts/heading.tsx';
import { ReadAgain } from '../parts/read-again.tsx';
import { SaveTable } from '../parts/save-table.tsx';
import { Show } from '../parts/show.tsx';
import { words } from '../words.ts';
import { Counts } from './catering/counts.tsx';

/** How many chose what on which day, for whoever cooks: to look at, to print, to save. */
export function Catering() {
  const { api, event } = useDesk();
  const params = { eventId: event.id };
  const counts = useRead(event.id, () => api('GET /api/organiser/events/{eventId}/care/counts', { params }));
  return (
    <>
      <Heading>{words.catering.title}</Heading>
      <p class="screen">{words.catering.explain}</p>
      <Show of={counts}>
        {(numbers) => (
          <>
            <p class="paper">{event.title}</p>
            <div class="above">
              <p>{words.catering.asOf(when(event, numbers.countedAt), zoneName(event))}</p>
              <div class="buttons">
                <ReadAgain label={words.catering.again} reload={counts.reload} told={words.catering.readAgain} />
                <Button kind="second" onPress={() => print()}>
                  {words.catering.print}
                </Button>
                <SaveTable
                  label={words.catering.save}
                  name={`${event.id}-catering-${numbers.countedAt.slice(0, 'YYYY-MM-DD'.length)}.csv`}
                  load={() => api('GET /api/organiser/events/{eventId}/care/counts.csv', { params })}
                  saved={words.catering.saved}
                />
              </div>
            </div>
            <Counts counts={numbers} />
          </>
        )}
      </Show>
    </>
  );
}
