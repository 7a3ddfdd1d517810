import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import type { FieldCode } from '../../../../shared/kernel/text/field-problem.ts';

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
