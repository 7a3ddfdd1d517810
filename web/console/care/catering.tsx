import { useDesk, useRead } from '../desk.ts';
import { SaveTable } from '../kernel/form/save-table.tsx';
import { Button } from '../kernel/parts/button.tsx';
import { Heading } from '../kernel/parts/heading.tsx';
import { ReadAgain } from '../kernel/parts/read-again.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when, zoneName } from '../names.ts';
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
