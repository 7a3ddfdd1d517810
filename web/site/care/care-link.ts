import { needsAskedOf } from '../../../shared/care/care-needs.ts';
import type { RegistrationStatus } from '../../../shared/event/attendee.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { carePath, inLanguage } from '../kernel/links.ts';
import type { ManageContext } from '../registration/manage/context.ts';

const STANDS: readonly RegistrationStatus[] = ['pending-approval', 'confirmed', 'waitlisted'];

/**
 * The way to the form about what to arrange; nothing of what is kept stands here (AU4).
 *
 * @param pressed what led to the page: whoever took back a cancellation has to say it once more
 */
export function careLink(context: ManageContext, path: string, pressed: string | undefined): Html | undefined {
  const { event, registration, language, t } = context;
  if (!STANDS.includes(registration.status) || needsAskedOf(event, registration).length === 0) return undefined;
  return html`<div class="screen"><h2>${t('care.title')}</h2>
${pressed === 'undo-cancel' && html`<p class="note">${t('care.link.again')}</p>`}<p>${t('care.link.text')}</p>
<p><a class="button" href="${inLanguage(carePath(path), language)}">${t('care.link')}</a></p></div>
`;
}
