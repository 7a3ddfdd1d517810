import { useEffect, useState } from 'preact/hooks';
import { pageAddress, registrationAddress } from '../addresses.ts';
import { useDesk } from '../desk.ts';
import { t } from '../words.ts';
import { type ListState, type PeopleField, queryOf } from './filter.ts';
import { useRowKeys } from './keys.tsx';
import type { KnownPerson } from './people.ts';
import { useSelection } from './selection.tsx';

export const columnsShown = (fields: readonly PeopleField[], { columns }: ListState): readonly PeopleField[] => {
  const chosen = columns.flatMap((id) => fields.find((field) => field.id === id) ?? []);
  const name = fields.filter(({ id }) => id === NAME);
  return chosen.length === 0
    ? fields.filter(({ isUsual }) => isUsual)
    : [...name, ...chosen.filter(({ id }) => id !== NAME)];
};

/** Leads to the person, and is always the first column. */
const NAME = 'name';

interface PeopleTableProps {
  readonly rows: readonly KnownPerson[];
  readonly fields: readonly PeopleField[];
  readonly state: ListState;
}

/** Rows that fill a window. */
const FIRST = 20;

/** Of another list than before what can be seen at once, and the rest once that is painted: what is below makes no press wait. */
function useFirst(rows: readonly KnownPerson[], list: string): readonly KnownPerson[] {
  const [drawn, setDrawn] = useState(list);
  useEffect(() => setDrawn(list), [list]);
  return drawn === list ? rows : rows.slice(0, FIRST);
}

/** A table where there is room, a card for each person on a phone (by CSS). */
export function PeopleTable({ rows, fields, state }: PeopleTableProps) {
  const { event } = useDesk();
  const selection = useSelection();
  const columns = columnsShown(fields, state);
  const list = queryOf(state);
  const isAllChosen = rows.every(selection.isChosen);
  const { asks, ...keys } = useRowKeys(rows, list);
  const drawn = useFirst(rows, JSON.stringify(list));
  return (
    <div class="wide-table">
      <span class="unseen" role="status">
        {asks?.words}
      </span>
      <table class="stacked people">
        <thead>
          <tr>
            <th scope="col" class="pick screen">
              <input
                type="checkbox"
                aria-label={t('registrations.choosePage')}
                checked={isAllChosen}
                onChange={() => selection.choose(rows, !isAllChosen)}
              />
            </th>
            {columns.map((field) => (
              <SortedHead key={field.id} field={field} state={state} />
            ))}
          </tr>
        </thead>
        <tbody {...keys}>
          {drawn.map((person) => (
            <tr key={person.reference} class={asks?.reference === person.reference ? 'asks' : undefined}>
              <td class="pick screen">
                <input
                  type="checkbox"
                  aria-label={t('registrations.choose', { name: person.fullName })}
                  checked={selection.isChosen(person)}
                  onChange={(press) => selection.choose([person], press.currentTarget.checked)}
                />
              </td>
              {columns.map((field) =>
                field.id === NAME ? (
                  <th key={field.id} scope="row">
                    <a href={registrationAddress(event.id, person.reference, list)}>{person.fullName}</a>
                    {asks?.reference === person.reference && <small class="asked">{asks.words}</small>}
                  </th>
                ) : (
                  <Cell key={field.id} field={field} person={person} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({
  field: { title, kind, valuesOf, nameOf, Cell: Own },
  person,
}: {
  readonly field: PeopleField;
  readonly person: KnownPerson;
}) {
  const values = valuesOf(person);
  return (
    <td class={kind === 'instant' ? 'time' : undefined} data-label={values.length > 0 ? title : undefined}>
      {Own ? (
        <span>
          <Own person={person} />
        </span>
      ) : (
        values.map((value) => nameOf?.(value) ?? value).join(', ')
      )}
    </td>
  );
}

/** Each column sorts by a press, and the other way round by another. */
function SortedHead({ field, state }: { readonly field: PeopleField; readonly state: ListState }) {
  const { event } = useDesk();
  const isSorted = state.sort.replace(/^-/, '') === field.id;
  const isBackwards = state.sort.startsWith('-');
  const sort = isSorted && !isBackwards ? `-${field.id}` : field.id;
  return (
    <th scope="col" aria-sort={isSorted ? (isBackwards ? 'descending' : 'ascending') : undefined}>
      <a href={pageAddress(event.id, 'registrations', queryOf({ ...state, sort, page: 1 }))}>{field.title}</a>
    </th>
  );
}
