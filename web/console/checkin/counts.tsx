import { useDesk } from '../desk.ts';
import type { AnswerOf } from '../kernel/api/routes.ts';
import { Fill } from '../kernel/parts/fill.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { useLive } from '../kernel/parts/use-live.ts';
import { categoryName } from '../names.ts';
import { t, wordFor } from '../words.ts';
import type { List } from './overview.ts';

type Counted = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/lists/{listId}/counts'>;

/** What the server calls the group of a ticket that no registration has. */
const NOBODY = 'unknown';

interface CountsProps {
  readonly list: List;
  readonly name: string;
}

/** Who came so far, as it happens: in numbers, as bars, and by group and way of attending. */
export function Counts({ list, name }: CountsProps) {
  const { api, event } = useDesk();
  const live = useLive(list.id, async () => {
    const params = { eventId: event.id, listId: list.id };
    const [counted, { lists }] = await Promise.all([
      api('GET /api/organiser/events/{eventId}/check-in/lists/{listId}/counts', { params }),
      api('GET /api/organiser/events/{eventId}/check-in', { params }),
    ]);
    return { ...counted, expected: lists.find(({ id }) => id === list.id)?.expected ?? list.expected };
  });
  return (
    <section>
      <h2>{t('checkInList.numbers')}</h2>
      <Show of={live}>
        {({ total, parts, expected }) => (
          <>
            {live.isOld && <p class="note warn">{t('checkIn.old')}</p>}
            <p>
              {t('checkInList.cameOf', { came: total.came, expected })}{' '}
              {list.passing === 'in-and-out' && insideText(total.inside, list.capacity)}
            </p>
            <Fill label={name} taken={total.came} capacity={expected} />
            {parts.length === 0 ? (
              <p class="empty">{t('checkInList.nobody')}</p>
            ) : (
              <PartTable parts={parts} most={total.came} hasInside={list.passing === 'in-and-out'} />
            )}
          </>
        )}
      </Show>
    </section>
  );
}

const insideText = (inside: number, capacity: number | undefined): string =>
  capacity === undefined ? t('checkInList.insideNow', { inside }) : t('checkInList.insideOf', { inside, capacity });

interface PartTableProps {
  readonly parts: Counted['parts'];
  /** What a whole bar stands for. */
  readonly most: number;
  readonly hasInside: boolean;
}

function PartTable({ parts, most, hasInside }: PartTableProps) {
  const { event } = useDesk();
  return (
    <table class="stacked seats">
      <thead>
        <tr>
          <th scope="col">{t('checkInList.group')}</th>
          <th scope="col">{t('checkInList.came')}</th>
          {hasInside && <th scope="col">{t('checkInList.inside')}</th>}
        </tr>
      </thead>
      <tbody>
        {parts.map(({ category, mode, came, inside }) => {
          const group = category === NOBODY ? t('checkInList.unknown') : categoryName(event, category);
          const way = wordFor('mode', mode);
          return (
            <tr key={`${category} ${mode}`}>
              <th scope="row">
                {group}
                {way && <small>{way}</small>}
              </th>
              <td data-label={t('checkInList.came')} class="wide">
                <div class="amount">
                  {came}
                  <Fill label={[group, way].filter(Boolean).join(', ')} taken={came} capacity={most} />
                </div>
              </td>
              {hasInside && <td data-label={t('checkInList.inside')}>{inside}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
