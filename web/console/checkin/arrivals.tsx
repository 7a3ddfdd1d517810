import { useEffect, useRef, useState } from 'preact/hooks';
import type { BoardBy } from '../../../shared/checkin/attendance/board.ts';
import { localTime } from '../../../shared/kernel/text/zoned-time.ts';
import { navigate, type PageQuery, pageAddress, projectorAddress, registrationAddress } from '../addresses.ts';
import { useAct, useDesk, useHas } from '../desk.ts';
import type { AnswerOf, QueryOf } from '../kernel/api.ts';
import { type FieldChoice, SelectField } from '../kernel/form/field.tsx';
import { Button } from '../kernel/parts/buttons.tsx';
import { FillBar, NativeName, TableHead } from '../kernel/parts/facts.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import { isMissing, Show, useLive } from '../kernel/parts/show.tsx';
import { countryText, dayName } from '../names.ts';
import { t } from '../words.ts';
import { agoText } from './overview.ts';

const BOARD = 'GET /api/organiser/events/{eventId}/check-in/board';
const NAMES = 'GET /api/organiser/events/{eventId}/check-in/board/not-yet-here';
type Answer = AnswerOf<typeof BOARD>;
type Board = NonNullable<Answer['shown']>;
type Choice = Answer['choices'][number];
type Asked = Omit<NonNullable<QueryOf<typeof BOARD>>, 'lang'>;

/** Milliseconds: a scan is seen within five seconds. */
const EVERY = 3_000;
/** Milliseconds for which names are shown. */
const NAMED = 60_000;

/** What an address asks for; what no board can be of is refused by the server. */
function askedIn(query: URLSearchParams): Asked {
  const of = (name: string): string | undefined => query.get(name) || undefined;
  return { list: of('list'), day: of('day'), groupBy: of('by') as BoardBy | undefined };
}

/** Looks again by itself; of what is chosen anew at once, and what was shown stays until it is there. */
function useBoard<T>(asked: Asked, load: () => Promise<T>) {
  const { event } = useDesk();
  const live = useLive(event.id, load, EVERY);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) void live.reload();
    isFirst.current = false;
  }, [asked.list, asked.day, asked.groupBy]);
  return live;
}

/** How many are expected and here, as it happens, and on a press who is not yet here. */
export function ArrivalsScreen({ query }: { readonly query: URLSearchParams }) {
  const { api, event } = useDesk();
  const asked = askedIn(query);
  const live = useBoard(asked, () => api(BOARD, { params: { eventId: event.id }, query: asked }));
  return (
    <>
      <Heading>{t('doors.board.title')}</Heading>
      <p>{t('doors.board.explain')}</p>
      {/* An address that was kept may be of a list that is removed by now. */}
      {isMissing(live) ? (
        <p class="note warn">
          {t('checkInList.notFound')}: <a href={pageAddress(event.id, 'arrivals')}>{t('doors.board.back')}</a>
        </p>
      ) : (
        <Show of={live}>
          {({ choices, shown }) =>
            shown === undefined ? (
              <p class="empty">{t('doors.board.none')}</p>
            ) : (
              <>
                {live.isOld && <p class="note warn">{t('checkIn.old')}</p>}
                <Choose choices={choices} shown={shown} />
                <Numbers shown={shown} />
                <Groups shown={shown} />
                <Silent phones={shown.silent} />
                <Named key={`${shown.list} ${shown.day} ${shown.by}`} shown={shown} />
              </>
            )
          }
        </Show>
      )}
    </>
  );
}

/** What the board is of, for an address. */
const boardOf = ({ list, day, by }: Board): PageQuery => ({ list, day, by });

interface BoardProps {
  readonly shown: Board;
}

const placeValue = ({ list, day = '' }: Pick<Choice, 'list' | 'day'>): string => `${list} ${day}`;

/** Of what the board is, by what, and the way to its projector. */
function Choose({ choices, shown }: BoardProps & { readonly choices: readonly Choice[] }) {
  const { event } = useDesk();
  const go = (change: PageQuery): void =>
    navigate(pageAddress(event.id, 'arrivals', { ...boardOf(shown), ...change }), { replace: true });
  return (
    <div class="filters">
      <SelectField
        {...{ name: 'list', label: t('doors.board.list'), value: placeValue(shown) }}
        choices={choices.map((each) => [placeValue(each), choiceText(each)] as const)}
        onChange={(value) => {
          const [list, day] = value.split(' ');
          go({ list, day });
        }}
      />
      <SelectField
        {...{ name: 'by', label: t('doors.board.by'), value: shown.by }}
        choices={shown.bys.map((by) => [by, t(`doors.board.bys.${by}`)] as const)}
        onChange={(by) => go({ by })}
      />
      <a class="button second" href={projectorAddress(event.id, boardOf(shown))}>
        {t('doors.board.projector')}
      </a>
    </div>
  );
}

