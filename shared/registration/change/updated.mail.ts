import { contact } from '../../event/mail-blocks.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import { paragraph } from '../../mail/letter/blocks.ts';
import { attendance, manage, type RegistrationData, type TicketData, waitingFor } from '../mail-blocks.ts';
import { isPending, registrationLetter } from '../registration.mail.ts';
import { dataOf } from '../registration-data.case.ts';
import { type TicketDeps, ticketData, withTicket } from './confirmed.mail.ts';

/** To someone who changed their registration: how it stands now, with the ticket if there is one. */
export const updated = registrationLetter({
  current: isPending,
  calledOff: 'nothing',
  data: (deps: TicketDeps, found, message): Promise<RegistrationData | TicketData> =>
    found.registration.status === 'confirmed' ? ticketData(deps, found, message) : dataOf(deps, found, message),
  write(data, t) {
    const { event, registration } = data;
    if ('ticket' in data) return withTicket(data, t('updated.intro', { event: event.title }), t, true);
    return {
      blocks: [
        paragraph(t('updated.intro.no-ticket', { event: event.title })),
        paragraph(standing(registration, t)),
        ...waitingFor(data, t),
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
