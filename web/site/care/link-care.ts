import type { RegistrationStatus } from '../../../shared/event/attendee.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { ManageContext } from '../registration/manage/context.ts';
import { press } from '../registration/manage/press.ts';

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
