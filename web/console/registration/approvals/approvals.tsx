import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { isOverdue } from '../../../../shared/registration/decide/approval.ts';
import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { pageAddress } from '../../addresses.ts';
import { useDesk, useHas, usePeople } from '../../desk.ts';
import { Button } from '../../kernel/parts/buttons.tsx';
import { FailureNote, Heading } from '../../kernel/parts/page.tsx';
import { t } from '../../words.ts';
import { HeldDecisions } from '../held.tsx';
import { KeysShown } from '../keys.tsx';
import type { KnownPerson } from '../people.ts';
import { Gone, Minors, PeopleLoading } from '../people-states.tsx';
import { Applicant } from './applicant.tsx';
import { type DeskDecision, type Failed, useDecisions } from './decisions.ts';
import { DESK_KEYS } from './desk-keys.ts';
import { useDetails } from './details.ts';
import { HeldBy, useHanded, useHolders } from './handed.tsx';
import {
  applicantsFor,
  daysWaited,
  type HandedTo,
  type HolderOf,
  isInQueue,
  isQueue,
  isWhose,
  likenessesOf,
  nextInQueue,
  QUEUES,
  type QueueName,
  queueOf,
  WHOSE,
  type WhoseQueue,
} from './queue.ts';

/** Who waits for a decision, one after the other: the next is there as soon as one is decided on. */
export function ApprovalsScreen({ query }: { readonly query: URLSearchParams }) {
  const people = usePeople();
  const handed = useHanded();
  const sees = useHas('see-people');
  const [asked, whose] = [query.get('show'), query.get('whose')];
  const { look } = useDesk().people;
  return (
    <>
      <HeldDecisions onTakenBack={look} />
      <Heading>{t('page.approvals')}</Heading>
      {!sees ? null : people.state === 'emptied' || people.state === 'refused' ? (
        <Gone people={people} />
      ) : people.state === 'loading' || handed.loaded.state === 'loading' ? (
        // Both at once: numbers above what is still on its way would move it.
        <PeopleLoading isOld={people.state === 'loading' && people.isOld} />
      ) : (
        <Desk
          all={people.all}
          queue={isQueue(asked) ? asked : 'all'}
          whose={isWhose(whose) ? whose : 'all'}
          handed={handed}
        />
      )}
      <Minors />
    </>
  );
}

interface DeskProps {
  readonly all: readonly KnownPerson[];
  readonly queue: QueueName;
  readonly whose: WhoseQueue;
  readonly handed: ReturnType<typeof useHanded>;
}

function Desk({ all, queue: name, whose, handed }: DeskProps) {
  const { event, grants, now, people } = useDesk();
  const { isSent, failed, decide } = useDecisions();
  const waiting = useMemo(() => applicantsFor(all, grants), [all, grants]);
  const among = useMemo(() => likenessesOf(all), [all]);
  const holders = useHolders(handed, waiting);
  const left = waiting.filter((each) => !isSent(each));
  const ofName = left.filter((each) => isInQueue(name, each, event, now()));
  const shown = queueOf(ofName, whose, holders.of);
  const queue = `${name} ${whose}`;
  /** Who is looked at: they stay until the member goes on, whatever becomes of them. */
  const [chosen, setChosen] = useState<{ readonly queue: string; readonly reference: string | undefined }>();
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
  const following = (from: number, passed = holders.of): KnownPerson | undefined =>
    nextInQueue(shown, from, 1, passed) ?? nextInQueue(shown, -1, 1, passed);
  const current =
    stays ?? nextInQueue(shown, place.current - 1, 1, holders.of) ?? nextInQueue(shown, shown.length, -1, holders.of);
  const reference = current?.reference;
  // Also the first one, whom nobody pressed for: what is typed for them is not lost to one who comes before them.
  useEffect(() => {
    if (at === undefined && reference !== undefined) setChosen({ queue, reference });
  }, [at, queue, reference]);
  const next = following(current === undefined ? -1 : shown.indexOf(current));
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
    const to = nextInQueue(shown, from < 0 ? place.current - 1 : from, from < 0 ? 1 : by, holders.of);
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
  const handedOver = (person: KnownPerson, others: readonly KnownPerson[], holder: HandedTo | undefined): void => {
    holders.set([person, ...others], holder);
    people.look();
    if (holder?.isYours !== false) return;
    const gone = new Set([person, ...others]);
    goTo(following(shown.indexOf(person), (each) => (gone.has(each) ? holder : holders.of(each)))?.reference);
  };
  const stale = async (): Promise<void> => {
    people.look();
    if (current) await details.read(current);
  };
  const others = failed.filter(({ person }) => person.reference !== current?.reference);
  return (
    <>
      <Numbers waiting={left} queue={name} whose={whose} />
      <WhoseNumbers of={ofName} queue={name} whose={whose} holderOf={holders.of} />
      {handed.loaded.state === 'failed' && <FailureNote error={handed.loaded.error} />}
      <CameBack failed={others} onOpen={goTo} />
      {current === undefined ? (
        <>
          <p class="empty">{t(emptyWords(left, shown))}</p>
          {shown.length > 0 && <Waiting {...{ shown, current }} holderOf={holders.of} onOpen={goTo} />}
        </>
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
              holderOf={holders.of}
              onHanded={(others, holder) => handedOver(current, others, holder)}
            />
          </div>
          <Waiting {...{ shown, current }} holderOf={holders.of} onOpen={goTo} />
        </div>
      )}
    </>
  );
}

