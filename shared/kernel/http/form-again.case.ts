import { problemAnswer } from '../../../web/site/kernel/problem-answer.ts';
import type { EventDefinition } from '../../event/event.ts';
import { InvalidInputError, ProblemError, ProofNeededError } from '../errors.ts';
import { siteWords } from '../i18n/site.store.ts';
import type { SiteTranslate } from '../i18n/words.ts';
import type { ProofChallenge } from '../proof.schema.ts';
import type { FormFields } from './body.ts';
import { displayedIssues, type ProblemPage } from './handler.case.ts';
import { PROBLEMS } from './problem.schema.ts';
import { page, type Reply } from './reply.ts';

interface Localised {
  readonly event: EventDefinition<string>;
  readonly language: string;
}

/** A form that was refused, as it is shown again: with everything that was typed, and what has to be done. */
export interface RefusedForm extends Localised {
  readonly t: SiteTranslate;
  readonly values: FormFields;
  readonly problems: ReturnType<typeof displayedIssues>;
  /** To be solved before it is sent again. */
  readonly challenge: ProofChallenge | undefined;
}

/**
 * Answers a form, or shows it again where its sender can mend what is wrong.
 *
 * @param localised reads the event whose form it is
 */
export async function orFormAgain(
  answer: () => Promise<Reply>,
  values: FormFields,
  localised: () => Promise<Localised | undefined>,
  show: (form: RefusedForm) => string | Promise<string>,
): Promise<Reply> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof InvalidInputError || error instanceof ProofNeededError)) throw error;
    const found = await localised();
    if (found === undefined) throw new ProblemError('unknown-event');
    const t = siteWords(found.language);
    const problems = error instanceof InvalidInputError ? displayedIssues(error, t) : [];
    const challenge = error instanceof ProofNeededError ? error.challenge : undefined;
    return page(await show({ ...found, t, values, problems, challenge }), PROBLEMS[error.type]);
  }
}

/** Shows a problem in the words of the site: for functions that answer people. */
export const problemPage: ProblemPage = (problem, language, path) =>
  problemAnswer(problem, language, path, siteWords(language));
