import { html } from '../../../shared/kernel/html.ts';
import { page } from '../kernel/layout.ts';
import { eventPath, inLanguage } from '../kernel/links.ts';
import type { ErasedPage } from '../registration/erased-page.ts';

/** The answer to the press that deleted a coordinator's list. */
export function delegationErasedPage({ event, language, t }: ErasedPage): string {
  const path = eventPath(event.id);
  return page({
    language,
    // The answer to a press cannot be shown again: other languages lead to the event.
    languages: event.languages,
    t,
    path,
    title: t('delegation.erased.title'),
    event,
    body: html`<h1>${t('delegation.erased.title')}</h1>
<p class="lead">${t('delegation.erased.text')}</p>
<p><a href="${inLanguage(path, language)}">${t('event.back')}</a></p>`,
  });
}
