import type { EventDefinition } from '../../../shared/domain/event.ts';
import { type Html, html } from '../../../shared/html.ts';
import { type Choice, choices } from '../form/choices.ts';
import type { FormState } from '../form/form-state.ts';
import { dayLine } from '../when.ts';

/** How and when: a question with only one answer is not asked. */
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
  return html`${onlyChoice('mode', modes) ?? choices(form, { ...mode, choices: modes })}${onlyChoice('days', days) ?? choices(form, { ...day, choices: days })}`;
}

function onlyChoice(path: string, offered: readonly Choice[]): Html | undefined {
  const [only, another] = offered;
  if (only === undefined || another !== undefined) return undefined;
  return html`<input type="hidden" name="${path}" value="${only.value}"><p><b>${only.label}</b> ${only.hint}</p>
`;
}
