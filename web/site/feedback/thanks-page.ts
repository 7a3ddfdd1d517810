import type { FeedbackForm } from '../../../shared/feedback/form/form.ts';
import { html } from '../../../shared/kernel/html.ts';
import { type EventPage, page } from '../kernel/layout.ts';
import { eventPath, inLanguage } from '../kernel/links.ts';

/** At `/f/{eventId}/{form}/thanks`. */
export interface FeedbackThanksPage extends EventPage {
  readonly form: FeedbackForm<string>;
  /** @see formTitle */
  readonly title: string;
}

/** Says that answers were counted, and not a word of whose or which: anyone may open it. */
export function feedbackThanksPage(of: FeedbackThanksPage): string {
  const { event, title, language, t } = of;
  return page({
    ...of,
    title: t('feedback.thanks.title'),
    body: html`<h1>${t('feedback.thanks.title')}</h1>
<p class="lead">${t('feedback.thanks.counted', { title })}</p>
<p>${t('feedback.thanks.with-others')}</p>
<p>${t('feedback.thanks.more')}</p>
<p><a href="${inLanguage(eventPath(event.id), language)}">${t('event.back')}</a></p>`,
  });
}
