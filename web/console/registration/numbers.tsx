import { OTHERS } from '../../../shared/checkin/attendance/numbers.ts';
import { useDesk, useEventRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { FillBar } from '../kernel/parts/facts.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { countryText } from '../names.ts';
import { t } from '../words.ts';

const ROUTE = 'GET /api/organiser/events/{eventId}/check-in/numbers';
type Table = AnswerOf<typeof ROUTE>['tables'][number];

/** How many people hold a place and came, as far as it says nothing of a few; and nobody by name. */
export function NumbersOfPeople() {
  return (
    <Show of={useEventRead(ROUTE)}>
      {({ registered, came, tables }) => (
        <>
          <p>{t('numbers.explain')}</p>
          <ul class="counts">
            <li>
              <b>{numberText(registered)}</b> {t('numbers.registered')}
            </li>
            <li>
              <b>{numberText(came)}</b> {t('numbers.came')}
            </li>
          </ul>
          {tables.map((table) => (
            <NumbersTable key={table.about} table={table} all={table.about.startsWith('came-') ? came : registered} />
          ))}
        </>
      )}
    </Show>
  );
}

const numberText = (people: number | undefined): string => (people === undefined ? t('numbers.few') : String(people));

interface NumbersTableProps {
  readonly table: Table;
  /** Of whom these are parts; nothing of few. */
  readonly all: number | undefined;
}

function NumbersTable({ table: { about, rows, isWithheld }, all }: NumbersTableProps) {
  const { event } = useDesk();
  if (rows.length === 0 && !isWithheld) return null;
  const nameOf = ({ id, title: own }: Table['rows'][number]): string => {
    if (about !== 'country') return own ?? id;
    return id === OTHERS ? t('numbers.others') : countryText(event, id);
  };
  return (
    <section>
      <h2>{t(`numbers.about.${about}`)}</h2>
      {isWithheld ? (
        <p>{t('numbers.withheld')}</p>
      ) : (
        <ul class="list">
          {rows.map((row) => (
            <li key={row.id}>
              <div>
                <b>{nameOf(row)}</b>
                <small>
                  {row.people === undefined || row.capacity === undefined
                    ? numberText(row.people)
                    : t('numbers.ofSeats', { people: row.people, capacity: row.capacity })}
                </small>
              </div>
              <div>
                {row.people !== undefined && (
                  <FillBar label={nameOf(row)} taken={row.people} capacity={row.capacity ?? all ?? row.people} />
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
