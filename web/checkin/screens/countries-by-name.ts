import { COUNTRY_CODES } from '../../../shared/kernel/text/countries.ts';

/** Countries by their names, in the language of the app where the browser knows them in it, else in English. */
export function countriesByName(language: string): readonly (readonly [code: string, name: string])[] {
  const names = new Intl.DisplayNames([language, 'en'], { type: 'region' });
  return COUNTRY_CODES.map((code) => [code, names.of(code) ?? code] as const).sort(([, a], [, b]) =>
    a.localeCompare(b, [language, 'en']),
  );
}
