import { useState } from 'preact/hooks';
import { needsChaperone } from '../../../shared/minors/chaperone/chaperone.ts';
import { remindersAt } from '../../../shared/minors/young.ts';
import { pageOf, registrationPage } from '../addresses.ts';
import { type PublicEvent, useDesk, useIsVetted, useRead } from '../desk.ts';
import { isProblem } from '../kernel/api/problem.ts';
import { type Fact, FactList } from '../kernel/parts/fact-list.tsx';
import { Heading } from '../kernel/parts/heading.tsx';
import { Reference } from '../kernel/parts/reference.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { MailLog } from '../mail/mail-log.tsx';
import { dayName, languageName, when } from '../names.ts';
import { words } from '../words.ts';
import { Chaperone } from './child/chaperone.tsx';
import { DecideForm } from './child/decide-form.tsx';
import { DecideHandover } from './child/decide-handover.tsx';
import { Handover } from './child/handover.tsx';
import type { ChildProps, Minor } from './child/one.ts';
import { RecordForm } from './child/record-form.tsx';
import { Withdraw } from './child/withdraw.tsx';
import { answerText, vettingText } from './children/chaperones.tsx';
import { MinorState, stateText } from './children/minor-state.tsx';

/** All that is kept of a young person before their answers, of their guardian, and of what was agreed to. */
function Facts({ child }: { readonly child: Minor }) {
  const { event } = useDesk();
  return (
    <div class="columns">
      <FactList title={words.child.about} facts={about(event, child)} />
      <FactList title={words.child.guardian} facts={guardian(event, child)} />
      <FactList title={words.child.consents} facts={consents(child)} />
    </div>
  );
}

const about = (event: PublicEvent, child: Minor): readonly Fact[] => [
  [words.child.name, child.name],
  [words.child.email, <a href={`mailto:${child.email}`}>{child.email}</a>],
  [words.child.language, languageName(child.language)],
  [words.child.status, words.status[child.status]],
  [words.child.mode, child.mode && words.mode[child.mode]],
  [words.child.answerBy, child.answerBy && when(event, child.answerBy)],
  [
    words.child.answers,
    child.step === 'complete' && <a href={registrationPage(event.id, child.reference)}>{words.child.openAnswers}</a>,
  ],
];

function guardian(event: PublicEvent, { guardian, step, answerBy, guardianUnreachable }: Minor): readonly Fact[] {
  const { name, email, phone, askedAt, agreedAt, paper } = guardian;
  const reminders = step === 'asked' && answerBy ? remindersAt(new Date(askedAt), new Date(answerBy)) : [];
  return [
    [words.child.name, name],
    [words.child.email, email ? <a href={`mailto:${email}`}>{email}</a> : words.child.onPaper],
    [words.child.phone, phone && <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>],
    [words.child.askedAt, step !== 'unproven' && when(event, askedAt)],
    [words.child.reminders, reminders.map((at) => when(event, at.toISOString())).join('; ')],
    [words.child.mail, guardianUnreachable && words.child.unreachable],
    [words.child.agreedAt, agreedAt && when(event, agreedAt)],
    [words.child.signed, paper && words.child.signedBy(paper.signedBy, dayName(paper.signedOn))],
    [words.child.recorded, paper && words.child.by(when(event, paper.recordedAt), paper.recordedBy)],
    [words.child.confirmed, paper?.confirmedAt && words.child.by(when(event, paper.confirmedAt), paper.confirmedBy)],
  ];
}

const consents = ({ step, consents }: Minor): readonly Fact[] =>
  consents.map((consent) => [consent.title, consentText(step, consent)]);

function consentText(step: Minor['step'], { agreed, own }: Minor['consents'][number]): string {
  const isAnswered = step === 'agreed' || step === 'complete';
  if (agreed === undefined) return isAnswered ? words.child.refused : words.child.unanswered;
  return own === false ? words.child.ownRefusal(agreed) : words.child.agreed(agreed);
}

interface WhatChangedProps {
  /** As they were looked at when someone else was faster. */
  readonly from: Minor;
  readonly to: Minor;
}

