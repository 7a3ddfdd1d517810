import type { TakenBy } from '../i18n/languages.ts';
import type { SiteKey, SiteParameters } from '../i18n/words.ts';

/** Why a field cannot be accepted. Each code has its words in the site's catalogue, under `field.<code>`. */
export type FieldCode =
  | 'required'
  | 'too-long'
  | 'too-short'
  | 'line-break'
  | 'not-letters'
  | 'email-format'
  | 'email-ascii'
  | 'same-address'
  | 'own-address'
  | 'code-not-valid'
  | 'not-both'
  | 'named-above'
  | 'unknown-option'
  | 'not-offered'
  | 'phone-format'
  | 'no-closed-sessions'
  | 'sessions-at-once'
  | 'invitation-not-valid'
  | 'no-seat'
  | 'beyond-reach'
  | 'not-a-chaperone'
  | 'chaperone-full'
  | 'already-registered'
  | 'already-here'
  | 'minor-by-phone'
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
  | 'needs-anew'
  | 'no-day'
  | 'not-a-number'
  | 'too-large-number'
  | 'not-a-date'
  | 'not-accepted'
  | 'consent-version'
  | 'unknown-field'
  | 'wrong-type';

type UnfitWhy<Key extends SiteKey = SiteKey> = Key extends `unfit.${infer Why}` ? Why : never;

/** Why something does not fit the rest of the event, with what its words take: in the site's catalogue, under `unfit.<why>`. */
export type Unfit<Why extends UnfitWhy = UnfitWhy> = Why extends UnfitWhy
  ? `unfit.${Why}` extends keyof SiteParameters
    ? { readonly why: Why; readonly with: SiteParameters[`unfit.${Why}`] }
    : { readonly why: Why; readonly with?: undefined }
  : never;

/** A code, with what its words take. */
export type Reason<Code extends FieldCode = FieldCode> = Code extends 'does-not-fit'
  ? { readonly code: Code; readonly params: { readonly problem: Unfit } }
  : Code extends FieldCode
    ? `field.${Code}` extends keyof SiteParameters
      ? { readonly code: Code; readonly params: SiteParameters[`field.${Code}`] }
      : { readonly code: Code; readonly params?: undefined }
    : never;

/** `path` says where: `fullName`, `answers.companySize`. */
export type FieldIssue = Reason & { readonly path: string };

/** A value that was accepted, or why it was not. */
export type Checked<T> = { readonly value: T } | { readonly issue: Reason };

export const accept = <T>(value: T): Checked<T> => ({ value });
export const refuse = <Code extends Exclude<FieldCode, 'does-not-fit'>>(
  code: Code,
  ...[params]: TakenBy<SiteParameters, `field.${Code}`>
): { readonly issue: Reason } => ({ issue: (params === undefined ? { code } : { code, params }) as Reason });

export const unfit = <Why extends UnfitWhy>(why: Why, ...[given]: TakenBy<SiteParameters, `unfit.${Why}`>): Unfit =>
  ({ why, ...(given !== undefined && { with: given }) }) as Unfit;

export const doesNotFit = (path: string, problem: Unfit): FieldIssue => ({
  path,
  code: 'does-not-fit',
  params: { problem },
});

/**
 * Whether a text has more grapheme clusters. Stops counting at the limit: the cost never depends on how much was sent.
 *
 * @throws TypeError where a browser cannot tell letters apart
 */
export function isLongerThan(text: string, max: number): boolean {
  if (text.length <= max) return false;
  let count = 0;
  for (const _ of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    count += 1;
    if (count > max) return true;
  }
  return false;
}

/** Keys and positions, from the document's root: `['questions', 3, 'when', 'category', 0]`. */
export type Path = readonly (string | number)[];

/** `path` says which value to change, or where a missing one belongs; `known` what could stand there, of what the event has. */
export type DefinitionProblem = { readonly path: Path; readonly known?: readonly string[] } & (
  | { readonly message?: undefined; readonly unfit: Unfit }
  /** In English: of what the author of a definition alone can change, and no page of the console. */
  | { readonly message: string; readonly unfit?: undefined }
);
