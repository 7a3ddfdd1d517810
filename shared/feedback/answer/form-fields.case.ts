import type { FormFields } from '../../kernel/http/body.ts';
import { feedbackProof } from './feedback.schema.ts';
import type { FeedbackProof } from './take.case.ts';

export const PROOF = Object.keys(feedbackProof.shape);

/** The proof that a form came with; `undefined` where it has none, or no whole one. */
export function proofIn(fields: FormFields): FeedbackProof | undefined {
  const sent = PROOF.map((name) => [name, fields[name]?.length === 1 ? fields[name][0] : undefined]);
  return feedbackProof.safeParse(Object.fromEntries(sent)).data;
}
