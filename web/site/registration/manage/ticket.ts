import { isInForce } from '../../../../shared/event/consents.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import { displayReference } from '../../../../shared/kernel/text/reference.ts';
import type { Registration } from '../../../../shared/registration/registration.schema.ts';
import { displayTicketId } from '../../../../shared/ticket/ticket.ts';
import type { EventContext } from '../../kernel/layout.ts';
import { dayLine, zoneLine } from '../../kernel/text.ts';
import type { ManageContext } from './press.ts';

/** The holder's own ticket. */
export function ticket(
  { event, registration, language, t }: ManageContext,
  qr: Html | undefined,
  hasEnded?: boolean,
): Html | undefined {
  if (registration.ticket === undefined) return undefined;
  const { typed } = registration.ticket;
  return html`${ticketCard(
    { event, registration, typed, qr, language, t, hasEnded },
    t('manage.ticket'),
    'ticket',
  )}<p class="hint screen">${t('manage.print')}</p>
`;
}

export interface TicketCard extends EventContext {
  readonly registration: Pick<
    Registration,
    'badgeName' | 'organisation' | 'days' | 'mode' | 'reference' | 'consents'
  > & { readonly guardianConsents?: Registration['consents'] | undefined };
  /** The ticket's id, 20 characters of Crockford base32. */
  readonly typed: string;
  /** Its QR code as an inline SVG that names itself. */
  readonly qr: Html | undefined;
  /** Whether the last day is over: there is no door any more. */
  readonly hasEnded?: boolean | undefined;
}

/**
 * What is shown at the door, and printed: no more than the door needs.
 *
 * @param id of the heading, since a page may have several tickets
 */
export function ticketCard(
  { event, registration, typed, qr, language, t, hasEnded }: TicketCard,
  heading: string,
  id: string,
): Html {
  const days = event.days.filter((day) => registration.days.includes(day.id));
  const mode = event.modes.find((each) => each.id === registration.mode);
  return html`<section class="ticket" aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
${
  event.rehearsal &&
  html`<p class="rehearsal">${t('rehearsal')}</p>
`
}${!hasEnded && html`<p>${t(event.status === 'moved-online' ? 'manage.ticket.moved-online' : `manage.ticket.${registration.mode}`)}</p>`}
${qr && html`<div class="qr">${qr}</div>`}
<div class="beside"><p class="hint">${t('manage.ticket.typed')}</p>
<p class="code">${displayTicketId(typed)}</p>
<p><b>${registration.badgeName}</b><br>${registration.organisation}</p>
${refused(event, registration, t)}${days.map((day) => html`<p>${dayLine(day, language, t)}</p>`)}
${days.length > 0 && html`<p class="hint">${zoneLine(event.timeZone, days, language, t)}</p>`}
<p>${registration.mode === 'in-person' ? event.venue.name : mode?.title}</p>
<p class="hint">${t('manage.reference')}: <span class="code">${displayReference(registration.reference)}</span></p></div>
</section>
`;
}

/** What someone did not agree to, such as photos: staff who look at a badge or ticket have to see the no (CS7). */
const refused = (
  event: TicketCard['event'],
  { consents, guardianConsents }: TicketCard['registration'],
  t: SiteTranslate,
): Html[] =>
  event.consents
    .filter((consent) => !consent.required && !isInForce(event, consent, consents, guardianConsents))
    .map(
      ({ title }) => html`<p><b>${title}: ${t('register.no')}</b></p>
`,
    );
