import en from './en/site.json' with { type: 'json' };
import km from './km/site.json' with { type: 'json' };
import { type Catalogue, translator } from './translator.store.ts';
import type { SiteTranslate } from './words.ts';

/** The words of the site: pages, the messages under fields, and the problems that pages and the API answer with. */
export const SITE: Catalogue = { en, km };
export const siteWords = (language: string): SiteTranslate => translator(SITE, language);
