import { isCalledOff } from '../../../../shared/event/event-standing.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { expectedDays, needsApproval } from '../../../../shared/registration/decide/approval.ts';
import { inLanguage, registerPath } from '../../kernel/links.ts';
import type { ManageContext } from './context.ts';

const MAY_REGISTER_AGAIN = ['cancelled', 'declined', 'expired'];

/** Where the registration stands, in words, and what comes next. */
export function status({ event, registration, language, t }: ManageContext): Html {
  const { status, decisionNote, lapsed, seatLost, email } = registration;
  const told = seatLost ? 'self.seat-lost' : lapsed ? 'self.lapsed' : (`manage.status.${status}.next` as const);
  return html`<h1>${t(`manage.status.${status}`)}</h1>
<p class="lead">${t(told, { event: event.title, email, days: expectedDays(event) })}</p>
${
  status === 'declined' &&
  decisionNote !== undefined &&
  html`<h2>${t('manage.decision-note')}</h2>
${decisionNote.split('\n').map((line) => html`<p>${line}</p>`)}
`
}${
  MAY_REGISTER_AGAIN.includes(status) &&
  // By another registration they would stand last.
  !seatLost &&
  !isCalledOff(event) &&
  html`<p>${t(needsApproval(event, registration) ? 'manage.again.decided' : 'manage.again.hint')}</p>
<p><a class="button" href="${inLanguage(registerPath(event.id), language)}">${t('manage.again')}</a></p>
`
}`;
}
