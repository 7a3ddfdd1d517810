import { mayGoOnline } from '../../../shared/event/event-standing.ts';
import { html } from '../../../shared/kernel/html.ts';
import { page } from '../kernel/layout.ts';
import { inLanguage, onlinePath } from '../kernel/links.ts';
import type { OneQuestion } from '../kernel/one-question.ts';
import { whatEnds } from './manage/cancel.ts';
import { press } from './manage/press.ts';

/** One question for whoever comes from a reminder: what it means not to come, and the button. */
export function cancelPage({ event, registration, language, t, path, managePath }: OneQuestion): string {
  const isYoung = registration.ageBand === 'minor';
  const [title, text, button] = isYoung
    ? [t('young.stop.title'), t('young.stop.text'), t('young.stop.button')]
    : [t('manage.cancel.title'), whatEnds(registration, t), t('manage.cancel.button')];
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('manage.title'),
    event,
    body: html`<h1>${title}</h1>
<p class="lead">${text}</p>
${press(managePath, language, 'cancel', button, 'danger')}${
  mayGoOnline(event, registration) &&
  html`<p><a href="${inLanguage(onlinePath(managePath), language)}">${t('online.link')}</a></p>
`
}<p><a href="${inLanguage(managePath, language)}">${t('join.back')}</a></p>`,
  });
}
