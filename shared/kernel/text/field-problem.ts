/** Why a field cannot be accepted. Each code has its words in the site's catalogue, under `field.<code>`. */
export type FieldCode =
  | 'required'
  | 'too-long'
  | 'line-break'
  | 'not-letters'
  | 'email-format'
  | 'email-ascii'
  | 'same-address'
  | 'code-not-valid'
  | 'not-both'
  | 'named-above'
  | 'unknown-option'
  | 'not-offered'
  | 'phone-format'
  | 'no-closed-sessions'
  | 'invitation-not-valid'
  | 'no-seat'
  | 'not-a-chaperone'
  | 'chaperone-full'
  | 'already-registered'
  | 'already-here'
  | 'twice'
  | 'delegation-full'
  | 'too-many-people'
  | 'not-a-table'
  | 'nobody-in-table'
  | 'no-name-column'
  | 'line-too-long'
  | 'in-the-past'
  | 'in-the-future'
  | 'does-not-fit'
  | 'no-need'
  | 'no-day'
  | 'not-a-number'
  | 'too-large-number'
  | 'not-a-date'
  | 'not-accepted'
  | 'consent-version'
  | 'unknown-field'
  | 'wrong-type';

export interface FieldIssue {
  /** Where: `fullName`, `answers.companySize`. */
  readonly path: string;
  readonly code: FieldCode;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** A value that was accepted, or why it was not. */
export type Checked<T> = { readonly value: T } | { readonly issue: Omit<FieldIssue, 'path'> };

export const accept = <T>(value: T): Checked<T> => ({ value });
export const refuse = (
  code: FieldCode,
  params?: FieldIssue['params'],
): { readonly issue: Omit<FieldIssue, 'path'> } => ({
  issue: params === undefined ? { code } : { code, params },
});
