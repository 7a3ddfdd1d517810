import type { EventDefinition } from '../../../shared/event/event.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { page } from '../kernel/layout.ts';
import { press } from './manage/press.ts';

export interface LinkReplacedPage {
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
