import type { EventDefinition } from '../../../../shared/event/event.ts';
import { categoriesWithClosedSessions } from '../../../../shared/event/sessions.ts';
import type { Html } from '../../../../shared/kernel/html.ts';
import { choices } from '../../kernel/form/choices.ts';
import type { FormState } from '../../kernel/form/form-state.ts';
import { onlyWhere } from './questions.ts';

/** One box for all the closed sessions of one's group, which the form does not name. */
export function closedSessions(form: FormState, event: EventDefinition<string>, language: string): Html | undefined {
  const { t } = form;
  const category = categoriesWithClosedSessions(event);
  if (category.length === 0) return undefined;
  const box = choices(form, {
    path: 'closedSessions',
    type: 'checkbox',
    label: t('register.closedSessions.label'),
    hint: t('register.closedSessions.hint'),
    optional: true,
    choices: [{ value: 'yes', label: t('register.closedSessions.agreement') }],
  });
  return onlyWhere({ category }, 'closed', box, { event, language, t });
}
