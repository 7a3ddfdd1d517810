import { PRODUCT_LANGUAGES, productLanguage } from './languages.ts';
import { Catalogue, translator } from './translator.store.ts';
import type { MailTranslate } from './words.ts';

/** The words of our emails. */
export const MAIL = new Catalogue('mail');
export const mailWords = (language: string): MailTranslate => translator(MAIL, language);

/** The same words to people under 18, who are called by one name throughout a mail. */
export function mailWordsToYoung(language: string): MailTranslate {
  const t = mailWords(language);
  const { readers } = PRODUCT_LANGUAGES[productLanguage(language) ?? 'en'];
  if (readers === 'alike') return t;
  const [adult, young] = readers;
  return (key, ...given) => t(key, ...given).replaceAll(adult, young);
}
