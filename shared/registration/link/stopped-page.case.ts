import { farewellPage } from '../../../web/site/registration/ended-pages.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';

/** For someone under 18 of whom nothing is left. */
export const stoppedPage = ({ event, language }: LocalisedEvent, path: string): string =>
  farewellPage({ event, language, t: siteWords(language), path, what: 'stopped' });
