/** When a question is asked, or a quota counts. Nested to any depth. */
export type Condition =
  | { readonly category: readonly string[] }
  | { readonly mode: readonly string[] }
  | { readonly country: readonly string[] }
  /** Chosen any of these sessions. */
  | { readonly session: readonly string[] }
  | { readonly question: string; readonly in: readonly string[] }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

export type AnswerValue = string | number | boolean | readonly string[];

/** What a condition is judged on. */
export interface Facts {
  readonly category?: string | undefined;
  readonly mode?: string | undefined;
  readonly country?: string | undefined;
  readonly sessions?: readonly string[] | undefined;
  readonly answers: Readonly<Record<string, AnswerValue | undefined>>;
}

/** An absent condition always holds; an absent fact never matches. */
export function holds(condition: Condition | undefined, facts: Facts): boolean {
  if (condition === undefined) return true;
  if ('category' in condition) return matches(facts.category, condition.category);
  if ('mode' in condition) return matches(facts.mode, condition.mode);
  if ('country' in condition) return matches(facts.country, condition.country);
  if ('session' in condition) return condition.session.some((id) => facts.sessions?.includes(id));
  if ('question' in condition) return answerMatches(ownAnswer(facts, condition.question), condition.in);
  if ('all' in condition) return condition.all.every((each) => holds(each, facts));
  if ('any' in condition) return condition.any.some((each) => holds(each, facts));
  return !holds(condition.not, facts);
}

/** The ids of the questions that a condition looks at. */
export function questionsIn(condition: Condition | undefined): string[] {
  if (condition === undefined) return [];
  if ('question' in condition) return [condition.question];
  if ('all' in condition) return condition.all.flatMap(questionsIn);
  if ('any' in condition) return condition.any.flatMap(questionsIn);
  if ('not' in condition) return questionsIn(condition.not);
  return [];
}

/** Answers come from outside: `constructor` must not find what every object has. */
function ownAnswer(facts: Facts, question: string): AnswerValue | undefined {
  return Object.hasOwn(facts.answers, question) ? facts.answers[question] : undefined;
}

function matches(fact: string | undefined, wanted: readonly string[]): boolean {
  return fact !== undefined && wanted.includes(fact);
}

function answerMatches(answer: AnswerValue | undefined, wanted: readonly string[]): boolean {
  if (answer === undefined) return false;
  if (typeof answer === 'object') return answer.some((each) => wanted.includes(each));
  return wanted.includes(String(answer));
}
