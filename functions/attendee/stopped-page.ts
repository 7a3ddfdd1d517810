import type { LocalisedEvent } from '../../shared/event/localised-event.store.ts';
import { SITE } from '../../shared/kernel/i18n/site.ts';
import { translator } from '../../shared/kernel/i18n/translator.ts';
import { farewellPage } from '../../web/site/farewell-page.ts';

/** For someone under 18 of whom nothing is left. */
export const stoppedPage = ({ event, language }: LocalisedEvent, path: string): string =>
  farewellPage({ event, language, t: translator(SITE, language), path, what: 'stopped' });
