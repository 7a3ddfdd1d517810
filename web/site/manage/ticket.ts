import { displayReference } from '../../../shared/domain/reference.ts';
import { displayTicketId } from '../../../shared/domain/ticket.ts';
import { type Html, html } from '../../../shared/html.ts';
import { dayLine, zoneLine } from '../when.ts';
import type { ManageContext } from './context.ts';

/** What is shown at the door, and printed: no more than the door needs. */
export function ticket({ event, registration, language, t }: ManageContext, qr: Html | undefined): Html | undefined {
  if (registration.ticket === undefined) return undefined;
  const days = event.days.filter(({ id }) => registration.days.includes(id));
  const [first] = days;
  const mode = event.modes.find(({ id }) => id === registration.mode);
  return html`<section class="ticket" aria-labelledby="ticket">
<h2 id="ticket">${t('manage.ticket')}</h2>
<p>${t(`manage.ticket.${registration.mode}`)}</p>
${qr && html`<div class="qr">${qr}</div>`}
<p class="hint">${t('manage.ticket.typed')}</p>
<p class="code">${displayTicketId(registration.ticket.typed)}</p>
<p><b>${registration.badgeName}</b><br>${registration.organisation}</p>
${refused(event, registration, t)}${days.map((day) => html`<p>${dayLine(day, language, t)}</p>`)}
${first && html`<p class="hint">${zoneLine(event.timeZone, first.date, language, t)}</p>`}
<p>${registration.mode === 'in-person' ? event.venue.name : mode?.title}</p>
<p class="hint">${t('manage.reference')}: <span class="code">${displayReference(registration.reference)}</span></p>
</section>
<p class="hint screen">${t('manage.calendar')} ${t('manage.print')}</p>
`;
}

/** What someone did not agree to, such as photos: whoever looks at a badge or ticket has to see the no (CS7). */
const refused = (
  event: ManageContext['event'],
  { consents }: ManageContext['registration'],
  t: ManageContext['t'],
): Html[] =>
  event.consents
    .filter(({ id, required }) => !required && !Object.hasOwn(consents, id))
    .map(
      ({ title }) => html`<p><b>${title}: ${t('register.no')}</b></p>
`,
    );
