import { useState } from 'preact/hooks';
import { useDesk, useRead } from '../desk.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { ReadAgain } from '../kernel/parts/read-again.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';
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
      <Heading>{t('arrange.title')}</Heading>
      <p>{t('arrange.explain')}</p>
      <p>{t('arrange.recorded')}</p>
      <Show of={list}>
        {({ needs, hidden }) => (
          <>
            <div class="above">
              <p>
                {needs.length > 0 &&
                  t('arrange.left', { open: needs.filter(({ arranged }) => !arranged).length, all: needs.length })}
              </p>
              <ReadAgain label={t('arrange.again')} reload={list.reload} told={t('arrange.readAgain')} />
            </div>
            {hidden > 0 && <p class="note">{t('arrange.hidden', { howMany: hidden })}</p>}
            {needs.length === 0 && hidden === 0 && <p class="empty">{t('arrange.none')}</p>}
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
