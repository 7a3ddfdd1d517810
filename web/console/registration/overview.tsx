import { useMemo } from 'preact/hooks';
import { REGISTRATION_STATUSES } from '../../../shared/event/attendee.ts';
import { isOverdue } from '../../../shared/registration/decide/approval.ts';
import { pageAddress, registrationAddress } from '../addresses.ts';
import { useAct, useCounted, useDesk, useEventRead, useHas, usePeople } from '../desk.ts';
import { WindowStatus } from '../event/window-state.tsx';
import type { AnswerOf, BodyOf } from '../kernel/api.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { FillBar, Reference } from '../kernel/parts/facts.tsx';
import { lazy } from '../kernel/parts/lazy.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import { WaitingTable } from '../kernel/parts/registration-table.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { howLong, when } from '../names.ts';
import { overText, quotaText } from '../seats/quota.ts';
import { t } from '../words.ts';
import { useOverviewFacts } from './overview-facts.ts';
import type { KnownPerson } from './people.ts';
import { ByPhone, Gone, Minors, PeopleLoading } from './people-states.tsx';

/** Whether registration is open, and how full each quota is. */
function Glance({ of }: { readonly of: ReturnType<typeof useOverviewFacts> }) {
  const { event } = useDesk();
  // What there is to do says so, with a way to try again.
  if (of.loaded.state === 'failed') return null;
  return (
    <Show of={of}>
      {({ programme: { registration } = {}, seats: { quotas = [] } = {} }) => (
        <>
          <section>
            <h2>{t('window.title')}</h2>
            <p>
              {registration && <WindowStatus registration={registration} />}{' '}
              <a href={pageAddress(event.id, 'programme')}>{t('overview.changeWindow')}</a>
            </p>
          </section>
          <section>
            <h2>{t('overview.seats')}</h2>
            {quotas.length === 0 ? (
              <p>{t('seats.none')}</p>
            ) : (
              <ul class="list">
                {quotas.map((quota) => (
                  <li key={quota.id}>
                    <div>
                      <b>{quota.title}</b>
                      <small>{quotaText(quota)}</small>
                      {quota.overfull && <small class="over">{overText(event, quota)}</small>}
                    </div>
                    {quota.per === undefined && (
                      <div>
                        <FillBar label={quota.title} taken={quota.taken} capacity={quota.capacity} />
                      </div>
                    )}
                  </li>
                ))}
              </ul>
            )}
            <p>
              <a href={pageAddress(event.id, 'seats')}>{t('overview.changeSeats')}</a>
            </p>
          </section>
        </>
      )}
    </Show>
  );
}

const ToDo = lazy(() => import('./to-do.tsx').then((each) => each.ToDo), 'toDo');
/** For a member who may see nobody. */
const Numbers = lazy(() => import('./numbers.tsx').then(({ NumbersOfPeople }) => NumbersOfPeople), 'places');

/** As many of those who wait for a decision as are shown before the rest is a link. */
const SHOWN = 5;

/** What needs the member comes first, then who has waited longest for a decision, how many there are of whom, and how full the event is. */
export function OverviewScreen() {
  const told = useOverviewFacts();
  const [seesPeople, seesMinors, seesSeats, editsEvent] = [
    useHas('see-people'),
    useHas('safeguarding'),
    useHas('seats'),
    useHas('edit-event'),
  ];
  return (
    <>
      <Heading>{t('overview.title')}</Heading>
      {seesPeople ? <WhoWaits told={told} /> : <ToDo of={told} />}
      {!seesPeople && (seesMinors ? <Minors /> : <Numbers />)}
      {seesSeats && <UnprovenSeats />}
      {seesSeats && editsEvent && <Glance of={told} />}
    </>
  );
}

/** Nobody else is in it, and nobody under 18 is counted here. */
const ONLY_OF_MINORS = 'pending-guardian';

function WhoWaits({ told }: Pick<WaitingProps, 'told'>) {
  const people = usePeople();
  if (people.state === 'emptied' || people.state === 'refused') return <Gone people={people} />;
  if (people.state === 'loading') return <PeopleLoading isOld={people.isOld} />;
  return <Waiting all={people.all} isOld={people.isOld} told={told} />;
}

interface WaitingProps {
  readonly all: readonly KnownPerson[];
  readonly isOld: boolean;
  readonly told: ReturnType<typeof useOverviewFacts>;
}

function Waiting({ all, isOld, told }: WaitingProps) {
  const { event, now } = useDesk();
  const counted = useCounted();
  const isLate = (person: KnownPerson): boolean => isOverdue(event, person, new Date(now()));
  const waiting = useMemo(
    () => all.filter((each) => each.status === 'pending-approval').sort((a, b) => (sinceOf(a) < sinceOf(b) ? -1 : 1)),
    [all],
  );
  const count = useMemo(() => countsOf(all), [all]);
  return (
    <>
      <ToDo of={told} people={all} />
      <section>
        <h2>{t('overview.waiting', { count: waiting.length })}</h2>
        {counted && <p>{t(`overview.counted.${counted}`)}</p>}
        {isOld && <p class="note warn">{t('registrations.old')}</p>}
        {waiting.length === 0 ? (
          <p class="empty">{t('overview.nobodyWaits')}</p>
        ) : (
          <>
            <p>{t('overview.follows')}</p>
            <WaitingTable rows={waiting.slice(0, SHOWN)} isOverdue={isLate} />
          </>
        )}
        {waiting.length > SHOWN && (
          <p>
            <a href={pageAddress(event.id, 'registrations', { status: 'pending-approval', sort: 'pendingSince' })}>
              {t('overview.all', { count: waiting.length })}
            </a>
          </p>
        )}
      </section>
      <section>
        <h2>{t('overview.counts')}</h2>
        <ul class="counts">
          {REGISTRATION_STATUSES.filter((status) => status !== ONLY_OF_MINORS).map((status) => (
            <li key={status}>
              <a href={pageAddress(event.id, 'registrations', { status })}>
                <b>{count.get(status) ?? 0}</b> {t(`status.${status}`)}
              </a>
            </li>
          ))}
        </ul>
        {event.minors && <p>{t('overview.withoutMinors')}</p>}
        <ByPhone />
      </section>
    </>
  );
}

