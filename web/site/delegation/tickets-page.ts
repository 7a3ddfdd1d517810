import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import type { Registration } from '../../../shared/registration/registration.schema.ts';
import { page } from '../kernel/layout.ts';
import { inLanguage } from '../kernel/links.ts';
import { ticketCard } from '../registration/manage/ticket.ts';

/** Someone's ticket, signed. */
export interface PrintedTicket {
  readonly registration: Registration;
  /** The ticket's id, 20 characters of Crockford base32. */
  readonly typed: string;
  readonly qr: Html;
}

export interface TicketsPage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/d/{token}/tickets` */
  readonly path: string;
  /** Of the people who are reached through the coordinator and come in person. */
  readonly tickets: readonly PrintedTicket[];
}

/** The tickets that a coordinator hands over, two on a sheet of paper. */
export function ticketsPage({ event, language, t, path, tickets }: TicketsPage): string {
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('tickets.title'),
    event,
    body: html`<div class="screen"><h1>${t('tickets.title')}</h1>
<p class="lead">${t(tickets.length > 0 ? 'tickets.print' : 'tickets.none')}</p>
<p>${t('tickets.others')}</p>
<p><a href="${inLanguage(path.replace(/\/tickets$/, ''), language)}">${t('delegation.back')}</a></p></div>
<div class="tickets">${tickets.map(
      ({ registration, typed, qr }) =>
        html`<article><p class="hint">${event.title}</p>
${ticketCard({ event, registration, typed, qr, language, t }, registration.fullName, `ticket-${registration.reference}`)}</article>
`,
    )}</div>`,
  });
}
