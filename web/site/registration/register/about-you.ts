import type { EventDefinition } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { FormState } from '../../kernel/form/form-state.ts';
import { type TextField, textInput } from '../../kernel/form/text-input.ts';
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
const FIELDS: readonly (Pick<TextField, 'optional' | 'autocomplete'> & { readonly field: Field })[] = [
  { field: 'honorific', optional: true, autocomplete: 'honorific-prefix' },
  { field: 'fullName', autocomplete: 'name' },
  { field: 'badgeName', optional: true },
  { field: 'nativeName', optional: true },
  { field: 'position', autocomplete: 'organization-title' },
  { field: 'organisation', autocomplete: 'organization' },
];

export const aboutYou = (form: FormState, event: EventDefinition<string>, language: string): Html =>
  html`${FIELDS.map(({ field, ...how }) => textInput(form, { ...labels(form, field), ...how }))}${country(form, event, language)}`;
