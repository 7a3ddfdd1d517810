import { remindersAt } from '../../../../shared/minors/young.ts';
import { registrationPage } from '../../addresses.ts';
import { type PublicEvent, useDesk } from '../../desk.ts';
import { type Fact, FactList } from '../../kernel/parts/fact-list.tsx';
import { dayName, languageName, when } from '../../names.ts';
import { words } from '../../words.ts';
import type { Minor } from './one.ts';

/** All that is kept of a young person before their answers, of their guardian, and of what was agreed to. */
export function Facts({ child }: { readonly child: Minor }) {
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

export function consentText(step: Minor['step'], { agreed, own }: Minor['consents'][number]): string {
  const isAnswered = step === 'agreed' || step === 'complete';
  if (agreed === undefined) return isAnswered ? words.child.refused : words.child.unanswered;
  return own === false ? words.child.ownRefusal(agreed) : words.child.agreed(agreed);
}
