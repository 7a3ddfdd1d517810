import { html } from '../../../shared/kernel/html.ts';
import { type EventContext, type EventPage, page } from '../kernel/layout.ts';
import { eventPath, inLanguage } from '../kernel/links.ts';
import { press } from './manage/press.ts';

interface LinkReplacedPage extends EventPage {
  /** The old `/m/{token}` or `/d/{token}`. */
  readonly path: string;
  /** What was pressed to come here. */
  readonly done?: string | undefined;
}

/** All that an old link still shows: that there is a new one, which only the mailbox gets that it belongs to. */
export function linkReplacedPage(of: LinkReplacedPage): string {
  const { language, t, path, done } = of;
  const isOnItsWay = done === 'replace-link' || done === 'send-again';
  return page({
    ...of,
    title: t('problem.link-replaced.title'),
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

/** The answer to the press that erased everything, or a coordinator's list: the link that led there leads nowhere any more. */
export function erasedPage(of: EventContext, what: 'self' | 'delegation'): string {
  const { event, language, t } = of;
  // The answer to a press cannot be shown again: other languages lead to the event.
  const path = eventPath(event.id);
  return page({
    ...of,
    path,
    title: t(`${what}.erased.title`),
    body: html`<h1>${t(`${what}.erased.title`)}</h1>
<p class="lead">${t(`${what}.erased.text`)}</p>
<p><a href="${inLanguage(path, language)}">${t('event.back')}</a></p>`,
  });
}

interface FarewellPage extends EventPage {
  /** By a guardian, before or after agreeing, or by the young person. */
  readonly what: 'refused' | 'withdrawn' | 'stopped';
}

/** The last page about someone under 18: everything was deleted. */
export function farewellPage(of: FarewellPage): string {
  const { event, language, t, what } = of;
  return page({
    ...of,
    title: t('manage.title'),
    body: html`<h1>${t(`farewell.${what}.title`)}</h1>
<p class="lead">${t(`farewell.${what}.text`)}</p>
<p><a href="${inLanguage(eventPath(event.id), language)}">${t('event.back')}</a></p>`,
  });
}

/** At `/u/{token}`. */
interface UnsubscribePage extends EventPage {
  readonly isStopped: boolean;
}

/** Says nothing of whose mail it is: the link is in every mail that may be forwarded. */
export function unsubscribePage(of: UnsubscribePage): string {
  const { language, t, path, isStopped } = of;
  return page({
    ...of,
    title: t('optional.title'),
    body: isStopped
      ? html`<h1>${t('optional.stopped')}</h1>
<p class="lead">${t('optional.needed')}</p>
${press(path, language, 'resume', t('optional.resume'), 'second')}`
      : html`<h1>${t('optional.title')}</h1>
<p class="lead">${t('optional.text')}</p>
<p>${t('optional.needed')}</p>
${press(path, language, 'stop', t('optional.stop'))}`,
  });
}
