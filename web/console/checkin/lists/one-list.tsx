import { pageOf } from '../../addresses.ts';
import { useDesk, useRead } from '../../desk.ts';
import type { ProgrammeAnswer } from '../../event/programme/local-text.ts';
import { Sure } from '../../kernel/form/sure.tsx';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { FactList } from '../../kernel/parts/fact-list.tsx';
import { Fill } from '../../kernel/parts/fill.tsx';
import { Heading } from '../../kernel/parts/heading.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { useLive } from '../../kernel/parts/use-live.ts';
import { useUnlessStale } from '../../kernel/parts/use-unless-stale.ts';
import { categoryName, when } from '../../names.ts';
import { navigate } from '../../router.ts';
import { t } from '../../words.ts';
import { Counts } from '../counts.tsx';
import { type List, nameOf, placeName, useReader } from '../overview.ts';
import { ListForm } from './list-form.tsx';
import { fewerSteps } from './steps.ts';
import { openTimes } from './times.ts';

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
      {({ steps }) => {
        const bars = fewerSteps(steps.map(({ from, ...step }) => ({ from: Date.parse(from), ...step })));
        const most = Math.max(...bars.map(({ came, online }) => came + online));
        const hasOnline = bars.some(({ online }) => online !== 0);
        return (
          bars.length > 0 && (
            <section>
              <h2>{t('checkInList.arrivals')}</h2>
              <table class="seats">
                <thead>
                  <tr>
                    <th scope="col">{t('checkInList.time')}</th>
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
                    const time = when(event, new Date(from).toISOString());
                    return (
                      <tr key={from}>
                        <th scope="row" class="time">
                          {time}
                        </th>
                        <td>{came}</td>
                        {hasOnline && <td>{online}</td>}
                        <td class="wide">
                          <Fill label={time} taken={came + online} capacity={most} />
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

interface RemoveListProps {
  readonly id: string;
  readonly name: string;
  /** Of all lists, as they are shown. */
  readonly revision: number;
  readonly onStale: () => Promise<void>;
}

/** Two presses; one that is in use, or that somebody changed meanwhile, is refused, with why. */
function RemoveList({ id, name, revision, onStale }: RemoveListProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'out-of-date',
    onStale,
    words: t('checkInList.changedMeanwhile'),
  });
  const remove = async (): Promise<void> => {
    const params = { eventId: event.id, listId: id };
    await api('DELETE /api/organiser/events/{eventId}/check-in/lists/{listId}', {
      params,
      query: { revision: String(revision) },
    });
    navigate(pageOf(event.id, 'check-in'));
    tell(t('checkInList.removed', { list: name }));
  };
  return (
    <Sure
      label={t('checkInList.remove')}
      follows={t('checkInList.removeFollows')}
      now={t('checkInList.removeNow')}
      kind="danger"
      busy={busy}
      error={error}
      onPress={() => change(remove)}
    />
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

/** One list: what it counts, and who may come in there. */
export function OneList({ id }: { readonly id: string }) {
  const { event } = useDesk();
  const overview = useRead(event.id, useReader());
  return (
    <Show of={overview}>
      {(read) => {
        const list = read.lists.find((each) => each.id === id);
        if (list === undefined) return <Heading>{t('checkInList.notFound')}</Heading>;
        const name = nameOf(read.programme, list);
        return (
          <>
            <Heading>{name}</Heading>
            <Counts list={list} name={name} />
            <ArrivalTable id={id} />
            <Rules list={list} programme={read.programme} />
            <div class="buttons">
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
