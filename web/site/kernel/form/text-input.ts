import { type Html, html } from '../../../../shared/kernel/html.ts';
import { attribute } from '../attribute.ts';
import { type Field, fieldAttributes, fieldParts } from './field.ts';
import { type FormState, firstValue } from './form-state.ts';

export interface TextField extends Field {
  readonly type?: 'text' | 'email' | 'tel' | 'date';
  readonly autocomplete?: string;
  readonly inputmode?: 'numeric';
  /** Several lines. */
  readonly long?: boolean;
}

/** UTF-16 units: far above every limit, which the server counts in grapheme clusters and explains. */
const MAX_LENGTH = { line: 2_000, long: 20_000 } as const;

export function textInput(form: FormState, field: TextField): Html {
  const { id, label, notes, described, invalid } = fieldParts(form, field);
  const value = firstValue(form.values, field.path);
  const shared = html` id="${id}" name="${field.path}"${described}${attribute('aria-invalid', invalid ? 'true' : undefined)}`;
  const input = field.long
    ? html`<textarea${shared} rows="5" maxlength="${MAX_LENGTH.long}">
${value}</textarea>`
    : html`<input${shared} type="${field.type ?? 'text'}" value="${value}" maxlength="${MAX_LENGTH.line}"${attribute(
        'autocomplete',
        field.autocomplete,
      )}${attribute('inputmode', field.inputmode)}>`;
  return html`<div${fieldAttributes(field, invalid)}><label for="${id}">${label}</label>${notes}${input}</div>
`;
}
