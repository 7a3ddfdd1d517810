import { useRef, useState } from 'preact/hooks';
import type { OrganiserRegistration } from '../../../shared/registration/list/registrations.schema.ts';
import { minorAddress, pageAddress, registrationAddress } from '../addresses.ts';
import { useDesk, useHas, useRead } from '../desk.ts';
import { type AnswerOf, isProblem } from '../kernel/api.ts';
import { FieldsForm } from '../kernel/form/form.tsx';
import { answerIn } from '../kernel/parts/answer-text.ts';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { FactList, type LabelledFact, Reference, TableHead } from '../kernel/parts/facts.tsx';
import { lazy } from '../kernel/parts/lazy.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import { modeText, Status } from '../kernel/parts/registration-table.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { MailLog } from '../mail/mail-log.tsx';

import { VetAdult } from '../minors/vet.tsx';
import { categoryName, countryText, languageText, saidText, titleIn, when } from '../names.ts';

import { t } from '../words.ts';
import { CorrectAddress, CorrectName, Substitute } from './correct.tsx';
import { DeclineFields, type DeclineWhy, NO_WHY, reasonText, whySent } from './decline-reason.tsx';
import { CertificateSection, FreshLink, ReplaceTicket } from './documents.tsx';
import { useListOfPeople } from './fields.tsx';
import { queryOf } from './filter.ts';
import { CancelOne, HeldDecisions, useDecision } from './held.tsx';
import { Recorded } from './notes.tsx';
import { type OneProps, useRegistrationChange } from './one.ts';
import type { KnownPerson } from './people.ts';
import { PersonTags } from './tags.tsx';

/** What a decision has led to. */
const outcome = ({ status, fullName }: OrganiserRegistration): string => {
  if (status === 'declined') return t('decide.declined', { name: fullName });
  return status === 'waitlisted'
    ? t('decide.waitlisted', { name: fullName })
    : t('decide.approved', { name: fullName });
};

/** Asks for the reason and the words that the person will read. */
function Decline({ one, ...rest }: OneProps) {
  const { busy, error, change } = useRegistrationChange(rest);
  const decide = useDecision(one);
  const [why, setWhy] = useState<DeclineWhy>(NO_WHY);
  return (
    <Disclosure label={t('decide.decline')}>
      {(close) => (
        <FieldsForm
          send={t('decide.declineNow')}
          kind="danger"
          busy={busy}
          error={error}
          labels={{ reason: t('decide.reason'), note: t('decide.note') }}
          onSend={() => change(() => decide('decline', whySent(why)), outcome)}
          onCancel={close}
        >
          <DeclineFields why={why} error={error} onChange={setWhy} />
        </FieldsForm>
      )}
    </Disclosure>
  );
}

/** On someone who waits for it: approving takes one press. */
function Decide(props: OneProps) {
  const { one, ...rest } = props;
  const { busy, error, change } = useRegistrationChange(rest);
  const decide = useDecision(one);
  return (
    <section class="decide" aria-labelledby="decide">
      <h2 id="decide">{t('decide.title')}</h2>
      {one.closedSessions && <p>{t('decide.closedSessions')}</p>}
      <FailureNote error={error} />
      <div class="buttons">
        <Button busy={busy} onPress={() => change(() => decide('approve'), outcome)}>
          {t('decide.approve')}
        </Button>
        <Decline {...props} />
      </div>
    </section>
  );
}

/** What it has led to that a decline was taken back. */
const takenBack = ({ status, fullName: name }: OrganiserRegistration): string => {
  if (status === 'confirmed') return t('decide.takenBack.confirmed', { name });
  return status === 'waitlisted' ? t('decide.takenBack.waitlisted', { name }) : t('decide.takenBack.waits', { name });
};

/** On someone who was declined by mistake, while registration is open. */
function TakeBack({ one, ...rest }: OneProps) {
  const { registration } = useDesk().event;
  const { busy, error, change } = useRegistrationChange(rest);
  const decide = useDecision(one);
  const why = one.ageBand === 'minor' ? t('decide.takeBack.minor') : t('decide.takeBack.closed');
  const mayTakeBack = one.ageBand !== 'minor' && registration.state === 'open';
  return (
    <section class="decide" aria-labelledby="take-back">
      <h2 id="take-back">{t('decide.takeBack.title')}</h2>
      <p>{mayTakeBack ? t('decide.takeBack.explain') : why}</p>
      <FailureNote error={error} />
      {mayTakeBack && (
        <Button busy={busy} onPress={() => change(() => decide('take-back'), takenBack)}>
          {t('decide.takeBack.now')}
        </Button>
      )}
    </section>
  );
}

