import { problemAnswer } from '../../../web/site/kernel/problem-answer.ts';
import { SITE } from '../i18n/site.ts';
import { translator } from '../i18n/translator.store.ts';
import type { ProblemPage } from './handler.case.ts';

/** Shows a problem in the words of the site: for functions that answer people. */
export const problemPage: ProblemPage = (problem, language, path) =>
  problemAnswer(problem, language, path, translator(SITE, language));
