import { asksForNeeds } from '../../domain/care-needs.ts';
import { displayTicketId } from '../../domain/ticket.ts';
import type { MailTranslate } from '../../i18n/mail.ts';
import { attendance, contact, heading, leave, manage, paragraph, venueLines } from '../blocks.ts';
import { calendarOf } from '../calendar.ts';
import type { Block } from '../letter.ts';
import type { ConfirmedData, Content, Picture } from '../message-data.ts';
import { qrPng } from '../qr.ts';

export const confirmed = (data: ConfirmedData, t: MailTranslate): Content =>
  withTicket(data, t('confirmed.intro', { event: data.event.title }), t);

/** To someone who has waited for a seat. */
export const promoted = (data: ConfirmedData, t: MailTranslate): Content =>
  withTicket(data, t('promoted.intro', { event: data.event.title }), t);

/** What someone with a seat gets: their ticket, and their days for the calendar. */
export function withTicket(data: ConfirmedData, intro: string, t: MailTranslate): Content {
  const picture = { contentId: 'ticket@plenary', ...qrPng(data.ticket.code) };
  return {
    blocks: [
      paragraph(intro),
      attendance(data, t),
      paragraph(t('confirmed.calendar', { days: data.registration.days.length })),
      ...ticket(data, picture, t),
      ...manage(t('manage.text'), data, t),
      ...(asksForNeeds(data.event) ? [paragraph(t('confirmed.care'))] : []),
      leave('manage.cancel', data, t),
      ...contact(data, t),
    ],
    picture,
    calendar: calendar(data, t),
  };
}

function ticket(
  { ticket: { typed }, registration }: ConfirmedData,
  { contentId, side }: Picture,
  t: MailTranslate,
): Block[] {
  return [
    heading(t('ticket.title')),
    paragraph(t(`ticket.${registration.mode}`)),
    { kind: 'picture', contentId, side, alt: t('ticket.qr') },
    paragraph(t('ticket.typed')),
    { kind: 'code', text: displayTicketId(typed) },
    paragraph(t('ticket.personal')),
  ];
}

function calendar({ event, registration, links }: ConfirmedData, t: MailTranslate): string {
  const { mode, days, language } = registration;
  return calendarOf({
    event,
    days,
    location: mode === 'online' ? t('calendar.online') : venueLines(event, language).join(', '),
    description: t('calendar.description', { url: links.event }),
    url: links.event,
    stamp: new Date(registration.changedAt),
    // Both only ever rise, so a later message always wins over an earlier one.
    sequence: event.version + registration.revision,
  });
}
