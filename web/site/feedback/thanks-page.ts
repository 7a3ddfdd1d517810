import type { EventDefinition } from '../../../shared/event/event.ts';
import type { FeedbackForm } from '../../../shared/feedback/form/form.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { page } from '../kernel/layout.ts';
import { eventPath, inLanguage } from '../kernel/links.ts';

export interface FeedbackThanksPage {
  readonly event: EventDefinition<string>;
  readonly form: FeedbackForm<string>;
  /** @see formTitle */
  readonly title: string;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/f/{eventId}/{form}/thanks` */
  readonly path: string;
}

/** Says that answers were counted, and not a word of whose or which: anyone may open it. */
export function feedbackThanksPage({ event, title, language, t, path }: FeedbackThanksPage): string {
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('feedback.thanks.title'),
    event,
    body: html`<h1>${t('feedback.thanks.title')}</h1>
<p class="lead">${t('feedback.thanks.counted', { title })}</p>
<p>${t('feedback.thanks.with-others')}</p>
<p>${t('feedback.thanks.more')}</p>
<p><a href="${inLanguage(eventPath(event.id), language)}">${t('event.back')}</a></p>`,
  });
}
