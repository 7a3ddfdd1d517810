import { needsAskedOf } from '../../../shared/care/care-needs.ts';
import type { RegistrationStatus } from '../../../shared/event/attendee.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { carePath, inLanguage } from '../kernel/links.ts';
import { type ManageContext, press } from '../registration/manage/press.ts';

const STANDS: readonly RegistrationStatus[] = ['pending-approval', 'confirmed', 'waitlisted'];

/**
 * The way to the form about what to arrange; nothing of what is kept stands here (AU4).
 *
 * @param pressed what led to the page: an attendee who took back a cancellation has to say it once more
 */
export function careLink(context: ManageContext, path: string, pressed: string | undefined): Html | undefined {
  const { event, registration, language, t } = context;
  if (!STANDS.includes(registration.status) || needsAskedOf(event, registration).length === 0) return undefined;
  return html`<div class="screen"><h2>${t('care.title')}</h2>
${pressed === 'undo-cancel' && html`<p class="note">${t('care.link.again')}</p>`}<p>${t('care.link.text')}</p>
<p><a class="button" href="${inLanguage(carePath(path), language)}">${t('care.link')}</a></p></div>
`;
}

const HAS_ENDED: readonly RegistrationStatus[] = ['cancelled', 'declined', 'expired'];

/** To have the mail again, or another link where this one may be known to someone else. */
export function linkCare({ registration, language, t }: ManageContext, path: string): Html | undefined {
  if (HAS_ENDED.includes(registration.status)) return undefined;
  return html`<details class="screen">
<summary>${t('self.link.title')}</summary>
<p>${t('self.send-again.text', { email: registration.email })}</p>
${press(path, language, 'send-again', t('self.send-again.button'))}<p>${t('self.replace-link.text')}</p>
${press(path, language, 'replace-link', t('self.replace-link.button'))}</details>
`;
}
