import en from './en/mail.json' with { type: 'json' };
import km from './km/mail.json' with { type: 'json' };
import type { Catalogue, Translate } from './translator.ts';

/** The words of our e-mails. */
export type MailKey = keyof typeof en;
export type MailTranslate = Translate<MailKey>;

export const MAIL: Catalogue<MailKey> = { en, km };

/** What a language calls its reader: an adult, and someone under 18 in place of it. Most have one word for both. */
const READERS: Readonly<Record<string, readonly [adult: string, young: string]>> = { km: ['លោកអ្នក', 'ប្អូន'] };

/** The same words to people under 18, who are called by one name throughout a mail. */
export function toYoung(t: MailTranslate, language: string): MailTranslate {
  const [adult, young] = READERS[language] ?? [];
  if (adult === undefined || young === undefined) return t;
  return (key, params) => t(key, params).replaceAll(adult, young);
}
