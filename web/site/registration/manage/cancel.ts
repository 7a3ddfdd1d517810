import type { RegistrationStatus } from '../../../../shared/event/attendee.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import type { Registration } from '../../../../shared/registration/registration.schema.ts';
import type { ManageContext } from './context.ts';
import { press } from './press.ts';

const CANCELLABLE: readonly RegistrationStatus[] = ['pending-guardian', 'pending-approval', 'confirmed', 'waitlisted'];

/** Whoever has no seat yet gives up something else. */
const WHAT_ENDS: Readonly<Record<RegistrationStatus, `manage.cancel.text${'' | '.pending' | '.waiting'}`>> = {
  'pending-guardian': 'manage.cancel.text',
  'pending-approval': 'manage.cancel.text.pending',
  confirmed: 'manage.cancel.text',
  waitlisted: 'manage.cancel.text.waiting',
  cancelled: 'manage.cancel.text',
  declined: 'manage.cancel.text',
  expired: 'manage.cancel.text',
};

export const whatEnds = ({ status }: Pick<Registration, 'status'>, t: SiteTranslate): string => t(WHAT_ENDS[status]);

/** Folded away, so that nobody cancels by a slip of the finger; nobody need tell that they do not come to what does not take place. */
export function cancel({ event, registration, language, t }: ManageContext, path: string): Html | undefined {
  if (event.status === 'cancelled' || !CANCELLABLE.includes(registration.status)) return undefined;
  return html`<details class="screen">
<summary>${t('manage.cancel.title')}</summary>
<p>${whatEnds(registration, t)}</p>
${press(path, language, 'cancel', t('manage.cancel.button'), 'danger')}</details>
`;
}
