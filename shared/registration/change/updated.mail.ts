import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { attendance, contact, manage, paragraph, waitingFor } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { ConfirmedData, MessageData } from '../../mail/letter/message-data.ts';
import { withTicket } from './confirmed.mail.ts';

/** To someone who changed their registration: how it stands now. */
export function updated(data: MessageData | ConfirmedData, t: MailTranslate): Content {
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
}

function standing({ status, meanwhile }: MessageData['registration'], t: MailTranslate): string {
  if (status === 'pending-approval') return t('updated.pending-approval');
  return t(meanwhile === undefined ? 'updated.waitlisted' : 'updated.meanwhile');
}
