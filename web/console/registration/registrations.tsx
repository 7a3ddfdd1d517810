import { useEffect, useRef } from 'preact/hooks';
import { pageOf } from '../addresses.ts';
import { useDesk, useHas, useRead } from '../desk.ts';
import { Button } from '../kernel/parts/button.tsx';
import { Heading } from '../kernel/parts/heading.tsx';
import { RegistrationTable } from '../kernel/parts/registration-table.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { navigate } from '../router.ts';
import { words } from '../words.ts';
import { Export } from './registrations/export.tsx';
import { type Filter, filterIn, filterText, isFiltered, queryOf } from './registrations/filter.ts';
import { SearchForm } from './registrations/search-form.tsx';

/** What is searched for is in the address: a page can be come back to, sent on and reloaded. */
export function Registrations({ query }: { readonly query: URLSearchParams }) {
  const { event } = useDesk();
  const filter = filterIn(query);
  return (
    <>
      <Heading>{words.registrations.title}</Heading>
      <SearchForm filter={filter} onSearch={(wanted) => navigate(pageOf(event.id, 'registrations', { ...wanted }))} />
      <Results filter={filter} cursor={query.get('cursor') ?? undefined} />
    </>
  );
}

function Results({ filter, cursor }: { readonly filter: Filter; readonly cursor: string | undefined }) {
  const { api, event } = useDesk();
  const mayExport = useHas('organiser');
  const seesAll = useHas('organiser', 'safeguarding');
  const found = useRead(JSON.stringify([filter, cursor]), () =>
    api('GET /api/organiser/events/{eventId}/registrations', {
      params: { eventId: event.id },
      query: { ...queryOf(filter), cursor },
    }),
  );
  const top = useFocusOnTurn(cursor);
  const nobody = seesAll ? words.registrations.none : words.registrations.noneOfYours;
  return (
    <Show of={found}>
      {({ registrations, total, next }) => (
        <>
          <p class="paper">{[event.title, filterText(event, filter)].filter(Boolean).join(': ')}</p>
          <div class="above">
            <p role="status" ref={top} tabIndex={-1}>
              {words.registrations.found(total)}
            </p>
            {total > 0 && (
              <div class="buttons">
                <Button kind="second" onPress={() => print()}>
                  {words.registrations.print}
                </Button>
                {mayExport && <Export filter={filter} />}
              </div>
            )}
          </div>
          {total === 0 ? (
            <p class="empty">{isFiltered(filter) ? words.registrations.noMatch : nobody}</p>
          ) : (
            <RegistrationTable rows={registrations} />
          )}
          <nav class="paging" aria-label={words.registrations.paging}>
            {cursor && <a href={pageOf(event.id, 'registrations', { ...filter })}>{words.registrations.first}</a>}
            {next && (
              <a href={pageOf(event.id, 'registrations', { ...filter, cursor: next })}>{words.registrations.next}</a>
            )}
          </nav>
        </>
      )}
    </Show>
  );
}

/** After a turn of the page, reading goes on at its top: the link that was pressed is at the bottom, or gone. */
function useFocusOnTurn(cursor: string | undefined) {
  const top = useRef<HTMLParagraphElement>(null);
  const shown = useRef(cursor);
  useEffect(() => {
    if (shown.current === cursor || top.current === null) return;
    shown.current = cursor;
    top.current.focus();
  });
  return top;
}
