import type { AnswerValue } from '../../event/condition.ts';
import type { EventDefinition, Question, QuestionType } from '../../event/event.ts';
import { type CareAnswers, numberTyped, QUESTION_TYPES } from '../../event/questions.ts';
import { categoriesWithClosedSessions } from '../../event/sessions.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { type Amended, PERSON_FIELDS, type Submission } from './submission.ts';

const SINGLE = [...PERSON_FIELDS, 'category', 'mode', 'language', 'invitation', 'closedSessions'] as const;
const REPEATED = ['days', 'sessions'] as const;
const ANSWER = 'answers.';
const CONSENT = 'consents.';

/** What a registration says of itself for good, or is asked once only. */
const ONLY_AT_FIRST: readonly string[] = ['ageBand', 'email', 'invitation'];

/**
 * Reads the fields of the HTML form as a submission: absent fields are empty, as a browser leaves out whatever
 * is unticked.
 *
 * @throws InvalidInputError for fields the form does not have, or one sent twice
 */
export function formSubmission(event: EventDefinition<string>, fields: FormFields): Submission {
  refuseStrangers(fields);
  const one = (name: (typeof SINGLE)[number]): string => fields[name]?.[0] ?? '';
  const single = Object.fromEntries(SINGLE.map((name) => [name, one(name)])) as Record<(typeof SINGLE)[number], string>;
  return {
    ...single,
    days: fields['days'] ?? [],
    sessions: fields['sessions'] ?? [],
    // Like an answer to what does not concern them: a form without a script shows the box to all.
    closedSessions: single.closedSessions === 'yes' && categoriesWithClosedSessions(event).includes(single.category),
    answers: answersIn(event.questions, fields),
    consents: Object.fromEntries(named(fields, CONSENT).map(([id, values]) => [id, values[0] ?? ''])),
  };
}

/** The same of a form that amends what is there already. */
export function formAmendment(event: EventDefinition<string>, fields: FormFields): Amended {
  const strangers = ONLY_AT_FIRST.filter((path) => fields[path] !== undefined);
  if (strangers.length > 0) throw new InvalidInputError(strangers.map((path) => ({ path, code: 'unknown-field' })));
  const { ageBand: _, email: _email, invitation: _invitation, ...sent } = formSubmission(event, fields);
  return sent;
}

/**
 * Reads the fields of the form about what to arrange for a person.
 *
 * @throws InvalidInputError for fields that this form does not have
 */
export function formNeeds(event: EventDefinition<string>, fields: FormFields): CareAnswers {
  const strangers = Object.keys(fields).filter((name) => !name.startsWith(ANSWER));
  if (strangers.length > 0) throw new InvalidInputError(strangers.map((path) => ({ path, code: 'unknown-field' })));
  return answersIn(event.questions, fields);
}

function refuseStrangers(fields: FormFields): void {
  const issues = Object.entries(fields).flatMap(([path, values]): FieldIssue[] => {
    if ((SINGLE as readonly string[]).includes(path) || path.startsWith(CONSENT)) {
      return values.length > 1 ? [{ path, code: 'wrong-type' }] : [];
    }
    const known = (REPEATED as readonly string[]).includes(path) || path.startsWith(ANSWER);
    return known ? [] : [{ path, code: 'unknown-field' }];
  });
  if (issues.length > 0) throw new InvalidInputError(issues);
}

const named = (fields: FormFields, prefix: string): [string, readonly string[]][] =>
  Object.entries(fields).flatMap(([name, values]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), values]] : [],
  );

function answersIn(questions: readonly Question<string>[], fields: FormFields): Record<string, AnswerValue> {
  const types = new Map(questions.map((question) => [question.id, question.type]));
  const answers = named(fields, ANSWER).map(([id, values]): [string, AnswerValue] => [
    id,
    typed(types.get(id), values),
  ]);
  return Object.fromEntries(answers);
}

/** What is sent for a question, in the type that it takes; what does not fit, or fits no question, stays as it was sent. */
function typed(type: QuestionType | undefined, values: readonly string[]): AnswerValue {
  if (type !== undefined && QUESTION_TYPES[type].options === 'several') return values.filter((value) => value !== '');
  const [first = ''] = values;
  return values.length > 1 ? values : ((type && SENT[type](first)) ?? first);
}

const asSent = (sent: string): AnswerValue => sent;

/** What a form, which sends text alone, says in one field; nothing where it does not fit. */
const SENT: Readonly<Record<QuestionType, (sent: string) => AnswerValue | undefined>> = {
  text: asSent,
  'long-text': asSent,
  email: asSent,
  phone: asSent,
  country: asSent,
  organisation: asSent,
  choice: asSent,
  'multi-choice': asSent,
  'yes-no': (sent) => (sent === 'yes' || sent === 'no' ? sent === 'yes' : undefined),
  number: numberTyped,
  date: asSent,
};
