import type { EventDefinition } from '../../../../shared/event/event.ts';
import type { Html } from '../../../../shared/kernel/html.ts';
import { choices } from '../../kernel/form/choices.ts';
import type { FormState } from '../../kernel/form/form-state.ts';
import { onlyChoice } from '../../kernel/form/only-choice.ts';

/** The stakeholder group: it decides which questions follow. */
export function category(form: FormState, event: EventDefinition<string>): Html {
  const { t } = form;
  const offered = event.categories.map(({ id, title, hint, approval }) => ({
    value: id,
    label: title,
    hint,
    ...(approval && { note: t('register.category.approval') }),
  }));
  // What says whom a group is for helps those who choose.
  const named = offered.map(({ value, label }) => ({ value, label }));
  return (
    onlyChoice('category', named) ??
    choices(form, {
      path: 'category',
      type: 'radio',
      label: t('register.category.label'),
      hint: t('register.category.hint'),
      choices: offered,
    })
  );
}
