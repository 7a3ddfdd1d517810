import { mayReadAnswers } from '../../../../shared/event/answer-readers.ts';
import { holds } from '../../../../shared/event/condition.ts';
import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import type { RoleGrant } from '../../../../shared/team/role/organiser-role.schema.ts';
import type { PublicEvent } from '../../desk.ts';
import type { BodyOf } from '../../kernel/api.ts';
import { readAnswer, type TypedAnswer, typedAnswer } from '../../kernel/form/question-field.tsx';

/** What can be typed of someone, all that there is a field for. */
export interface ChangeForm {
  readonly honorific: string;
  readonly fullName: string;
  readonly badgeName: string;
  readonly nativeName: string;
  readonly position: string;
  readonly organisation: string;
  readonly country: string;
  readonly category: string;
  readonly mode: string;
  readonly language: string;
  readonly days: readonly string[];
  readonly sessions: readonly string[];
  readonly closedSessions: boolean;
  readonly withdrawn: readonly string[];
}

/** What was touched, and nothing else: what someone else changes meanwhile is shown, and what was typed stays. */
export interface Touched {
  readonly fields: Partial<ChangeForm>;
  /** By question. */
  readonly answers: Readonly<Record<string, TypedAnswer>>;
}

export const UNTOUCHED: Touched = { fields: {}, answers: {} };

/** The fields as they begin: a badge that bears the full name has no name of its own. */
const begunWith = (one: OrganiserRegistration): ChangeForm => ({
  honorific: one.honorific ?? '',
  fullName: one.fullName,
  badgeName: one.badgeName === one.fullName ? '' : one.badgeName,
  nativeName: one.nativeName ?? '',
  position: one.position,
  organisation: one.organisation,
  country: one.country,
  category: one.category,
  mode: one.mode,
  language: one.language,
  days: one.days,
  sessions: one.sessions,
  closedSessions: one.closedSessions,
  withdrawn: [],
});

export const filledForm = (one: OrganiserRegistration, { fields }: Touched): ChangeForm => ({
  ...begunWith(one),
  ...fields,
});

type Question = PublicEvent['questions'][number];

/** The questions that concern someone as the form has them, of those whose answers a member reads: each with what is in its field. */
export function questionsOf(
  event: PublicEvent,
  grants: readonly RoleGrant[],
  one: OrganiserRegistration,
  touched: Touched,
): readonly (readonly [question: Question, typed: TypedAnswer])[] {
  const { category, mode, country, sessions } = filledForm(one, touched);
  const answers: Record<string, ReturnType<typeof readAnswer>> = {};
  return event.questions.flatMap((question) => {
    const { id, when, care } = question;
    if (care || !mayReadAnswers(grants, question, one)) return [];
    if (!holds(when, { category, mode, country, sessions, answers })) return [];
    const typed = touched.answers[id] ?? typedAnswer(question, one.answers[id]);
    const answer = readAnswer(question, typed);
    if (answer !== '') answers[id] = answer;
    return [[question, typed] as const];
  });
}

type Sent = Omit<BodyOf<'POST /api/organiser/events/{eventId}/registrations/{reference}/amendment'>, 'revision'>;

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is asked for: of what was touched, that which differs. */
export function changesOf(event: PublicEvent, one: OrganiserRegistration, { fields, answers }: Touched): Sent {
  const begun = begunWith(one);
  const differing = Object.entries(fields).filter(([name, value]) => !isSame(value, begun[name as keyof ChangeForm]));
  const said = event.questions.flatMap((question) => {
    const typed = answers[question.id];
    const isTouched = typed !== undefined && !isSame(typed, typedAnswer(question, one.answers[question.id]));
    return isTouched ? [[question.id, readAnswer(question, typed)] as const] : [];
  });
  return {
    ...(Object.fromEntries(differing) as Partial<Sent>),
    ...(said.length > 0 && { answers: Object.fromEntries(said) as Sent['answers'] }),
  };
}
