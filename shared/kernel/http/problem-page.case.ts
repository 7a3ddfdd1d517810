import { problemAnswer } from '../../../web/site/kernel/problem-answer.ts';
import { siteWords } from '../i18n/site.store.ts';
import type { ProblemPage } from './handler.case.ts';

/** Shows a problem in the words of the site: for functions that answer people. */
export const problemPage: ProblemPage = (problem, language, path) =>
  problemAnswer(problem, language, path, siteWords(language));
