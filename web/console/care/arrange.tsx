import { useState } from 'preact/hooks';
import { useDesk, useRead } from '../desk.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { ReadAgain } from '../kernel/parts/read-again.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { words } from '../words.ts';
import { type Need, NeedItem } from './arrange/need-item.tsx';

/** What is arranged for one person at a time: what is left to do first. Whatever is ticked stays where it is until the list is read again. */
export function Arrange() {
  const { api, event } = useDesk();
  const [replaced, setReplaced] = useState<readonly Need[]>([]);
  const list = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/care/needs', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{words.arrange.title}</Heading>
      <p>{words.arrange.explain}</p>
      <p>{words.arrange.recorded}</p>
      <Show of={list}>
        {({ needs, hidden }) => (
          <>
            <div class="above">
              <p>
                {needs.length > 0 && words.arrange.left(needs.filter(({ arranged }) => !arranged).length, needs.length)}
              </p>
              <ReadAgain label={words.arrange.again} reload={list.reload} told={words.arrange.readAgain} />
            </div>
            {hidden > 0 && <p class="note">{words.arrange.hidden(hidden)}</p>}
            {needs.length === 0 && hidden === 0 && <p class="empty">{words.arrange.none}</p>}
            {needs.length > 0 && (
              <ul class="list">
                {needs.map((need) => (
                  <NeedItem
                    key={need.reference}
                    need={need}
                    before={replaced.find(({ reference }) => reference === need.reference)}
                    onChanged={({ arranged }) =>
                      list.show({
                        hidden,
                        needs: needs.map((each) => (each.reference === need.reference ? { ...each, arranged } : each)),
                      })
                    }
                    onStale={async () => {
                      setReplaced([need, ...replaced]);
                      await list.reload();
                    }}
                  />
                ))}
              </ul>
            )}
          </>
        )}
      </Show>
    </>
  );
}
