import type { EventDefinition } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { choices } from '../../kernel/form/choices.ts';
import type { FormState } from '../../kernel/form/form-state.ts';
import { onlyChoice } from '../../kernel/form/only-choice.ts';
import { dayLine } from '../../kernel/when.ts';

/** How and when. */
export function attendance(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  const modes = event.modes.map(({ id, title, hint }) => ({ value: id, label: title, hint }));
  const days = event.days.map((day) => ({ value: day.id, label: day.title, hint: dayLine(day, language, t) }));
  const mode = { path: 'mode', type: 'radio', label: t('register.mode.label') } as const;
  const day = {
    path: 'days',
    type: 'checkbox',
    label: t('register.days.label'),
    hint: t('register.days.hint'),
  } as const;
  return html`${
    onlyChoice('mode', modes) ?? choices(form, { ...mode, choices: modes })
  }${onlyChoice('days', days) ?? choices(form, { ...day, choices: days })}`;
}
