import type { EventDefinition } from '../../../shared/event/event.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { page } from '../kernel/layout.ts';
import { eventPath, inLanguage } from '../kernel/links.ts';

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
