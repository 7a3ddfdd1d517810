import { type Html, html } from '../../../shared/html.ts';
import { attribute, flag } from '../attribute.ts';
import { type Field, fieldClass, fieldParts } from './field.ts';
import { type FormState, valuesOf } from './form-state.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Shown only while the choice is made. */
  readonly note?: string;
}

/** Radios for one choice, check boxes for several, in a group with its question as the legend. */
export function choices(
  form: FormState,
  field: Field & { readonly type: 'radio' | 'checkbox'; readonly choices: readonly Choice[] },
): Html {
  const { id, label, notes, described, invalid } = fieldParts(form, field);
  const chosen = valuesOf(form.values, field.path);
  return html`<fieldset class="${fieldClass(invalid)}"${described}><legend>${label}</legend>${notes}${field.choices.map(
    (choice, index) =>
      oneChoice({
        ...choice,
        id: choiceId(id, index),
        type: field.type,
        name: field.path,
        checked: chosen.includes(choice.value),
      }),
  )}</fieldset>
`;
}

/** The first has the field's own id, so that the error summary leads to it. */
const choiceId = (id: string, index: number): string => (index === 0 ? id : `${id}-${index + 1}`);

export interface OneChoice extends Choice {
  readonly id: string;
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly checked: boolean;
  /** Ids of what describes it, besides its own hint. */
  readonly describedBy?: string;
  readonly invalid?: boolean;
}

export function oneChoice(choice: OneChoice): Html {
  const { id, hint, note } = choice;
  const describedBy = [choice.describedBy, hint && `${id}-hint`, note && `${id}-note`].filter(Boolean).join(' ');
  return html`<div class="choice"><input type="${choice.type}" id="${id}" name="${choice.name}" value="${choice.value}"${flag('checked', choice.checked)}${attribute('aria-describedby', describedBy || undefined)}${attribute('aria-invalid', choice.invalid ? 'true' : undefined)}><label for="${id}">${choice.label}</label>${
    hint && html`<p class="hint" id="${id}-hint">${hint}</p>`
  }${note && html`<p class="note" id="${id}-note">${note}</p>`}</div>
`;
}
