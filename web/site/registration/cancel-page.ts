import { isLive } from '../../../shared/event/attendee.ts';
import { mayGoOnline } from '../../../shared/event/event-standing.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { OneQuestion } from '../kernel/form.ts';
import { page } from '../kernel/layout.ts';
import { inLanguage, onlinePath } from '../kernel/links.ts';
import { type ManageContext, press } from './manage/press.ts';

/** One question for an attendee who comes from a reminder: what it means not to come, and the button. */
export function cancelPage(of: OneQuestion): string {
  const { event, registration, language, t, managePath } = of;
  const isYoung = registration.ageBand === 'minor';
  const [title, text, button] = isYoung
    ? [t('young.stop.title'), t('young.stop.text'), t('young.stop.button')]
    : [t('manage.cancel.title'), whatEnds(of), t('manage.cancel.button')];
  return page({
    ...of,
    title,
    body: html`<h1>${title}</h1>
<p class="lead">${text}</p>
${press(managePath, language, 'cancel', button, 'danger')}${
  mayGoOnline(event, registration) &&
  html`<p><a href="${inLanguage(onlinePath(managePath), language)}">${t('online.link')}</a></p>
`
}<p><a href="${inLanguage(managePath, language)}">${t('join.back')}</a></p>`,
  });
}

/** An attendee without a seat gives up something else. */
function whatEnds({ event, registration: { status }, t }: OneQuestion | ManageContext): string {
  if (status === 'waitlisted') return t('manage.cancel.text.waiting');
  if (status === 'pending-approval') return t('manage.cancel.text.pending');
  return `${t('manage.cancel.text')} ${event.certificate ? t('manage.cancel.certificate') : ''}`;
}

/** Folded away, so that nobody cancels by a slip of the finger; nobody need tell that they do not come to what does not take place. */
export function cancelSection(of: ManageContext, path: string): Html | undefined {
  const { event, registration, language, t } = of;
  if (event.status === 'cancelled' || !isLive(registration)) return undefined;
  return html`<details class="screen">
<summary>${t('manage.cancel.title')}</summary>
<p>${whatEnds(of)}</p>
${press(path, language, 'cancel', t('manage.cancel.button'), 'danger')}</details>
`;
}
