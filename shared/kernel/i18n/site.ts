import { site as en } from './en/site.ts';
import { site as km } from './km/site.ts';
import type { Catalogue, Translate } from './translator.ts';

/** The words of the site: pages, the messages under fields, and the problems that pages and the API answer with. */
export type SiteKey = keyof typeof en;
export type SiteTranslate = Translate<SiteKey>;

export const SITE: Catalogue<SiteKey> = { en, km };
