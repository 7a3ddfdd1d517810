import type { EventDefinition } from '../../../../shared/event/event.ts';
import { categoriesWithClosedSessions, signUpSessions } from '../../../../shared/event/sessions.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
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
] as const;

/** Every field in the order of the form, with its label: what the error summary can lead to. */
export function fieldLabels(event: EventDefinition<string>, t: SiteTranslate): ReadonlyMap<string, string> {
  const byCategory = event.questions.filter((question) => isAskedByCategory(question, event.questions));
  const others = event.questions.filter((question) => !byCategory.includes(question));
  const answers = (questions: typeof others) => questions.map(({ id, title }) => [`answers.${id}`, title] as const);
  return new Map([
    ...FIRST.map((path) => [path, t(`register.${path}.label`)] as const),
    ...(event.categories.length > 1 ? [['category', t('register.category.label')] as const] : []),
    ...answers(byCategory),
    ...(categoriesWithClosedSessions(event).length > 0
      ? [['closedSessions', t('register.closedSessions.label')] as const]
      : []),
    ['invitation', t('register.invitation.label')],
    ...(event.modes.length > 1 ? [['mode', t('register.mode.label')] as const] : []),
    ...(event.days.length > 1 ? [['days', t('register.days.label')] as const] : []),
    ...(signUpSessions(event).length > 0 ? [['sessions', t('register.sessions.name')] as const] : []),
    ...answers(others),
    ...event.consents.map(({ id, title }) => [`consents.${id}`, title] as const),
  ]);
}
