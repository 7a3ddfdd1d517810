import { calendars } from '../../event/calendar/calendars.ts';
import { contact } from '../../event/mail-blocks.ts';
import { asksForNeeds } from '../../event/questions.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { heading, paragraph } from '../../mail/letter/blocks.ts';
import type { Block, Content, Picture } from '../../mail/letter/content.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import { qrPng } from '../../ticket/qr.store.ts';
import { displayTicketId } from '../../ticket/ticket.ts';
import { attendance, leave, manage, type TicketData, yesThisIsMe } from '../mail-blocks.ts';
import { registrationLetter } from '../registration.mail.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { type DataDeps, dataOf } from '../registration-data.case.ts';

export const confirmed = registrationLetter({
  current: ({ status }) => status === 'confirmed',
  calledOff: 'status',
  data: ticketData,
  write: (data, t) => withTicket(data, t('confirmed.intro', { event: data.event.title }), t),
});

/** To someone who has waited for a seat. */
export const promoted = registrationLetter({
  current: ({ status }) => status === 'confirmed',
  calledOff: 'nothing',
  data: ticketData,
  write: (data, t) => withTicket(data, t('promoted.intro', { event: data.event.title }), t),
});

export type TicketDeps = DataDeps & Needs<'signer'>;

export async function ticketData(
  deps: TicketDeps,
  found: RegistrationWithEvent,
  message: OutboxMessage,
): Promise<TicketData> {
  const data = await dataOf(deps, found, message);
  return { ...data, ticket: await deps.signer.sign(found.event, found.registration) };
}

/**
 * What someone with a seat gets: their ticket, and their days and sessions for the calendar.
 *
 * @param isChange whether they may have entered what is no longer theirs
 */
export function withTicket(data: TicketData, intro: string, t: MailTranslate, isChange = false): Content {
  const attached = calendars(data, t, isChange);
  const picture = { contentId: 'ticket@plenary', ...qrPng(data.ticket.code) };
  return {
    blocks: [
      ...yesThisIsMe(data, t),
      paragraph(intro),
      attendance(data, t),
      paragraph(
        data.sessions.length > 0
          ? t('confirmed.calendar.sessions')
          : t('confirmed.calendar', { days: data.registration.days.length }),
      ),
      ...(attached.some(({ method }) => method === 'CANCEL') ? [paragraph(t('updated.calendar'))] : []),
      ...ticket(data, picture, t),
      ...manage(t('manage.text'), data, t),
      ...(asksForNeeds(data.event) ? [paragraph(t(`confirmed.care.${data.registration.mode}`))] : []),
      leave('manage.cancel', data, t),
      ...contact(data, t),
    ],
    picture,
    calendars: attached,
  };
}

function ticket(
  { ticket: { typed }, registration }: TicketData,
  { contentId, side }: Picture,
  t: MailTranslate,
): Block[] {
  return [
    heading(t('ticket.title')),
    paragraph(t(`ticket.${registration.mode}`)),
    { kind: 'picture', contentId, side, alt: t('ticket.qr') },
    ...(registration.mode === 'in-person' ? atTheDoor(typed, t) : []),
    paragraph(t('ticket.personal')),
  ];
}

/** For a phone that does not scan; whoever joins online meets no staff. */
const atTheDoor = (typed: string, t: MailTranslate): Block[] => [
  paragraph(t('ticket.typed')),
  { kind: 'code', text: displayTicketId(typed) },
];