const sinceOf = ({ pendingSince, submittedAt }: KnownPerson): string => pendingSince ?? submittedAt;

function countsOf(people: readonly KnownPerson[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { status } of people) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

const ROUTE = '/api/organiser/events/{eventId}/unproven-seats';

type Answer = AnswerOf<`GET ${typeof ROUTE}`>;
type Release = BodyOf<`POST ${typeof ROUTE}`>['seats'];

/** Milliseconds within which released seats are gone from the lists. */
const SOON = 3_000;

/** Nothing where every seat is proven and everyone who waits is, too. */
function UnprovenSeats() {
  const read = useEventRead(`GET ${ROUTE}`);
  return <Show of={read}>{(answer) => <Unproven answer={answer} onReleased={read.reload} />}</Show>;
}

interface UnprovenProps {
  readonly answer: Answer;
  readonly onReleased: () => void;
}

function Unproven({ answer, onReleased }: UnprovenProps) {
  const { event } = useDesk();
  const { unproven, waiting, proposed, crowded, unreached, proveWithin, releaseUnproven, mayRelease } = answer;
  if (unproven === 0 && waiting.unproven === 0) return null;
  const all = proposed.reduce((sum, { seats }) => sum + seats, 0);
  return (
    <section aria-labelledby="unproven-seats">
      <h2 id="unproven-seats">{t('unprovenSeats.title')}</h2>
      <p>{t('unprovenSeats.count', { count: unproven, waiting: waiting.proven })}</p>
      {waiting.unproven > 0 && <p>{t('unprovenSeats.passedOver', { count: waiting.unproven })}</p>}
      <p>
        {mayRelease
          ? t(`unprovenSeats.rule.${releaseUnproven}`, { within: howLong(proveWithin) })
          : t('unprovenSeats.tooLate')}
      </p>
      {unreached.length > 0 && (
        <>
          <p class="note bad">{t('unprovenSeats.unreached', { count: unreached.length })}</p>
          <ul class="list">
            {unreached.map(({ reference, name }) => (
              <li key={reference}>
                <a href={registrationAddress(event.id, reference)}>{name}</a> <Reference of={reference} />
              </li>
            ))}
          </ul>
        </>
      )}
      {proposed.length > 0 && (
        <>
          <h3>{t('unprovenSeats.proposed')}</h3>
          <p>{t('unprovenSeats.follows')}</p>
          <ul class="list">
            {proposed.map(({ domain, minute, seats }) => (
              <li key={`${domain}#${minute}`}>
                <div>
                  <b>{domain}</b>
                  <small>{t('unprovenSeats.came', { seatCount: seats, when: when(event, `${minute}:00Z`) })}</small>
                </div>
                <div class="buttons">
                  <ReleaseButton
                    label={t('unprovenSeats.release', { seatCount: seats })}
                    seats={[{ domain, minute }]}
                    onReleased={onReleased}
                  />
                </div>
              </li>
            ))}
          </ul>
          {proposed.length > 1 && (
            <p>
              <ReleaseButton
                label={t('unprovenSeats.releaseAll', { seatCount: all })}
                seats={proposed.slice(0, MOST_GROUPS).map(({ domain, minute }) => ({ domain, minute }))}
                onReleased={onReleased}
              />
            </p>
          )}
        </>
      )}
      {mayRelease && crowded.length > 0 && (
        <>
          <h3>{t('unprovenSeats.crowded')}</h3>
          <p>{t('unprovenSeats.follows')}</p>
          <ul class="list">
            {crowded.map(({ domain, seats }) => (
              <li key={domain}>
                <div>
                  <b>{domain}</b>
                  <small>{t('unprovenSeats.ofDomain', { seatCount: seats })}</small>
                </div>
                <div class="buttons">
                  <ReleaseButton
                    label={t('unprovenSeats.releaseDomain', { seatCount: seats, domain })}
                    seats={[{ domain }]}
                    onReleased={onReleased}
                  />
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** As many as one press takes: the contract's limit. */
const MOST_GROUPS = 90;

interface ReleaseButtonProps {
  readonly label: string;
  readonly seats: Release;
  readonly onReleased: () => void;
}

function ReleaseButton({ label, seats, onReleased }: ReleaseButtonProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const release = () =>
    run(async () => {
      const { groups } = await api(`POST ${ROUTE}`, { params: { eventId: event.id }, body: { seats } });
      tell(t('unprovenSeats.done', { groups }));
      setTimeout(onReleased, SOON);
    });
  return (
    <>
      <FailureNote error={error} />
      <Button kind="danger" busy={busy} onPress={release}>
        {label}
      </Button>
    </>
  );
}
