import { PROBLEMS } from '../../shared/contract/problem.ts';
import type { ProofChallenge } from '../../shared/contract/proof.ts';
import { InvalidInputError, ProofNeededError } from '../../shared/errors.ts';
import { displayedIssues } from '../../shared/http/problem-document.ts';
import type { SiteTranslate } from '../../shared/i18n/site.ts';
import type { FieldProblem } from '../../web/site/form/form-state.ts';

/** Why a form is shown again, with everything in it. */
export interface RefusedForm {
  readonly problems: readonly FieldProblem[];
  /** To be solved before it is sent again. */
  readonly challenge: ProofChallenge | undefined;
}

export type Refusal = InvalidInputError | ProofNeededError;

/** Whether whoever sent a form can mend what is wrong with it. */
export const isRefusal = (error: unknown): error is Refusal =>
  error instanceof InvalidInputError || error instanceof ProofNeededError;

export const refusedForm = (refusal: Refusal, t: SiteTranslate): RefusedForm => ({
  problems: refusal instanceof InvalidInputError ? displayedIssues(refusal, t) : [],
  challenge: refusal instanceof ProofNeededError ? refusal.challenge : undefined,
});

export const statusOf = ({ type }: Refusal): number => PROBLEMS[type];
