import type { EventDefinition } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { FormState } from '../../kernel/form/form-state.ts';
import { textInput } from '../../kernel/form/text-input.ts';
import { country } from './country.ts';

type Field = 'email' | 'honorific' | 'fullName' | 'badgeName' | 'nativeName' | 'position' | 'organisation';

const labels = ({ t }: FormState, field: Field) => ({
  path: field,
  label: t(`register.${field}.label`),
  hint: t(`register.${field}.hint`),
});

/** Where mail goes. It is asked once: another address is another registration. */
export const email = (form: FormState): Html =>
  textInput(form, { ...labels(form, 'email'), type: 'email', autocomplete: 'email' });

/** Who is coming: one full name, never first and last, which many names do not have. */
export function aboutYou(form: FormState, event: EventDefinition<string>, language: string): Html {
  return html`${textInput(form, { ...labels(form, 'honorific'), optional: true, autocomplete: 'honorific-prefix' })}${textInput(form, { ...labels(form, 'fullName'), autocomplete: 'name' })}${textInput(form, { ...labels(form, 'badgeName'), optional: true })}${textInput(form, { ...labels(form, 'nativeName'), optional: true })}${textInput(form, { ...labels(form, 'position'), autocomplete: 'organization-title' })}${textInput(form, { ...labels(form, 'organisation'), autocomplete: 'organization' })}${country(form, event, language)}`;
}
