import type { EventDefinition } from '../../../shared/event/event.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { page } from '../kernel/layout.ts';
import { eventPath, inLanguage } from '../kernel/links.ts';

export interface FarewellPage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  readonly path: string;
  /** By a guardian, before or after agreeing, or by the young person. */
  readonly what: 'refused' | 'withdrawn' | 'stopped';
}

/** The last page about someone under 18: everything was deleted. */
export const farewellPage = ({ event, language, t, path, what }: FarewellPage): string =>
  page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('manage.title'),
    event,
    body: html`<h1>${t(`farewell.${what}.title`)}</h1>
<p class="lead">${t(`farewell.${what}.text`)}</p>
<p><a href="${inLanguage(eventPath(event.id), language)}">${t('event.back')}</a></p>`,
  });
