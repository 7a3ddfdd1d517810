import { isLive } from '../../../../shared/event/attendee.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { ManageContext } from './context.ts';
import { press } from './press.ts';

const WHY = {
  confirmed: 'self.prove.confirmed',
  waitlisted: 'self.prove.waitlisted',
  expired: 'self.prove.expired',
} as const;

/** First on the page of whoever came by the first mail, or lost their seat: one press says that it is theirs. */
export function prove({ registration, language, t }: ManageContext, path: string): Html | undefined {
  const { unproven, seatLost, status } = registration;
  if (!seatLost && !(unproven && isLive(registration))) return undefined;
  const why =
    status === 'confirmed' || status === 'waitlisted' || status === 'expired' ? WHY[status] : 'self.prove.pending';
  return html`<section class="note"><h2>${t('self.prove.title')}</h2>
<p>${t(why)}</p>
${press(path, language, 'prove', t('self.prove.button'))}</section>
`;
}
