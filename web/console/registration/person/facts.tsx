import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { useDesk } from '../../desk.ts';
import { answerIn } from '../../kernel/parts/answer-text.ts';
import { FactList, type LabelledFact, MailLink } from '../../kernel/parts/facts.tsx';
import { modeText } from '../../kernel/parts/registration-table.tsx';
import { categoryName, countryText, languageText, titleIn, when } from '../../names.ts';
import { t } from '../../words.ts';
import { reasonText } from '../decline-reason.tsx';

/** All that is kept of someone, but for what nobody wrote anything in. */
export function PersonFacts({ one }: { readonly one: OrganiserRegistration }) {
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
    [t('fact.email'), one.email === '' ? t('row.noEmail') : <MailLink to={one.email} />],
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
    [
      t('fact.closedSessions'),
      one.withoutClosedSessions ? t('one.withoutClosed') : one.closedSessions && t('common.yes'),
    ],
    [t('fact.seats'), one.seats.map(seatText).join(', ')],
    ...event.questions.map(
      (question): LabelledFact => [question.title, answerIn(event, question, one.answers[question.id])],
    ),
  ];
  const about: readonly LabelledFact[] = [
    [t('fact.submitted'), when(event, one.submittedAt)],
    [t('fact.walkIn'), one.walkIn && (one.walkIn.reason ?? t('common.yes'))],
    [
      t('person.byPhone'),
      one.onBehalf &&
        t('person.byPhone.who', { when: when(event, one.onBehalf.at), who: one.onBehalf.by ?? t('common.gone') }),
    ],
    [t('person.byPhone.consents'), one.onBehalf && titles(event.consents, Object.keys(one.onBehalf.consents))],
    [t('person.unanswered'), one.onBehalf && titles(event.questions, one.onBehalf.unanswered)],
    [t('fact.changed'), one.changedAt !== one.submittedAt && when(event, one.changedAt)],
    [t('fact.waitingSince'), one.waitingSince && when(event, one.waitingSince)],
    [
      t('person.movedUp'),
      one.movedUp && t('person.movedUp.why', { when: when(event, one.movedUp.at), reason: one.movedUp.reason }),
    ],
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
      <FactList title={t('one.about')} facts={about} />
    </div>
  );
}
