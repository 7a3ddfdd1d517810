import { useEffect, useRef, useState } from 'preact/hooks';
import { isToNobody } from '../../../../shared/kernel/text/email-address.ts';
import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { minorAddress, pageAddress, registrationAddress } from '../../addresses.ts';
import { type Desk, useDesk, useHas, useRead } from '../../desk.ts';
import { Reference } from '../../kernel/parts/facts.tsx';
import { lazy } from '../../kernel/parts/lazy.tsx';
import { Heading } from '../../kernel/parts/page.tsx';
import { Status } from '../../kernel/parts/registration-table.tsx';
import { isMissing, Show } from '../../kernel/parts/show.tsx';
import { MailLog } from '../../mail/mail-log.tsx';
import { t } from '../../words.ts';
import { useListOfPeople } from '../fields.tsx';
import { queryOf } from '../filter.ts';
import { HeldDecisions } from '../held.tsx';
import type { KnownPerson } from '../people.ts';
import { HOLDS_SOMETHING, PersonActions } from './actions.tsx';
import { fetchAhead, joinAhead, type PageOfOne, readEntries, readPage, takeAhead } from './ahead.ts';
import { CheckIns } from './came-to.tsx';
import { Decide, TakeBack } from './decide.tsx';
import { PersonFacts } from './facts.tsx';
import { Recorded, WhoDidWhat } from './notes.tsx';
import type { OneProps } from './one.ts';
import { PersonTags } from './person-tags.tsx';

const Greeting = lazy(() => import('../../checkin/greet.tsx').then(({ GreetOne }) => GreetOne), 'doors');

const Asked = lazy(() => import('../approvals/asked.tsx').then(({ AskedOnPage }) => AskedOnPage), 'approvals');

interface RegistrationScreenProps {
  readonly one: string;
  /** Of the address: the search by which it was found. */
  readonly query: URLSearchParams;
}

/** The list as it was left: the same search, on the same page. */
const BackToAll = ({ query }: Pick<RegistrationScreenProps, 'query'>) => {
  const address = pageAddress(useDesk().event.id, 'registrations');
  return <a href={query.size === 0 ? address : `${address}?${query}`}>{t('one.back')}</a>;
};

/** Milliseconds after which the next person is fetched, that what is asked for now does not wait for it. */
const PAINTED = 200;

interface NeighboursProps extends RegistrationScreenProps {
  /** Whether this person is shown: the next one is fetched then. */
  readonly isShown: boolean;
}

/** Who stands before and after this person in the list from which they were opened. */
function Neighbours({ one: reference, query, isShown }: NeighboursProps) {
  const desk = useDesk();
  const { event } = desk;
  const { found, state } = useListOfPeople(query);
  // A decision may take them out of what is filtered: the list goes on from where they stood.
  const stood = useRef<readonly KnownPerson[]>([]);
  if (found.some((each) => each.reference === reference)) stood.current = found;
  const place = stood.current.findIndex((each) => each.reference === reference);
  const next = place >= 0 ? stood.current[place + 1] : undefined;
  useEffect(() => {
    if (!isShown || next === undefined) return undefined;
    // Once this one is painted.
    const timer = setTimeout(() => fetchAhead(desk, next.reference), PAINTED);
    return () => clearTimeout(timer);
  }, [isShown, next?.reference]);
  const link = (to: KnownPerson | undefined, words: 'previousPerson' | 'nextPerson') =>
    to && (
      <a href={registrationAddress(event.id, to.reference, queryOf(state))}>
        {t(`registrations.${words}`, { name: to.fullName })}
      </a>
    );
  return (
    <nav class="paging" aria-label={t('registrations.person')}>
      {place > 0 && link(stood.current[place - 1], 'previousPerson')}
      {link(next, 'nextPerson')}
    </nav>
  );
}

/** What a page of an adult has besides the person: its scripts are fetched while what it shows is read. */
function fetchParts(greets: boolean): void {
  for (const part of [WhoDidWhat, ...(greets ? [Greeting] : [])]) part.fetch().catch(() => undefined);
}

