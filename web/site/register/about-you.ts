import type { EventDefinition } from '../../../shared/domain/event.ts';
import { type Html, html } from '../../../shared/html.ts';
import type { FormState } from '../form/form-state.ts';
import { textInput } from '../form/text-input.ts';
import { country } from './country.ts';

/** Who is coming: one full name, never first and last, which many names do not have. */
export function aboutYou(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  const labels = (
    field: 'email' | 'honorific' | 'fullName' | 'badgeName' | 'nativeName' | 'position' | 'organisation',
  ) => ({
    path: field,
    label: t(`register.${field}.label`),
    hint: t(`register.${field}.hint`),
  });
  return html`${textInput(form, { ...labels('email'), type: 'email', autocomplete: 'email' })}${textInput(form, { ...labels('honorific'), optional: true, autocomplete: 'honorific-prefix' })}${textInput(form, { ...labels('fullName'), autocomplete: 'name' })}${textInput(form, { ...labels('badgeName'), optional: true })}${textInput(form, { ...labels('nativeName'), optional: true })}${textInput(form, { ...labels('position'), autocomplete: 'organization-title' })}${textInput(form, { ...labels('organisation'), autocomplete: 'organization' })}${country(form, event, language)}`;
}
