import type { AnswerValue } from '../../event/condition.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import type { FeedbackForm } from '../form/form.ts';
import type { SentFeedback } from './answers.ts';

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
