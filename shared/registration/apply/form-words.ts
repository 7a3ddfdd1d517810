import type { Translate } from '../../kernel/i18n/languages.ts';
import type { SiteKey, SiteParameters } from '../../kernel/i18n/words.ts';

/** Fields of which it is said in a sentence of their own that they are missing. */
export const NAMED_FIELDS = [
  'ageBand',
  'email',
  'fullName',
  'position',
  'organisation',
  'country',
  'category',
  'mode',
] as const;

/** Grapheme clusters: what a reader counts as one letter, in any script. */
export const TEXT_LIMIT = {
  honorific: 40,
  fullName: 100,
  badgeName: 60,
  nativeName: 100,
  position: 120,
  organisation: 160,
};
export type PersonText = keyof typeof TEXT_LIMIT;

/** Those of the site's words that the form's script says too: the build puts them into it. */
export const FORM_KEYS = [
  'errors.title',
  'errors.kept',
  'errors.item',
  'errors.prefix',
  'errors.unanswered',
  ...NAMED_FIELDS.map((name) => `errors.missing.${name}` as const),
  'register.error-title',
  'field.too-long',
  'field.email-format',
  'field.email-ascii',
  'field.no-day',
  'field.not-accepted',
  'register.email.meant',
  'register.email.meant.use',
  'step.progress',
  'step.continue',
  'step.back',
  'step.check',
  'step.change',
  'step.change-what',
  'step.unanswered',
  'field.sessions-at-once',
  'feedback.note.offline.title',
  'feedback.note.offline.text',
] as const satisfies readonly SiteKey[];

export type FormTranslate = Translate<(typeof FORM_KEYS)[number], SiteParameters>;
