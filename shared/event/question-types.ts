import { isCountry } from '../kernel/text/countries.ts';
import { parseEmailAddress } from '../kernel/text/email-address.ts';
import { accept, type Checked, refuse } from '../kernel/text/field-problem.ts';
import { checkPhone } from '../kernel/text/phone.ts';
import { cleanText } from '../kernel/text/text.ts';
import type { AnswerValue } from './condition.ts';
import type { Question, QuestionType } from './event.ts';

/** What the rules know of a type of question. The form, its page, cells of files and the console have a table of their own each. */
interface QuestionRules {
  /** Judges an answer that is not empty. */
  readonly check: (question: Question<string>, value: AnswerValue) => Checked<AnswerValue>;
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
    check: (_, value) => (typeof value === 'string' && isCountry(value) ? accept(value) : refuse('unknown-option')),
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
  date: {
    check: (_, value) => (typeof value === 'string' && isDate(value) ? accept(value) : refuse('not-a-date')),
  },
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

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
