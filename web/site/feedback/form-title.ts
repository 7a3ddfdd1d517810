import type { EventDefinition } from '../../../shared/event/event.ts';
import type { FeedbackForm } from '../../../shared/feedback/form/form.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';

type Event = Pick<EventDefinition<string>, 'sessions'>;
type About = Pick<FeedbackForm, 'session'>;

/** What a form is about, in words for anybody: a session's title, or that it is the whole event. What is closed has no name here. */
export const formTitle = (event: Event, form: About, t: SiteTranslate): string =>
  sessionOf(event, form)?.audience === undefined ? ownFormTitle(event, form, t) : t('feedback.closed-session');

/** The same for those who may answer it. */
export const ownFormTitle = (event: Event, form: About, t: SiteTranslate): string =>
  sessionOf(event, form)?.title ?? t('feedback.whole-event');

const sessionOf = ({ sessions }: Event, { session }: About) => sessions.find(({ id }) => id === session);
