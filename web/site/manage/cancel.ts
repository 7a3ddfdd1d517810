import type { RegistrationStatus } from '../../../shared/domain/registration.ts';
import { type Html, html } from '../../../shared/html.ts';
import type { ManageContext } from './context.ts';
import { press } from './press.ts';

const CANCELLABLE: readonly RegistrationStatus[] = ['pending-guardian', 'pending-approval', 'confirmed', 'waitlisted'];

/** Whoever has no seat yet gives up something else. */
const WHAT_ENDS: Partial<Record<RegistrationStatus, Parameters<ManageContext['t']>[0]>> = {
  'pending-approval': 'manage.cancel.text.pending',
  waitlisted: 'manage.cancel.text.waiting',
};

/** Folded away, so that nobody cancels by a slip of the finger. */
export function cancel({ registration, language, t }: ManageContext, path: string): Html | undefined {
  if (!CANCELLABLE.includes(registration.status)) return undefined;
  return html`<details class="screen">
<summary>${t('manage.cancel.title')}</summary>
<p>${t(WHAT_ENDS[registration.status] ?? 'manage.cancel.text')}</p>
${press(path, language, 'cancel', t('manage.cancel.button'), 'danger')}</details>
`;
}
