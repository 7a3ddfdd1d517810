import { Catalogue, translator } from './translator.store.ts';
import type { NoticeTranslate } from './words.ts';

/** The words of the privacy page, the notice for children and the accessibility statement: long, and shown nowhere else. */
export const NOTICES = new Catalogue('notices');
export const noticeWords = (language: string): NoticeTranslate => translator(NOTICES, language);
