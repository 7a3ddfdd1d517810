import type { RegistrationStatus } from '../../../shared/event/attendee.ts';
import { mayGoOnline } from '../../../shared/event/event-standing.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import type { Registration } from '../../../shared/registration/registration.schema.ts';
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
    : [t('manage.cancel.title'), whatEnds(registration, t), t('manage.cancel.button')];
  return page({
    ...of,
    title: t('manage.title'),
    body: html`<h1>${title}</h1>
<p class="lead">${text}</p>
${press(managePath, language, 'cancel', button, 'danger')}${
  mayGoOnline(event, registration) &&
  html`<p><a href="${inLanguage(onlinePath(managePath), language)}">${t('online.link')}</a></p>
`
}<p><a href="${inLanguage(managePath, language)}">${t('join.back')}</a></p>`,
  });
}

const CANCELLABLE: readonly RegistrationStatus[] = ['pending-guardian', 'pending-approval', 'confirmed', 'waitlisted'];

/** An attendee without a seat gives up something else. */
const WHAT_ENDS: Readonly<Record<RegistrationStatus, `manage.cancel.text${'' | '.pending' | '.waiting'}`>> = {
  'pending-guardian': 'manage.cancel.text',
  'pending-approval': 'manage.cancel.text.pending',
  confirmed: 'manage.cancel.text',
  waitlisted: 'manage.cancel.text.waiting',
  cancelled: 'manage.cancel.text',
  declined: 'manage.cancel.text',
  expired: 'manage.cancel.text',
};

const whatEnds = ({ status }: Pick<Registration, 'status'>, t: SiteTranslate): string => t(WHAT_ENDS[status]);

/** Folded away, so that nobody cancels by a slip of the finger; nobody need tell that they do not come to what does not take place. */
export function cancelSection({ event, registration, language, t }: ManageContext, path: string): Html | undefined {
  if (event.status === 'cancelled' || !CANCELLABLE.includes(registration.status)) return undefined;
  return html`<details class="screen">
<summary>${t('manage.cancel.title')}</summary>
<p>${whatEnds(registration, t)}</p>
${press(path, language, 'cancel', t('manage.cancel.button'), 'danger')}</details>
`;
}
