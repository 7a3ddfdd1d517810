import { type OwnCountries, placesOffered } from '../kernel/text/countries.ts';
import { parseEmailAddress } from '../kernel/text/email-address.ts';
import { accept, type Checked, type FieldIssue, refuse } from '../kernel/text/field-problem.ts';
import { checkPhone } from '../kernel/text/phone.ts';
import { cleanText, digitsTyped } from '../kernel/text/text.ts';
import { dayTyped } from '../kernel/text/zoned-time.ts';
import { type AnswerValue, type Facts, holds } from './condition.ts';
import type { EventDefinition, Question, QuestionType } from './event.ts';

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
  { questions, countries }: Asking,
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
      const checked = QUESTION_TYPES[question.type].check(question, raw, countries);
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
export type Asking = Pick<EventDefinition<string>, 'questions'> & {
  readonly countries?: OwnCountries | undefined;
};

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

/** What the rules know of a type of question. The form, its page, cells of files and the console have a table of their own each. */
interface QuestionRules {
  /** Judges an answer that is not empty. */
  readonly check: (question: Question<string>, value: AnswerValue, own?: OwnCountries) => Checked<AnswerValue>;
  /** How many of the question's options an answer names; absent where it has none. */
  readonly options?: 'one' | 'several';
  /** Whether the question may name a limit: grapheme clusters of a text, the largest value of a number. */
  readonly isLimited?: true;
  /** Answers that a condition may name where there are no options. */
  readonly answers?: readonly string[];
}

const written =
  (check: (text: string, question: Question<string>) => Checked<AnswerValue>): QuestionRules['check'] =>
  (question, value) =>
    typeof value === 'string' ? check(value, question) : refuse('wrong-type');

/** @param most grapheme clusters, where the question names no limit of its own */
const text = (most: number, lines = false): QuestionRules['check'] =>
  written((value, { max = most }) => cleanText(value, { max, lines }));

/** In the order in which the documents name them. */
export const QUESTION_TYPES: Readonly<Record<QuestionType, QuestionRules>> = {
  text: { check: text(200), isLimited: true },
  'long-text': { check: text(1000, true), isLimited: true },
  email: { check: written(parseEmailAddress) },
  phone: { check: written(checkPhone) },
  country: {
    check: (_, value, own) =>
      typeof value === 'string' && placesOffered(own).includes(value) ? accept(value) : refuse('unknown-option'),
  },
  organisation: { check: text(160) },
  choice: { check: written((value, question) => oneOf(question, value)), options: 'one' },
  'multi-choice': {
    check: (question, value) => (typeof value === 'object' ? someOf(question, value) : refuse('wrong-type')),
    options: 'several',
  },
  'yes-no': {
    check: (_, value) => (typeof value === 'boolean' ? accept(value) : refuse('wrong-type')),
    answers: ['true', 'false'],
  },
  number: { check: ({ max }, value) => checkNumber(value, max), isLimited: true },
  date: { check: (_, value) => (typeof value === 'string' ? checkDate(value) : refuse('not-a-date')) },
};

const isOption = (question: Question<string>, id: string): boolean =>
  question.options?.some((option) => option.id === id) ?? false;

const oneOf = (question: Question<string>, id: string): Checked<string> =>
  isOption(question, id) ? accept(id) : refuse('unknown-option');

/** Stored in the question's order, each once, however they were sent. */
function someOf(question: Question<string>, ids: readonly string[]): Checked<readonly string[]> {
  if (!ids.every((id) => isOption(question, id))) return refuse('unknown-option');
  return accept((question.options ?? []).map((option) => option.id).filter((id) => ids.includes(id)));
}

function checkNumber(value: AnswerValue, max: number | undefined): Checked<number> {
  if (typeof value !== 'number' || !isStorable(value)) return refuse('not-a-number');
  return max !== undefined && value > max ? refuse('too-large-number', { max }) : accept(value);
}

/** What fits a form field of 15 digits and 6 decimals, and DynamoDB's numbers (38 digits, exponents to -130). */
const isStorable = (value: number): boolean => value === 0 || (value >= 1e-6 && value < 1e15);

/**
 * A number as a form, or a cell of a file, says it, in digits of any script, with a point or the Arabic decimal sign: up to 15 digits and 6
 * decimals. What is kept is the number, which has no digits of its own: each reader is shown it in theirs. `undefined` where it is none.
 */
export function numberTyped(typed: string): number | undefined {
  const read = digitsTyped(typed).replace('\u066B', '.');
  return /^\d{1,15}(\.\d{1,6})?$/.test(read) ? Number(read) : undefined;
}

function checkDate(typed: string): Checked<string> {
  const day = dayTyped(typed);
  return day === undefined ? refuse('not-a-date') : accept(day);
}

/** The event's own question that a column answers. */
export const questionOf = (
  { questions }: Pick<EventDefinition<string>, 'questions'>,
  column: string,
): Question<string> | undefined => questions.find(({ id }) => column === `answers.${id}`);

/** What a cell of a table holds: words as they are written, a number, or a choice. */
type CellKind = 'text' | 'lines' | 'number' | 'country' | 'one' | 'several' | 'yes-no';

/** What it does in answer to each type of question. */
export const CELLS: Readonly<Record<QuestionType, CellKind>> = {
  text: 'text',
  'long-text': 'lines',
  email: 'text',
  phone: 'text',
  country: 'country',
  organisation: 'text',
  choice: 'one',
  'multi-choice': 'several',
  'yes-no': 'yes-no',
  number: 'number',
  date: 'text',
};
