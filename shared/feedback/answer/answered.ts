import type { FeedbackQuestion } from '../../event/definition/feedback-rules.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import type { Tally } from '../feedback-items.schema.ts';
import { tallied } from '../result/tally.ts';
import { checkFeedback, type SentFeedback, textsOf } from './answers.ts';

/** What one form comes to: chosen, and in people's own words; or each field that has to change, also where nothing is said. */
export function answeredWith(
  questions: readonly FeedbackQuestion<unknown>[],
  sent: SentFeedback,
):
  | { readonly tally: Tally; readonly texts: Readonly<Record<string, string>> }
  | { readonly issues: readonly FieldIssue[] } {
  const { answers, issues } = checkFeedback(questions, sent);
  const [first] = questions;
  if (issues.length > 0) return { issues };
  if (Object.keys(answers).length === 0 && first !== undefined)
    return { issues: [{ path: `answers.${first.id}`, code: 'required' }] };
  return { tally: tallied(questions, answers), texts: textsOf(questions, answers) };
}
