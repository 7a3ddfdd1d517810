import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { REGISTRATION_STATUSES } from '../../../shared/event/attendee.ts';
import { navigate, pageAddress } from '../addresses.ts';
import { useCounted, useDesk, useHas, useRead } from '../desk.ts';
import { type FieldChoice, SelectField, TextInput } from '../kernel/form/field.tsx';
import { Form } from '../kernel/form/form.tsx';
import { SaveTable } from '../kernel/form/save-table.tsx';
import { Button } from '../kernel/parts/buttons.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { RegistrationTable } from '../kernel/parts/registration-table.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { countriesToFind } from '../names.ts';
import { t } from '../words.ts';
import { filterIn, filterText, isFiltered, OVERDUE, queryOf, type RegistrationFilter, UNREACHED } from './filter.ts';

interface SearchFormProps {
  readonly filter: RegistrationFilter;
  readonly onSearch: (wanted: RegistrationFilter) => void;
}

const STATUSES: readonly FieldChoice[] = [
  ['', t('registrations.anyStatus')],
  ...REGISTRATION_STATUSES.map((status) => [status, t(`status.${status}`)] as const),
  [OVERDUE, t('registrations.overdue')],
  [UNREACHED, t('registrations.unreached')],
];

/** Nothing is searched for before the button is pressed: an organiser at a keyboard passes other choices on the way. */
function SearchForm({ filter, onSearch }: SearchFormProps) {
  const { event } = useDesk();
  const [typed, setTyped] = useState(filter);
  useEffect(() => setTyped(filter), [JSON.stringify(filter)]);
  const field = (name: keyof RegistrationFilter) => ({
    name,
    value: typed[name],
    onChange: (value: string) => setTyped({ ...typed, [name]: value }),
  });
  const titled = (parts: readonly { readonly id: string; readonly title: string }[]): readonly FieldChoice[] =>
    parts.map(({ id, title }) => [id, title]);
  return (
    <Form class="filters screen" role="search" onSend={() => onSearch({ ...typed, q: typed.q.trim() })}>
      <TextInput {...field('q')} type="search" label={t('registrations.search')} maxLength={200} />
      <SelectField {...field('status')} label={t('row.status')} choices={STATUSES} />
      <SelectField
        {...field('category')}
        label={t('row.category')}
        choices={[['', t('registrations.anyCategory')], ...titled(event.categories)]}
      />
      <SelectField
        {...field('mode')}
        label={t('fact.mode')}
        choices={[['', t('registrations.anyMode')], ...titled(event.modes)]}
      />
      <SelectField
        {...field('country')}
        label={t('fact.country')}
        choices={countriesToFind(event, t('registrations.anyCountry'))}
      />
      <Button type="submit">{t('registrations.find')}</Button>
    </Form>
  );
}

/** A table of exactly those who are found, on all pages. */
function Export({ filter }: { readonly filter: RegistrationFilter }) {
  const { api, event } = useDesk();
  return (
    <SaveTable
      key={JSON.stringify(filter)}
      label={t('registrations.export')}
      name={`${event.id}.csv`}
      load={() =>
        api('GET /api/organiser/events/{eventId}/registrations.csv', {
          params: { eventId: event.id },
          query: queryOf(filter),
        })
      }
      saved={t('registrations.exported')}
    />
  );
}

/** What is searched for is in the address: a page can be come back to, sent on and reloaded. */
export function RegistrationsScreen({ query }: { readonly query: URLSearchParams }) {
  const { event } = useDesk();
  const filter = filterIn(query);
  return (
    <>
      <Heading>{t('registrations.title')}</Heading>
      <SearchForm
        filter={filter}
        onSearch={(wanted) => navigate(pageAddress(event.id, 'registrations', { ...wanted }))}
      />
      <Results filter={filter} cursor={query.get('cursor') ?? undefined} />
    </>
  );
}

function Results({ filter, cursor }: { readonly filter: RegistrationFilter; readonly cursor: string | undefined }) {
  const { api, event } = useDesk();
  const mayExport = useHas('organiser');
  const counted = useCounted();
  const found = useRead(JSON.stringify([filter, cursor]), () =>
    api('GET /api/organiser/events/{eventId}/registrations', {
      params: { eventId: event.id },
      query: { ...queryOf(filter), cursor },
    }),
  );
  const top = useFocusOnTurn(cursor);
  const nobody = t(counted ? `registrations.none.${counted}` : 'registrations.none');
  return (
    <Show of={found}>
      {({ registrations, total, previous, next }) => (
        <>
          <p class="paper">{[event.title, filterText(event, filter)].filter(Boolean).join(': ')}</p>
          <div class="above">
            <p role="status" ref={top} tabIndex={-1}>
              {t('registrations.found', { count: total })}
            </p>
            {total > 0 && (
              <div class="buttons">
                <Button kind="second" onPress={() => print()}>
                  {t('registrations.print')}
                </Button>
                {mayExport && <Export filter={filter} />}
              </div>
            )}
          </div>
          {total === 0 ? (
            <p class="empty">{isFiltered(filter) ? t('registrations.noMatch') : nobody}</p>
          ) : (
            <RegistrationTable rows={registrations} list={{ ...filter, cursor: cursor ?? '' }} />
          )}
          <nav class="paging" aria-label={t('registrations.paging')}>
            {cursor && <a href={pageAddress(event.id, 'registrations', { ...filter })}>{t('registrations.first')}</a>}
            {cursor && (
              <a href={pageAddress(event.id, 'registrations', { ...filter, cursor: previous })}>
                {t('registrations.previous')}
              </a>
            )}
            {next && (
              <a href={pageAddress(event.id, 'registrations', { ...filter, cursor: next })}>
                {t('registrations.next')}
              </a>
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
  useLayoutEffect(() => {
    if (shown.current === cursor || top.current === null) return;
    shown.current = cursor;
    top.current.focus();
  });
  return top;
}
