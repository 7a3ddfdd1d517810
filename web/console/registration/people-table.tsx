import { useEffect, useMemo, useState } from 'preact/hooks';
import { pageAddress, registrationAddress } from '../addresses.ts';
import { useDesk } from '../desk.ts';
import { t } from '../words.ts';
import { type ListState, type PeopleField, queryOf } from './filter.ts';
import { useRowKeys } from './keys.tsx';
import type { KnownPerson } from './people.ts';
import { type Selection, useSelection } from './selection.tsx';

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

/** CSS pixels of a row, of one line or two: so many fill a window, of which the top is not the table's. */
const ROW = 60;

/** Of another list than before what can be seen at once, and the rest once that is painted: what is below makes no press wait. */
function useFirst(rows: readonly KnownPerson[], list: string): readonly KnownPerson[] {
  const [drawn, setDrawn] = useState(list);
  useEffect(() => setDrawn(list), [list]);
  return drawn === list ? rows : rows.slice(0, Math.ceil(innerHeight / ROW));
}

/** A table where there is room, a card for each person on a phone (by CSS). */
export function PeopleTable({ rows, fields, state }: PeopleTableProps) {
  const selection = useSelection();
  const columns = useMemo(() => columnsShown(fields, state), [fields, state.columns.join()]);
  const list = queryOf(state);
  const asked = JSON.stringify(list);
  const isAllChosen = rows.every(selection.isChosen);
  const { asks, ...keys } = useRowKeys(rows, list);
  const drawn = useFirst(rows, asked);
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
            <Row
              key={person.reference}
              person={person}
              columns={columns}
              list={asked}
              asks={asks?.reference === person.reference ? asks.words : undefined}
              isChosen={selection.isChosen(person)}
              onChoose={selection.choose}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly person: KnownPerson;
  readonly columns: readonly PeopleField[];
  /** What of the list stands in its address, as JSON. */
  readonly list: string;
  /** What a key that was pressed once asks of this row. */
  readonly asks: string | undefined;
  readonly isChosen: boolean;
  readonly onChoose: Selection['choose'];
}

/** Drawn anew where something of it is another: a press on one of fifty waits for no other. */
function Row({ person, columns, list, asks, isChosen, onChoose }: RowProps) {
  const { event } = useDesk();
  return useMemo(
    () => (
      <tr class={asks === undefined ? undefined : 'asks'}>
        <td class="pick screen">
          <input
            type="checkbox"
            aria-label={t('registrations.choose', { name: person.fullName })}
            checked={isChosen}
            onChange={(press) => onChoose([person], press.currentTarget.checked)}
          />
        </td>
        {columns.map((field) =>
          field.id === NAME ? (
            <th key={NAME} scope="row">
              <a href={registrationAddress(event.id, person.reference, JSON.parse(list))}>{person.fullName}</a>
              {asks !== undefined && <small class="asked">{asks}</small>}
            </th>
          ) : (
            <Cell key={field.id} field={field} person={person} />
          ),
        )}
      </tr>
    ),
    [event, person, columns, list, asks, isChosen, onChoose],
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
