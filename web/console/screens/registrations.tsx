import { useEffect, useState } from 'preact/hooks';
import { REGISTRATION_STATUSES } from '../../../shared/domain/registration.ts';
import { pageOf } from '../addresses.ts';
import type { QueryOf } from '../api/routes.ts';
import { useAct, useDesk, useHas, useRead } from '../desk.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { SelectField, TextField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { Heading } from '../parts/heading.tsx';
import { RegistrationTable } from '../parts/registration-table.tsx';
import { Show } from '../parts/show.tsx';
import { navigate } from '../router.ts';
import { saveFile } from '../save-file.ts';
import { words } from '../words.ts';

interface Filter {
  readonly q: string;
  readonly status: string;
  readonly category: string;
}

/** What is searched for is in the address: a page can be come back to, sent on and reloaded. */
export function Registrations({ query }: { readonly query: URLSearchParams }) {
  const { event } = useDesk();
  const filter: Filter = {
    q: query.get('q') ?? '',
    status: query.get('status') ?? '',
    category: query.get('category') ?? '',
  };
  const search = (wanted: Filter): void => navigate(pageOf(event.id, 'registrations', { ...wanted }));
  return (
    <>
      <Heading>{words.registrations.title}</Heading>
      <SearchForm key={JSON.stringify(filter)} filter={filter} onSearch={search} />
      <Results filter={filter} cursor={query.get('cursor') ?? undefined} />
    </>
  );
}

function SearchForm({ filter, onSearch }: { readonly filter: Filter; readonly onSearch: (wanted: Filter) => void }) {
  const { event } = useDesk();
  const [typed, setTyped] = useState(filter.q);
  const statuses = REGISTRATION_STATUSES.map((status) => [status, words.status[status]] as const);
  const categories = event.categories.map(({ id, title }) => [id, title] as const);
  const now = { ...filter, q: typed.trim() };
  return (
    <Form class="filters" role="search" onSend={() => onSearch(now)}>
      <TextField
        name="q"
        type="search"
        label={words.registrations.search}
        value={typed}
        maxLength={200}
        onChange={setTyped}
      />
      <SelectField
        name="status"
        label={words.row.status}
        choices={[['', words.registrations.anyStatus], [OVERDUE, words.registrations.overdue], ...statuses]}
        value={filter.status}
        onChange={(status) => onSearch({ ...now, status })}
      />
      <SelectField
        name="category"
        label={words.row.category}
        choices={[['', words.registrations.anyCategory], ...categories]}
        value={filter.category}
        onChange={(category) => onSearch({ ...now, category })}
      />
      <Button type="submit">{words.registrations.find}</Button>
    </Form>
  );
}

function Results({ filter, cursor }: { readonly filter: Filter; readonly cursor: string | undefined }) {
  const { api, event } = useDesk();
  const mayExport = useHas('organiser');
  const wanted = { ...statusIn(filter), q: filter.q || undefined, category: filter.category || undefined };
  const found = useRead(JSON.stringify([wanted, cursor]), () =>
    api('GET /api/organiser/events/{eventId}/registrations', {
      params: { eventId: event.id },
      query: { ...wanted, cursor },
    }),
  );
  const isFiltered = filter.q !== '' || filter.status !== '' || filter.category !== '';
  return (
    <Show of={found}>
      {({ registrations, total, next }) => (
        <>
          <div class="above">
            <p role="status">{words.registrations.found(total)}</p>
            {mayExport && total > 0 && <Export wanted={wanted} searched={filter.q !== ''} />}
          </div>
          {total === 0 ? (
            <p class="empty">{isFiltered ? words.registrations.noMatch : words.registrations.none}</p>
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

/** Stands among the statuses: who waits for approval, and has for too long. */
const OVERDUE = 'overdue';

const statusIn = ({ status }: Filter) =>
  status === OVERDUE
    ? ({ status: 'pending-approval', overdue: 'true' } as const)
    : { status: REGISTRATION_STATUSES.find((each) => each === status) };

interface ExportProps {
  readonly wanted: Omit<QueryOf<'GET /api/organiser/events/{eventId}/registrations.csv'>, 'lang'>;
  /** Whether words were searched for, which an export does not know. */
  readonly searched: boolean;
}

function Export({ wanted: { status, category, overdue }, searched }: ExportProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run, clear } = useAct();
  useEffect(clear, [status, category, overdue]);
  const save = async (): Promise<void> => {
    const table = await api('GET /api/organiser/events/{eventId}/registrations.csv', {
      params: { eventId: event.id },
      query: { status, category, overdue },
    });
    saveFile(`${event.id}.csv`, table);
    tell(words.registrations.exported);
  };
  return (
    <div>
      <Button kind="second" busy={busy} onPress={() => run(save)}>
        {searched ? words.registrations.exportAll : words.registrations.export}
      </Button>
      <Failure error={error} />
    </div>
  );
}
