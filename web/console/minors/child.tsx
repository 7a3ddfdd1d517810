import { useState } from 'preact/hooks';
import { dialled } from '../../../shared/kernel/text/phone.ts';
import { needsChaperone } from '../../../shared/minors/chaperone/chaperone.ts';
import { remindersAt } from '../../../shared/minors/young.ts';
import { navigate, pageAddress, registrationAddress } from '../addresses.ts';
import { type PublicEvent, useDesk, useIsVetted, useRead } from '../desk.ts';
import { Confirmation } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { FactList, type LabelledFact, MailLink, Reference } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { isMissing, Show } from '../kernel/parts/show.tsx';
import { MailLog } from '../mail/mail-log.tsx';
import { dayName, languageText, when } from '../names.ts';
import { t } from '../words.ts';
import { Chaperone, chaperoneAnswerText, vettingText } from './chaperones.tsx';
import { DecideForm, DecideHandover } from './decide.tsx';
import { HandoverSection } from './handover.tsx';
import { bySomeone, type ChildProps, type Minor, MinorState, stateText } from './minor.tsx';
import { RecordForm } from './record-form.tsx';

/** All that is kept of a young person before their answers, of their guardian, and of what was agreed to. */
function Facts({ child }: { readonly child: Minor }) {
  const { event } = useDesk();
  return (
    <div class="columns">
      <FactList title={t('minors.child.about')} facts={about(event, child)} />
      <FactList title={t('minors.child.guardian')} facts={guardian(event, child)} />
      <FactList title={t('minors.child.consents')} facts={consents(child)} />
    </div>
  );
}

const about = (event: PublicEvent, child: Minor): readonly LabelledFact[] => [
  [t('minors.child.name'), child.name],
  [t('minors.child.email'), <MailLink to={child.email} />],
  [t('minors.child.language'), languageText(child.language)],
  [t('minors.child.status'), t(`status.${child.status}`)],
  [t('minors.child.mode'), child.mode && t(`mode.${child.mode}`)],
  [t('minors.child.answerBy'), child.answerBy && when(event, child.answerBy)],
  [
    t('minors.child.answers'),
    child.step === 'complete' && (
      <a href={registrationAddress(event.id, child.reference)}>{t('minors.child.openAnswers')}</a>
    ),
  ],
];

function guardian(
  event: PublicEvent,
  { guardian, step, answerBy, guardianUnreachable }: Minor,
): readonly LabelledFact[] {
  const { name, email, phone, askedAt, agreedAt, paper } = guardian;
  const reminders = step === 'asked' && answerBy ? remindersAt(new Date(askedAt), new Date(answerBy)) : [];
  return [
    [t('minors.child.name'), name],
    [t('minors.child.email'), email ? <MailLink to={email} /> : t('minors.child.onPaper')],
    [t('minors.child.phone'), phone && <a href={`tel:${dialled(phone)}`}>{phone}</a>],
    [t('minors.child.askedAt'), step !== 'unproven' && when(event, askedAt)],
    [t('minors.child.reminders'), reminders.map((at) => when(event, at.toISOString())).join('; ')],
    [t('minors.child.mail'), guardianUnreachable && t('minors.child.unreachable')],
    [t('minors.child.agreedAt'), agreedAt && when(event, agreedAt)],
    [
      t('minors.child.signed'),
      paper && t('minors.child.signedBy', { name: paper.signedBy, date: dayName(paper.signedOn) }),
    ],
    [t('minors.child.recorded'), paper && bySomeone(when(event, paper.recordedAt), paper.recordedBy)],
    [t('minors.child.confirmed'), paper?.confirmedAt && bySomeone(when(event, paper.confirmedAt), paper.confirmedBy)],
  ];
}

const consents = ({ step, consents }: Minor): readonly LabelledFact[] =>
  consents.map((consent) => [consent.title, consentText(step, consent)]);

