import { useDesk } from '../desk.ts';
import { answerText } from '../kernel/parts/answer-text.ts';
import { type Fact, FactList } from '../kernel/parts/fact-list.tsx';
import { modeText } from '../kernel/parts/registration-table.tsx';
import { categoryName, countryName, languageName, titleIn, when } from '../names.ts';
import { words } from '../words.ts';
import type { OrganiserRegistration } from './one.ts';

/** All that is kept of someone, but for what nobody wrote anything in. */
export function Facts({ one }: { readonly one: OrganiserRegistration }) {
  const { event } = useDesk();
  const titles = (parts: readonly { readonly id: string; readonly title: string }[], ids: readonly string[]): string =>
    ids.map((id) => titleIn(parts, id)).join(', ');
  const person: readonly Fact[] = [
    [words.fact.honorific, one.honorific],
    [words.fact.fullName, one.fullName],
    [words.fact.badgeName, one.badgeName !== one.fullName && one.badgeName],
    [words.fact.nativeName, one.nativeName],
    [words.fact.email, one.email === '' ? words.row.noEmail : <a href={`mailto:${one.email}`}>{one.email}</a>],
    [words.fact.position, one.position],
    [words.fact.organisation, one.organisation],
    [words.fact.country, countryName(one.country)],
    [words.fact.category, categoryName(event, one.category)],
    [words.fact.role, one.role !== 'attendee' && words.role[one.role]],
  ];
  const attendance: readonly Fact[] = [
    [words.fact.mode, modeText(one)],
    [words.fact.meanwhile, one.meanwhile && words.one.meanwhile],
    [words.fact.days, titles(event.days, one.days)],
    [words.fact.sessions, titles(event.sessions, one.sessions)],
    [words.fact.closedSessions, one.closedSessions && words.yes],
    [
      words.fact.seats,
      one.seats.map(({ quota, state }) => words.one.seat(titleIn(event.quotas, quota), state)).join(', '),
    ],
    ...event.questions.map((question): Fact => [question.title, answerText(question, one.answers[question.id])]),
  ];
  const history: readonly Fact[] = [
    [words.fact.submitted, when(event, one.submittedAt)],
    [words.fact.walkIn, one.walkIn && (one.walkIn.reason ?? words.yes)],
    [words.fact.changed, one.changedAt !== one.submittedAt && when(event, one.changedAt)],
    [words.fact.waitingSince, one.waitingSince && when(event, one.waitingSince)],
    [words.fact.unreachable, one.mail && words.one.unreachable[one.mail]],
    [words.fact.lapsesAt, one.lapsesAt && when(event, one.lapsesAt)],
    [words.fact.lapsed, one.lapsed && words.yes],
    [words.fact.proof, one.proof && words.one.proof[one.proof]],
    [words.fact.approved, one.approved && words.yes],
    [words.fact.invited, one.invited && words.yes],
    [words.fact.note, one.decisionNote],
    [words.fact.language, languageName(one.language)],
  ];
  return (
    <div class="columns">
      <FactList title={words.one.person} facts={person} />
      <FactList title={words.one.attendance} facts={attendance} />
      <FactList title={words.one.history} facts={history} />
    </div>
  );
}
