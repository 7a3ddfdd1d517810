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

/** What can still be chosen or asked. */
interface Offered {
  /** Ids of the categories: the person who answers belongs to one of them; any where absent. */
  readonly categories?: readonly string[];
  /** Ids of the ways to take part; any where absent. */
  readonly modes?: readonly string[];
  /** Ids of questions that are not asked. */
  readonly unasked?: ReadonlySet<string>;
}

/** What is left of a condition where only some categories or ways to take part can be chosen: whether it holds, if that is settled by it. */
export function narrowCondition(condition: Condition, offered: Offered): Condition | boolean {
  const inner = (each: Condition) => narrowCondition(each, offered);
  if ('category' in condition)
    return among(condition.category, offered.categories, (category) => ({ category })) ?? condition;
  if ('mode' in condition) return among(condition.mode, offered.modes, (mode) => ({ mode })) ?? condition;
  if ('question' in condition) return offered.unasked?.has(condition.question) ? false : condition;
  if ('all' in condition) return joined(condition.all.map(inner), false, (all) => ({ all }));
  if ('any' in condition) return joined(condition.any.map(inner), true, (any) => ({ any }));
  if (!('not' in condition)) return condition;
  const negated = inner(condition.not);
  return typeof negated === 'boolean' ? !negated : { not: negated };
}

/** Nothing where anything can be chosen. */
function among(
  wanted: readonly string[],
  offered: readonly string[] | undefined,
  as: (left: string[]) => Condition,
): Condition | boolean | undefined {
  if (offered === undefined) return undefined;
  const left = wanted.filter((id) => offered.includes(id));
  if (left.length === 0) return false;
  return offered.every((id) => left.includes(id)) || as(left);
}

/** @param settles the value of one part that settles the whole */
function joined(
  parts: readonly (Condition | boolean)[],
  settles: boolean,
  join: (open: readonly Condition[]) => Condition,
): Condition | boolean {
  if (parts.includes(settles)) return settles;
  const open = parts.filter((part) => typeof part !== 'boolean');
  const [first, ...others] = open;
  if (first === undefined) return !settles;
  return others.length === 0 ? first : join(open);
}