function consentText(step: Minor['step'], { agreed, own }: Minor['consents'][number]): string {
  const isAnswered = step === 'agreed' || step === 'complete';
  if (agreed === undefined) return isAnswered ? t('minors.child.refused') : t('minors.child.unanswered');
  return own === false
    ? t('minors.child.ownRefusal', { version: agreed })
    : t('minors.child.agreed', { version: agreed });
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
      <p>{t('minors.child.meanwhile')}</p>
      <ul>
        {changes.map(([label, now]) => (
          <li key={label}>
            {t('minors.child.was', {
              label,
              before: before.get(label) || t('minors.child.nothing'),
              now: now || t('minors.child.nothing'),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function leavingText({ handoverWaiting, guardian }: Minor): string {
  if (handoverWaiting) return t('minors.children.leaving');
  return guardian.handover?.isConfirmed ? t('minors.child.confirmed') : '';
}

/** Whatever a change of theirs may have been, in words. */
function pointsOf(event: PublicEvent, child: Minor): readonly (readonly [label: string, text: string])[] {
  const { guardian, chaperone, mode, answerBy } = child;
  const { paper } = guardian;
  return [
    [t('minors.children.state'), stateText(child)],
    [t('minors.child.mode'), mode ? t(`mode.${mode}`) : ''],
    [t('minors.child.answerBy'), answerBy ? when(event, answerBy) : ''],
    [t('minors.child.guardian'), [guardian.name, guardian.email ?? t('minors.child.onPaper')].join(', ')],
    [
      t('minors.child.signed'),
      paper ? t('minors.child.signedBy', { name: paper.signedBy, date: dayName(paper.signedOn) }) : '',
    ],
    [t('minors.handover.title'), leavingText(child)],
    ...child.consents.map((consent) => [consent.title, consentText(child.step, consent)] as const),
    [t('minors.chaperone.title'), chaperone?.name ?? ''],
    [t('minors.chaperone.answer'), chaperone ? chaperoneAnswerText(event, chaperone) : ''],
    [t('minors.chaperone.vetting'), chaperone ? vettingText(chaperone) : ''],
  ];
}

/** Someone under 18: what is to be decided first, then all there is to know, then what can be done. */
export function MinorScreen({ one: reference }: { readonly one: string }) {
  const { api, event } = useDesk();
  const isFocalPoint = useIsVetted('safeguarding');
  const params = { eventId: event.id, reference };
  // As they were looked at when someone else was faster, until the next change.
  const [former, setFormer] = useState<Minor>();
  const read = useRead(reference, () => api('GET /api/organiser/events/{eventId}/minors/{reference}', { params }));
  if (isMissing(read)) return <NotFound />;
  return (
    <>
      <Back />
      <Heading tab={t('minors.child.title')}>
        {read.loaded.state === 'ready' ? read.loaded.value.name : t('minors.child.title')}
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
              <p class="note screen">{t('minors.child.noted')}</p>
              {former && <WhatChanged from={former} to={child} />}
              {child.step === 'paper-recorded' && <DecideForm {...all} />}
              {child.handoverWaiting && <DecideHandover {...all} />}
              {isFocalPoint && child.step === 'paper-awaited' && <RecordForm {...all} />}
              <Facts child={child} />
              <MailLog of={child} sends={false} />
              {needsChaperone({ ...child, ageBand: 'minor', mode: child.mode ?? 'online' }) && <Chaperone {...all} />}
              {isFocalPoint && hasAgreed(child) && <HandoverSection {...all} />}
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
    <a href={pageAddress(useDesk().event.id, 'children')}>{t('minors.child.back')}</a>
  </p>
);

const NotFound = () => (
  <>
    <Back />
    <Heading>{t('minors.child.notFound')}</Heading>
    <p>{t('minors.child.notFoundTodo')}</p>
  </>
);

/** What a guardian has told the focal point by phone or on paper: the same as their own link would do (CS5). */
function Withdraw(props: Pick<ChildProps, 'child' | 'reload' | 'onStale'>) {
  const { event, tell } = useDesk();
  const { child, onStale } = props;
  const hasAgreed = child.step === 'agreed' || child.step === 'complete';
  const onEnded = async (): Promise<void> => {
    navigate(pageAddress(event.id, 'children'), { replace: true });
    tell(t('minors.withdraw.ended'));
  };
  return (
    <section class="actions">
      <h2>{t('minors.withdraw.title')}</h2>
      <p>{t('minors.withdraw.explain')}</p>
      <div class="buttons">
        {child.consents
          .filter(({ required, agreed }) => !required && agreed !== undefined)
          .map((consent) => (
            <TakeBack key={consent.id} {...props} consent={consent} />
          ))}
        <GuardianWithdrawal
          {...props}
          label={hasAgreed ? t('minors.withdraw.end') : t('minors.withdraw.refuse')}
          follows={t('minors.withdraw.sure')}
          now={t('minors.withdraw.now')}
          onTold={onEnded}
          onStale={onStale}
        />
      </div>
    </section>
  );
}

interface TakeBackProps extends Pick<ChildProps, 'child' | 'reload' | 'onStale'> {
  readonly consent: Minor['consents'][number];
}

function TakeBack({ consent: { id, title }, reload, ...props }: TakeBackProps) {
  const { tell } = useDesk();
  const onTold = async (): Promise<void> => {
    tell(t('minors.withdraw.takenBack', { title }));
    await reload();
  };
  return (
    <GuardianWithdrawal
      {...props}
      consent={id}
      label={t('minors.withdraw.takeBack', { title })}
      follows={t('minors.withdraw.takeBackSure')}
      now={t('minors.withdraw.takeBackNow')}
      onTold={onTold}
    />
  );
}

interface GuardianWithdrawalProps extends Pick<ChildProps, 'child' | 'onStale'> {
  /** The one that is taken back; without it, everything ends. */
  readonly consent?: string;
  readonly label: string;
  readonly follows: string;
  readonly now: string;
  readonly onTold: () => Promise<void>;
}

function GuardianWithdrawal({ child, consent, label, follows, now, onTold, onStale }: GuardianWithdrawalProps) {
  const { api, event } = useDesk();
  const { busy, error, change } = useUnlessStale(onStale, t('minors.child.changedMeanwhile'));
  const send = async (): Promise<void> => {
    await api('POST /api/organiser/events/{eventId}/minors/{reference}/withdrawal', {
      params: { eventId: event.id, reference: child.reference },
      body: { ...(consent !== undefined && { consent }), revision: child.revision },
    });
    await onTold();
  };
  return (
    <Confirmation label={label} follows={follows} now={now} busy={busy} error={error} onPress={() => change(send)} />
  );
}
