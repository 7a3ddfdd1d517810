import type * as z from 'zod';
import type { registrationView } from '../../shared/contract/registration-view.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { type Html, html } from '../../shared/html.ts';
import type { SiteTranslate } from '../../shared/i18n/site.ts';
import { page } from './layout.ts';
import { cancel } from './manage/cancel.ts';
import { details } from './manage/details.ts';
import { joinLinks } from './manage/join-links.ts';
import { status } from './manage/status.ts';
import { ticket } from './manage/ticket.ts';

export type RegistrationView = z.output<typeof registrationView>;

export interface ManagePage {
  readonly event: EventDefinition<string>;
  readonly registration: RegistrationView;
  /** The ticket's QR code as an inline SVG that names itself (`qrSvg`); given whenever there is a ticket. */
  readonly qr?: Html | undefined;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/m/{token}`: the page's own address, to which cancelling posts. */
  readonly path: string;
}

/** What I need to see of a registration before its parts can be shown. */
export interface ManageContext {
  readonly event: EventDefinition<string>;
  readonly registration: RegistrationView;
  readonly language: string;
  readonly t: SiteTranslate;
}

/** The holder's own page: where it stands, the ticket, how to join, what was answered, how to cancel. */
export function managePage({ qr, path, ...context }: ManagePage): string {
  const { event, language, t } = context;
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('manage.title'),
    event,
    body: html`${status(context)}${ticket(context, qr)}${joinLinks(context)}${details(context)}${cancel(context, path)}`,
  });
}
