import { feedbackPage, feedbackThanksPage, formTitle } from '../../../web/site/feedback/feedback-page.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, page } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { FEEDBACK_ROUTES } from '../answer/feedback.routes.ts';
import { type FeedbackForm, formStatus } from './form.ts';

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

interface Asked {
  readonly eventId: string;
  readonly form: string;
}

interface Found extends LocalisedEvent {
  readonly form: FeedbackForm<string>;
}

/** @throws ProblemError `not-found` where there is no such form, or it is switched off */
export async function formOf({ formsOf }: Deps, { eventId, form: id }: Asked, wanted: string): Promise<Found> {
  const found = await formsOf(eventId, wanted);
  const form = found?.forms.find((each) => each.id === id);
  if (found === undefined || form === undefined || form.isOff) throw new ProblemError('not-found');
  return { event: found.event, language: found.language, form };
}

/** @throws ProblemError `not-found`, `feedback-not-open` or `feedback-closed` */
export async function openForm(deps: Deps, asked: Asked, wanted: string): Promise<Found> {
  const found = await formOf(deps, asked, wanted);
  const standing = formStatus(found.form, deps.system.now().getTime());
  if (standing === 'not-yet') throw new ProblemError('feedback-not-open', { eventId: asked.eventId });
  if (standing !== 'open') throw new ProblemError('feedback-closed', { eventId: asked.eventId });
  return found;
}
