import type { EventDefinition } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import type { FormState } from '../../kernel/form/form-state.ts';
import { textInput } from '../../kernel/form/text-input.ts';
import { country } from './country.ts';
import { fieldLabels } from './field-labels.ts';

/** Who is coming, of someone under 18: no title, no position, and a school where adults have an organisation. */
export function aboutYoung(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  return html`${textInput(form, {
    path: 'fullName',
    label: t('register.fullName.label'),
    hint: t('complete.fullName.hint'),
    autocomplete: 'name',
  })}${textInput(form, {
    path: 'badgeName',
    label: t('register.badgeName.label'),
    hint: t('complete.badgeName.hint'),
    optional: true,
  })}${textInput(form, {
    path: 'organisation',
    label: t('complete.organisation.label'),
    hint: t('complete.organisation.hint'),
  })}${country(form, event, language)}`;
}

export const youngLabels = (event: EventDefinition<string>, t: SiteTranslate): ReadonlyMap<string, string> =>
  new Map([...fieldLabels(event, t), ['organisation', t('complete.organisation.label')]]);