const choiceText = ({ name, date, start }: Pick<Choice, 'name' | 'date' | 'start'>): string =>
  [name ?? t('checkIn.entrance'), date && dayName(date), start].filter(Boolean).join(', ');

/** Whether nobody comes any more: of who is missing, nothing was recorded. */
const isOver = ({ at, ends }: Pick<Board, 'at' | 'ends'>): boolean => at >= ends;

function Numbers({ shown }: BoardProps) {
  const { total, silent } = shown;
  const told = [
    ['expected', total.expected],
    ['here', total.here],
    [isOver(shown) ? 'noCheckIn' : 'notYet', total.expected - total.here],
  ] as const;
  return (
    <>
      <ul class="counts board">
        {told.map(([name, howMany]) => (
          <li key={name}>
            <span>
              <b>{howMany}</b> {t(`doors.board.${name}`)}
            </span>
          </li>
        ))}
      </ul>
      <p class="board-phones" role="status">
        {silent.length === 0 ? t('doors.board.phonesFine') : t('doors.board.phonesSilent', { howMany: silent.length })}
      </p>
    </>
  );
}

const NO_GROUP = { delegation: 'noDelegation', organisation: 'noOrganisation', category: 'noCategory' } as const;

const groupText = (by: BoardBy, label: string | undefined): string => label ?? t(`doors.board.${NO_GROUP[by]}`);

