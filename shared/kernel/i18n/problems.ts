import type { ProblemType } from '../http/problem.schema.ts';
import type { DefinitionProblem, Reason, Unfit } from '../text/field-problem.ts';
import type { Translate } from './languages.ts';
import type { SiteKey, SiteParameters } from './words.ts';

/** The words of problems, which are some of the site's. */
export type ProblemTranslate = Translate<
  Extract<SiteKey, `field.${string}` | `problem.${string}` | `unfit.${string}`>,
  SiteParameters
>;

interface Problem {
  readonly type: ProblemType;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** A problem in words; does not compile when a type lacks them. What they take, `ProblemError` asked for when the problem was made. */
export const problemWords = ({ type, params }: Problem, t: ProblemTranslate): { title: string; detail: string } => ({
  title: t(`problem.${type}.title`),
  detail: t(`problem.${type}.detail`, params as never),
});

/** What is wrong with a field in words; does not compile when a code lacks them. What they take was asked for along with the code. */
export const fieldWords = (reason: Reason, t: ProblemTranslate): string =>
  reason.code === 'does-not-fit'
    ? t('field.does-not-fit', { problem: unfitWords(reason.params.problem, t) })
    : t(`field.${reason.code}`, reason.params as never);

export const unfitWords = ({ why, with: given }: Unfit, t: ProblemTranslate): string =>
  t(`unfit.${why}`, given as never);

/** What is wrong with a definition; in English where its author alone can change it. */
export const definitionWords = ({ message, unfit }: DefinitionProblem, t: ProblemTranslate): string =>
  message ?? unfitWords(unfit, t);
