import type { AnswerValue } from '../../event/condition.ts';
import { type FeedbackQuestion, HIGHEST_RATING } from '../../event/definition/feedback-rules.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import { accept, type Checked, type FieldIssue, refuse } from '../../kernel/text/field-problem.ts';
import { cleanText } from '../../kernel/text/text.ts';
import type { FeedbackForm } from '../form/form.ts';

/** What one form came with, as it counts: a rating as its number. */
export type FeedbackAnswers = Readonly<Record<string, number | string | readonly string[]>>;

/** As it was sent: a rating may be the text of a number, for that is what forms send. */
export type SentFeedback = Readonly<Record<string, AnswerValue>>;

/** Grapheme clusters of a text, where its question names no limit. */
export const USUAL_MAX = 500;
/**
 * All texts of one form together, in bytes: they are kept beside the token that was spent, and to keep that may cost six write units at
 * the most. 600 letters of Khmer, 1,800 of English.
 */
export const MOST_TEXT_BYTES = 1800;
/** What an entry of a map takes beside its name and its text. */
const NAMED_BYTES = 4;

/** Texts are taken of adults only (CS22). */
export const questionsFor = <Text>(
  questions: readonly FeedbackQuestion<Text>[],
  { isYoung }: { readonly isYoung: boolean },
): readonly FeedbackQuestion<Text>[] => (isYoung ? questions.filter(({ type }) => type !== 'text') : questions);

/** @returns what counts of it, and each field that has to change, in the order of the form */
export function checkFeedback(
  questions: readonly FeedbackQuestion<unknown>[],
  sent: SentFeedback,
): { readonly answers: FeedbackAnswers; readonly issues: readonly FieldIssue[] } {
  const known = new Set(questions.map(({ id }) => id));
  const issues: FieldIssue[] = Object.keys(sent)
    .filter((id) => !known.has(id))
    .map((id) => ({ path: `answers.${id}`, code: 'unknown-field' }));
  const answers: Record<string, FeedbackAnswers[string]> = {};
  for (const question of questions) {
    const path = `answers.${question.id}`;
    const raw = Object.hasOwn(sent, question.id) ? sent[question.id] : undefined;
    const checked = raw === undefined ? accept(undefined) : checkAnswer(question, raw);
    if ('issue' in checked) issues.push({ path, ...checked.issue });
    else if (checked.value !== undefined) answers[question.id] = checked.value;
    else if (question.required) issues.push({ path, code: 'required' });
  }
  return { answers, issues: [...issues, ...tooMuchText(textsOf(questions, answers))] };
}

/** What was said in people's own words, by question. */
export const textsOf = (
  questions: readonly FeedbackQuestion<unknown>[],
  answers: FeedbackAnswers,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    questions.flatMap(({ id, type }) => {
      const text = type === 'text' ? answers[id] : undefined;
      return typeof text === 'string' ? [[id, text]] : [];
    }),
  );

/** @returns `undefined` where nothing was answered */
function checkAnswer(
  { type, options = [], max = USUAL_MAX }: FeedbackQuestion<unknown>,
  raw: AnswerValue,
): Checked<FeedbackAnswers[string] | undefined> {
  const isOffered = (id: string) => options.some((option) => option.id === id);
  switch (type) {
    case 'rating':
      if (raw === '') return accept(undefined);
      return checkRating(raw);
    case 'choice':
      if (typeof raw !== 'string') return refuse('wrong-type');
      if (raw === '') return accept(undefined);
      return isOffered(raw) ? accept(raw) : refuse('unknown-option');
    case 'multi-choice': {
      if (typeof raw !== 'object') return refuse('wrong-type');
      if (!raw.every(isOffered)) return refuse('unknown-option');
      // Each once, in the order in which they are offered: the order in which an attendee ticks says who they are.
      const ticked = options.filter(({ id }) => raw.includes(id)).map(({ id }) => id);
      return accept(ticked.length === 0 ? undefined : ticked);
    }
    case 'text': {
      if (typeof raw !== 'string') return refuse('wrong-type');
      const checked = cleanText(raw, { max, lines: true });
      return 'value' in checked && checked.value === '' ? accept(undefined) : checked;
    }
  }
}

function checkRating(raw: AnswerValue): Checked<number> {
  const rating = typeof raw === 'string' && /^\d$/.test(raw) ? Number(raw) : raw;
  if (typeof rating !== 'number') return refuse('wrong-type');
  return Number.isInteger(rating) && rating >= 1 && rating <= HIGHEST_RATING
    ? accept(rating)
    : refuse('unknown-option');
}

/** Said of the longest of them, which is the one to shorten: to how many of its letters. */
function tooMuchText(texts: Readonly<Record<string, string>>): FieldIssue[] {
  const sizes = Object.entries(texts).map(([id, text]) => ({ id, text, bytes: new TextEncoder().encode(text).length }));
  // For the name of one question there is room besides.
  const names = sizes.slice(1).reduce((sum, { id }) => sum + id.length + NAMED_BYTES, 0);
  const all = sizes.reduce((sum, { bytes }) => sum + bytes, names);
  const longest = sizes.sort((a, b) => b.bytes - a.bytes)[0];
  if (all <= MOST_TEXT_BYTES || longest === undefined) return [];
  const letters = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(longest.text)].length;
  const left = Math.max(0, longest.bytes - (all - MOST_TEXT_BYTES));
  return [
    {
      path: `answers.${longest.id}`,
      ...refuse('too-long', { max: Math.floor((letters * left) / longest.bytes) }).issue,
    },
  ];
}

const ANSWER = 'answers.';

/**
 * The answers that a form came with: a browser sends nothing of what is not ticked.
 *
 * @param besides fields that it has besides
 * @throws InvalidInputError for fields that the form does not have
 */
export function answersIn(
  { questions }: FeedbackForm<string>,
  fields: FormFields,
  besides: readonly string[],
): SentFeedback {
  const strangers = Object.keys(fields).filter((name) => !besides.includes(name) && !name.startsWith(ANSWER));
  if (strangers.length > 0) throw new InvalidInputError(strangers.map((path) => ({ path, code: 'unknown-field' })));
  const several = new Set(questions.filter(({ type }) => type === 'multi-choice').map(({ id }) => id));
  const answers = Object.entries(fields).flatMap(([name, values]): [string, AnswerValue][] => {
    if (!name.startsWith(ANSWER)) return [];
    const id = name.slice(ANSWER.length);
    const ticked = values.filter((value) => value !== '');
    return [[id, several.has(id) || values.length > 1 ? ticked : (values[0] ?? '')]];
  });
  return Object.fromEntries(answers);
}
