import type { EventDefinition } from '../../../shared/domain/event.ts';
import type { FeedbackForm } from '../../../shared/domain/feedback/form.ts';
import type { SiteTranslate } from '../../../shared/i18n/site.ts';

/** What a form is about, in words: a session's title, or that it is the whole event. */
export function formTitle(
  event: Pick<EventDefinition<string>, 'sessions'>,
  { session }: Pick<FeedbackForm, 'session'>,
  t: SiteTranslate,
): string {
  const found = session === undefined ? undefined : event.sessions.find(({ id }) => id === session);
  return found?.title ?? t('feedback.whole-event');
}
