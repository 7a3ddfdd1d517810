import { useDesk } from '../../desk.ts';
import { SaveTable } from '../../kernel/form/save-table.tsx';
import { words } from '../../words.ts';
import { type Filter, queryOf } from './filter.ts';

/** A table of exactly those who are found, on all pages. */
export function Export({ filter }: { readonly filter: Filter }) {
  const { api, event } = useDesk();
  return (
    <SaveTable
      key={JSON.stringify(filter)}
      label={words.registrations.export}
      name={`${event.id}.csv`}
      load={() =>
        api('GET /api/organiser/events/{eventId}/registrations.csv', {
          params: { eventId: event.id },
          query: queryOf(filter),
        })
      }
      saved={words.registrations.exported}
    />
  );
}