/** What someone else did meanwhile, point by point. */
function WhatChanged({ from, to }: WhatChangedProps) {
  const { event } = useDesk();
  const before = new Map(pointsOf(event, from));
  const changes = pointsOf(event, to).filter(([label, now]) => before.get(label) !== now);
  if (changes.length === 0) return null;
  return (
    <section class="note warn">
      <p>{words.child.meanwhile}</p>
      <ul>
        {changes.map(([label, now]) => (
          <li key={label}>
            {words.child.was(label, before.get(label) || words.child.nothing, now || words.child.nothing)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function leavingText({ handoverWaiting, guardian }: Minor): string {
  if (handoverWaiting) return words.children.leaving;
  return guardian.handover?.isConfirmed ? words.child.confirmed : '';
}

/** Whatever a change of theirs may have been, in words. */
function pointsOf(event: PublicEvent, child: Minor): readonly (readonly [label: string, text: string])[] {
  const { guardian, chaperone, mode, answerBy } = child;
  const { paper } = guardian;
  return [
    [words.children.state, stateText(child)],
    [words.child.mode, mode ? words.mode[mode] : ''],
    [words.child.answerBy, answerBy ? when(event, answerBy) : ''],
    [words.child.guardian, [guardian.name, guardian.email ?? words.child.onPaper].join(', ')],
    [words.child.signed, paper ? words.child.signedBy(paper.signedBy, dayName(paper.signedOn)) : ''],
    [words.handover.title, leavingText(child)],
    ...child.consents.map((consent) => [consent.title, consentText(child.step, consent)] as const),
    [words.chaperone.title, chaperone?.name ?? ''],
    [words.chaperone.answer, chaperone ? answerText(event, chaperone) : ''],
    [words.chaperone.vetting, chaperone ? vettingText(chaperone) : ''],
  ];
}

/** Someone under 18: what is to be decided first, then all there is to know, then what can be done. */
export function Child({ one: reference }: { readonly one: string }) {
  const { api, event } = useDesk();
  const isFocalPoint = useIsVetted('safeguarding');
  const params = { eventId: event.id, reference };
  // As they were looked at when someone else was faster, until the next change.
  const [former, setFormer] = useState<Minor>();
  const read = useRead(reference, () => api('GET /api/organiser/events/{eventId}/minors/{reference}', { params }));
  if (read.loaded.state === 'failed' && isProblem(read.loaded.error, 'not-found')) return <NotFound />;
  return (
    <>
      <Back />
      <Heading tab={words.child.title}>
        {read.loaded.state === 'ready' ? read.loaded.value.name : words.child.title}
      </Heading>
      <Show of={read}>
        {(child) => {
          const all: ChildProps = {
            child,
            onChanged: (after) => {
              setFormer(undefined);
              read.show(after);
            },
            reload: async () => {
              setFormer(undefined);
              await read.reload();
            },
            onStale: async () => {
              setFormer(child);
              await read.reload();
            },
          };
          return (
            <>
              <p class="state">
                <MinorState of={child} /> <Reference of={child.reference} />
              </p>
              <p class="note screen">{words.child.noted}</p>
              {former && <WhatChanged from={former} to={child} />}
              {child.step === 'paper-recorded' && <DecideForm {...all} />}
              {child.handoverWaiting && <DecideHandover {...all} />}
              {isFocalPoint && child.step === 'paper-awaited' && <RecordForm {...all} />}
              <Facts child={child} />
              <MailLog of={child} sends={false} />
              {needsChaperone({ ...child, ageBand: 'minor', mode: child.mode ?? 'online' }) && <Chaperone {...all} />}
              {isFocalPoint && hasAgreed(child) && <Handover {...all} />}
              {isFocalPoint && <Withdraw {...all} />}
            </>
          );
        }}
      </Show>
    </>
  );
}

const hasAgreed = ({ step }: Minor): boolean => step === 'agreed' || step === 'complete';

const Back = () => (
  <p class="back">
    <a href={pageOf(useDesk().event.id, 'children')}>{words.child.back}</a>
  </p>
);

const NotFound = () => (
  <>
    <Back />
    <Heading>{words.child.notFound}</Heading>
    <p>{words.child.notFoundTodo}</p>
  </>
);
