import { useLayoutEffect, useRef } from 'preact/hooks';
import { asReadBy } from '../../../../shared/event/answer-readers.ts';
import { isOverdue } from '../../../../shared/registration/decide/approval.ts';
import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { registrationAddress } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { answerIn } from '../../kernel/parts/answer-text.ts';
import { Button } from '../../kernel/parts/buttons.tsx';
import { FactList, type LabelledFact, MailLink, Reference } from '../../kernel/parts/facts.tsx';
import { FailureNote } from '../../kernel/parts/page.tsx';
import { heldMode, modeText, Status } from '../../kernel/parts/registration-table.tsx';
import { categoryName, countryText, titleIn, when } from '../../names.ts';
import { t } from '../../words.ts';
import { Decline } from '../decline-reason.tsx';
import type { KnownPerson } from '../people.ts';
import { AlikeApplicants } from './alike.tsx';
import { AskedQuestions, AskQuestion } from './asked.tsx';
import type { DeskDecision, Failed } from './decisions.ts';
import { useDeskKeys } from './desk-keys.ts';
import type { Details } from './details.ts';
import { Handing } from './handed.tsx';
import {
  alikeApplicants,
  applicantsFor,
  daysWaited,
  type HandedTo,
  type HolderOf,
  isAColleagues,
  type Likenesses,
} from './queue.ts';

export interface ApplicantProps {
  readonly person: KnownPerson;
  readonly details: Details | undefined;
  readonly among: Likenesses;
  /** A decision on them that was not taken. */
  readonly failed: Failed | undefined;
  /** Whether reading goes on here: after a press of theirs, and not as the screen opens. */
  readonly takesFocus: boolean;
  readonly onDecide: (decided: DeskDecision) => void;
  readonly onAsked: (after: OrganiserRegistration) => void;
  readonly onStale: () => Promise<void>;
  readonly onStep: (by: 1 | -1) => void;
  readonly holderOf: HolderOf;
  readonly onHanded: (others: readonly KnownPerson[], holder: HandedTo | undefined) => void;
}

/** One who waits: what can be done first, so that it stands where it stood for the one before; then what is known of them. */
export function Applicant(props: ApplicantProps) {
  const { person, details, among, failed, takesFocus, onDecide, onAsked, onStale, onStep, holderOf, onHanded } = props;
  const { event, grants, now } = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  const keys = useDeskKeys(person, onDecide, onStep);
  useLayoutEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [person.reference]);
  const one = details && 'one' in details ? details.one : undefined;
  const alike = applicantsFor(alikeApplicants(person, among).ofOrganisation, grants);
  const isLate = isOverdue(event, person, new Date(now()));
  return (
    <section class="decide applicant" aria-labelledby="applicant" onKeyDown={keys.onKeyDown}>
      <h2 id="applicant" ref={heading} tabIndex={-1}>
        {person.fullName}
      </h2>
      <p class="state">
        <Status of={person} /> {isLate && <span class="tag overdue">{t('row.overdue')}</span>}{' '}
        {person.question && <span class="tag">{t(`approvals.state.${person.question}`)}</span>}{' '}
        <Reference of={person.reference} />
      </p>
      <p class="again" role="status">
        {keys.asks?.words}
      </p>
      {failed && <NotDone failed={failed} />}
      {person.status !== 'pending-approval' && <p class="note warn">{t('approvals.waitsNoMore')}</p>}
      <div class="buttons">
        <Button onPress={() => onDecide({ kind: 'approve' })}>{t('decide.approve')}</Button>
        {person.closedSessions && (
          <Button kind="second" onPress={() => onDecide({ kind: 'approve', withoutClosedSessions: true })}>
            {t('decide.withoutClosed')}
          </Button>
        )}
        <Decline
          busy={false}
          error={undefined}
          refused={failed?.error}
          before={failed?.why}
          onDecline={(why) => onDecide({ kind: 'decline', why })}
        />
        {person.question !== 'asked' && (
          <AskQuestion one={{ ...person, asked: one?.asked }} onChanged={onAsked} onStale={onStale} />
        )}
      </div>
      {person.status === 'pending-approval' && (
        <Handing
          person={person}
          holder={holderOf(person)}
          others={alike.filter((each) => !isAColleagues(holderOf(each)))}
          onHanded={onHanded}
          onStale={onStale}
        />
      )}
      {person.closedSessions && <p>{t('decide.closedSessions')}</p>}
      {one && <AskedQuestions asked={one.asked} />}
      <AlikeApplicants person={person} among={among} />
      <Known person={person} one={one} />
      {details && 'error' in details && <FailureNote error={details.error} />}
      <p>
        <a href={registrationAddress(event.id, person.reference)}>{t('approvals.page')}</a>
      </p>
    </section>
  );
}

function NotDone({ failed: { kind, person, error } }: { readonly failed: Failed }) {
  return error === undefined ? (
    <p class="note bad">{t('keys.notHere', { name: person.fullName })}</p>
  ) : (
    <>
      <p class="note bad">{t(`approvals.notDone.${kind}`, { name: person.fullName })}</p>
      <FailureNote error={error} />
    </>
  );
}

/** What a decision goes by: of what the list knows at once, then of what was read. */
function Known({ person, one }: { readonly person: KnownPerson; readonly one: OrganiserRegistration | undefined }) {
  const { event, grants, now } = useDesk();
  const read = asReadBy(grants, event);
  const titles = (parts: readonly { readonly id: string; readonly title: string }[], ids: readonly string[]): string =>
    ids.map((id) => titleIn(parts, id)).join(', ');
  const answers = { ...person.answers, ...one?.answers };
  const facts: readonly LabelledFact[] = [
    [t('row.organisation'), person.organisation],
    [t('fact.country'), countryText(event, person.country)],
    [t('row.category'), categoryName(event, person.category)],
    [
      t('row.pendingSince'),
      `${when(event, person.pendingSince ?? person.submittedAt)} (${t('approvals.days', { count: daysWaited(person, now()) })})`,
    ],
    [t('fact.mode'), modeText(heldMode(event, person))],
    [t('fact.days'), titles(event.days, person.days)],
    [t('fact.sessions'), titles(event.sessions, person.sessions)],
    [t('fact.closedSessions'), person.closedSessions && t('common.yes')],
    [t('fact.position'), one?.position],
    [t('fact.email'), one?.email && <MailLink to={one.email} />],
    ...read.questions.map(
      (question): LabelledFact => [question.title, answerIn(event, question, answers[question.id])],
    ),
  ];
  return <FactList facts={facts} />;
}
