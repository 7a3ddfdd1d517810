import { type Html, html } from '../../../../shared/kernel/html.ts';
import { attribute, flag } from '../attribute.ts';
import { type Field, fieldAttributes, fieldParts } from './field.ts';
import { type FormState, valuesOf } from './form-state.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Shown while the choice is made; where the browser is too old for `:has()`, always. */
  readonly note?: Html | string;
}

export interface ChoiceField extends Field {
  readonly type: 'radio' | 'checkbox';
  readonly choices: readonly Choice[];
  /** The script asks only those who chose this day. */
  readonly day?: string;
  /** Steps of one scale: beside each other, for a thumb. */
  readonly isScale?: boolean;
}

/** Radios for one choice, check boxes for several, in a group with its question as the legend. */
export function choices(form: FormState, field: ChoiceField): Html {
  const { id, label, notes, described, invalid } = fieldParts(form, field);
  const chosen = valuesOf(form.values, field.path);
  const rows = field.choices.map((choice, index) =>
    oneChoice({
      ...choice,
      // The error summary leads to the group's first choice.
      id: index === 0 ? id : undefined,
      type: field.type,
      name: field.path,
      checked: chosen.includes(choice.value),
    }),
  );
  return html`<fieldset${[
    fieldAttributes(field, invalid),
    attribute('data-day', field.day),
    described,
  ]}><legend>${label}</legend>${notes}${field.isScale ? html`<div class="scale">${rows}</div>` : rows}</fieldset>
`;
}

export interface OneChoice extends Choice {
  readonly id: string | undefined;
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly checked: boolean;
}

/** The label holds its input: the whole row is the target, and 60 choices need no ids, a tenth of the form's size. */
export function oneChoice({ id, type, name, value, checked, label, hint, note }: OneChoice): Html {
  const noteId = `${name}-${value}-note`;
  return html`<label><input type="${type}" name="${name}" value="${value}"${[
    attribute('id', id),
    flag('checked', checked),
    note && html` aria-describedby="${noteId}"`,
  ]}>${label}${hint && html`<small>${hint}</small>`}</label>${note && html`<p class="note" id="${noteId}">${note}</p>`}
`;
}
