import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { languageName } from '../../../shared/kernel/i18n/formats.ts';
import { choices } from '../kernel/form/choices.ts';
import type { FormState } from '../kernel/form/form-state.ts';

/** In which language we write to someone, each in its own name. */
export function mailLanguage(form: FormState, { languages }: EventDefinition<string>): Html {
  const [only, another] = languages;
  if (another === undefined) return html`<input type="hidden" name="language" value="${only}">`;
  return choices(form, {
    path: 'language',
    type: 'radio',
    label: form.t('manage.language'),
    choices: languages.map((tag) => ({ value: tag, label: languageName(tag) })),
  });
}
