import type { Consent, EventDefinition } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { oneChoice } from '../../kernel/form/choices.ts';
import { fieldAttributes, fieldParts } from '../../kernel/form/field.ts';
import { type FormState, valuesOf } from '../../kernel/form/form-state.ts';

/** What people agree to: never ticked beforehand, and sent as the version they saw. */
export const consents = (form: FormState, event: EventDefinition<string>): Html[] =>
  event.consents.map((consent) => oneConsent(form, consent));

export function oneConsent(form: FormState, consent: Consent<string>, hint?: string): Html {
  const path = `consents.${consent.id}`;
  const field = { path, label: consent.title, hint, optional: !consent.required };
  const { id, label, notes, described, invalid } = fieldParts(form, field);
  return html`<fieldset${fieldAttributes(field, invalid)}${described}><legend>${label}</legend>
${consent.points.length > 0 && html`<ul>${consent.points.map((point) => html`<li>${point}</li>`)}</ul>`}${notes}${oneChoice(
  {
    id,
    type: 'checkbox',
    name: path,
    value: consent.version,
    label: consent.agreement,
    checked: valuesOf(form.values, path).includes(consent.version),
  },
)}</fieldset>
`;
}