/** For someone who holds a seat, or waits for one: a decision can be wrong. */
const DeclineAfterAll = (props: OneProps) => (
  <div class="action">
    <h3>{t('decide.afterAll')}</h3>
    <p>{t('decide.afterAllExplain')}</p>
    <Decline {...props} />
  </div>
);

const HOLDS_SOMETHING: readonly string[] = ['confirmed', 'waitlisted', 'pending-approval'];

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
              <Facts one={one} />
              {one.ageBand !== 'minor' && <PersonTags {...all} />}
              {greets && one.ageBand !== 'minor' && <Greeting one={one} />}
              <CheckIns one={one} />
              <MailLog of={one} sends={changes && HOLDS_SOMETHING.includes(one.status)} />
              <Actions {...all} />
              {one.ageBand !== 'minor' && <Recorded one={one} />}
            </>
          );
        }}
      </Show>
    </>
  );
}

const MarkOne = lazy(() => import('../checkin/mark-came.tsx').then((each) => each.MarkOne), 'doors');
const HandedOutTo = lazy(() => import('../checkin/handouts.tsx').then((each) => each.HandedOutTo), 'doors');
const Greeting = lazy(() => import('../checkin/greet.tsx').then(({ GreetOne }) => GreetOne), 'doors');

interface CheckInsProps {
  readonly one: OrganiserRegistration;
}

/** Where someone came: of someone under 18 on a press, since each look is noted. */
const CheckIns = ({ one }: CheckInsProps) => (
  <section class="screen" aria-labelledby="came">
    <h2 id="came">{t('came.title')}</h2>
    {one.ageBand === 'minor' ? (
      <Disclosure label={t('came.open')}>{() => <CameTo one={one} />}</Disclosure>
    ) : (
      <CameTo one={one} />
    )}
  </section>
);

function CameTo({ one: { reference, revision, status } }: CheckInsProps) {
  const { api, event } = useDesk();
  const mayMark = useHas('run-check-in') && status === 'confirmed';
  const params = { eventId: event.id, reference };
  const read = useRead(`came ${reference} ${revision}`, () =>
    api('GET /api/organiser/events/{eventId}/check-in/attendance/{reference}', { params }),
  );
  return (
    <Show of={read}>
      {({ came, handouts }) => (
        <>
          {came.length === 0 ? <p class="empty">{t('came.nowhere')}</p> : <CameTable came={came} />}
          {mayMark && (
            <MarkOne
              reference={reference}
              marked={came.flatMap(({ list, isByHand }) => (isByHand ? [list] : []))}
              onMarked={read.reload}
            />
          )}
          {handouts.length > 0 && <HandedOutTo handouts={handouts} />}
        </>
      )}
    </Show>
  );
}

type CameRow = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/attendance/{reference}'>['came'][number];

