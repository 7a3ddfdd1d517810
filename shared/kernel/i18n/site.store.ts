import { Catalogue, translator } from './translator.store.ts';
import type { SiteTranslate } from './words.ts';

/** The words of the site: pages, the messages under fields, and the problems that pages and the API answer with. */
export const SITE = new Catalogue('site');
export const siteWords = (language: string): SiteTranslate => translator(SITE, language);
