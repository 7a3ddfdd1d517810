import { PRODUCT_LANGUAGES } from '../i18n/languages.ts';
import { spokenLanguage, wantedLanguages } from '../text/language.ts';

/** The languages that the site itself speaks. */
export const SITE_LANGUAGES: readonly string[] = Object.keys(PRODUCT_LANGUAGES);

/**
 * The language to answer in: the one asked for by `?lang=`, else the first of `Accept-Language` that the site
 * speaks, else English.
 *
 * @param languages BCP 47 tags
 */
export function negotiateLanguage(
  asked: string | undefined,
  acceptLanguage: string | undefined,
  languages: readonly string[] = SITE_LANGUAGES,
): string {
  const spoken = asked === undefined ? undefined : spokenLanguage(asked, languages);
  return spoken ?? wantedLanguages(acceptLanguage ?? '', languages)[0] ?? 'en';
}
