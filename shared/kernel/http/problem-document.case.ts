import { InvalidInputError, type ProblemError, ProofNeededError, SearchLockedError } from '../errors.ts';
import { fieldKey, type ProblemTranslate, problemKeys } from '../i18n/problems.ts';
import { PROBLEMS, type ProblemDocument } from './problem.schema.ts';

/** The RFC 9457 form of a problem, in the reader's language. */
export function problemDocument(problem: ProblemError, t: ProblemTranslate): ProblemDocument {
  const { title, detail } = problemKeys(problem.type);
  return {
    type: `urn:plenary:problem:${problem.type}`,
    title: t(title, problem.params),
    status: PROBLEMS[problem.type],
    detail: t(detail, problem.params),
    ...(problem instanceof InvalidInputError && { errors: displayedIssues(problem, t) }),
    ...(problem instanceof ProofNeededError && { challenge: problem.challenge }),
    ...(problem instanceof SearchLockedError && { lock: problem.lock }),
  };
}

/** The fields that have to change, with words for people. */
export const displayedIssues = (problem: InvalidInputError, t: ProblemTranslate) =>
  problem.issues.map(({ path, code, params }) => ({ path, code, message: t(fieldKey(code), params) }));