/** The page of a person, which may have been fetched ahead or be on its way, and what was done about them, each asked for once. */
function usePersonPage(desk: Desk, reference: string) {
  const [coming] = useState(() => joinAhead(desk, reference));
  const [ahead] = useState(() => takeAhead(desk, reference));
  const sees = useHas('see-people');
  // Both at once: who is under 18 is told of by the first alone.
  const [entries] = useState(() => {
    const asked = () => (sees ? readEntries(desk, reference) : { entries: [] });
    const begun = coming ? coming.then((fetched) => fetched?.entries ?? asked()) : (ahead?.entries ?? asked());
    // The timeline tells what became of it.
    if (begun instanceof Promise) begun.catch(() => undefined);
    return begun;
  });
  const begun = useRef(coming);
  const readOnce = async (): Promise<PageOfOne> => {
    const fetched = await begun.current;
    begun.current = undefined;
    return fetched?.page ?? readPage(desk, reference);
  };
  const read = useRead(reference, readOnce, ahead?.page);
  useEffect(() => {
    if (ahead?.isOld) void read.reload();
  }, []);
  return { read, entries, isOld: ahead?.isOld ?? false };
}

/** One person's registration: what is to be decided first, then who it is and what can be done, then what became of it. */
export function RegistrationScreen({ one: reference, query }: RegistrationScreenProps) {
  const desk = useDesk();
  const { event, people } = desk;
  const [decides, changes, greets] = [useHas('decide'), useHas('change-people'), useHas('greet')];
  useEffect(() => fetchParts(greets), []);
  // One person's page reads no list of all by itself.
  const [hasList] = useState(() => query.size > 0 || people.now().all.length > 0);
  const { read, entries, isOld } = usePersonPage(desk, reference);
  // In the list are adults alone: who they are is shown while the rest is read.
  const [row] = useState(() => people.now().all.find((each) => each.reference === reference));
  const known = read.loaded.state === 'ready' ? read.loaded.value.registration : row;
  if (isMissing(read)) return <NotFound query={query} />;
  return (
    <>
      <p class="back">
        <BackToAll query={query} />
      </p>
      {decides && hasList && <Neighbours one={reference} query={query} isShown={read.loaded.state === 'ready'} />}
      <HeldDecisions onTakenBack={() => void read.reload()} />
      <Heading tab={known?.ageBand === 'minor' ? t('one.title') : undefined}>
        {known?.fullName ?? t('one.title')}
      </Heading>
      {known && (
        <p class="state">
          <Status of={known} /> <Reference of={known.reference} />
        </p>
      )}
      <Show of={read}>
        {({ registration: one, ...page }) => {
          const show = (changes: Partial<PageOfOne>): void => read.show({ registration: one, ...page, ...changes });
          const onChanged = (registration: OrganiserRegistration): void => {
            show({ registration });
            // What it said before, and what was mailed, stays until it is read.
            void read.reload();
            people.look();
          };
          const all: OneProps = { one, onChanged, onStale: read.reload };
          return (
            <>
              {one.ageBand === 'minor' && (
                <p>
                  <a href={minorAddress(event.id, reference)}>{t('one.asChild')}</a>
                </p>
              )}
              {decides && one.status === 'pending-approval' && <Decide {...all} />}
              {decides && (one.asked !== undefined || one.status === 'pending-approval') && <Asked {...all} />}
              {decides && one.status === 'declined' && <TakeBack {...all} />}
              <PersonFacts one={one} />
              <PersonActions {...all} />
              {one.ageBand !== 'minor' && <PersonTags {...all} />}
              {page.greeting && (
                <Greeting one={one} greeting={page.greeting} onChanged={(greeting) => show({ greeting })} />
              )}
              <CheckIns one={one} known={page.attendance} onMarked={(attendance) => show({ attendance })} />
              <MailLog
                {...{ of: one, known: page.mail, isMadeUp: isToNobody(event, one.email) }}
                sends={changes && HOLDS_SOMETHING.includes(one.status)}
              />
              {page.history && (
                <Recorded
                  {...{ one, entries, isOld }}
                  changes={page.history.changes}
                  notes={page.notes}
                  onNoted={(notes) => show({ notes })}
                />
              )}
            </>
          );
        }}
      </Show>
    </>
  );
}

const NotFound = ({ query }: Pick<RegistrationScreenProps, 'query'>) => (
  <>
    <Heading>{t('one.notFound')}</Heading>
    <p>{t('one.notFoundTodo')}</p>
    <p>
      <BackToAll query={query} />
    </p>
  </>
);
