import type { FieldIssue } from '../kernel/text/field-problem.ts';
import { type AnswerValue, type Facts, holds } from './condition.ts';
import type { EventDefinition, Question } from './event.ts';
import { QUESTION_TYPES } from './question-types.ts';

export interface CheckedAnswers {
  readonly answers: Readonly<Record<string, AnswerValue>>;
  readonly issues: readonly FieldIssue[];
}

type SentAnswers = Readonly<Record<string, AnswerValue>>;

/**
 * Judges answers in the order of the questions, so that a condition sees only earlier answers that were accepted.
 * An answer to a question that does not concern this person is dropped: a form without a script shows every question,
 * and a choice once made there cannot be unmade.
 *
 * @param known answers to other questions, given before
 */
export function checkAnswers(
  questions: readonly Question<string>[],
  sent: SentAnswers,
  about: Omit<Facts, 'answers'>,
  known: SentAnswers = {},
): CheckedAnswers {
  const answers: Record<string, AnswerValue> = {};
  const issues: FieldIssue[] = unknownQuestions(questions, sent);
  for (const question of questions) {
    const path = `answers.${question.id}`;
    const raw = Object.hasOwn(sent, question.id) ? sent[question.id] : undefined;
    if (!holds(question.when, { ...about, answers: { ...known, ...answers } })) continue;
    if (raw === undefined || isEmpty(raw)) {
      if (question.required) issues.push({ path, code: 'required' });
    } else {
      const checked = QUESTION_TYPES[question.type].check(question, raw);
      if ('issue' in checked) issues.push({ path, ...checked.issue });
      else if (!isEmpty(checked.value)) answers[question.id] = checked.value;
      else if (question.required) issues.push({ path, code: 'required' });
    }
  }
  return { answers, issues };
}

function unknownQuestions(questions: readonly Question<string>[], sent: SentAnswers): FieldIssue[] {
  const known = new Set(questions.map((question) => question.id));
  return Object.keys(sent)
    .filter((id) => !known.has(id))
    .map((id) => ({ path: `answers.${id}`, code: 'unknown-field' }));
}

function isEmpty(value: AnswerValue): boolean {
  return value === '' || (typeof value === 'object' && value.length === 0);
}

/** What of an event says which questions it asks. */
export type Asking = Pick<EventDefinition<string>, 'questions'>;

/** The care needs of an attendee, by question id. */
export type CareAnswers = Readonly<Record<string, AnswerValue>>;

/** What the registration form asks: some needs are asked for only once the attendee has their page. */
export const askedAtFirst = <Event extends Asking>(event: Event): Event => ({
  ...event,
  questions: event.questions.filter(({ later }) => !later),
});

/** What is asked beside care needs. */
export const withoutNeeds = <Event extends Asking>(event: Event): Event => ({
  ...event,
  questions: event.questions.filter(({ care }) => !care),
});

/** Whether anyone is asked what should be arranged for them. */
export const asksForNeeds = ({ questions }: Asking): boolean => questions.some(({ care }) => care);
