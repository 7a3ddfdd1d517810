import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import type { FieldCode } from '../../../../shared/kernel/text/field-problem.ts';
import { attribute, flag } from '../text.ts';

export interface Field {
  /** The name under which the form sends it. */
  readonly path: string;
  /** Where one path has several fields, for each after the first. */
  readonly id?: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly optional?: boolean;
}

/** The parts that every kind of field has in common. */
interface FieldParts {
  readonly id: string;
  readonly label: string;
  /** The error, then the hint: what stands between the label and the input. */
  readonly notes: Html;
  /** `aria-describedby` for the hint and the error, where there are any. */
  readonly described: Html | undefined;
  readonly invalid: boolean;
}

export function fieldParts({ t, problems }: FormState, field: Field): FieldParts {
  const id = field.id ?? fieldId(field.path);
  const problem = problems.find(({ path }) => path === field.path);
  const hint = field.hint && html`<p class="hint" id="${id}-hint">${field.hint}</p>`;
  const error = problem && html`<p class="error" id="${id}-error"><b>${t('errors.prefix')}</b> ${problem.message}</p>`;
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return {
    id,
    label: field.optional ? t('register.optional', { label: field.label }) : field.label,
    notes: html`${hint}${error}`,
    described: attribute('aria-describedby', describedBy || undefined),
    invalid: problem !== undefined,
  };
}

/** ` class="field"`, marked where something is wrong, and where the script has to see that it is filled in. */
export const fieldAttributes = ({ optional = false }: Pick<Field, 'optional'>, invalid: boolean): Html =>
  html` class="${invalid ? 'field bad' : 'field'}"${flag('data-required', !optional)}`;

/** Every field of a form with every value it was sent with; keys come from outside. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

/** What is wrong with one field, in the reader's language. */
export interface FieldProblem {
  /** The field's name: `fullName`, `answers.companySize`, `days`. */
  readonly path: string;
  readonly code: FieldCode;
  readonly message: string;
}

/** What every field of a form needs to show itself. */
export interface FormState {
  readonly t: SiteTranslate;
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

export const valuesOf = (values: FormValues, path: string): readonly string[] =>
  Object.hasOwn(values, path) ? (values[path] ?? []) : [];

export const firstValue = (values: FormValues, path: string): string => valuesOf(values, path)[0] ?? '';

/** A field's id in the page: what labels and the error summary point to. */
export const fieldId = (path: string): string => path.replaceAll('.', '-');

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

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Shown while the choice is made; where the browser is too old for `:has()`, always. */
  readonly note?: Html | string;
}

interface ChoiceField extends Field {
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

interface OneChoice extends Choice {
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

/** A question with only one answer is not asked: the form says it, and sends it along. */
export function onlyChoice(path: string, offered: readonly Choice[]): Html | undefined {
  const [only, another] = offered;
  if (only === undefined || another !== undefined) return undefined;
  return html`<input type="hidden" name="${path}" value="${only.value}"><p><b>${only.label}</b> ${only.hint}</p>
`;
}
