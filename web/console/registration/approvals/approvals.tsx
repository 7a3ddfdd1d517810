import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { isOverdue } from '../../../../shared/registration/decide/approval.ts';
import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { pageAddress } from '../../addresses.ts';
import { useDesk, useHas, usePeople } from '../../desk.ts';
import { Button } from '../../kernel/parts/buttons.tsx';
import { Heading } from '../../kernel/parts/page.tsx';
import { t } from '../../words.ts';
import { HeldDecisions } from '../held.tsx';
import { KeysShown } from '../keys.tsx';
import type { KnownPerson } from '../people.ts';
import { Gone, Minors, PeopleLoading } from '../people-states.tsx';
import { Applicant } from './applicant.tsx';
import { type DeskDecision, type Failed, useDecisions } from './decisions.ts';
import { DESK_KEYS } from './desk-keys.ts';
import { useDetails } from './details.ts';
import { applicantsFor, daysWaited, isInQueue, isQueue, likenessesOf, QUEUES, type QueueName } from './queue.ts';

/** Who waits for a decision, one after the other: the next is there as soon as one is decided on. */
export function ApprovalsScreen({ query }: { readonly query: URLSearchParams }) {
  const people = usePeople();
  const sees = useHas('see-people');
  const asked = query.get('show');
  const { look } = useDesk().people;
  return (
    <>
      <HeldDecisions onTakenBack={look} />
      <Heading>{t('page.approvals')}</Heading>
      {!sees ? null : people.state === 'emptied' || people.state === 'refused' ? (
        <Gone people={people} />
      ) : people.state === 'loading' ? (
        <PeopleLoading isOld={people.isOld} />
      ) : (
        <Desk all={people.all} queue={isQueue(asked) ? asked : 'all'} />
      )}
      <Minors />
    </>
  );
}

interface DeskProps {
  readonly all: readonly KnownPerson[];
  readonly queue: QueueName;
}

function Desk({ all, queue }: DeskProps) {
  const { event, grants, now, people } = useDesk();
  const { isSent, failed, decide } = useDecisions();
  const waiting = useMemo(() => applicantsFor(all, grants), [all, grants]);
  const among = useMemo(() => likenessesOf(all), [all]);
  const left = waiting.filter((each) => !isSent(each));
  const shown = left.filter((each) => isInQueue(queue, each, event, now()));
  /** Who is looked at: they stay until the member goes on, whatever becomes of them. */
  const [chosen, setChosen] = useState<{ readonly queue: QueueName; readonly reference: string | undefined }>();
  const at = chosen?.queue === queue ? chosen.reference : undefined;
  const [isTurned, setIsTurned] = useState(false);
  /** Where they stood: who comes after them stands there once they are gone. Another queue begins at its first. */
  const place = useRef(0);
  const ofQueue = useRef(queue);
  if (ofQueue.current !== queue) place.current = 0;
  ofQueue.current = queue;
  const found = shown.findIndex(({ reference }) => reference === at);
  if (found >= 0) place.current = found;
  const stays = all.find((each) => each.reference === at && !isSent(each));
  const current = stays ?? shown[Math.min(place.current, shown.length - 1)];
  const reference = current?.reference;
  // Also the first one, whom nobody pressed for: what is typed for them is not lost to one who comes before them.
  useEffect(() => {
    if (at === undefined && reference !== undefined) setChosen({ queue, reference });
  }, [at, queue, reference]);
  const next = shown[(current === undefined ? 0 : shown.indexOf(current)) + 1] ?? shown[0];
  const details = useDetails([current, next].flatMap((each) => each ?? []));
  // The first one is drawn whole, so that nothing moves; of those after, what is read is there before they are.
  const isDrawn = useRef(false);
  isDrawn.current ||= isTurned || current === undefined || details.of(current) !== undefined;
  const goTo = (to: string | undefined): void => {
    setIsTurned(true);
    setChosen({ queue, reference: to });
  };
  const step = (by: 1 | -1): void => {
    const from = current ? shown.indexOf(current) : -1;
    const to = from < 0 ? shown[place.current] : shown[from + by];
    if (to) goTo(to.reference);
  };
  const decideOn =
    (person: KnownPerson) =>
    (decided: DeskDecision): void => {
      goTo(next?.reference === person.reference ? undefined : next?.reference);
      void decide(person, decided);
    };
  const asked = (_: OrganiserRegistration): void => {
    people.look();
    if (next) goTo(next.reference);
  };
  const stale = async (): Promise<void> => {
    people.look();
    if (current) await details.read(current);
  };
  const others = failed.filter(({ person }) => person.reference !== current?.reference);
  return (
    <>
      <Numbers waiting={left} queue={queue} />
      <CameBack failed={others} onOpen={goTo} />
      {current === undefined ? (
        <p class="empty">{t(left.length === 0 ? 'approvals.nobody' : 'approvals.nobodyHere')}</p>
      ) : !isDrawn.current ? (
        <PeopleLoading isOld={false} />
      ) : (
        <div class="desk">
          <div>
            <div class="above">
              <nav class="paging" aria-label={t('approvals.queue')}>
                <Button kind="quiet" onPress={() => step(-1)}>
                  {t('approvals.previous')}
                </Button>
                <Button kind="quiet" onPress={() => step(1)}>
                  {t('approvals.next')}
                </Button>
              </nav>
              <KeysShown keys={DESK_KEYS} explain={t('approvals.keys')} />
            </div>
            <Applicant
              key={current.reference}
              person={current}
              details={details.of(current)}
              among={among}
              failed={failed.find(({ person }) => person.reference === current.reference)}
              takesFocus={isTurned}
              onDecide={decideOn(current)}
              onAsked={asked}
              onStale={stale}
              onStep={step}
            />
          </div>
          <Waiting shown={shown} current={current} onOpen={goTo} />
        </div>
      )}
    </>
  );
}

