import { feedbackProof } from '../../shared/contract/feedback.ts';
import type { AnswerValue } from '../../shared/domain/condition.ts';
import type { SentFeedback } from '../../shared/domain/feedback/answers.ts';
import type { FeedbackForm } from '../../shared/domain/feedback/form.ts';
import { InvalidInputError } from '../../shared/errors.ts';
import type { FormFields } from '../../shared/http/body.ts';
import type { FeedbackProof } from './take.ts';

const ANSWER = 'answers.';
const PROOF = Object.keys(feedbackProof.shape);

/** The proof that a form came with; `undefined` where it has none, or no whole one. */
export function proofIn(fields: FormFields): FeedbackProof | undefined {
  const sent = PROOF.map((name) => [name, fields[name]?.length === 1 ? fields[name][0] : undefined]);
  return feedbackProof.safeParse(Object.fromEntries(sent)).data;
}

/**
 * The answers that a form came with: a browser sends nothing of what is not ticked.
 *
 * @throws InvalidInputError for fields that the form does not have
 */
export function answersIn({ questions }: FeedbackForm<string>, fields: FormFields): SentFeedback {
  const strangers = Object.keys(fields).filter((name) => !PROOF.includes(name) && !name.startsWith(ANSWER));
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
