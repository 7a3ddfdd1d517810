import { feedbackPage, formTitle } from '../../../web/site/feedback/feedback-page.ts';
import { feedbackThanksPage } from '../../../web/site/feedback/thanks-page.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, page } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { FEEDBACK_ROUTES } from '../answer/feedback.routes.ts';
import { formOf, openForm } from './open-form.case.ts';

type Deps = Needs<'formsOf' | 'system'>;

/** The same for everyone: it says nothing of who reads it. */
export const showFeedbackForm =
  (deps: Deps): Handle<typeof FEEDBACK_ROUTES.showFeedbackForm> =>
  async ({ params, language: wanted, path }) => {
    const { event, form, language } = await openForm(deps, params, wanted);
    const t = siteWords(language);
    return cachedBriefly(page(feedbackPage({ event, form, language, t, path, values: {}, problems: [] })));
  };

export const showFeedbackThanks =
  (deps: Deps): Handle<typeof FEEDBACK_ROUTES.showFeedbackThanks> =>
  async ({ params, language: wanted, path }) => {
    const { event, form, language } = await formOf(deps, params, wanted);
    const t = siteWords(language);
    return cachedBriefly(
      page(feedbackThanksPage({ event, form, title: formTitle(event, form, t), language, t, path })),
    );
  };
