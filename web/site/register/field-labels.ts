import type { EventDefinition } from '../../../shared/domain/event.ts';
import type { SiteTranslate } from '../../../shared/i18n/site.ts';
import { isAskedByCategory } from './question-order.ts';

const FIRST = [
  'ageBand',
  'email',
  'honorific',
  'fullName',
  'badgeName',
  'nativeName',
  'position',
  'organisation',
  'country',
  'category',
] as const;

/** Every field in the order of the form, with its label: what the error summary can lead to. */
export function fieldLabels(event: EventDefinition<string>, t: SiteTranslate): ReadonlyMap<string, string> {
  const byCategory = event.questions.filter((question) => isAskedByCategory(question, event.questions));
  const others = event.questions.filter((question) => !byCategory.includes(question));
  const answers = (questions: typeof others) => questions.map(({ id, title }) => [`answers.${id}`, title] as const);
  return new Map([
    ...FIRST.map((path) => [path, t(`register.${path}.label`)] as const),
    ...answers(byCategory),
    ...(event.modes.length > 1 ? [['mode', t('register.mode.label')] as const] : []),
    ...(event.days.length > 1 ? [['days', t('register.days.label')] as const] : []),
    ...answers(others),
    ...event.consents.map(({ id, title }) => [`consents.${id}`, title] as const),
  ]);
}
