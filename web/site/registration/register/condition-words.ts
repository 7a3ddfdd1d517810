import type { Condition } from '../../../../shared/event/condition.ts';
import type { EventDefinition, Named, Question } from '../../../../shared/event/event.ts';
import { countryName } from '../../../../shared/kernel/i18n/formats.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/site.ts';

/** A condition for people: `Only for: Private sector`. */
export function whomItConcerns(
  condition: Condition,
  event: EventDefinition<string>,
  language: string,
  t: SiteTranslate,
): string {
  if ('category' in condition) {
    return t('register.only.category', { list: or(titles(event.categories, condition.category), language) });
  }
  return t('register.only', { clause: clause(condition, event, language, t) });
}

function clause(condition: Condition, event: EventDefinition<string>, language: string, t: SiteTranslate): string {
  const inner = (each: Condition): string => clause(each, event, language, t);
  if ('category' in condition) {
    return t('register.clause.category', { list: or(titles(event.categories, condition.category), language) });
  }
  if ('mode' in condition)
    return t('register.clause.mode', { list: or(titles(event.modes, condition.mode), language) });
  if ('country' in condition) {
    const names = condition.country.map((code) => countryName(code, language));
    return t('register.clause.country', { list: or(names, language) });
  }
  if ('session' in condition) {
    return t('register.clause.session', { list: or(titles(event.sessions, condition.session), language) });
  }
  if ('all' in condition) return and(condition.all.map(inner), language);
  if ('any' in condition) return or(condition.any.map(inner), language);
  if ('not' in condition) return t('register.clause.not', { clause: inner(condition.not) });
  const asked = event.questions.find(({ id }) => id === condition.question);
  return t('register.clause.question', {
    question: asked?.title ?? condition.question,
    list: or(answerTitles(asked, condition.in, t), language),
  });
}

function answerTitles(asked: Question<string> | undefined, ids: readonly string[], t: SiteTranslate): string[] {
  if (asked?.type === 'yes-no') return ids.map((id) => t(id === 'true' ? 'register.yes' : 'register.no'));
  return titles(asked?.options ?? [], ids);
}

const titles = (all: readonly Named<string>[], ids: readonly string[]): string[] =>
  ids.map((id) => all.find((each) => each.id === id)?.title ?? id);

const or = (parts: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: 'disjunction' }).format(parts);

const and = (parts: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);
