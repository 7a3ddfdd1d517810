import { InvalidInputError, type ProblemError, ProofNeededError, SearchLockedError } from '../errors.ts';
import { fieldWords, type ProblemTranslate, problemWords } from '../i18n/problems.ts';
import { PROBLEMS, type ProblemDocument } from './problem.schema.ts';

/** The RFC 9457 form of a problem, in the reader's language. */
export function problemDocument(problem: ProblemError, t: ProblemTranslate): ProblemDocument {
  const { title, detail } = problemWords(problem, t);
  return {
    type: `urn:plenary:problem:${problem.type}`,
    title,
    status: PROBLEMS[problem.type],
    detail,
    ...(problem instanceof InvalidInputError && { errors: displayedIssues(problem, t) }),
    ...(problem instanceof ProofNeededError && { challenge: problem.challenge }),
    ...(problem instanceof SearchLockedError && { lock: problem.lock }),
  };
}

/** The fields that have to change, with words for people. */
export const displayedIssues = (problem: InvalidInputError, t: ProblemTranslate) =>
  problem.issues.map(({ path, ...issue }) => ({ path, code: issue.code, message: fieldWords(issue, t) }));