const emptyWords = (left: readonly KnownPerson[], shown: readonly KnownPerson[]) =>
  left.length === 0 ? 'approvals.nobody' : shown.length === 0 ? 'approvals.nobodyHere' : 'approvals.onlyColleagues';

interface NumbersProps {
  readonly queue: QueueName;
  readonly whose: WhoseQueue;
}

/** What stands first in an address is left out of it. */
const inAddress = (name: QueueName | WhoseQueue): string => (name === 'all' ? '' : name);

interface WhoseProps extends NumbersProps {
  /** Everyone in the queue, whosever they are. */
  readonly of: readonly KnownPerson[];
  readonly holderOf: HolderOf;
}

/** How many are whose; nothing where nobody was handed to anybody. */
function WhoseNumbers({ of, queue, whose, holderOf }: WhoseProps) {
  const { event } = useDesk();
  if (whose === 'all' && of.every((each) => holderOf(each) === undefined)) return null;
  return (
    <ul class="counts small" aria-label={t('approvals.whose')}>
      {WHOSE.map((each) => (
        <li key={each}>
          <a
            href={pageAddress(event.id, 'approvals', { show: inAddress(queue), whose: inAddress(each) })}
            aria-current={each === whose ? 'page' : undefined}
          >
            <b>{queueOf(of, each, holderOf).length}</b> {t(`approvals.whose.${each}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** How many wait, and how many of those for what; each leads to a queue of these alone. */
function Numbers({ waiting, queue, whose }: NumbersProps & { readonly waiting: readonly KnownPerson[] }) {
  const { event, now } = useDesk();
  const at = now();
  return (
    <ul class="counts small">
      {QUEUES.map((each) => (
        <li key={each}>
          <a
            href={pageAddress(event.id, 'approvals', { show: inAddress(each), whose: inAddress(whose) })}
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
  readonly current: KnownPerson | undefined;
  readonly holderOf: HolderOf;
  readonly onOpen: (reference: string) => void;
}

/** The queue, the longest wait first. */
function Waiting({ shown, current, holderOf, onOpen }: WaitingProps) {
  const { event, now } = useDesk();
  const at = new Date(now());
  const place = current === undefined ? 0 : shown.indexOf(current);
  const from = Math.max(0, Math.min(place - MOST_DRAWN / 2, shown.length - MOST_DRAWN));
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
              aria-current={each.reference === current?.reference ? 'true' : undefined}
              onClick={() => onOpen(each.reference)}
            >
              <b>{each.fullName}</b>
              <small>
                <bdi>{each.organisation}</bdi>
              </small>
              <small>
                {t('approvals.days', { count: daysWaited(each, at.getTime()) })}{' '}
                {isOverdue(event, each, at) && <span class="tag overdue">{t('row.overdue')}</span>}{' '}
                {each.question && <span class="tag">{t(`approvals.state.${each.question}`)}</span>}{' '}
                <HeldBy holder={holderOf(each)} />
              </small>
            </button>
          </li>
        ))}
      </ol>
      {shown.length > drawn.length && <p>{t('approvals.shown', { shown: drawn.length, count: shown.length })}</p>}
    </section>
  );
}
