import { type Html, html } from '../../../../shared/kernel/html.ts';
import { attribute, flag } from '../attribute.ts';
import { type FormState, fieldId } from './form-state.ts';

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
export interface FieldParts {
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
