import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { languageName } from '../../../shared/kernel/i18n/formats.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { choices } from '../kernel/form/choices.ts';
import type { FormState } from '../kernel/form/form-state.ts';
import { textInput } from '../kernel/form/text-input.ts';

const FIELDS = ['guardian.name', 'guardian.email', 'guardian.language'] as const;

/** Who is asked for consent: by mail, or on paper where they have none. */
export function guardianFields(form: FormState, event: EventDefinition<string>): Html {
  const { t } = form;
  return html`${textInput(form, { path: 'guardian.name', label: t('young.guardian.name.label') })}${textInput(form, {
    path: 'guardian.email',
    label: t('young.guardian.email.label'),
    hint: t('young.guardian.email.hint'),
    type: 'email',
  })}${mailLanguage(form, event, 'guardian.language')}${onPaper(form, event)}`;
}

export const guardianLabels = (t: SiteTranslate): [string, string][] =>
  FIELDS.map((path) => [path, t(`young.${path}.label`)]);

/** An event in one language does not ask. */
export function mailLanguage(
  form: FormState,
  { languages }: EventDefinition<string>,
  path: 'language' | 'guardian.language',
): Html {
  const [only, another] = languages;
  if (another === undefined) return html`<input type="hidden" name="${path}" value="${only}">`;
  return choices(form, {
    path,
    type: 'radio',
    label: form.t(`young.${path}.label`),
    choices: languages.map((tag) => ({ value: tag, label: languageName(tag) })),
  });
}

/** Where there is a focal point to hand a signed form to. */
const onPaper = (form: FormState, { safeguarding }: EventDefinition<string>): Html | undefined =>
  safeguarding &&
  choices(form, {
    path: 'guardian.onPaper',
    type: 'checkbox',
    label: form.t('young.onPaper.label'),
    optional: true,
    choices: [
      {
        value: 'yes',
        label: form.t('young.onPaper'),
        hint: form.t('young.onPaper.hint', { name: safeguarding.name }),
      },
    ],
  });
