import { type Condition, questionsIn } from '../../../../shared/event/condition.ts';
import type { Question } from '../../../../shared/event/event.ts';

/**
 * Whether a question belongs right after the choice of category: its condition rests on the category, directly or
 * through an earlier question, and not on the mode or the sessions, which the form asks for later.
 */
export function isAskedByCategory(question: Question<string>, all: readonly Question<string>[]): boolean {
  return restsOn(question, all, 'category') && !restsOn(question, all, 'mode') && !restsOn(question, all, 'session');
}

type Fact = 'category' | 'mode' | 'session';

function restsOn(question: Question<string>, all: readonly Question<string>[], fact: Fact): boolean {
  if (mentions(question.when, fact)) return true;
  const earlier = all.slice(0, all.indexOf(question));
  const looksAt = questionsIn(question.when);
  return earlier.some((each) => looksAt.includes(each.id) && restsOn(each, all, fact));
}

function mentions(condition: Condition | undefined, fact: Fact): boolean {
  if (condition === undefined) return false;
  if ('all' in condition) return condition.all.some((each) => mentions(each, fact));
  if ('any' in condition) return condition.any.some((each) => mentions(each, fact));
  if ('not' in condition) return mentions(condition.not, fact);
  return fact in condition;
}
