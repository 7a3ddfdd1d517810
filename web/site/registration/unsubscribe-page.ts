import type { EventDefinition } from '../../../shared/event/event.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { page } from '../kernel/layout.ts';
import { press } from './manage/press.ts';

export interface UnsubscribePage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/u/{token}`: its button posts here. */
  readonly path: string;
  readonly isStopped: boolean;
}

/** Says nothing of whose mail it is: the link is in every mail that may be forwarded. */
export const unsubscribePage = ({ event, language, t, path, isStopped }: UnsubscribePage): string =>
  page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('optional.title'),
    event,
    body: isStopped
      ? html`<h1>${t('optional.stopped')}</h1>
<p class="lead">${t('optional.needed')}</p>
${press(path, language, 'resume', t('optional.resume'), 'second')}`
      : html`<h1>${t('optional.title')}</h1>
<p class="lead">${t('optional.text')}</p>
<p>${t('optional.needed')}</p>
${press(path, language, 'stop', t('optional.stop'))}`,
  });
