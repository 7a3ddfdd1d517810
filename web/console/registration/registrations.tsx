import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { navigate, type PageQuery, pageAddress, registrationAddress } from '../addresses.ts';
import { useCounted, useDesk, useHas, useRead } from '../desk.ts';
import { TextInput } from '../kernel/form/field.tsx';
import { Form } from '../kernel/form/form.tsx';
import { Button } from '../kernel/parts/buttons.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';
import { ColumnChoice, Filters } from './choose-filters.tsx';
import { type ListOfPeople, useListOfPeople } from './fields.tsx';
import {
  filterText,
  isFiltered,
  type ListState,
  LONGEST_SEARCH,
  type PeopleField,
  queryOf,
  stepsOfOrder,
} from './filter.ts';
import { HeldDecisions } from './held.tsx';
import { ListKeys } from './keys.tsx';
import type { People } from './people.ts';
import { ByPhone, Gone, Minors, PeopleLoading } from './people-states.tsx';
import { columnsShown, PeopleTable } from './people-table.tsx';
import { ChosenBar } from './selection.tsx';
import { SavedViews } from './views.tsx';

/** People of a page. */
const PAGE = 50;
/** Milliseconds after which what was typed is searched for, and after which the number found is said. */
const TYPED = 150;
const SAID = 1_000;
/** As many as a browser prints in some seconds. */
const MOST_PRINTED = 5_000;

/** What of a list is not printed, said before it is; nothing where all of it is. */
export const printLimit = (found: number): string | undefined =>
  found > MOST_PRINTED ? t('registrations.printLimit', { most: MOST_PRINTED, count: found }) : undefined;

/** What is searched for is in the address: a page can be come back to, sent on and reloaded. */
export function RegistrationsScreen({ query }: { readonly query: URLSearchParams }) {
  const seesAdults = useHas('see-people');
  return (
    <>
      <Heading>{t('registrations.title')}</Heading>
      {seesAdults ? <AllRegistrations query={query} /> : <Minors />}
    </>
  );
}

function AllRegistrations({ query }: { readonly query: URLSearchParams }) {
  const { event, people } = useDesk();
  const list = useListOfPeople(query);
  const { state } = list;
  const [address, setAddress] = useState<Asked>();
  const go = (change: Partial<ListState>, { replace = false } = {}): void =>
    navigate(pageAddress(event.id, 'registrations', queryOf({ ...state, page: 1, ...change })), { replace });
  return (
    <>
      <HeldDecisions onTakenBack={people.look} />
      <Search q={state.q} onSearch={(q) => go({ q }, { replace: true })} onAddress={setAddress} />
      {address === undefined ? (
        <Narrowed list={list} go={go} />
      ) : address === 'in-part' ? (
        <p class="note" role="status">
          {t('registrations.partOfAddress')}
        </p>
      ) : (
        <AddressLookup key={address.email} email={address.email} list={queryOf(state)} />
      )}
    </>
  );
}

/** An address that is asked for; while it is typed nobody is: no list holds any. */
type Asked = { readonly email: string } | 'in-part' | undefined;

interface NarrowedProps {
  readonly list: ListOfPeople;
  readonly go: (change: Partial<ListState>) => void;
}

/** The list by what it is filtered and sorted. While an address is asked for, it is away: it says nothing of that. */
function Narrowed({ list, go }: NarrowedProps) {
  const { people, fields, state, unknown } = list;
  return (
    <>
      {unknown.length > 0 && (
        <p class="note warn">{t('registrations.unknown', { names: unknown.slice(0, MOST_NAMED).join(', ') })}</p>
      )}
      <div class="chooser screen">
        <Filters people={people.all} fields={fields} filters={state.filters} onChange={(filters) => go({ filters })} />
        <ColumnChoice fields={fields} state={state} onChange={go} />
        <SavedViews state={state} />
      </div>
      {people.state === 'emptied' || people.state === 'refused' ? <Gone people={people} /> : <Found list={list} />}
    </>
  );
}

