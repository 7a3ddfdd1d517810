import en from './en/mail.json' with { type: 'json' };
import km from './km/mail.json' with { type: 'json' };
import type { Catalogue, Translate } from './translator.ts';

/** The words of our e-mails. */
export type MailKey = keyof typeof en;
export type MailTranslate = Translate<MailKey>;

export const MAIL: Catalogue<MailKey> = { en, km };