/** How many wait, and how many of those for what; each leads to a queue of these alone. */
function Numbers({ waiting, queue }: { readonly waiting: readonly KnownPerson[]; readonly queue: QueueName }) {
  const { event, now } = useDesk();
  const at = now();
  return (
    <ul class="counts">
      {QUEUES.map((each) => (
        <li key={each}>
          <a
            href={pageAddress(event.id, 'approvals', { show: each === 'all' ? '' : each })}
            aria-current={each === queue ? 'page' : undefined}
          >
            <b>{waiting.filter((person) => isInQueue(each, person, event, at)).length}</b>{' '}
            {t(`approvals.number.${each}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}

interface CameBackProps {
  readonly failed: readonly Failed[];
  readonly onOpen: (reference: string) => void;
}

/** Decisions that were not taken, of applicants who were left behind already. */
const CameBack = ({ failed, onOpen }: CameBackProps) => (
  <div role="alert">
    {failed.map(({ kind, person: { reference, fullName: name } }) => (
      <p key={reference} class="note bad">
        {t(`approvals.notDone.${kind}`, { name })}{' '}
        <Button kind="second" onPress={() => onOpen(reference)}>
          {t('approvals.back', { name })}
        </Button>
      </p>
    ))}
  </div>
);

/** People of the queue who are drawn: nobody reads further, and who comes next is among them. */
const MOST_DRAWN = 50;

interface WaitingProps {
  readonly shown: readonly KnownPerson[];
  readonly current: KnownPerson;
  readonly onOpen: (reference: string) => void;
}

/** The queue, the longest wait first. */
function Waiting({ shown, current, onOpen }: WaitingProps) {
  const { event, now } = useDesk();
  const at = new Date(now());
  const from = Math.max(0, Math.min(shown.indexOf(current) - MOST_DRAWN / 2, shown.length - MOST_DRAWN));
  const drawn = shown.slice(from, from + MOST_DRAWN);
  return (
    <section aria-labelledby="queue" class="queue">
      <h2 id="queue">{t('approvals.queue')}</h2>
      <ol class="list" start={from + 1}>
        {drawn.map((each) => (
          <li key={each.reference}>
            <button
              type="button"
              class="quiet"
              aria-current={each.reference === current.reference ? 'true' : undefined}
              onClick={() => onOpen(each.reference)}
            >
              <b>{each.fullName}</b>
              <small>
                <bdi>{each.organisation}</bdi>
              </small>
              <small>
                {t('approvals.days', { count: daysWaited(each, at.getTime()) })}{' '}
                {isOverdue(event, each, at) && <span class="tag overdue">{t('row.overdue')}</span>}{' '}
                {each.question && <span class="tag">{t(`approvals.state.${each.question}`)}</span>}
              </small>
            </button>
          </li>
        ))}
      </ol>
      {shown.length > drawn.length && <p>{t('approvals.shown', { shown: drawn.length, count: shown.length })}</p>}
    </section>
  );
}