/** As much of a wrong address as is said. */
const MOST_NAMED = 5;

interface SearchProps {
  readonly q: string;
  readonly onSearch: (q: string) => void;
  readonly onAddress: (address: Asked) => void;
}

/** Searches as it is typed. An address is asked for by a press, and stands in no address of ours. */
function Search({ q, onSearch, onAddress }: SearchProps) {
  const [typed, setTyped] = useState(q);
  const sent = useRef(q);
  const isAddress = isAddressLike(typed);
  useEffect(() => {
    if (q !== sent.current) setTyped(q);
    sent.current = q;
  }, [q]);
  const search = (): void => {
    const wanted = typed.trim();
    if (isAddress || wanted === sent.current) return;
    sent.current = wanted;
    onSearch(wanted);
  };
  useEffect(() => {
    const timer = setTimeout(search, TYPED);
    return () => clearTimeout(timer);
  }, [typed]);
  const type = (value: string): void => {
    setTyped(value);
    onAddress(isAddressLike(value) ? 'in-part' : undefined);
  };
  return (
    <Form
      class="search screen"
      role="search"
      onSend={() => (isAddress ? onAddress({ email: typed.trim() }) : search())}
    >
      <TextInput
        name="q"
        type="search"
        label={t('registrations.search')}
        hint={t('registrations.searchHint')}
        maxLength={LONGEST_SEARCH}
        value={typed}
        onChange={type}
      />
      <Button type="submit">{t('registrations.find')}</Button>
    </Form>
  );
}

/** No name, organisation or reference has one. */
const isAddressLike = (typed: string): boolean => typed.includes('@');

interface AddressLookupProps {
  readonly email: string;
  readonly list: PageQuery;
}

/** Who is registered with an address, asked of the server: no list holds any. */
function AddressLookup({ email, list }: AddressLookupProps) {
  const { api, event, people } = useDesk();
  const read = useRead(email, () =>
    api('POST /api/organiser/events/{eventId}/people/by-address', { params: { eventId: event.id }, body: { email } }),
  );
  return (
    <Show of={read}>
      {({ reference }) => {
        const person = people.now().all.find((each) => each.reference === reference);
        return (
          <div class="note" role="status">
            {reference === undefined ? (
              <>
                {t('registrations.noSuchAddress', { email })}
                <ByPhone />
              </>
            ) : (
              <>
                {t('registrations.hasAddress')}{' '}
                <a href={registrationAddress(event.id, reference, list)}>{person?.fullName ?? reference}</a>
              </>
            )}
          </div>
        );
      }}
    </Show>
  );
}

function Found({ list }: { readonly list: ListOfPeople }) {
  const { event } = useDesk();
  const { people, fields, state, found } = list;
  const { q, filters } = state;
  const [printed, setPrinted] = useState(false);
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const page = Math.min(state.page, pages);
  const rows = printed ? found.slice(0, MOST_PRINTED) : found.slice((page - 1) * PAGE, page * PAGE);
  const top = useFocusOnTurn(page);
  const shown = columnsShown(fields, state);
  usePreparedOrders(people, shown, fields);
  useLayoutEffect(() => {
    if (!printed) return;
    print();
    setPrinted(false);
  }, [printed]);
  const said = [...filters.map((each) => filterText(fields, each)), q && `“${q}”`].filter(Boolean).join(', ');
  const isLoading = people.state === 'loading';
  const limit = printLimit(found.length);
  return (
    <>
      <p class="paper">
        {[event.title, said].filter(Boolean).join(': ')} {limit}
      </p>
      <div class="above">
        <div class="found" ref={top} tabIndex={-1}>
          <Count people={people} found={found.length} />
        </div>
        {found.length > 0 && (
          <div class="buttons">
            <Button kind="second" onPress={() => setPrinted(true)}>
              {t('registrations.print')}
            </Button>
            <ListKeys />
            {limit && <p class="screen">{limit}</p>}
          </div>
        )}
      </div>
      {(found.length > 0 || people.chosen.size > 0) && <ChosenBar found={found} fields={fields} shown={shown} />}
      {found.length > 0 ? (
        <PeopleTable rows={rows} fields={fields} state={{ ...state, page }} />
      ) : (
        !isLoading && <Nobody isFiltered={isFiltered(state)} />
      )}
      {!isLoading || found.length > 0 ? (
        <Paging state={state} page={page} pages={pages} />
      ) : (
        <PeopleLoading isOld={people.isOld} />
      )}
    </>
  );
}

