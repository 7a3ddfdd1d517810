import type { ProblemType } from '../contract/problem.ts';
import type { FieldCode } from '../domain/field-problem.ts';
import { site as en } from './en/site.ts';
import { site as km } from './km/site.ts';
import type { Catalogue, Translate } from './translator.ts';

/** The words of the site: pages, the messages under fields, and the problems that pages and the API answer with. */
export type SiteKey = keyof typeof en;
export type SiteTranslate = Translate<SiteKey>;

export const SITE: Catalogue<SiteKey> = { en, km };

/** The words for what is wrong with a field; does not compile when a code lacks them. */
export const fieldKey = (code: FieldCode): SiteKey => `field.${code}`;

/** The words for a problem; does not compile when a type lacks them. */
export const problemKeys = (type: ProblemType): { readonly title: SiteKey; readonly detail: SiteKey } => ({
  title: `problem.${type}.title`,
  detail: `problem.${type}.detail`,
});
