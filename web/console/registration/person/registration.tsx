import { useRef, useState } from 'preact/hooks';
import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { minorAddress, pageAddress, registrationAddress } from '../../addresses.ts';
import { useDesk, useHas, useRead } from '../../desk.ts';
import { isProblem } from '../../kernel/api.ts';
import { Reference } from '../../kernel/parts/facts.tsx';
import { lazy } from '../../kernel/parts/lazy.tsx';
import { Heading } from '../../kernel/parts/page.tsx';
import { Status } from '../../kernel/parts/registration-table.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { MailLog } from '../../mail/mail-log.tsx';
import { t } from '../../words.ts';
import { useListOfPeople } from '../fields.tsx';
import { queryOf } from '../filter.ts';
import { HeldDecisions } from '../held.tsx';
import type { KnownPerson } from '../people.ts';
import { PersonTags } from '../tags.tsx';
import { HOLDS_SOMETHING, PersonActions } from './actions.tsx';
import { CheckIns } from './came-to.tsx';
import { Decide, TakeBack } from './decide.tsx';
import { PersonFacts } from './facts.tsx';
import { Recorded } from './notes.tsx';
import type { OneProps } from './one.ts';

const Greeting = lazy(() => import('../../checkin/greet.tsx').then(({ GreetOne }) => GreetOne), 'doors');

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

/** Who stands before and after this person in the list from which they were opened. */
function Neighbours({ one: reference, query }: RegistrationScreenProps) {
  const { event } = useDesk();
  const { found, state } = useListOfPeople(query);
  // A decision may take them out of what is filtered: the list goes on from where they stood.
  const stood = useRef<readonly KnownPerson[]>([]);
  if (found.some((each) => each.reference === reference)) stood.current = found;
  const place = stood.current.findIndex((each) => each.reference === reference);
  const link = (to: KnownPerson | undefined, words: 'previousPerson' | 'nextPerson') =>
    to && (
      <a href={registrationAddress(event.id, to.reference, queryOf(state))}>
        {t(`registrations.${words}`, { name: to.fullName })}
      </a>
    );
  return (
    <nav class="paging" aria-label={t('registrations.person')}>
      {place > 0 && link(stood.current[place - 1], 'previousPerson')}
      {place >= 0 && link(stood.current[place + 1], 'nextPerson')}
    </nav>
  );
}

/** One person's registration: what is to be decided first, then what can be done, then all there is to know. */
export function RegistrationScreen({ one: reference, query }: RegistrationScreenProps) {
  const { api, event, people } = useDesk();
  const [decides, changes, greets] = [useHas('decide'), useHas('change-people'), useHas('greet')];
  // One person's page reads no list of all by itself.
  const [hasList] = useState(() => query.size > 0 || people.now().all.length > 0);
  const params = { eventId: event.id, reference };
  const read = useRead(reference, () =>
    api('GET /api/organiser/events/{eventId}/registrations/{reference}', { params }),
  );
  const known = read.loaded.state === 'ready' ? read.loaded.value : undefined;
  if (read.loaded.state === 'failed' && isProblem(read.loaded.error, 'not-found')) return <NotFound query={query} />;
  return (
    <>
      <p class="back">
        <BackToAll query={query} />
      </p>
      {decides && hasList && <Neighbours one={reference} query={query} />}
      <HeldDecisions onTakenBack={() => void read.reload()} />
      <Heading tab={known?.ageBand === 'minor' ? t('one.title') : undefined}>
        {known?.fullName ?? t('one.title')}
      </Heading>
      <Show of={read}>
        {(one) => {
          const onChanged = (after: OrganiserRegistration): void => {
            read.show(after);
            people.look();
          };
          const all: OneProps = { one, onChanged, onStale: read.reload };
          return (
            <>
              <p class="state">
                <Status of={one} /> <Reference of={one.reference} />
              </p>
              {one.ageBand === 'minor' && (
                <p>
                  <a href={minorAddress(event.id, reference)}>{t('one.asChild')}</a>
                </p>
              )}
              {decides && one.status === 'pending-approval' && <Decide {...all} />}
              {decides && one.status === 'declined' && <TakeBack {...all} />}
              <PersonFacts one={one} />
              {one.ageBand !== 'minor' && <PersonTags {...all} />}
              {greets && one.ageBand !== 'minor' && <Greeting one={one} />}
              <CheckIns one={one} />
              <MailLog of={one} sends={changes && HOLDS_SOMETHING.includes(one.status)} />
              <PersonActions {...all} />
              {one.ageBand !== 'minor' && <Recorded one={one} />}
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