/** Milliseconds between two slices where a browser does not tell when it is idle. */
const PAUSE = 50;
const whenIdle = (go: () => void): unknown =>
  typeof requestIdleCallback === 'undefined' ? setTimeout(go, PAUSE) : requestIdleCallback(go);

/** Puts people in order by each column while nobody presses anything, so that a press has to wait for none of it. */
function usePreparedOrders({ all, state }: People, columns: readonly PeopleField[], fields: readonly PeopleField[]) {
  useEffect(() => {
    let isOver = state !== 'complete';
    const waiting = [...columns];
    let steps: Generator | undefined;
    const goOn = (): void => {
      if (isOver || (steps === undefined && waiting.length === 0)) return;
      steps ??= stepsOfOrder(all, waiting.pop() as PeopleField);
      if (steps?.next().done) steps = undefined;
      whenIdle(goOn);
    };
    whenIdle(goOn);
    return () => {
      isOver = true;
    };
  }, [all, state, fields, columns.map(({ id }) => id).join()]);
}

function Nobody({ isFiltered: isNarrowed }: { readonly isFiltered: boolean }) {
  const counted = useCounted();
  const nobody = t(counted ? `registrations.none.${counted}` : 'registrations.none');
  return <p class="empty">{isNarrowed ? t('registrations.noMatch') : nobody}</p>;
}

/** How many are found, seen at once and said after a pause: not with each letter. */
function Count({ people, found }: { readonly people: People; readonly found: number }) {
  const { event } = useDesk();
  const { all, total, state, isOld } = people;
  const isUnknown = state === 'loading' && total === undefined;
  const words = isUnknown ? t('common.loading') : t('registrations.found', { count: found });
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(state === 'loading' ? '' : words), SAID);
    return () => clearTimeout(timer);
  }, [words, state]);
  return (
    <>
      <b>{words}</b>{' '}
      <small>
        {isOld
          ? t('registrations.old')
          : state === 'loading' && total !== undefined
            ? t('registrations.loaded', { loaded: all.length, count: total })
            : event.minors && t('registrations.withoutMinors')}
      </small>
      <span class="unseen" role="status">
        {said}
      </span>
    </>
  );
}

interface PagingProps {
  readonly state: ListState;
  readonly page: number;
  readonly pages: number;
}

function Paging({ state, page, pages }: PagingProps) {
  const { event } = useDesk();
  const to = (wanted: number): string => pageAddress(event.id, 'registrations', queryOf({ ...state, page: wanted }));
  if (pages === 1) return null;
  return (
    <nav class="paging" aria-label={t('registrations.paging')}>
      {page > 1 && <a href={to(1)}>{t('registrations.first')}</a>}
      {page > 1 && <a href={to(page - 1)}>{t('registrations.previous')}</a>}
      <span>{t('registrations.page', { page, pages })}</span>
      {page < pages && <a href={to(page + 1)}>{t('registrations.next')}</a>}
      {page < pages && <a href={to(pages)}>{t('registrations.last')}</a>}
    </nav>
  );
}

/** After a turn of the page, reading goes on at its top: the link that was pressed is at the bottom, or gone. */
function useFocusOnTurn(page: number) {
  const top = useRef<HTMLDivElement>(null);
  const shown = useRef(page);
  useLayoutEffect(() => {
    if (shown.current === page || top.current === null) return;
    shown.current = page;
    if (document.activeElement === document.body || document.activeElement?.closest('.paging')) top.current.focus();
  });
  return top;
}
