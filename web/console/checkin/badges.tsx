import { pageOf } from '../addresses.ts';
import { useDesk, useRead } from '../desk.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { navigate } from '../router.ts';
import { words } from '../words.ts';
import { BadgeSheet } from './badges/badge-sheet.tsx';
import { ChooseBadges } from './badges/choose-badges.tsx';
import { DoorList } from './badges/door-list.tsx';
import { PrintBadges } from './badges/print-badges.tsx';
import { Temporary } from './badges/temporary.tsx';
import { queryOf, type Wanted, wantedIn } from './badges/wanted.ts';

/** Badges on paper, of a group or of one person. What is wanted is in the address. */
export function Badges({ query }: { readonly query: URLSearchParams }) {
  const { event } = useDesk();
  const wanted = wantedIn(query);
  return (
    <>
      <Heading>{words.badges.title}</Heading>
      <div class="screen">
        <p>{words.badges.explain}</p>
        <p class="hint">{words.badges.minors}</p>
        <ChooseBadges
          key={query.toString()}
          wanted={wanted}
          onChosen={(next) => navigate(pageOf(event.id, 'badges', { ...next }))}
        />
      </div>
      {wanted.paper === 'temporary' ? <Temporary /> : <Sheet wanted={wanted} />}
    </>
  );
}

function Sheet({ wanted }: { readonly wanted: Wanted }) {
  const { api, event } = useDesk();
  const { paper, ...search } = wanted;
  const found = useRead(JSON.stringify(search), () =>
    api('GET /api/organiser/events/{eventId}/badges', { params: { eventId: event.id }, query: queryOf(wanted) }),
  );
  return (
    <Show of={found}>
      {({ badges, total, next }) =>
        badges.length === 0 ? (
          <p class="empty">{words.badges.none}</p>
        ) : (
          <>
            <div class="above screen">
              <p role="status">{words.badges.found(badges.length, total)}</p>
              <PrintBadges />
            </div>
            {paper === 'list' ? <DoorList people={badges} /> : <BadgeSheet badges={badges} paper={paper} />}
            <nav class="paging" aria-label={words.badges.title}>
              {wanted.after && (
                <a href={pageOf(event.id, 'badges', { ...wanted, after: undefined })}>{words.badges.first}</a>
              )}
              {next && <a href={pageOf(event.id, 'badges', { ...wanted, after: next })}>{words.badges.next}</a>}
            </nav>
          </>
        )
      }
    </Show>
  );
}
