import { checkInAddress, NEW_HANDOUT, NEW_LIST, PHONES, TO_SEE } from '../addresses.ts';
import { useDesk } from '../desk.ts';
import { FillBar, TableHead } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show, useLive } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';
import { type HandoutView, isOpen, type List, listName, openTimes, type Read, useReader } from './overview.ts';

/** Lists that are open now come first. */
function ListTable({ read }: { readonly read: Read }) {
  const now = useDesk().now();
  const tellsInside = read.lists.some(({ passing }) => passing === 'in-and-out');
  const order = [...read.lists].sort((a, b) => Number(isOpen(b, now)) - Number(isOpen(a, now)));
  return (
    <table class="stacked seats">
      <TableHead
        columns={[t('checkIn.list'), t('checkIn.open'), t('checkIn.came'), tellsInside && t('checkIn.inside')]}
      />
      <tbody>
        {order.map((list) => (
          <Row key={list.id} list={list} name={listName(read.programme, list)} tellsInside={tellsInside} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly list: List;
  readonly name: string;
  /** Whether there is a list of which it is known who is inside. */
  readonly tellsInside: boolean;
}

function Row({ list, name, tellsInside }: RowProps) {
  const { event, now } = useDesk();
  const { counts, expected, opens, passing } = list;
  return (
    <tr>
      <th scope="row">
        <a href={checkInAddress(event.id, list.id)}>{name}</a>
      </th>
      <td data-label={t('checkIn.open')}>
        <div>
          {opens === undefined ? t('checkIn.gone') : openTimes(event, list)}{' '}
          {isOpen(list, now()) && <span class="tag confirmed">{t('checkIn.openNow')}</span>}
        </div>
      </td>
      <td data-label={t('checkIn.came')}>
        <div class="amount">
          {t('checkIn.of', { came: counts.came, expected })}
          <FillBar label={name} taken={counts.came} capacity={expected} />
        </div>
      </td>
      {/* Where nobody is scanned on their way out, nobody knows who is inside. */}
      {tellsInside && <td data-label={t('checkIn.inside')}>{passing === 'in-and-out' ? counts.inside : '–'}</td>}
    </tr>
  );
}

/** What is handed out, in numbers: nobody's attendance. */
function HandoutTable({ handouts }: { readonly handouts: readonly HandoutView[] }) {
  const { event } = useDesk();
  return (
    <section>
      <h2>{t('handout.title')}</h2>
      <p class="hint">{t('handout.explain')}</p>
      <table class="stacked">
        <TableHead columns={[t('handout.what'), t('handout.often'), t('handout.people'), t('handout.out')]} />
        <tbody>
          {handouts.map(({ id, name, often, isLent, counts }) => (
            <tr key={id}>
              <th scope="row">
                <a href={checkInAddress(event.id, id)}>{name}</a>
              </th>
              <td data-label={t('handout.often')}>{t(`handout.oftens.${often}`)}</td>
              <td data-label={t('handout.people')}>{counts.people}</td>
              <td data-label={t('handout.out')}>{isLent ? counts.out : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Where people are checked in, and how many came, as it happens. */
export function CheckInScreen() {
  const { event } = useDesk();
  const live = useLive(event.id, useReader());
  const to = (one: string): string => checkInAddress(event.id, one);
  return (
    <>
      <Heading>{t('checkIn.title')}</Heading>
      <p>{t('checkIn.explain')}</p>
      <p class="buttons">
        <a class="button" href={to(PHONES)}>
          {t('checkIn.phones')}
        </a>
        <a class="button second" href={to(NEW_LIST)}>
          {t('checkIn.make')}
        </a>
        <a class="button second" href={to(NEW_HANDOUT)}>
          {t('handout.make')}
        </a>
      </p>
      <Show of={live}>
        {(read) => (
          <>
            {live.isOld && <p class="note warn">{t('checkIn.old')}</p>}
            {read.conflicts > 0 ? (
              <p class="note warn">
                <a href={to(TO_SEE)}>{t('checkIn.toSee', { howMany: read.conflicts })}</a>
              </p>
            ) : (
              <p>
                <a class="beside" href={to(TO_SEE)}>
                  {t('checkIn.looked')}
                </a>
              </p>
            )}
            {read.handedOver > 0 && (
              <p class="note warn">
                <a href={to(TO_SEE)}>{t('checkIn.handedOver', { howMany: read.handedOver })}</a>
              </p>
            )}
            <ListTable read={read} />
            {read.handouts.length > 0 && <HandoutTable handouts={read.handouts} />}
          </>
        )}
      </Show>
    </>
  );
}