function CameTable({ came }: { readonly came: readonly CameRow[] }) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <TableHead columns={[t('came.where'), t('came.came'), t('came.left')]} />
      <tbody>
        {came.map(({ list, name, mode, cameAt, leftAt, isByHand, said }) => (
          <tr key={list}>
            <th scope="row">{name ?? t('checkIn.entrance')}</th>
            <td class="time" data-label={t('came.came')}>
              <div>
                {when(event, cameAt)}
                {mode === 'online' && <small>{t('mode.online')}</small>}
                {isByHand && <small>{t('came.byHand')}</small>}
                {said && <small>{saidText(said)}</small>}
              </div>
            </td>
            <td class="time" data-label={leftAt && t('came.left')}>
              {leftAt && when(event, leftAt)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What can be done about someone who comes, or may still come. */
function Actions(all: OneProps) {
  const { one } = all;
  const [decides, changes, vouches] = [useHas('decide'), useHas('change-people'), useHas('vet')];
  const cancels = useHas('cancel-people');
  const gives = useHas('certificates') && useDesk().event.certificate !== undefined;
  const holds = HOLDS_SOMETHING.includes(one.status);
  if ((!holds && one.status !== 'pending-guardian') || !(decides || changes || cancels || gives || vouches))
    return null;
  return (
    <section class="actions">
      <h2>{t('one.actions')}</h2>
      {holds && changes && <FreshLink one={one} />}
      {one.status === 'confirmed' && changes && <ReplaceTicket {...all} />}
      {holds && gives && <CertificateSection {...all} />}
      {changes && <CorrectName {...all} />}
      {holds && one.ageBand !== 'minor' && (
        <>
          {changes && <CorrectAddress {...all} />}
          {changes && <Substitute {...all} />}
          {vouches && one.status === 'confirmed' && <VetAdult {...all} />}
          {decides && one.status !== 'pending-approval' && <DeclineAfterAll {...all} />}
          {cancels && <CancelOne {...all} />}
        </>
      )}
    </section>
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

/** All that is kept of someone, but for what nobody wrote anything in. */
function Facts({ one }: { readonly one: OrganiserRegistration }) {
  const { event } = useDesk();
  const titles = (parts: readonly { readonly id: string; readonly title: string }[], ids: readonly string[]): string =>
    ids.map((id) => titleIn(parts, id)).join(', ');
  const seatText = ({ quota, state }: (typeof one.seats)[number]): string => {
    const title = titleIn(event.quotas, quota);
    return state === 'taken' ? title : t('one.seatWaiting', { quota: title });
  };
  const person: readonly LabelledFact[] = [
    [t('fact.honorific'), one.honorific],
    [t('fact.fullName'), one.fullName],
    [t('fact.badgeName'), one.badgeName !== one.fullName && one.badgeName],
    [t('fact.nativeName'), one.nativeName],
    [t('fact.email'), one.email === '' ? t('row.noEmail') : <a href={`mailto:${one.email}`}>{one.email}</a>],
    [t('fact.position'), one.position],
    [t('fact.organisation'), one.organisation],
    [t('fact.country'), countryText(event, one.country)],
    [t('fact.category'), categoryName(event, one.category)],
    [t('fact.role'), one.role !== 'attendee' && t(`role.${one.role}`)],
  ];
  const attendance: readonly LabelledFact[] = [
    [t('fact.mode'), modeText(one)],
    [t('fact.meanwhile'), one.meanwhile && t('one.meanwhile')],
    [t('fact.days'), titles(event.days, one.days)],
    [t('fact.sessions'), titles(event.sessions, one.sessions)],
    [t('fact.closedSessions'), one.closedSessions && t('common.yes')],
    [t('fact.seats'), one.seats.map(seatText).join(', ')],
    ...event.questions.map(
      (question): LabelledFact => [question.title, answerIn(event, question, one.answers[question.id])],
    ),
  ];
  const history: readonly LabelledFact[] = [
    [t('fact.submitted'), when(event, one.submittedAt)],
    [t('fact.walkIn'), one.walkIn && (one.walkIn.reason ?? t('common.yes'))],
    [t('fact.changed'), one.changedAt !== one.submittedAt && when(event, one.changedAt)],
    [t('fact.waitingSince'), one.waitingSince && when(event, one.waitingSince)],
    [t('fact.unreachable'), one.mail && t(`one.unreachable.${one.mail}`)],
    [t('fact.lapsesAt'), one.lapsesAt && when(event, one.lapsesAt)],
    [t('fact.lapsed'), one.lapsed && t('common.yes')],
    [t('fact.proof'), one.proof && t(`one.proof.${one.proof}`)],
    [t('fact.approved'), one.approved && t('common.yes')],
    [t('fact.invited'), one.invited && t('common.yes')],
    [t('decide.reason'), one.declineReason && reasonText(one.declineReason)],
    [t('fact.note'), one.decisionNote],
    [t('fact.language'), languageText(one.language)],
  ];
  return (
    <div class="columns">
      <FactList title={t('one.person')} facts={person} />
      <FactList title={t('one.attendance')} facts={attendance} />
      <FactList title={t('one.history')} facts={history} />
    </div>
  );
}
