import type { Condition } from './condition.ts';

/** What can still be chosen or asked. */
export interface Offered {
  /** Ids of the categories: whoever answers belongs to one of them; any where absent. */
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
