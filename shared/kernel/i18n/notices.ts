import { notices as en } from './en/notices.ts';
import { notices as km } from './km/notices.ts';
import type { Catalogue, Translate } from './translator.ts';

/** The words of the privacy page, the notice for children and the accessibility statement: long, and shown nowhere else. */
export type NoticeKey = keyof typeof en;
export type NoticeTranslate = Translate<NoticeKey>;

export const NOTICES: Catalogue<NoticeKey> = { en, km };
