import type { EventDefinition } from '../../../shared/event/event.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { page } from '../kernel/layout.ts';
import { eventPath, inLanguage } from '../kernel/links.ts';
import { press } from './manage/press.ts';

interface LinkReplacedPage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** The old `/m/{token}` or `/d/{token}`. */
  readonly path: string;
  /** What was pressed to come here. */
  readonly done?: string | undefined;
}

/** All that an old link still shows: that there is a new one, which only the mailbox gets that it belongs to. */
export function linkReplacedPage({ event, language, t, path, done }: LinkReplacedPage): string {
  const isOnItsWay = done === 'replace-link' || done === 'send-again';
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('problem.link-replaced.title'),
    event,
    body: html`<h1>${t('problem.link-replaced.title')}</h1>
<p class="lead">${t('problem.link-replaced.detail')}</p>
${
  isOnItsWay
    ? html`<p role="status"><b>${t('self.replaced.sent')}</b></p>
`
    : html`<p>${t('self.replaced.text')}</p>
${press(path, language, 'send-again', t('self.replaced.button'))}`
}`,
  });
}

export interface ErasedPage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
}

/** The answer to the press that erased everything: the link that led there leads nowhere any more. */
export function erasedPage({ event, language, t }: ErasedPage): string {
  const path = eventPath(event.id);
  return page({
    language,
    // The answer to a press cannot be shown again: other languages lead to the event.
    languages: event.languages,
    t,
    path,
    title: t('self.erased.title'),
    event,
    body: html`<h1>${t('self.erased.title')}</h1>
<p class="lead">${t('self.erased.text')}</p>
<p><a href="${inLanguage(path, language)}">${t('event.back')}</a></p>`,
  });
}

interface FarewellPage {
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

interface UnsubscribePage {
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