function Groups({ shown }: BoardProps) {
  const { event } = useDesk();
  const { by, groups, rest, minors, total } = shown;
  const notYet = t(isOver(shown) ? 'doors.board.groupNoCheckIn' : 'doors.board.groupNotYet');
  const rows = [
    ...groups.map(({ id, label, ...numbers }) => [id, groupText(by, label), numbers] as const),
    ...(rest ? [['rest', t('doors.board.rest'), rest] as const] : []),
    ...(minors ? [['minors', t('doors.board.minors'), minors] as const] : []),
  ];
  return (
    <section>
      <h2 class="unseen">{t(`doors.board.bys.${by}`)}</h2>
      {total.expected === 0 ? (
        <p class="empty">{t('doors.board.nobody')}</p>
      ) : (
        <table class="stacked seats board">
          <TableHead columns={[t(`doors.board.bys.${by}`), t('doors.board.groupHere'), [notYet, 'number']]} />
          <tbody>
            {rows.map(([id, name, { expected, here }]) => (
              <tr key={id}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td data-label={t('doors.board.groupHere')} class="wide">
                  <div class="amount">
                    {t('doors.board.of', { here, expected })}
                    <FillBar label={name} taken={here} capacity={expected} />
                  </div>
                </td>
                <td data-label={notYet} class="number">
                  {expected - here}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {event.minors && <p class="hint">{t('doors.board.minorsHint')}</p>}
    </section>
  );
}

/** Why a number may lag. */
export function Silent({ phones }: { readonly phones: Board['silent'] }) {
  if (phones.length === 0) return null;
  return (
    <section>
      <h2>{t('doors.board.silentTitle')}</h2>
      <p>{t('doors.board.silentExplain')}</p>
      <ul>
        {phones.map(({ name, since, waiting }) => (
          <li key={name}>
            {t('doors.board.silentPhone', { name, ago: agoText(since) })}
            {waiting > 0 && `; ${t('doors.board.silentWaiting', { howMany: waiting })}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Names extends AnswerOf<typeof NAMES> {
  /** When they go, epoch milliseconds. */
  readonly until: number;
}

/** Names of those who are missing: on a press, for a minute, in nothing but this part of the page. */
function Named({ shown }: BoardProps) {
  const { api, event, now } = useDesk();
  const { busy, error, run } = useAct();
  const section = useRef<HTMLElement>(null);
  const [group, setGroup] = useState('');
  const chosen = useRef(group);
  chosen.current = group;
  const [names, setNames] = useState<Names>();
  const [left, setLeft] = useState(0);
  const [wereShown, setWereShown] = useState(false);
  const mayName = useHas('protocol');
  const forget = (): void => {
    // Reading goes on from the button, where it was within the names.
    if (section.current?.querySelector('.names')?.contains(document.activeElement)) {
      section.current.querySelector('button')?.focus();
    }
    setNames(undefined);
  };
  useEffect(() => {
    if (names === undefined) return;
    const tick = (): void => {
      const rest = names.until - now();
      if (rest <= 0) forget();
      else setLeft(Math.ceil(rest / 1000));
    };
    const timer = setInterval(tick, 250);
    addEventListener('pagehide', forget);
    return () => {
      clearInterval(timer);
      removeEventListener('pagehide', forget);
    };
  }, [names]);
  if (!mayName || isOver(shown)) return null;
  const show = async (): Promise<void> => {
    setNames(undefined);
    const { list, day, by } = shown;
    const query = { list, day, groupBy: by, group };
    const answer = await api(NAMES, { params: { eventId: event.id }, query });
    // Whose names were not there yet when others were chosen are shown below no other name.
    if (chosen.current !== group) return;
    setNames({ ...answer, until: now() + NAMED });
    setLeft(NAMED / 1000);
    setWereShown(true);
  };
  const choices: readonly FieldChoice[] = [
    ['', t('doors.board.everyone')],
    ...shown.groups.map(({ id, label }) => [id, groupText(shown.by, label)] as const),
  ];
  return (
    <section ref={section}>
      <h2>{t('doors.board.names')}</h2>
      <p class="hint">{t('doors.board.namesExplain')}</p>
      <div class="filters">
        <SelectField
          {...{ name: 'group', label: t('doors.board.whose'), choices, value: group }}
          onChange={(value) => {
            forget();
            setGroup(value);
          }}
        />
        <Button busy={busy} onPress={() => run(show)}>
          {t('doors.board.showNames')}
        </Button>
      </div>
      <FailureNote error={error} />
      <p role="status">
        {names ? namedText(names) : wereShown && error === undefined && !busy && t('doors.board.gone')}
      </p>
      {names && (
        <div class="names">
          <p>
            <span role="timer">{t('doors.board.goneIn', { seconds: left })}</span>{' '}
            {t('doors.board.asOf', { time: localTime(new Date(names.until - NAMED), event.timeZone).time })}
          </p>
          <div class="buttons">
            <Button kind="second" onPress={forget}>
              {t('doors.board.hideNames')}
            </Button>
          </div>
          <ul class="list by-name">
            {names.people.map(({ reference, honorific, fullName, nativeName, organisation, country }) => (
              <li key={reference}>
                <div>
                  <a href={registrationAddress(event.id, reference)}>
                    <bdi>{[honorific, fullName].filter(Boolean).join(' ')}</bdi>
                  </a>
                  <NativeName of={nativeName} />
                  <small>
                    {organisation && (
                      <>
                        <bdi>{organisation}</bdi>,{' '}
                      </>
                    )}
                    {countryText(event, country)}
                  </small>
                </div>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

const namedText = ({ people, total }: Names): string =>
  total > people.length
    ? t('doors.board.namedFirst', { shown: people.length, total })
    : t('doors.board.named', { howMany: total });

/** What everyone in the room sees: numbers in large type, of groups that tell of nobody. */
export function ProjectorScreen({ query }: { readonly query: URLSearchParams }) {
  const { api, event } = useDesk();
  const asked = askedIn(query);
  const live = useBoard(asked, () =>
    api('GET /api/organiser/events/{eventId}/check-in/board/projector', {
      params: { eventId: event.id },
      query: asked,
    }),
  );
  return (
    <div class="room projector">
      <div class="buttons screen">
        <a
          class="button second"
          href={pageAddress(event.id, 'arrivals', { list: asked.list, day: asked.day, by: asked.groupBy })}
        >
          {t('doors.board.back')}
        </a>
        <Button kind="second" onPress={() => void document.documentElement.requestFullscreen()}>
          {t('doors.board.full')}
        </Button>
      </div>
      <Show of={live}>
        {({ total, groups, others, silent, ...shown }) => (
          <>
            <Heading>{choiceText(shown)}</Heading>
            {total === undefined ? (
              <p>{t('doors.board.projectedFew')}</p>
            ) : (
              <>
                <p class="projected">{t('doors.board.projectedHere', total)}</p>
                <dl>
                  {[...groups, ...(others ? [{ label: t('doors.board.projectedOthers'), ...others }] : [])].map(
                    ({ label, ...numbers }) => (
                      <div key={label}>
                        <dt>
                          <bdi>{label}</bdi>
                        </dt>
                        <dd>{t('doors.board.of', numbers)}</dd>
                      </div>
                    ),
                  )}
                </dl>
              </>
            )}
            {live.isOld && <p class="note warn">{t('checkIn.old')}</p>}
            {silent > 0 && <p>{t('doors.board.phonesSilent', { howMany: silent })}</p>}
          </>
        )}
      </Show>
    </div>
  );
}
