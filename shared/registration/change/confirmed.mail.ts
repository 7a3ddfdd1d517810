import { stands } from '../../event/attendee.ts';
import { calendars, takenOut } from '../../event/calendars.ts';
import { contact } from '../../event/mail-blocks.ts';
import { eventLetter } from '../../event/page/event.mail.ts';
import { asksForNeeds } from '../../event/questions.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { type Block, type Content, heading, type Picture, paragraph } from '../../mail/letter/content.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { qrPng } from '../../ticket/qr.store.ts';
import { displayTicketId } from '../../ticket/ticket.ts';
import {
  asYouSaid,
  attendance,
  leave,
  letCoordinatorSee,
  manage,
  nameFact,
  notClosedSessions,
  type RegistrationData,
  type TicketData,
  waitingForText,
  whatChanged,
  yesThisIsMe,
} from '../mail-blocks.ts';
import { registrationLetter } from '../registration.mail.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { type DataDeps, dataOf } from '../registration-data.case.ts';

export const confirmed = registrationLetter({
  current: ({ status }) => status === 'confirmed',
  calledOff: 'status',
  data: ticketData,
  write: (data, t) =>
    withTicket(data, t('confirmed.intro', { event: data.event.title }), t, letCoordinatorSee(data, t)),
});

/** To an attendee who has waited for a seat. */
export const promoted = registrationLetter({
  current: ({ status }) => status === 'confirmed',
  calledOff: 'nothing',
  data: ticketData,
  write: (data, t) => withTicket(data, t('promoted.intro', { event: data.event.title }), t),
});

type TicketDeps = DataDeps & Needs<'signer'>;

async function ticketData(deps: TicketDeps, found: RegistrationWithEvent, message: OutboxMessage): Promise<TicketData> {
  const data = await dataOf(deps, found, message);
  return { ...data, ticket: await deps.signer.sign(found.event, found.registration) };
}

/**
 * What an attendee with a seat gets: their ticket, and their days and sessions for the calendar; what was theirs, to be taken out.
 *
 * @param asked what is asked of them below the ticket
 */
export function withTicket(data: TicketData, intro: string, t: MailTranslate, asked: readonly Block[] = []): Content {
  // Entries come with a ticket.
  const attached = calendars(data, t, data.former?.status === 'confirmed' ? data.former : undefined);
  const picture = { contentId: 'ticket@plenary', ...qrPng(data.ticket.code) };
  return {
    blocks: [
      ...yesThisIsMe(data, t),
      paragraph(intro),
      ...asYouSaid(data, t),
      ...whatChanged(data, t),
      ...notClosedSessions(data, t),
      ...nameFact(data, t),
      attendance(data, t),
      paragraph(
        data.sessions.length > 0
          ? t('confirmed.calendar.sessions')
          : t('confirmed.calendar', { days: data.registration.days.length }),
      ),
      ...takenOut(data.event.id, attached, t),
      ...ticket(data, picture, t),
      ...asked,
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

/** For a phone that does not scan; an attendee online meets no staff. */
const atTheDoor = (typed: string, t: MailTranslate): Block[] => [
  paragraph(t('ticket.typed')),
  { kind: 'code', text: displayTicketId(typed) },
];

/** To an attendee who changed their registration, or for whom organisers did: how it stands now, with the ticket if there is one. */
export const updated = registrationLetter({
  current: stands,
  calledOff: 'nothing',
  data: (deps: TicketDeps, found, message): Promise<RegistrationData | TicketData> =>
    found.registration.status === 'confirmed' ? ticketData(deps, found, message) : dataOf(deps, found, message),
  write(data, t) {
    const { event, registration, byOrganisers } = data;
    const intro = byOrganisers ? 'updated.organisers.intro' : 'updated.intro';
    if ('ticket' in data) return withTicket(data, t(intro, { event: event.title }), t);
    return {
      blocks: [
        paragraph(t(`${intro}.no-ticket`, { event: event.title })),
        paragraph(standing(registration, t)),
        ...whatChanged(data, t),
        ...waitingForText(data, t),
        ...(registration.mode === 'in-person' ? [paragraph(t('waitlisted.travel'))] : []),
        attendance(data, t),
        ...manage(t('manage.text.no-ticket'), data, t),
        ...contact(data, t),
      ],
    };
  },
});

function standing({ status, waiting }: RegistrationData['registration'], t: MailTranslate): string {
  if (status === 'pending-approval') return t('updated.pending-approval');
  return t(waiting?.meanwhile === undefined ? 'updated.waitlisted' : 'updated.meanwhile');
}

/** To the attendee in whose place the organisers, or a coordinator, let another come: the link to the page leads to that one now. */
export const substituted = eventLetter(({ event, links }, t) => ({
  blocks: [
    paragraph(t('substituted.intro', { event: event.title })),
    paragraph(t('erased.calendar')),
    { kind: 'button', label: t('cancelled.event'), url: links.event },
    paragraph(t('substituted.unexpected', { name: event.secretariat.name })),
    { kind: 'mailto', address: event.secretariat.email },
  ],
}));
