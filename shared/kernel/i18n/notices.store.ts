import en from './en/notices.json' with { type: 'json' };
import km from './km/notices.json' with { type: 'json' };
import { type Catalogue, translator } from './translator.store.ts';
import type { NoticeTranslate } from './words.ts';

/** The words of the privacy page, the notice for children and the accessibility statement: long, and shown nowhere else. */
export const NOTICES: Catalogue = { en, km };
export const noticeWords = (language: string): NoticeTranslate => translator(NOTICES, language);
