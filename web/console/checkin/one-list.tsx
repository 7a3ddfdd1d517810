import { ARRIVAL_STEP, type Arrivals } from '../../../shared/checkin/attendance/arrivals.ts';
import { localDate } from '../../../shared/kernel/text/zoned-time.ts';
import { useDesk, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { Disclosure } from '../kernel/parts/buttons.tsx';
import { FactList, FillBar, TableHead } from '../kernel/parts/facts.tsx';
import { lazy } from '../kernel/parts/lazy.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show, useLive } from '../kernel/parts/show.tsx';
import { categoryName, type ProgrammeAnswer, when } from '../names.ts';
import { t, wordFor } from '../words.ts';
import { ListForm, RemoveList } from './list-form.tsx';
import { type List, listName, openTimes, placeName, useReader } from './overview.ts';
import { WhoCame } from './who-came.tsx';

/** Milliseconds: a curve changes slowly, and all scans are read for it. */
const EVERY = 60_000;

/** When people came, as bars with their numbers; nothing before anybody did. */
function ArrivalTable({ id }: { readonly id: string }) {
  const { api, event } = useDesk();
  const live = useLive(
    id,
    () =>
      api('GET /api/organiser/events/{eventId}/check-in/lists/{listId}/arrivals', {
        params: { eventId: event.id, listId: id },
      }),
    EVERY,
  );
  return (
    <Show of={live}>
      {({ steps, daysOnly }) => {
        const all = steps.map(({ from, ...step }) => ({ from: Date.parse(from), ...step }));
        const bars = daysOnly ? all : fewerSteps(all);
        const most = Math.max(...bars.map(({ came, online }) => came + online));
        const hasOnline = bars.some(({ online }) => online !== 0);
        return (
          bars.length > 0 && (
            <section>
              <h2>{t('checkInList.arrivals')}</h2>
              <table class="seats">
                <thead>
                  <tr>
                    <th scope="col">{daysOnly ? t('doors.names.day') : t('checkInList.time')}</th>
                    <th scope="col" colSpan={hasOnline ? 1 : 2}>
                      {hasOnline ? t('checkInList.atDoor') : t('checkInList.came')}
                    </th>
                    {hasOnline && (
                      <th scope="col" colSpan={2}>
                        {t('mode.online')}
                      </th>
                    )}
                  </tr>
                </thead>
                <tbody>
                  {bars.map(({ from, came, online }) => {
                    const begin = new Date(from);
                    const time = when(event, daysOnly ? localDate(begin, event.timeZone) : begin.toISOString());
                    return (
                      <tr key={from}>
                        <th scope="row" class="time">
                          {time}
                        </th>
                        <td>{came}</td>
                        {hasOnline && <td>{online}</td>}
                        <td class="wide">
                          <FillBar label={time} taken={came + online} capacity={most} />
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </section>
          )
        );
      }}
    </Show>
  );
}

/** Where and when people come in, who may, and how they pass. */
function Rules({ list, programme }: { readonly list: List; readonly programme: ProgrammeAnswer }) {
  const { event } = useDesk();
  const { place, categories, modes, passing, capacity, signedUpOnly } = list;
  return (
    <FactList
      title={t('checkInList.rules')}
      facts={[
        [t('checkInList.place'), placeName(programme, place)],
        [t('checkIn.open'), openTimes(event, list) || t('checkIn.gone')],
        [
          t('checkInList.group'),
          categories?.map((id) => categoryName(event, id)).join(', ') ?? t('checkInList.everyone'),
        ],
        [t('checkInList.modes'), modes.map((mode) => t(`mode.${mode}`)).join(', ')],
        [t('checkInList.signedUp'), place.kind === 'session' && signedUpOnly && t('checkInList.signedUpOnly')],
        [t('checkInList.passing'), t(`checkInList.passings.${passing}`)],
        [t('checkInList.capacity'), capacity],
      ]}
    />
  );
}

const OneHandout = lazy(() => import('./handouts.tsx').then((each) => each.OneHandout));
const MarkFromList = lazy(() => import('./mark-came.tsx').then((each) => each.MarkFromList));

/** One list: what it counts, and who may come in there. */
export function OneList({ id }: { readonly id: string }) {
  const { event } = useDesk();
  const overview = useRead(event.id, useReader());
  return (
    <Show of={overview}>
      {(read) => {
        const list = read.lists.find((each) => each.id === id);
        const handout = read.handouts.find((each) => each.id === id);
        if (handout !== undefined) return <OneHandout read={read} handout={handout} onStale={overview.reload} />;
        if (list === undefined) return <Heading>{t('checkInList.notFound')}</Heading>;
        const name = listName(read.programme, list);
        return (
          <>
            <Heading>{name}</Heading>
            <Counts list={list} name={name} />
            <ArrivalTable id={id} />
            <WhoCame list={list} name={name} programme={read.programme} />
            <Rules list={list} programme={read.programme} />
            <div class="buttons">
              {list.opens !== undefined && <MarkFromList list={list} />}
              <Disclosure label={t('checkInList.change')}>
                {(close) => <ListForm read={read} list={list} onStale={overview.reload} onClose={close} />}
              </Disclosure>
              <RemoveList id={id} name={name} revision={read.revision} onStale={overview.reload} />
            </div>
          </>
        );
      }}
    </Show>
  );
}

type Counted = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/lists/{listId}/counts'>;

/** What the server calls the group of a ticket that no registration has. */
const NOBODY = 'unknown';

interface CountsProps {
  readonly list: List;
  readonly name: string;
}

/** Who came so far, as it happens: in numbers, as bars, and by group and way of attending. */
function Counts({ list, name }: CountsProps) {
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
            <FillBar label={name} taken={total.came} capacity={expected} />
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
      <TableHead columns={[t('checkInList.group'), t('checkInList.came'), hasInside && t('checkInList.inside')]} />
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
                  <FillBar label={[group, way].filter(Boolean).join(', ')} taken={came} capacity={most} />
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

/** Bars that fit on a screen. */
const MOST = 12;
const MINUTE = 60 * 1000;
/** Lengths of a bar that people think in: minutes, hours, days. */
const LENGTHS = [5, 15, 30, 60, 120, 240, 720, 1440, 10_080].map((minutes) => minutes * MINUTE);

/** When people came, at the door and online. */
interface Step extends Arrivals {
  readonly online: number;
}

/** The same in as few equal steps as fit on a screen, those in between in which nobody came too. */
export function fewerSteps(steps: readonly Step[]): readonly Step[] {
  const [first, last] = [steps[0]?.from, steps.at(-1)?.from];
  if (first === undefined || last === undefined) return [];
  const length =
    LENGTHS.find((each) => placeOf(last, each) - placeOf(first, each) < MOST) ?? last - first + ARRIVAL_STEP;
  const begin = placeOf(first, length);
  const bars = Array.from({ length: placeOf(last, length) - begin + 1 }, (_, index) => (begin + index) * length);
  return bars.map((from) => {
    const within = steps.filter((step) => step.from >= from && step.from < from + length);
    return { from, came: sumOf(within, 'came'), online: sumOf(within, 'online') };
  });
}

const placeOf = (instant: number, length: number): number => Math.floor(instant / length);

const sumOf = (steps: readonly Step[], way: 'came' | 'online'): number =>
  steps.reduce((sum, step) => sum + step[way], 0);
