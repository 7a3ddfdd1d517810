import type { AnswerValue } from '../../../../shared/event/condition.ts';
import type { Question } from '../../../../shared/event/event.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/site.ts';

/** An answer in words: the titles of chosen options, yes or no; absent where there is none. */
export function answerText(
  question: Question<string>,
  answers: Readonly<Record<string, AnswerValue>>,
  t: SiteTranslate,
): string | undefined {
  const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
  if (answer === undefined) return undefined;
  if (typeof answer === 'boolean') return t(answer ? 'register.yes' : 'register.no');
  const titleOf = (id: string): string => question.options?.find((option) => option.id === id)?.title ?? id;
  return typeof answer === 'object' ? answer.map(titleOf).join(', ') : titleOf(String(answer));
}
